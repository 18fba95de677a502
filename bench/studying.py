"""Simulated students study with the product's scheduler, day by day; what they answered, and what they truly knew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from math import exp, log
from typing import NamedTuple

from bench.students import DAY, Kind, Student, draw_cards
from quizzes.core.fuzz import choose_days, fuzz_window, roll
from quizzes.core.memory import interval_days, retrievability
from quizzes.core.phases import DEFAULT_CONFIG, Advance, CardState, Config, Phase, advance
from quizzes.core.queueing import LEARN_AHEAD_MINUTES
from quizzes.core.review_arrays import Review
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Rating

FIRST_DAY = date(2025, 1, 6)
FIRST_SECOND = (FIRST_DAY - date(1970, 1, 1)).days * DAY
STUDY_STARTS, STARTS_WITHIN, LONGEST_SITTING = 16 * 3600.0, 5 * 3600.0, 6 * 3600.0
USUAL_SECONDS, SECONDS_SPREAD = 8.0, 0.5
ENOUGH_FIRST_ANSWERS = 50
MATURE_DAYS = 21
TRIES_A_DAY = 8
"""After so many answers to a card on one day it is buried until the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How someone studies; `options` 0 are flashcards."""

    days: int = 240
    new_a_day: int = 6
    reviews_a_day: int = 200
    options: int = 0
    config: Config = DEFAULT_CONFIG


class Answer(NamedTuple):
    """One answer of the log, with what no log tells.

    `known` is the true chance that it came from memory, `predicted` the scheduler's (None of a new card). `interval`
    is what was scheduled before it in days, 0 of new cards and within learning; `seconds` what the answer took.
    """

    review: Review
    known: float
    predicted: float | None
    interval: int
    waited: int
    seconds: float

    @property
    def on_time(self) -> bool:
        """Whether it came on the day that the scheduler had chosen."""
        return self.interval > 0 and self.waited == self.interval

    @property
    def mature(self) -> bool:
        """Whether it ended an interval of 21 days or more."""
        return self.interval >= MATURE_DAYS


def study(student: Student, plan: Plan, seed: str) -> list[Answer]:
    """All answers of the student in order of time."""
    return _Study(student, plan, seed).run()


def study_alone(kind: Kind, plan: Plan, cards: int, seed: str) -> list[Answer]:
    """A person of the kind with cards of their own."""
    return study(Student(kind, draw_cards(kind, cards, seed), seed), plan, seed)


def study_in_class(kind: Kind, plan: Plan, cards: int, students: int, seed: str) -> Iterable[list[Answer]]:
    """People of the kind, one after the other, who all study the same cards: numbers and difficulties are shared."""
    shared = draw_cards(kind, cards, seed)
    for number in range(students):
        yield study(Student(kind, shared, f"{seed}/{number}"), plan, f"{seed}/{number}")


@dataclass(slots=True)
class _Card:
    state: CardState = field(default_factory=CardState)
    last: int = 0
    due: int = 0
    interval: int = 0
    answers: int = 0
    today: int = 0


class _Study:
    """Days count from 0, times in seconds from the start of day 0."""

    def __init__(self, student: Student, plan: Plan, seed: str) -> None:
        self.student, self.plan, self.seed = student, plan, seed
        self.cards = [_Card() for _ in range(len(student))]
        self.unseen = list(reversed(range(len(student))))
        self.learning: list[tuple[float, int]] = []
        self.first_answers: list[float] = []
        self.found: list[Answer] = []

    def run(self) -> list[Answer]:
        for day in range(self.plan.days):
            if self.student.wakes_to_study():
                self._sit_down(day)
        return self.found

    def _sit_down(self, day: int) -> None:
        now = began = day * DAY + STUDY_STARTS + STARTS_WITHIN * self.student.dice.random()
        queue = self._queue(day)
        while now < began + LONGEST_SITTING:
            card = self._next(queue, now)
            if card is None:
                return
            now = self._answer(card, day, now)

    def _queue(self, day: int) -> list[int]:
        """Reviews, lowest predicted recall first, with new cards spread among them; the next one last."""
        due = [number for number, card in enumerate(self.cards) if card.state.phase is Phase.REVIEW and card.due <= day]
        due.sort(key=lambda number: self._recall(self.cards[number], day))
        due = due[: self.plan.reviews_a_day]
        new = [self.unseen.pop() for _ in range(min(self.plan.new_a_day, len(self.unseen)))]
        placed = [(place / max(1, len(due)), 0, number) for place, number in enumerate(due)]
        placed += [((place + 0.5) / len(new), 1, number) for place, number in enumerate(new)]
        return [number for _, _, number in sorted(placed, reverse=True)]

    def _next(self, queue: list[int], now: float) -> int | None:
        ahead = now + LEARN_AHEAD_MINUTES * 60
        if self.learning and self.learning[0][0] <= (ahead if not queue else now):
            return heappop(self.learning)[1]
        return queue.pop() if queue else None

    def _recall(self, card: _Card, day: int) -> float:
        assert card.state.memory is not None
        return retrievability(card.state.memory, day - card.last, self.plan.config.parameters)

    def _answer(self, number: int, day: int, now: float) -> float:
        """The card is answered and put off; when it was done."""
        card, options = self.cards[number], self.plan.options
        seconds = exp(self.student.dice.gauss(log(USUAL_SECONDS), SECONDS_SPREAD))
        known, right = self.student.answer(number, now, seconds, options)
        done, rating = now + seconds, Rating.GOOD if right else Rating.AGAIN
        after = self._advance(card, day, right=right)
        waited = day - card.last if card.answers else 0
        review = Review(number, FIRST_DAY.toordinal() + day, FIRST_SECOND + done, int(rating), options)
        self.found.append(Answer(review, known, after.recall, card.interval, waited, seconds))
        self._put_off(number, after, day, done)
        return done

    def _advance(self, card: _Card, day: int, *, right: bool) -> Advance:
        options = self.plan.options or None
        known_before = self._known_before()
        if card.state.memory is None:
            chance = 1 / options if options else 0.0
            self.first_answers.append((right - chance) / (1 - chance))
        return advance(
            card.state,
            Evidence.CHOICE if options and right else Evidence.GRADED,
            Rating.GOOD if right else Rating.AGAIN,
            elapsed_days=day - card.last if card.answers else 0,
            k=options,
            known_before=known_before,
            config=self.plan.config,
        )

    def _known_before(self) -> float:
        """As the product counts it: the share of first answers right beyond guessing, once there are enough."""
        if len(self.first_answers) < ENOUGH_FIRST_ANSWERS:
            return ASSUMED_KNOWN
        return min(0.99, max(0.01, sum(self.first_answers) / len(self.first_answers)))

    def _put_off(self, number: int, after: Advance, day: int, done: float) -> None:
        card, config = self.cards[number], self.plan.config
        card.today = card.today + 1 if card.answers and card.last == day else 1
        card.state, card.last, card.interval = after.state, day, 0
        card.answers += 1
        if after.move.minutes is not None:
            soon, tomorrow = done + after.move.minutes * 60, (day + 1) * DAY
            heappush(self.learning, (soon if card.today < TRIES_A_DAY else tomorrow, number))
            return
        exact = interval_days(after.memory.stability, config.desired_retention, config.parameters)
        window = fuzz_window(exact, 1, config.maximum_interval_days)
        throw = roll(f"{self.seed}/{number}/{card.answers}")
        card.interval = choose_days(window, throw, FIRST_DAY, {}, ())
        card.due = day + card.interval


def reviews_of(answers: Sequence[Answer]) -> list[Review]:
    """What a log of the product would have of them."""
    return [answer.review for answer in answers]
