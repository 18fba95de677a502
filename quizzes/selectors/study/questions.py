"""The next question for a student, made from a card and its memory. Reads only; the service keeps what it issues."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from quizzes.core.days import elapsed_days
from quizzes.core.history import Progress
from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.offers import caution
from quizzes.core.presenting import FormatPreference, pick_format
from quizzes.core.scheduling import Context, Outcome, futures_shown
from quizzes.core.snapshots import Snapshot, snapshot
from quizzes.core.specs import Format, Item, Option
from quizzes.selectors.content.decks import CardPlace, DeckContent
from quizzes.selectors.study.asked import Asked, Promise, new_client_id
from quizzes.selectors.study.memories import Memories
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.students import Student, StudiedDeck

LOAD_DAYS = 40
OWN_CONFUSION_RETIRED_AFTER = 2


@dataclass(frozen=True, slots=True)
class CardMemory:
    """One student's memory of a card, and where the other cards of its fact stand."""

    progress: Progress
    sibling_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's outside: format, kept item, the order of its options; and which meaning of its fact it is about.

    `contrast`, `beside` and `given` are those of `Asked`.
    """

    format: Format
    hash: str
    order: tuple[int, ...]
    meaning_version: int
    contrast: str = ""
    beside: bool = False
    given: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is asked about: a card of a deck, and one student's memory of it among all others."""

    student: Student
    studied: StudiedDeck
    content: DeckContent
    place: CardPlace
    memory: CardMemory
    memories: Memories

    @property
    def shift(self) -> Shift:
        """What earlier students showed of the card, for a student who has not answered it yet."""
        return self.content.shifts.get(self.place.id, NO_SHIFT)


def memory_of(place: CardPlace, content: DeckContent, memories: Memories) -> CardMemory:
    """The card's progress and the due days of its siblings."""
    family = [memories[other] for other in content.cards_of_fact.get(place.fact_id, ()) if other in memories]
    own = memories.get(place.id)
    days = frozenset(one.due_on for one in family if one is not own and one.due_on and not one.suspended)
    return CardMemory(own or Progress(), days)


def load_of(memories: Memories, today: date) -> dict[date, int]:
    """How many cards are due on each of the coming days."""
    last = today + timedelta(days=LOAD_DAYS)
    return Counter(one.due_on for one in memories.values() if one.due_on is not None and today < one.due_on <= last)


def context_for(subject: Subject, *, k: int | None, known_before: float, shift: Shift, now: datetime) -> Context:
    """What an answer to this card would be scheduled with."""
    student, place, memory = subject.student, subject.place, subject.memory
    today = student.day(now)
    return Context(
        now=now,
        zone=student.zone,
        seed=f"{student.user_id}/{place.spec.key}/{memory.progress.reps}",
        elapsed_days=elapsed_days(memory.progress.last_study_day, today),
        rollover_hour=student.rollover_hour,
        config=student.config,
        k=k,
        known_before=known_before,
        shift=shift,
        load=load_of(subject.memories, today),
        siblings=memory.sibling_days,
    )


def promises_of(outcomes: dict[Any, Outcome]) -> dict[str, Promise]:
    """What the buttons say, by future."""
    return {
        future.value: Promise(result.interval_days, result.due_on.isoformat(), result.minutes)
        for future, result in outcomes.items()
    }


def draw_question(subject: Subject) -> tuple[Format, Snapshot] | None:
    """The card as it is asked now: in which format, with which options. The same until its memory moves on.

    None for a card that is asked with answer choices only and gives none any more, which the worker will find out.
    """
    content, place, progress = subject.content, subject.place, subject.memory.progress
    seed = f"{content.slug}/{place.spec.key}/{subject.student.user_id}/{progress.revision}"
    preference = FormatPreference(subject.student.format_preference)
    way = pick_format(progress.phase, progress.interval_days, allowed_formats(place, content), preference, seed)
    item = _choice(content, place, progress, seed) if way is Format.CHOICE else None
    if item is not None:
        return way, item
    if not place.recall:
        return None
    return (Format.FLASHCARD if way is Format.CHOICE else way), open_question(content, place)


def put_question(subject: Subject, shown: Shown, *, scope: str, now: datetime) -> Asked:
    """The question as the page carries it, with what each answer would do to the schedule, if anything."""
    progress, scheduled = subject.memory.progress, not (shown.beside or read_scope(scope).practice)
    return Asked(
        client_id=new_client_id(),
        card_id=subject.place.id,
        revision=progress.revision,
        format=shown.format,
        item_hash=shown.hash,
        order=shown.order,
        scope=scope,
        study_day=subject.student.day(now).isoformat(),
        issued_at=now.isoformat(),
        known_before=subject.studied.known_before,
        meaning_version=subject.place.meaning_version,
        shift=subject.shift if scheduled and progress.memory is None else NO_SHIFT,
        promises=_promises(subject, shown, now) if scheduled else {},
        flagged=progress.flag > 0,
        contrast=shown.contrast,
        beside=shown.beside,
        given=shown.given,
    )


def _promises(subject: Subject, shown: Shown, now: datetime) -> dict[str, Promise]:
    k = len(shown.order) if shown.format is Format.CHOICE else None
    context = context_for(subject, k=k, known_before=subject.studied.known_before, shift=subject.shift, now=now)
    return promises_of(futures_shown(subject.memory.progress.state, context))


def allowed_formats(place: CardPlace, content: DeckContent) -> Collection[Format]:
    """How the card can be asked: choice if it gives a good item, recall if its question has one answer."""
    recall = [Format.FLASHCARD] if place.recall else []
    typed = [Format.TYPED] if place.recall and content.bank.prompt(place.spec).accepted else []
    return [*recall, *([Format.CHOICE] if place.choice else []), *typed]


def open_question(content: DeckContent, place: CardPlace) -> Snapshot:
    """The card without answer choices: its only option is the answer."""
    prompt, fact = content.bank.prompt(place.spec), content.bank.fact(place.spec)
    answer = Option(fact.code, fact.section, prompt.slot, prompt.answer, fact.version, True, fact.explanation)
    return snapshot(content.slug, place.spec, prompt.stem, [answer], locator=fact.locator, caution=caution(fact))


def _choice(content: DeckContent, place: CardPlace, progress: Progress, seed: str) -> Snapshot | None:
    item = content.bank.draw(place.spec, seed, lures=_lures(progress), tallies=content.tallies)
    if not isinstance(item, Item):
        return None
    return snapshot(content.slug, place.spec, item.stem, item.options, locator=item.locator, caution=item.caution)


def _lures(progress: Progress) -> tuple[str, ...]:
    own = {code: c for code, c in progress.confusions.items() if c.told_apart < OWN_CONFUSION_RETIRED_AFTER}
    return tuple(sorted(own, key=lambda code: (-own[code].taken, code)))
