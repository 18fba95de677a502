"""Which is which: a card's question with two answer choices, its own and that of a fact which is taken for it."""

from collections.abc import Mapping
from random import Random

from quizzes.core import dice, stems
from quizzes.core.arena import together
from quizzes.core.cases import Stem, veto
from quizzes.core.clang import bag, clues, covers, stop_words
from quizzes.core.distractors import length_needed
from quizzes.core.library import Library
from quizzes.core.offers import ITEM_WORDS, Offer, caution, offers_of, option
from quizzes.core.specs import CardSpec, FactSpec, Item, Option, Refusal
from quizzes.core.text import word_count

_VETOES: Mapping[str, str] = {
    "also right": "“{name}” would be right too",
    "arguably right": "“{name}” might be right too",
    "of another kind, without examples": "“{name}” is of another kind",
    "fitting the question with its blank": "what the question says fits “{name}” too",
}


def contrast(library: Library, card: CardSpec, stem: Stem, other: str, seed: str) -> Item | Refusal:
    """One item of exactly two options: an answer of the card, and one of the fact whose code is `other`.

    Every rule of items holds but that on their number of options. Same arguments, same item; which option stands first
    is random, never balanced. A refusal's reason is the end of a sentence for students. KeyError if the deck has not
    the card's fact.
    """
    fact, rival = library.facts[card.code], library.facts.get(other)
    reason = stem.problem or _apart(library, card, fact, rival)
    if reason or rival is None:
        return Refusal(card, reason)
    pairs = [(one, two) for one in _offers(library, card, fact) for two in _offers(library, card, rival)]
    problems = [_problem(library, card, stem, *pair) for pair in pairs]
    good = [pair for pair, problem in zip(pairs, problems, strict=True) if not problem]
    if not good:
        return Refusal(card, problems[0] if problems else f"nothing of “{rival.label}” answers such a question")
    return _item(library, card, stem, good, seed)


def _apart(library: Library, card: CardSpec, fact: FactSpec, rival: FactSpec | None) -> str:
    """Why two facts can never stand in one question of the card; empty if they can."""
    if rival is None or rival.code == fact.code:
        return "it takes two facts of the deck"
    mixed = card.direction in stems.OF_SECTION
    if rival.section not in library.shelves or (not mixed and rival.section != fact.section):
        return f"“{rival.label}” belongs to another section, so it would stand out"
    return ""


def _offers(library: Library, card: CardSpec, fact: FactSpec) -> tuple[Offer, ...]:
    return offers_of(fact, stems.answer_slot(card.direction), library.deck.language)


def _problem(library: Library, card: CardSpec, stem: Stem, key: Offer, other: Offer) -> str:
    """Which rule the two answers would break; empty if none."""
    why = veto(library, card, other, stem)
    if why in _VETOES:
        return _VETOES[why].format(name=other.fact.label)
    for offer in (key, other):
        if offer.problem:
            return f"the answer “{offer.text}” {offer.problem}"
    if not together(key, other):
        return "their answers are too much alike"
    if key.opening != other.opening:
        return "their answers are worded in different ways"
    return _cue(library, card, stem, key, other)


def _cue(library: Library, card: CardSpec, stem: Stem, key: Offer, other: Offer) -> str:
    """What would tell the key without knowing it: shared words or length; or that there is too much to read."""
    stop = stop_words(library.deck, library.shelf_of(card).section)
    for clue in clues(bag(stem.text, stop), key.bag):
        if not covers(other.bag, clue):
            return f"the question shares “{clue.text}” with the right answer alone"
    longer = len(other.text) < length_needed(key, len(key.text)) or other.letters < length_needed(key, key.letters)
    if longer:
        return "the right answer is so much longer that it would stand out"
    if word_count(stem.text) + key.words + other.words > ITEM_WORDS:
        return "question and answers together are too long"
    return ""


def _item(library: Library, card: CardSpec, stem: Stem, pairs: list[tuple[Offer, Offer]], seed: str) -> Item:
    random, fact = Random(seed), library.facts[card.code]
    key, other = dice.choice(random, pairs)
    options = [_option(library, key, is_key=True), _option(library, other, is_key=False)]
    asked = fact.section if card.direction in stems.OF_SECTION else ""
    shown = tuple(dice.shuffled(random, options))
    return Item(card, stem.text, shown, fact.locator, caution(fact), seed, asked)


def _option(library: Library, offer: Offer, *, is_key: bool) -> Option:
    return option(offer, library.shelf(offer.fact).section, library.deck.language, is_key=is_key)
