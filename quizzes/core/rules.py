"""Every rule that an item must obey, each as a checker of its own that knows nothing of how items are made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from quizzes.core.overlaps import judged
from quizzes.core.similarity import near_equal
from quizzes.core.specs import DeckSpec, Direction, FactSpec, Item, Verdict
from quizzes.core.subjects import Checker, Subject, Violation
from quizzes.core.text import STOP_WORDS, key_form, normalise, slug, without_brackets
from quizzes.core.word_rules import WORD_CHECKERS

_MIXING = frozenset({Direction.MEMBERSHIP, Direction.NOT_MEMBER})
_BY_PURPOSE = frozenset(
    {
        Direction.PURPOSE_TO_TERM,
        Direction.TERM_TO_PURPOSE,
        Direction.PURPOSE_TO_EXAMPLE,
        Direction.EXAMPLE_TO_PURPOSE,
    }
)
_EXAMPLE_ASKED = frozenset({Direction.EXAMPLE_TO_TERM, Direction.EXAMPLE_TO_PURPOSE})
_SLOT = {
    Direction.TERM_TO_PURPOSE: "purpose",
    Direction.EXAMPLE_TO_PURPOSE: "purpose",
    Direction.TERM_TO_EXAMPLE: "example",
    Direction.PURPOSE_TO_EXAMPLE: "example",
}


def examined(items: Iterable[Item], deck: DeckSpec) -> Iterator[tuple[Item, Violation]]:
    """Each broken rule of each item."""
    facts = {fact.code: fact for fact in reversed(deck.facts)}
    sections = {section.slug: section for section in deck.sections}
    for item in items:
        yield from ((item, violation) for violation in _violations(Subject(item, deck, facts, sections)))


def _violations(it: Subject) -> Iterator[Violation]:
    keys = sum(option.is_key for option in it.item.options)
    unknown = [code for code in (it.item.card.code, *(o.code for o in it.item.options)) if code not in it.facts]
    if keys != 1:
        yield Violation("one key", f"{keys} keys")
    elif unknown:
        yield Violation("known facts", ", ".join(unknown))
    else:
        yield from (Violation(rule, detail) for rule, check in CHECKERS.items() for detail in check(it))


def _of_card(it: Subject) -> Iterator[str]:
    if it.key.code != it.item.card.code:
        yield f"the key shows {it.key.code}, the card is {it.item.card.code}"


def _count(it: Subject) -> Iterator[str]:
    if len(it.item.options) not in (3, 4):
        yield f"{len(it.item.options)} options"


def _faithful(it: Subject) -> Iterator[str]:
    for option in it.item.options:
        fact = it.facts[option.code]
        if option.section != fact.section or option.version != fact.version:
            yield f"{option.code} stands in {option.section}, version {option.version}"
        if normalise(option.text) not in {normalise(without_brackets(text)) for text in _texts(fact, option.slot)}:
            yield f"{option.code} does not say “{option.text}” in {option.slot}"


def _texts(fact: FactSpec, slot: str) -> tuple[str, ...]:
    kind, _, name = slot.partition(":")
    if kind == "example":
        return tuple(text for text in fact.examples if slug(text) == name) or fact.examples
    return {"term": (fact.label,), "purpose": (fact.purpose,)}.get(kind, ())


def _section(it: Subject) -> Iterator[str]:
    direction, home = it.item.card.direction, it.item.asked_section
    sections = {option.section for option in it.distractors}
    if direction not in _MIXING:
        if sections != {it.key.section}:
            yield f"distractors from {', '.join(sorted(sections))} for a key from {it.key.section}"
    elif direction is Direction.MEMBERSHIP and (home != it.key.section or home in sections):
        yield f"asks for {home} with the key from {it.key.section} and others from {', '.join(sorted(sections))}"
    elif direction is Direction.NOT_MEMBER and (home == it.key.section or sections != {home}):
        yield f"asks for no {home} with the key from {it.key.section} and others from {', '.join(sorted(sections))}"


def _slots(it: Subject) -> Iterator[str]:
    wanted = _SLOT.get(it.item.card.direction, "term")
    for option in it.item.options:
        if option.slot.partition(":")[0] != wanted:
            yield f"{option.slot} where {wanted} is asked"


def _siblings(it: Subject) -> Iterator[str]:
    for code, count in Counter(option.code for option in it.item.options).items():
        if count > 1:
            yield f"{count} options from {code}"


def _feedback(it: Subject) -> Iterator[str]:
    yield from (f"none for “{option.text}”" for option in it.item.options if not option.feedback.strip())
    if it.item.locator != it.asked.locator:
        yield f"locator “{it.item.locator}”"
    if " ".join(it.asked.caution.split()) not in it.item.caution:
        yield "the caution note is missing"


def _overlap(it: Subject) -> Iterator[str]:
    direction, home = it.item.card.direction, it.item.asked_section
    outsiders = [it.key] if direction is Direction.NOT_MEMBER else it.distractors
    asked = home if direction in _MIXING else it.item.card.code
    judged = Direction.MEMBERSHIP if direction in _MIXING else direction
    for option in outsiders:
        verdict = it.deck.verdict(asked, option.code, judged)
        if verdict in {Verdict.RIGHT, Verdict.ARGUABLE}:
            yield f"{option.code} is {verdict} too"


def _true(it: Subject) -> Iterator[str]:
    """What the facts' own words say: equal names or descriptions, or the asked example, make an option right."""
    direction = it.item.card.direction
    if direction in _MIXING:
        members = [fact for fact in it.facts.values() if fact.section == it.item.asked_section]
        outsiders = [it.key] if direction is Direction.NOT_MEMBER else it.distractors
        named = {name for fact in members for name in _names(fact)}
        yield from (f"{one.code} is called like a member" for one in outsiders if named & _names(it.facts[one.code]))
        return
    for option in it.distractors:
        other = it.facts[option.code]
        yield from _same(it.asked, other, direction, it.item.card.part)
        if judged(it.deck, it.asked.code, other.code, direction) is not Verdict.DISTINCT:
            yield from _alike(it.asked, other, direction)


