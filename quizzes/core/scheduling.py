"""When a card comes back: every future of an answer, from plain numbers, with clock and dice handed in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from quizzes.core.days import study_day
from quizzes.core.fuzz import choose_days, fuzz_window, roll
from quizzes.core.memory import NO_SHIFT, Memory, Shift, interval_days
from quizzes.core.phases import DEFAULT_CONFIG, Advance, CardState, Config, Phase, advance
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Rating


class Future(StrEnum):
    """What the student may still do: rate, or pick an option."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"
    WRONG = "wrong"
    RIGHT = "right"
    GUESSED = "guessed"


FUTURES = {
    Rating.AGAIN: Future.AGAIN,
    Rating.HARD: Future.HARD,
    Rating.GOOD: Future.GOOD,
    Rating.EASY: Future.EASY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an answer at `now` (aware) is scheduled with.

    `elapsed_days` are study days since the last answer; `k` the number of options (None: no choice); `known_before`
    the deck's share of first answers known, `shift` what earlier students showed of the card: both for a card never
    answered. `seed` names card and repetition; `load` counts cards due by day; `siblings` are the due days of the
    fact's other cards.
    """

    now: datetime
    zone: tzinfo
    seed: str
    elapsed_days: int
    rollover_hour: int = 4
    config: Config = DEFAULT_CONFIG
    k: int | None = None
    known_before: float = ASSUMED_KNOWN
    shift: Shift = NO_SHIFT
    load: Mapping[date, int] = field(default_factory=dict)
    siblings: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A card after an answer, and when it comes back.

    Either `minutes` and `due_at` are set (a step that ends within the study day, `interval_days` 0), or `interval_days`
    counts whole study days. `recall` and `chance` are what was used, for the log.
    """

    phase: Phase
    step: int
    memory: Memory
    minutes: float | None
    interval_days: int
    due_on: date
    due_at: datetime | None
    lapse: bool
    recall: float | None
    chance: float | None


def futures(state: CardState, context: Context) -> dict[Future, Outcome]:
    """What each rating, and with `context.k` each kind of choice, would do.

    Intervals in days rise strictly from again to easy, and wrong <= guessed <= right, up to the maximum.
    """
    plan = _Plan(state, context)
    found = {FUTURES[rating]: result for rating, result in plan.ladder().items()}
    return found if context.k is None else {**found, **plan.of_a_choice()}


def futures_shown(state: CardState, context: Context) -> dict[Future, Outcome]:
    """Those of `futures` that a question leads to: with `context.k` the kinds of choice, else the ratings."""
    return futures(state, context) if context.k is None else _Plan(state, context).of_a_choice()


def days_anew(
    memory: Memory, since: date, seed: str, config: Config, load: Mapping[date, int], siblings: Collection[date]
) -> int:
    """Days from a card's last answer (`since`) until it comes back, decided anew as an answer would with that memory.

    `seed`, `load` and `siblings` as in a Context; raises ValueError for a retention that cannot be.
    """
    exact = interval_days(memory.stability, config.desired_retention, config.parameters)
    return choose_days(fuzz_window(exact, 1, config.maximum_interval_days), roll(seed), since, load, siblings)


class _Plan:
    """One answer about to be given: the study day and the throw that all its futures share."""

    def __init__(self, state: CardState, context: Context) -> None:
        self.state = state
        self.context = context
        self.today = study_day(context.now, context.zone, context.rollover_hour)
        self.throw = roll(context.seed)

    def ladder(self) -> dict[Rating, Outcome]:
        results: dict[Rating, Outcome] = {}
        lowest = 1
        for rating in Rating:
            results[rating] = self.result(Evidence.GRADED, rating, lowest)
            lowest = max(lowest, results[rating].interval_days + 1)
        return results

    def of_a_choice(self) -> dict[Future, Outcome]:
        return {
            Future.WRONG: self.result(Evidence.GRADED, Rating.AGAIN, 1),
            Future.GUESSED: self.result(Evidence.GUESSED, Rating.GOOD, 1),
            Future.RIGHT: self.result(Evidence.CHOICE, Rating.GOOD, 1),
        }

    def result(self, evidence: Evidence, rating: Rating, lowest: int) -> Outcome:
        c = self.context
        after = advance(
            self.state,
            evidence,
            rating,
            elapsed_days=c.elapsed_days,
            k=c.k,
            known_before=c.known_before,
            config=c.config,
            shift=c.shift,
        )
        minutes = after.move.minutes
        return self._in_days(after, lowest) if minutes is None else self._in_step(after, minutes)

    def _in_days(self, after: Advance, lowest: int) -> Outcome:
        config = self.context.config
        exact = interval_days(after.memory.stability, config.desired_retention, config.parameters)
        window = fuzz_window(exact, lowest, config.maximum_interval_days)
        days = choose_days(window, self.throw, self.today, self.context.load, self.context.siblings)
        return self._outcome(after, None, self.today + timedelta(days=days), None)

    def _in_step(self, after: Advance, minutes: float) -> Outcome:
        due_at = self.context.now + timedelta(minutes=minutes)
        due_on = study_day(due_at, self.context.zone, self.context.rollover_hour)
        if due_on > self.today:
            return self._outcome(after, None, due_on, None)
        return self._outcome(after, minutes, due_on, due_at)

    def _outcome(self, after: Advance, minutes: float | None, due_on: date, due_at: datetime | None) -> Outcome:
        return Outcome(
            phase=after.move.phase,
            step=after.move.step,
            memory=after.memory,
            minutes=minutes,
            interval_days=(due_on - self.today).days,
            due_on=due_on,
            due_at=due_at,
            lapse=after.move.lapse,
            recall=after.recall,
            chance=after.chance,
        )
