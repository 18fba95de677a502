"""What an editor can do about a fact: which field a refusal comes from, and what else would make better questions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from quizzes.core import stems
from quizzes.core.generation import Bank
from quizzes.core.offers import opening
from quizzes.core.overlaps import judged
from quizzes.core.specs import CardSpec, Direction, FactSpec, SectionSpec, Verdict
from quizzes.core.text import key_form, word_count

OVERLAPS, SECTION = "overlaps", "section"
LONG_LABEL_WORDS = 7
FULL_CHOICE = 4
_ENOUGH_ALIKE = 3
_FIELDS = {"example": "examples"}
_CROWD = (
    ("right", OVERLAPS),
    ("grammatical form", "purpose"),
    ("without examples", "examples"),
    ("worded like the answer", ""),
)


class Kind(StrEnum):
    """What an advice is about; what its `about` holds is told behind it."""

    OTHER_FORM = "other_form"  # how its neighbours begin, one of them; how many of how many
    BLANKED = "blanked"  # the words that the question shows as a blank
    NAME_OF_ANOTHER = "name_of_another"  # the name, the other fact's term, its code
    EXAMPLE_OF_ANOTHER = "example_of_another"  # the example, the other fact's term, its code
    NEVER_AND_ALWAYS = "never_and_always"  # the text that is both accepted and never accepted
    NO_EXAMPLES = "no_examples"  # nothing
    NOTHING_ASKED = "nothing_asked"  # nothing
    THREE_CHOICES = "three_choices"  # nothing; the card is told
    LONG_LABEL = "long_label"  # the number of words
    NO_CAUTION_SOURCE = "no_caution_source"  # nothing
    NO_LOCATOR = "no_locator"  # how many of how many neighbours have one


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at: beside which field, what it is about, and of which card if it is about one."""

    field: str
    kind: Kind
    about: tuple[str, ...] = ()
    card: CardSpec | None = None