def _same(asked: FactSpec, other: FactSpec, direction: Direction, part: str) -> Iterator[str]:
    if _names(asked) & _names(other):
        yield f"{other.code} has the same name"
    if direction in _BY_PURPOSE and key_form(asked.purpose) == key_form(other.purpose):
        yield f"{other.code} has the same description"
    if direction is Direction.CONDITION_TO_TERM and key_form(asked.condition) == key_form(other.condition):
        yield f"{other.code} has the same condition"
    if direction in _EXAMPLE_ASKED and part in {slug(text) for text in other.examples}:
        yield f"{other.code} has the same example"


def _alike(asked: FactSpec, other: FactSpec, direction: Direction) -> Iterator[str]:
    """What makes an option right until an editor has judged the pair distinct."""
    texts = ("", "")
    if direction in _BY_PURPOSE:
        texts = key_form(asked.purpose), key_form(other.purpose)
    elif direction is Direction.CONDITION_TO_TERM:
        texts = key_form(asked.condition), key_form(other.condition)
    if all(texts):
        if any(f" {one} " in f" {another} " for one, another in (texts, texts[::-1])):
            yield f"{other.code} has a description that contains the other"
        if near_equal(*(tuple(word for word in text.split() if word not in STOP_WORDS) for text in texts)):
            yield f"{other.code} has the same description but for spelling"
    if {key_form(text) for text in asked.examples} & {key_form(text) for text in other.examples} - {""}:
        yield f"{other.code} has an example in common"


def _names(fact: FactSpec) -> set[str]:
    return {key_form(name) for name in (fact.term, fact.short_label, *fact.aliases)} - {""}


CHECKERS: Mapping[str, Checker] = {
    "key of the card": _of_card,
    "option count": _count,
    "faithful options": _faithful,
    "one section": _section,
    "one slot": _slots,
    "one option per fact": _siblings,
    "feedback": _feedback,
    "overlap": _overlap,
    "one right answer": _true,
    **WORD_CHECKERS,
}
"""The rules by name; each yields what breaks it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What two items of a quiz, by their places from 0, have against each other.

    With `given` empty the same fact is their key; else the first shows what answers the second.
    """

    first: int
    second: int
    given: str


def quiz_clashes(items: Sequence[Item], deck: DeckSpec) -> list[Clash]:
    """The pairs of items that may not stand in one quiz; all facts must be in the deck."""
    facts = {fact.code: fact for fact in reversed(deck.facts)}
    places = range(len(items))
    codes = [item.card.code for item in items]
    found = [Clash(a, b, "") for a, b in combinations(places, 2) if codes[a] == codes[b]]
    shown = [tuple(f" {key_form(text)} " for text in (one.stem, one.key.text)) for one in items]
    answers = [_answers(item, facts[item.card.code]) for item in items]
    for one, other in permutations(places, 2):
        for answer in answers[other]:
            if any(f" {answer} " in text for text in shown[one]):
                found.append(Clash(one, other, answer))
    return found


def too_many_negatives(items: Sequence[Item]) -> int:
    """How many items ask for what does not belong, if they are more than one in ten; else 0."""
    negative = sum(item.card.direction is Direction.NOT_MEMBER for item in items)
    return negative if negative * 10 > len(items) else 0


def quiz_violations(items: Sequence[Item], deck: DeckSpec) -> list[Violation]:
    """The rules that the items break as one quiz, apart from those that each must obey by itself."""
    clashes = quiz_clashes(items, deck)
    twice = {items[one.first].card.code for one in clashes if not one.given}
    codes = Counter(item.card.code for item in items)
    found = [Violation("each fact once", f"{code} is the key {codes[code]} times") for code in codes if code in twice]
    if negative := too_many_negatives(items):
        found.append(Violation("few negatives", f"{negative} of {len(items)} items ask for what does not belong"))
    for one in clashes:
        if one.given:
            detail = f"{items[one.first].card.key} shows “{one.given}”, asked by {items[one.second].card.key}"
            found.append(Violation("no give-away", detail))
    return found


def _answers(item: Item, fact: FactSpec) -> set[str]:
    if item.key.slot == "term":
        return _names(fact)
    return {key_form(text) for text in (fact.examples if item.key.slot != "purpose" else (item.key.text,))} - {""}
