"""Simulated students study with the product's scheduler, day by day; what they answered, and what they truly knew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from math import exp, log
from typing import NamedTuple

from bench.exact_students import ExactStudent
from bench.scheduled_cards import Card
from bench.students import DAY, Kind, Student, draw_cards
from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.phases import DEFAULT_CONFIG, Config
from quizzes.core.queueing import LEARN_AHEAD_MINUTES
from quizzes.core.review_arrays import Review
from quizzes.core.specs import ASSUMED_KNOWN, Rating

FIRST_DAY = date(2025, 1, 6)
FIRST_SECOND = (FIRST_DAY - date(1970, 1, 1)).days * DAY
STUDY_STARTS, STARTS_WITHIN, LONGEST_SITTING = 16 * 3600.0, 5 * 3600.0, 6 * 3600.0
USUAL_SECONDS, SECONDS_SPREAD = 8.0, 0.5
ENOUGH_FIRST_ANSWERS = 50
MATURE_DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How someone studies; `options` 0 are flashcards. A leech is suspended at its notice if the student `suspends`.

    `shifts` are those of the cards' first memories; none: not shifted.
    """

    days: int = 240
    new_a_day: int = 6
    reviews_a_day: int = 200
    options: int = 0
    suspends: bool = True
    config: Config = DEFAULT_CONFIG
    shifts: Sequence[Shift] = ()


class Answer(NamedTuple):
    """One answer of the log, with what no log tells.

    `known` is the true chance that it came from memory, `predicted` the scheduler's (None of a new card). `interval`
    is what was scheduled before it in days, 0 of new cards and within learning; `waited` are the days that it was;
    `seconds` what the answer took.
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


def study(student: Student | ExactStudent, plan: Plan, seed: str) -> list[Answer]:
    """All answers of the student in order of time."""
    return _Study(student, plan, seed).run()


def study_alone(kind: Kind, plan: Plan, cards: int, seed: str) -> list[Answer]:
    """A person of the kind with cards of their own."""
    return study(Student(kind, draw_cards(kind, cards, seed), seed), plan, seed)


def study_in_class(kind: Kind, plan: Plan, cards: int, students: int, seed: str) -> Iterator[list[Answer]]:
    """People of the kind, one after the other, who all study the same cards: numbers and difficulties are shared."""
    shared = draw_cards(kind, cards, seed)
    for number in range(students):
        yield study(Student(kind, shared, f"{seed}/{number}"), plan, f"{seed}/{number}")


def reviews_of(answers: Iterable[Answer]) -> list[Review]:
    """What a log of the product would have of them."""
    return [answer.review for answer in answers]


class _Study:
    """Days count from 0, times in seconds from the start of day 0."""

    def __init__(self, student: Student | ExactStudent, plan: Plan, seed: str) -> None:
        self.student, self.plan, self.seed = student, plan, seed
        self.cards = [Card() for _ in range(len(student))]
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
        due = [number for number, card in enumerate(self.cards) if card.is_due(day)]
        due.sort(key=lambda number: self.cards[number].recall(day, self.plan.config))
        due = due[: self.plan.reviews_a_day]
        new = [self.unseen.pop() for _ in range(min(self.plan.new_a_day, len(self.unseen)))]
        placed = [(place / len(due), 0, number) for place, number in enumerate(due)]
        placed += [((place + 0.5) / len(new), 1, number) for place, number in enumerate(new)]
        return [number for _, _, number in sorted(placed, reverse=True)]

    def _next(self, queue: list[int], now: float) -> int | None:
        """Learning cards that are due come first, and where nothing else is left those that soon will be."""
        ahead = now if queue else now + LEARN_AHEAD_MINUTES * 60
        if self.learning and self.learning[0][0] <= ahead:
            return heappop(self.learning)[1]
        return queue.pop() if queue else None

    def _answer(self, number: int, day: int, now: float) -> float:
        """The card is answered and put off; the time at which that was done."""
        card, plan, student = self.cards[number], self.plan, self.student
        seconds = exp(student.dice.gauss(log(USUAL_SECONDS), SECONDS_SPREAD))
        known, right = student.answer(number, now, seconds, plan.options)
        done, interval, waited = now + seconds, card.interval, card.waited(day)
        known_before = self._known_before()
        after = card.answered(
            day,
            right=right,
            options=plan.options,
            known_before=known_before,
            config=plan.config,
            shift=plan.shifts[number] if plan.shifts else NO_SHIFT,
            suspends=plan.suspends,
            seed=f"{self.seed}/{number}",
        )
        if after.recall is None:
            self._met(right=right)
        rating = Rating.GOOD if right else Rating.AGAIN
        review = Review(
            number, FIRST_DAY.toordinal() + day, FIRST_SECOND + done, int(rating), plan.options, known_before
        )
        self.found.append(Answer(review, known, after.recall, interval, waited, seconds))
        if card.wait_seconds is not None and not card.suspended:
            again = (day + 1) * DAY if card.is_left else done + card.wait_seconds
            heappush(self.learning, (again, number))
        return done

    def _met(self, *, right: bool) -> None:
        chance = 1 / self.plan.options if self.plan.options else 0.0
        self.first_answers.append((right - chance) / (1 - chance))

    def _known_before(self) -> float:
        """As the product counts it: the share of first answers right beyond guessing, once there are enough."""
        if len(self.first_answers) < ENOUGH_FIRST_ANSWERS:
            return ASSUMED_KNOWN
        return min(0.99, max(0.01, sum(self.first_answers) / len(self.first_answers)))
