"""What becomes of a fact's questions while it is being edited: worked out from values, written nowhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from quizzes.core import stems
from quizzes.core.advice import Advice, Adviser, choice_field, recall_field
from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, DeckSpec, FactSpec, Item, Verdict
from quizzes.selectors.content.words import DIRECTION_LABELS, advice_words, refusal_words

ITEMS_SHOWN = 3
NEIGHBOURS_LOOKED_AT = 150
LETTERS = "ABCD"
NOTED_FIELDS = (
    "section", "term", "short_label", "aliases", "never_accept", "purpose", "condition", "examples", "locator",
    "caution_source", "overlaps",
)  # fmt: skip
Verdicts = Mapping[tuple[str, str, str], Verdict]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer choice of a drawn question, with what is told to whoever picks it."""

    letter: str
    text: str
    is_key: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class CardPreview:
    """A card as students would meet it: the question, its answer, drawn questions, and what is refused or odd."""

    label: str
    stem: str
    answer: str
    accepted: tuple[str, ...]
    choice_refusal: str
    recall_refusal: str
    choices_by_nature: bool
    notes: tuple[str, ...]
    items: tuple[tuple[Choice, ...], ...]

    @property
    def refused(self) -> bool:
        """Whether it is asked in no way at all."""
        return bool(self.choice_refusal and self.recall_refusal)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say beside a field: what it `asks`, a `warning`, or why a question is refused."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A question of another fact that the change takes away or gives back."""

    term: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class FactPreview:
    """All of it. `notes` holds every field that can have notes, with none where nothing is to be said."""

    cards: tuple[CardPreview, ...]
    notes: Mapping[str, tuple[Note, ...]]
    lost: tuple[Effect, ...]
    won: tuple[Effect, ...]

    @property
    def summary(self) -> str:
        """How many questions, refusals and warnings, in one line."""
        kinds = Counter(note.kind for notes in self.notes.values() for note in notes)
        refused = sum(card.refused for card in self.cards)
        said = [_("Questions: %d") % (len(self.cards) - refused)]
        said += [_("refused: %d") % refused] if refused else []
        said += [_("warnings: %d") % kinds["warning"]] if kinds["warning"] else []
        return ", ".join(said)


def changed_deck(deck: DeckSpec, fact: FactSpec, verdicts: Verdicts) -> DeckSpec:
    """The deck with this fact in place of the one of its code, or added, and these verdicts on it in place of its own.

    All verdicts that name the fact are replaced.
    """
    known = any(other.code == fact.code for other in deck.facts)
    facts = tuple(fact if other.code == fact.code else other for other in deck.facts)
    others = {pair: verdict for pair, verdict in deck.overlaps.items() if fact.code not in pair[:2]}
    return replace(deck, facts=facts if known else (*facts, fact), overlaps={**others, **verdicts})


def preview_fact(before: Bank, fact: FactSpec, verdicts: Verdicts) -> FactPreview:
    """The questions of a fact as it would be, and what that does to its neighbours' questions. No queries."""
    bank = Bank(changed_deck(before.deck, fact, verdicts))
    adviser = Adviser(bank)
    specs, advised = adviser.cards(fact.code), adviser.advise(fact.code)
    notes: dict[str, list[Note]] = defaultdict(list)
    for field, note in (*_asks(bank, specs), *_refusals(bank, specs), *_warnings(advised)):
        if note not in notes[field]:
            notes[field].append(note)
    lost, won = _effects(before, bank, fact)
    return FactPreview(
        tuple(preview_card(bank, spec, notes=_of_card(advised, spec)) for spec in specs),
        {field: tuple(notes[field]) for field in NOTED_FIELDS},
        tuple(lost),
        tuple(won),
    )