class Adviser:
    """Advice on the facts of a bank; what is counted over a section is counted once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._facts = {fact.code: fact for fact in reversed(bank.deck.facts)}
        self._sections = {section.slug: section for section in bank.deck.sections}
        self._found: dict[str, tuple[Advice, ...]] = {}

    @cached_property
    def _cards(self) -> dict[str, list[CardSpec]]:
        found: dict[str, list[CardSpec]] = defaultdict(list)
        for card in self._bank.cards():
            found[card.code].append(card)
        return dict(found)

    @cached_property
    def _neighbours(self) -> dict[str, list[FactSpec]]:
        found: dict[str, list[FactSpec]] = defaultdict(list)
        for fact in self._bank.deck.facts:
            if self._facts[fact.code] is fact:
                found[fact.section].append(fact)
        return dict(found)

    @cached_property
    def _named(self) -> dict[str, list[FactSpec]]:
        return _by_form((fact, (fact.term, fact.short_label, *fact.aliases)) for fact in self._facts.values())

    @cached_property
    def _exemplified(self) -> dict[str, list[FactSpec]]:
        return _by_form((fact, fact.examples) for fact in self._facts.values())

    @cached_property
    def _openings(self) -> dict[str, Counter[str]]:
        language = self._bank.deck.language
        return {
            slug: Counter(opening(fact.purpose, language) for fact in facts if fact.purpose)
            for slug, facts in self._neighbours.items()
        }

    def advise(self, code: str) -> tuple[Advice, ...]:
        """All advice on one fact, refusals of its cards apart; KeyError if the deck has no such fact."""
        fact = self._facts[code]
        section = self._sections[fact.section]
        return (
            *self._of_names(fact),
            *self._of_form(fact),
            *self._of_examples(fact, section),
            *self._of_cards(fact),
            *self._of_source(fact),
        )

    def find(self, code: str) -> tuple[Advice, ...]:
        """The same, worked out once a fact; nothing for a fact that the deck has not."""
        if code not in self._found:
            self._found[code] = self.advise(code) if code in self._facts else ()
        return self._found[code]

    def cards(self, code: str) -> Sequence[CardSpec]:
        """The fact's cards, in teaching order."""
        return self._cards.get(code, [])

    def _of_names(self, fact: FactSpec) -> Iterator[Advice]:
        told: set[str] = set()
        names = [("term", fact.term), ("short_label", fact.short_label), *(("aliases", one) for one in fact.aliases)]
        for field, name in names:
            for other in self._others(self._named, name, fact):
                if other.code not in told:
                    told.add(other.code)
                    yield Advice(field, Kind.NAME_OF_ANOTHER, (name, other.term, other.code))
        accepted = {key_form(name) for name in (fact.term, fact.short_label, *fact.aliases) if name}
        for text in fact.never_accept:
            if key_form(text) in accepted:
                yield Advice("never_accept", Kind.NEVER_AND_ALWAYS, (text,))
        if word_count(fact.label) > LONG_LABEL_WORDS:
            yield Advice("short_label", Kind.LONG_LABEL, (str(word_count(fact.label)),))

    def _of_form(self, fact: FactSpec) -> Iterator[Advice]:
        """The purposes of a section stand beside each other, so they begin alike."""
        if not fact.purpose:
            return
        counts, own = self._openings[fact.section], opening(fact.purpose, self._bank.deck.language)
        usual, count = max(counts.items(), key=lambda item: item[1])
        total = sum(counts.values())
        if own == usual or count < _ENOUGH_ALIKE or 2 * count <= total:
            return
        language = self._bank.deck.language
        alike = (other.purpose for other in self._neighbours[fact.section] if other.code != fact.code)
        example = next(text for text in alike if text and opening(text, language) == usual)
        yield Advice("purpose", Kind.OTHER_FORM, (usual, example, str(count), str(total - 1)))

    def _of_examples(self, fact: FactSpec, section: SectionSpec) -> Iterator[Advice]:
        neighbours = [other for other in self._neighbours[fact.section] if other.code != fact.code]
        asking = [one for one in Direction if "example" in stems.NEEDS[one] and section.wording.get(one, "").strip()]
        having = sum(bool(other.examples) for other in neighbours)
        if asking and not fact.examples and 2 * having > len(neighbours):
            yield Advice("examples", Kind.NO_EXAMPLES)
        for example in fact.examples:
            for other in self._others(self._exemplified, example, fact):
                yield Advice("examples", Kind.EXAMPLE_OF_ANOTHER, (example, other.term, other.code))

    def _of_cards(self, fact: FactSpec) -> Iterator[Advice]:
        cards = self.cards(fact.code)
        if not cards:
            yield Advice(SECTION, Kind.NOTHING_ASKED)
        blanked: dict[str, frozenset[str]] = {}
        for card in cards:
            if hidden := self._bank.blanks(card):
                slot = _field(stems.NEEDS[card.direction][0])
                blanked[slot] = blanked.get(slot, frozenset()) | hidden
            if self._bank.choice_count(card) == FULL_CHOICE - 1:
                yield Advice(OVERLAPS, Kind.THREE_CHOICES, card=card)
        yield from (Advice(slot, Kind.BLANKED, (", ".join(sorted(words)),)) for slot, words in blanked.items())

    def _of_source(self, fact: FactSpec) -> Iterator[Advice]:
        if fact.caution.strip() and not fact.caution_source.strip():
            yield Advice("caution_source", Kind.NO_CAUTION_SOURCE)
        neighbours = [other for other in self._neighbours[fact.section] if other.code != fact.code]
        placed = sum(bool(other.locator) for other in neighbours)
        if not fact.locator and 2 * placed > len(neighbours):
            yield Advice("locator", Kind.NO_LOCATOR, (str(placed), str(len(neighbours))))

    def _others(self, index: dict[str, list[FactSpec]], text: str, fact: FactSpec) -> list[FactSpec]:
        """The other facts of the section that are listed under a text."""
        found = index.get(key_form(text), []) if text else []
        return [other for other in found if other.code != fact.code and other.section == fact.section]


def _by_form(named: Iterable[tuple[FactSpec, Sequence[str]]]) -> dict[str, list[FactSpec]]:
    found: dict[str, list[FactSpec]] = defaultdict(list)
    for fact, names in named:
        for form in dict.fromkeys(key_form(name) for name in names if name):
            found[form].append(fact)
    return dict(found)


def choice_field(bank: Bank, card: CardSpec, reason: str) -> str:
    """The field that a refusal of answer choices comes from: one of the fact's, OVERLAPS or SECTION."""
    shown, answer = _shown(card), _answer(bank.fact(card), card)
    if "clean distractor" in reason and "fewer than" in reason:
        return next((field or answer for sign, field in _CROWD if sign in reason), SECTION)
    if reason.startswith("no two of"):
        return OVERLAPS
    if reason.startswith("the answer"):
        return answer
    if "fewer than" in reason or "the wording" in reason or "ends with an article" in reason:
        return SECTION
    return shown


def recall_field(bank: Bank, card: CardSpec) -> str:
    """The field that a refusal without answer choices comes from; empty where the direction has choices by nature."""
    if card.direction in stems.OF_SECTION:
        return ""
    rival = bank.rival(card)
    if rival and judged(bank.deck, card.code, rival.code, card.direction) is Verdict.RIGHT:
        return OVERLAPS
    return _shown(card)


def _shown(card: CardSpec) -> str:
    return _field(stems.NEEDS[card.direction][0])


def _answer(fact: FactSpec, card: CardSpec) -> str:
    slot = stems.answer_slot(card.direction)
    return "short_label" if slot == "term" and fact.short_label else _field(slot)


def _field(slot: str) -> str:
    return _FIELDS.get(slot, slot)
