"""Questions for the outsider among members of a section: quizzes only, evidence for nobody's card but the key's."""

from random import Random

from quizzes.core import dice, stems
from quizzes.core.arena import Arena
from quizzes.core.clang import bag, stop_words
from quizzes.core.distractors import Question, option_sets
from quizzes.core.library import Library, Shelf
from quizzes.core.offers import Offer, caution, offers_of, option
from quizzes.core.specs import CardSpec, Direction, FactSpec, Item, Refusal, Verdict

_MEMBERS = 12
_TRIES = 30


def not_member(library: Library, slug: str, seed: str, without: frozenset[str]) -> Item | Refusal:
    """One item that asks which option is no member; a refusal if the section has no wording or nothing stands out."""
    shelf, random = library.shelves[slug], Random(seed)
    nobody = CardSpec(slug, Direction.NOT_MEMBER)
    if not shelf.section.wording.get(Direction.NOT_MEMBER):
        return Refusal(nobody, "the section has no wording for it")
    members = [offer for fact in _some(random, shelf.facts, _MEMBERS) for offer in _offers(library, fact)]
    for outsider in _some(random, _outsiders(library, shelf, without), _TRIES):
        item = _item(library, shelf, random, outsider, members, seed)
        if item is not None:
            return item
    return Refusal(nobody, "no outsider stands clean among the members")


def _some(random: Random, facts: tuple[FactSpec, ...], most: int) -> list[FactSpec]:
    return dice.shuffled(random, facts)[:most]


def _outsiders(library: Library, shelf: Shelf, without: frozenset[str]) -> tuple[FactSpec, ...]:
    """Facts of other sections, those that have membership cards of their own if there are any."""
    others = [other for other in library.shelves.values() if other is not shelf]
    asking = [other for other in others if other.section.wording.get(Direction.MEMBERSHIP) and other.facts]
    return tuple(fact for other in asking or others for fact in other.facts if fact.code not in without)


def _offers(library: Library, fact: FactSpec) -> tuple[Offer, ...]:
    return tuple(offer for offer in offers_of(fact, "term", library.deck.language) if not offer.problem)


def _item(
    library: Library, shelf: Shelf, random: Random, outsider: FactSpec, members: list[Offer], seed: str
) -> Item | None:
    if library.overlaps.outsider(shelf.section.slug, outsider, shelf.names) in {Verdict.RIGHT, Verdict.ARGUABLE}:
        return None
    card = CardSpec(outsider.code, Direction.NOT_MEMBER)
    text = stems.stem(card, outsider, shelf.section)
    arena = Arena((*_offers(library, outsider), *members))
    if stems.stem_problem(text, card.direction) or len(arena.offers) == len(members):
        return None
    question = Question(card.key, text, bag(text, stop_words(library.deck, shelf.section)), (0,))
    sets = option_sets(question, arena, range(1, len(arena.offers)))
    if not sets:
        return None
    chosen = dice.choice(random, sets)
    language = library.deck.language
    options = [
        option(arena.offers[at], library.shelf(arena.offers[at].fact).section, language, is_key=at == chosen.key)
        for at in (chosen.key, *chosen.others)
    ]
    shown = tuple(dice.shuffled(random, options))
    return Item(card, text, shown, outsider.locator, caution(outsider), seed, shelf.section.slug)
