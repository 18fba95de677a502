"""A card worked out as far as possible without choosing: its stem, its clean pool, the option sets it allows."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.core import stems
from quizzes.core.arena import Arena
from quizzes.core.clang import Clue, bag, clues
from quizzes.core.distractors import OptionSet, Question, no_set, option_sets, ring_sets
from quizzes.core.library import Library
from quizzes.core.offers import Offer
from quizzes.core.specs import CardSpec, Direction, FactSpec, Verdict
from quizzes.core.text import STOP_WORDS, holds_words, key_form, singular, singular_words, words

_DESCRIBED = frozenset({Direction.PURPOSE_TO_TERM, Direction.PURPOSE_TO_EXAMPLE, Direction.CONDITION_TO_TERM})
_BLANKED_LEAVES = 2

Silent = Callable[[FactSpec], bool]
"""Whether a fact's name is never the answer to a question."""


@dataclass(frozen=True, slots=True)
class Stem:
    """A card's question after repair: the words that were blanked (singular), and what is wrong with it if anything."""

    text: str
    hidden: frozenset[str]
    problem: str


@dataclass(frozen=True, slots=True)
class Case:
    """A card with the option sets it may use in an arena; without sets, `reason` says why.

    `in_turn` means that the sets are already the card's turns.
    """

    card: CardSpec
    question: Question
    arena: Arena
    clean: tuple[int, ...]
    sets: tuple[OptionSet, ...]
    reason: str
    in_turn: bool = False


def stem_of(library: Library, card: CardSpec, keys: Sequence[Offer]) -> Stem:
    """The card's question, with words that give away one of the keys blanked where the rest still asks something."""
    fact = library.facts[card.code]
    section = library.shelf(fact).section
    stop = library.stop_words(section)
    text = stems.stem(card, fact, section)
    given = frozenset(clue.word for clue in _given(text, keys, stop))
    hidden = frozenset[str]()
    if given and card.direction in _DESCRIBED:
        phrase = fact.condition if card.direction is Direction.CONDITION_TO_TERM else fact.purpose
        content = [word for word in words(phrase) if word not in STOP_WORDS]
        gone = [word for word in content if word in given]
        if len(content) - len(gone) >= max(_BLANKED_LEAVES, len(gone)):
            hidden, text = frozenset(gone), stems.stem(card, fact, section, frozenset(gone))
    return Stem(text, frozenset(map(singular, hidden)), _problem(text, card, keys))


def given_away(library: Library, card: CardSpec, stem: Stem, keys: Sequence[Offer]) -> list[Clue]:
    """What the repaired question still gives away of its keys."""
    return _given(stem.text, keys, library.stop_words(library.shelf_of(card).section))


def _given(text: str, keys: Sequence[Offer], stop: frozenset[str]) -> list[Clue]:
    asked = bag(text, stop)
    return [clue for key in keys for clue in clues(asked, key.bag)]


def _problem(text: str, card: CardSpec, keys: Sequence[Offer]) -> str:
    asked = singular_words(text)
    if card.direction not in stems.OF_SECTION and any(holds_words(key.form, asked) for key in keys):
        return "the question shows its own answer"
    return stems.stem_problem(text, card.direction)


def work_out(library: Library, card: CardSpec, arena: Arena, stem: Stem, *, ring: bool, silent: Silent) -> Case:
    """The card's case among the offers of an arena; with `ring` it is enough to find a dozen sets."""
    fact = library.facts[card.code]
    section = library.shelf(fact).section
    kind = stems.answer_slot(card.direction)
    keys = [at for at, offer in enumerate(arena.offers) if offer.fact.code == card.code and offer.kind == kind]
    keys = [at for at in keys if not arena.offers[at].problem]
    question = Question(card.key, stem.text, bag(stem.text, library.stop_words(section)), tuple(keys))
    if stem.problem or not keys:
        return Case(card, question, arena, (), (), stem.problem or _bad_key(arena, card))
    clean, blocked = _clean(library, card, arena, stem, keys, silent)
    turns = ring_sets(question, arena, clean) if ring else ()
    if turns:
        return Case(card, question, arena, clean, turns, "", in_turn=True)
    sets = option_sets(question, arena, clean)
    reason = "" if sets else no_set(question, arena, clean, blocked)
    return Case(card, question, arena, clean, sets, reason)


def _bad_key(arena: Arena, card: CardSpec) -> str:
    problems = [offer.problem for offer in arena.offers if offer.fact.code == card.code and offer.problem]
    return f"the answer {problems[0]}" if problems else "the answer is empty"


def _clean(
    library: Library, card: CardSpec, arena: Arena, stem: Stem, keys: Sequence[int], silent: Silent
) -> tuple[tuple[int, ...], Counter[str]]:
    """The places of all offers that no veto touches, and how many each veto took."""
    blocked = Counter[str]()
    clean = []
    beside, openings = 0, {arena.offers[key].opening for key in keys}
    for key in keys:
        beside |= arena.friends[key]
    for at, offer in enumerate(arena.offers):
        if offer.fact.code == card.code:
            continue
        why = veto(library, card, offer, stem, silent)
        if not why and not beside >> at & 1:
            why = "worded like the answer"
        if not why and offer.opening not in openings:
            why = "in another grammatical form"
        if why:
            blocked[why] += 1
        else:
            clean.append(at)
    return tuple(clean), blocked


def veto(library: Library, card: CardSpec, offer: Offer, stem: Stem, silent: Silent | None = None) -> str:
    """Why an offer may not be a distractor of the card; empty if it may.

    Names that are never the answer are vetoed where `silent` tells them.
    """
    fact = library.facts[card.code]
    verdict = _verdict(library, card, fact, offer)
    if verdict in {Verdict.RIGHT, Verdict.ARGUABLE}:
        return "also right" if verdict is Verdict.RIGHT else "arguably right"
    if offer.kind == "example" and key_form(offer.text) in library.overlaps.forms(fact).examples:
        return "also right"
    if card.direction is Direction.EXAMPLE_TO_TERM and library.shelf(fact).has_kinds and not offer.fact.examples:
        return "of another kind, without examples"
    if stem.hidden and loose(fact, offer.fact, card, stem):
        return "fitting the question with its blank"
    if offer.problem:
        return f"that {offer.problem}"
    return "never the answer" if silent is not None and offer.kind == "term" and silent(offer.fact) else ""


def _verdict(library: Library, card: CardSpec, fact: FactSpec, offer: Offer) -> Verdict | None:
    if card.direction in stems.OF_SECTION:
        shelf = library.shelf(fact)
        return library.overlaps.outsider(shelf.section.slug, offer.fact, shelf.names)
    return library.overlaps.verdict(fact, offer.fact, card.direction, card.part)


def loose(fact: FactSpec, other: FactSpec, card: CardSpec, stem: Stem) -> bool:
    """Whether what a question still says beside its blanks is said of another fact as well."""
    said = other.condition if card.direction is Direction.CONDITION_TO_TERM else other.purpose
    return left_to_say(fact, card, stem).issubset(singular_words(said))


def left_to_say(fact: FactSpec, card: CardSpec, stem: Stem) -> frozenset[str]:
    """The content words (singular) that a question still says beside its blanks."""
    asked = fact.condition if card.direction is Direction.CONDITION_TO_TERM else fact.purpose
    return frozenset(singular_words(asked)) - STOP_WORDS - stem.hidden
