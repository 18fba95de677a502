"""A card's memory as a fold over the log of its events. Due is copied from the log, never computed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from itertools import accumulate, dropwhile
from typing import NamedTuple

from quizzes.core.days import elapsed_days
from quizzes.core.events import Event, Kind
from quizzes.core.memory import Memory
from quizzes.core.phases import CardState, Phase, advance
from quizzes.core.specs import Evidence

IN_TIME_ORDER = (Kind.ANSWER, Kind.RESET)
REWRITING = (Kind.UNDO, Kind.ADOPT_PARAMETERS)


class Confusion(NamedTuple):
    """How often a fact was taken for the card's own, and how often it was offered and told apart since."""

    taken: int
    told_apart: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One student's card: the cache of its log.

    `revision` counts all its events; `reps` the answers that moved the memory, since the last reset like all that comes
    from answers. `last_answered_at` is the time of the last answer, or of a reset after it. On the study day
    `buried_until` the card may be shown again.
    """

    revision: int = 0
    phase: Phase = Phase.NEW
    step: int = 0
    stability: float | None = None
    difficulty: float | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    interval_days: float | None = None
    reps: int = 0
    lapses: int = 0
    first_study_day: date | None = None
    last_study_day: date | None = None
    last_answered_at: datetime | None = None
    suspended: bool = False
    buried_until: date | None = None
    flag: int = 0
    meaning_version: int = 0
    confusions: Mapping[str, Confusion] = field(default_factory=dict)

    @property
    def memory(self) -> Memory | None:
        """The memory that the scheduler works on; None for a card never answered."""
        if self.stability is None or self.difficulty is None:
            return None
        return Memory(self.stability, self.difficulty)

    @property
    def state(self) -> CardState:
        """The card as the scheduler takes it."""
        return CardState(self.phase, self.step, self.memory)


def fold(events: Iterable[Event]) -> Progress:
    """The card after all its events, given in any order.

    Answers that were not undone count in order of time, everything else in order of arrival. An answer is remembered
    with its own parameters, or with those adopted last if that was later. Adoptions before a card's first event are not
    its events, so a student's adoptions may be handed in with every card.
    """
    arrived, live, timed = _sorted_out(events)
    progress = reduce(_learn, timed, Progress(revision=len(arrived)))
    progress = reduce(_mark, live, progress)
    return reduce(_due, arrived, progress)


def memories(events: Iterable[Event]) -> list[tuple[Event, Progress]]:
    """The answers (and resets) that stand, in order of time, each with the memory that it left; marks and due apart."""
    _arrived, _live, timed = _sorted_out(events)
    left = list(accumulate(timed, _learn, initial=Progress()))
    return list(zip(timed, left[1:], strict=True))


def apply(progress: Progress, event: Event) -> Progress | None:
    """The card after one more event, the newest in order of arrival; equal to folding the whole log.

    None where only `fold` can tell: an undo, an adoption, an answer or reset that is not the latest in time.
    """
    last = progress.last_answered_at
    late = event.kind in IN_TIME_ORDER and last is not None and event.answered_at <= last
    if late or event.kind in REWRITING:
        return None
    counted = replace(progress, revision=progress.revision + 1)
    return _due(_mark(_learn(counted, event), event), event)


def _sorted_out(events: Iterable[Event]) -> tuple[list[Event], list[Event], list[Event]]:
    """All events of the card as they arrived; those not undone; of these the ones that count in order of time."""
    arrived = list(dropwhile(_is_adoption, sorted(events, key=lambda event: event.seq)))
    undone = _undone(arrived)
    live = [event for event in arrived if event.seq not in undone]
    adopted = next(filter(_is_adoption, reversed(live)), None)
    timed = sorted(
        (_adapted(event, adopted) for event in live if event.kind in IN_TIME_ORDER),
        key=lambda event: (event.answered_at, event.client_id, event.part),
    )
    return arrived, live, timed


def _is_adoption(event: Event) -> bool:
    return event.kind is Kind.ADOPT_PARAMETERS


def _undone(arrived: list[Event]) -> set[int]:
    """What undo events point back at; an undo that was itself undone has no effect."""
    undone: set[int] = set()
    for event in reversed(arrived):
        target = event.target_seq
        if event.kind is Kind.UNDO and target is not None and target < event.seq and event.seq not in undone:
            undone.add(target)
    return undone


def _adapted(event: Event, adopted: Event | None) -> Event:
    if adopted is None or adopted.seq < event.seq:
        return event
    return replace(event, config=replace(event.config, parameters=adopted.config.parameters))


def _learn(progress: Progress, event: Event) -> Progress:
    if event.kind is Kind.RESET:
        return _renewed(progress, event)
    if event.kind is not Kind.ANSWER:
        return progress
    remembered = progress if event.evidence is Evidence.NONE else _remembered(progress, event)
    return replace(
        remembered,
        last_answered_at=event.answered_at,
        confusions=_confusions(progress.confusions, event),
    )


def _renewed(progress: Progress, event: Event) -> Progress:
    return replace(
        progress,
        phase=Phase.NEW,
        step=0,
        stability=None,
        difficulty=None,
        reps=0,
        lapses=0,
        first_study_day=None,
        last_study_day=None,
        last_answered_at=event.answered_at,
        confusions={},
    )


def _remembered(progress: Progress, event: Event) -> Progress:
    after = advance(
        progress.state,
        event.evidence,
        event.rating,
        elapsed_days=elapsed_days(progress.last_study_day, event.study_day),
        k=event.k,
        known_before=event.known_before,
        config=event.config,
        shift=event.shift,
    )
    return replace(
        progress,
        phase=after.move.phase,
        step=after.move.step,
        stability=after.memory.stability,
        difficulty=after.memory.difficulty,
        reps=progress.reps + 1,
        lapses=progress.lapses + after.move.lapse,
        first_study_day=progress.first_study_day or event.study_day,
        last_study_day=event.study_day,
    )


def _confusions(before: Mapping[str, Confusion], event: Event) -> Mapping[str, Confusion]:
    if event.correct:
        return {
            code: Confusion(taken, told_apart + (code in event.offered)) for code, (taken, told_apart) in before.items()
        }
    if not event.chosen_code:
        return before
    taken, _ = before.get(event.chosen_code, (0, 0))
    return {**before, event.chosen_code: Confusion(taken + 1, 0)}


def _mark(progress: Progress, event: Event) -> Progress:
    seen = max(progress.meaning_version, event.meaning_version)
    progress = progress if seen == progress.meaning_version else replace(progress, meaning_version=seen)
    match event.kind:
        case Kind.BURY:
            return replace(progress, buried_until=event.buried_until)
        case Kind.UNBURY:
            return replace(progress, buried_until=None)
        case Kind.SUSPEND | Kind.UNSUSPEND:
            return replace(progress, suspended=event.kind is Kind.SUSPEND)
        case Kind.FLAG:
            return replace(progress, flag=event.flag)
        case _:
            return progress


def _due(progress: Progress, event: Event) -> Progress:
    if not event.carries_due:
        return progress
    return replace(progress, due_on=event.due_on, due_at=event.due_at, interval_days=event.interval_days)