def preview_card(bank: Bank, spec: CardSpec, *, items: int = ITEMS_SHOWN, notes: Iterable[str] = ()) -> CardPreview:
    """One card with so many drawn questions."""
    prompt = bank.prompt(spec)
    refusal = bank.refusal(spec)
    return CardPreview(
        label=str(DIRECTION_LABELS[spec.direction]),
        stem=prompt.stem,
        answer=prompt.answer,
        accepted=tuple(name for name in prompt.accepted if name != prompt.answer),
        choice_refusal=refusal_words(refusal.reason) if refusal else "",
        recall_refusal=bank.unusable(spec),
        choices_by_nature=spec.direction in stems.OF_SECTION,
        notes=tuple(notes),
        items=tuple(_drawn(bank, spec, items)) if refusal is None else (),
    )


def _of_card(advised: Iterable[Advice], spec: CardSpec) -> list[str]:
    return [advice_words(advice) for advice in advised if advice.card == spec]


def _drawn(bank: Bank, spec: CardSpec, count: int) -> Iterator[tuple[Choice, ...]]:
    """Questions with different choices, as far as there are any."""
    seen: set[frozenset[str]] = set()
    for number in range(4 * count):
        item = bank.sketch(spec, f"preview/{number}")
        if not isinstance(item, Item) or len(seen) == count:
            return
        texts = frozenset(option.text for option in item.options)
        if texts not in seen:
            seen.add(texts)
            yield tuple(
                Choice(letter, option.text, option.is_key, option.feedback)
                for letter, option in zip(LETTERS, item.options, strict=False)
            )


def _asks(bank: Bank, specs: Iterable[CardSpec]) -> Iterator[tuple[str, Note]]:
    """For each field the first question that it fills."""
    told: set[str] = set()
    for spec in specs:
        field = {"example": "examples"}.get(slot := stems.NEEDS[spec.direction][0], slot)
        if field not in told and spec.direction not in stems.OF_SECTION:
            told.add(field)
            yield field, Note("asks", _("Asked as: %s") % bank.prompt(spec).stem)


def _refusals(bank: Bank, specs: Iterable[CardSpec]) -> Iterator[tuple[str, Note]]:
    for spec in specs:
        values = {"card": DIRECTION_LABELS[spec.direction]}
        if refusal := bank.refusal(spec):
            said = _("%(card)s is not asked with answer choices: %(why)s.")
            words = said % {**values, "why": refusal_words(refusal.reason)}
            yield choice_field(bank, spec, refusal.reason), Note("refusal", words)
        reason = bank.unusable(spec)
        if reason and (field := recall_field(bank, spec)):
            said = _("%(card)s is not asked without answer choices: %(why)s.")
            yield field, Note("refusal", said % {**values, "why": reason})


def _warnings(advised: Iterable[Advice]) -> Iterator[tuple[str, Note]]:
    for advice in advised:
        words = advice_words(advice)
        if advice.card:
            words = _("%(card)s: %(advice)s") % {"card": DIRECTION_LABELS[advice.card.direction], "advice": words}
        yield advice.field, Note("warning", words)


def _effects(before: Bank, after: Bank, fact: FactSpec) -> tuple[list[Effect], list[Effect]]:
    """Neighbours' questions that are refused only since, and those that are asked only since."""
    lost: list[Effect] = []
    won: list[Effect] = []
    neighbours = {one.code for one in after.deck.facts if one.section == fact.section and one.code != fact.code}
    if len(neighbours) > NEIGHBOURS_LOOKED_AT:
        return lost, won
    old = {spec for spec in before.cards() if spec.code in neighbours}
    for spec in after.cards():
        if spec in old:
            was, now = _refused(before, spec), _refused(after, spec)
            if bool(was) != bool(now):
                effect = Effect(after.fact(spec).term, str(DIRECTION_LABELS[spec.direction]), refusal_words(now))
                (lost if now else won).append(effect)
    return lost, won


def _refused(bank: Bank, spec: CardSpec) -> str:
    """Why a card is asked in no way at all; empty if it is asked."""
    refusal = bank.refusal(spec)
    return refusal.reason if refusal and bank.unusable(spec) else ""
