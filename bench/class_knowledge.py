"""What earlier students of the same cards spare new ones: first weeks from the usual start and from a shifted one.

The shifts are learned from 3, 10 and 30 earlier students. The new students' answers are predicted with and without
them, and the same students study once more, scheduled by them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np

from bench.students import KINDS, Student, draw_cards
from bench.studying import Answer, Plan, study
from quizzes.core.card_shifts import learn_shifts
from quizzes.core.fitting import fit
from quizzes.core.memory import DEFAULT_PARAMETERS, Shift
from quizzes.core.predictions import quality
from quizzes.core.recall_stream import guess, predict
from quizzes.core.review_arrays import Floats, Ints, Review, ReviewArrays, arrays_of

EARLIER, NEW = (3, 10, 30), 30
FIRST_WEEKS = 42
Tell = Callable[[str, int, int], None]
Shifts = Sequence[Shift]


class Log(NamedTuple):
    """Answers of many students in order of time; whose each is, to which of the shared cards, and its true chance."""

    reviews: ReviewArrays
    card: Ints
    student: Ints
    known: Floats


def compare_classes(*, kinds: Sequence[str], people: int, cards: int, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Per kind and source of parameters, the means of `people` classes, in rows by earlier students (0: none)."""
    plan = replace(plan, days=min(plan.days, FIRST_WEEKS))
    found: dict[str, Any] = {}
    for number, kind in enumerate(kinds):
        rows = []
        for place in range(people):
            tell(kind, number * people + place, len(kinds) * people)
            rows.append(_Class(kind, f"{kind}/{place}", cards, plan).rows())
        found[kind] = {source: _means([one[source] for one in rows]) for source in rows[0]}
    return {"classes": people, "new": NEW, "cards": cards, "days": plan.days, "kinds": found}


def _means(classes: Sequence[dict[int, dict[str, float]]]) -> dict[int, dict[str, float]]:
    first = classes[0]
    return {many: {name: fmean(one[many][name] for one in classes) for name in first[many]} for many in first}


@dataclass(frozen=True, slots=True)
class _Class:
    kind: str
    seed: str
    cards: int
    plan: Plan

    def rows(self) -> dict[str, dict[int, dict[str, float]]]:
        earlier = self.students(range(max(EARLIER)), self.plan)
        fitted = fit(joined(earlier).reviews, DEFAULT_PARAMETERS).parameters
        return {
            "defaults": self.compared(earlier, DEFAULT_PARAMETERS),
            "fitted to the earlier students": self.compared(earlier, fitted),
        }

    def compared(self, earlier: Sequence[Sequence[Answer]], parameters: Sequence[float]) -> dict[int, dict[str, float]]:
        """By the number of earlier students."""
        plan = replace(self.plan, config=replace(self.plan.config, parameters=tuple(parameters)))
        newcomers = range(max(EARLIER), max(EARLIER) + NEW)
        usual = self.students(newcomers, plan)
        rows = {0: _row(joined(usual), joined(usual), parameters)}
        for many in EARLIER:
            shifts = learned(joined(earlier[:many]), self.cards)
            shifted = self.students(newcomers, replace(plan, shifts=tuple(shifts)))
            rows[many] = _row(joined(usual, shifts), joined(shifted, shifts), parameters)
        return rows

    def students(self, numbers: Sequence[int], plan: Plan) -> list[list[Answer]]:
        kind = KINDS[self.kind]
        cards = draw_cards(kind, self.cards, self.seed)
        seeds = [f"{self.seed}/{number}" for number in numbers]
        return [study(Student(kind, cards, seed), plan, seed) for seed in seeds]


def learned(log: Log, cards: int) -> Shifts:
    """A shift for each card, met or not."""
    found = learn_shifts(log.reviews, log.card, log.student)
    shifts = [Shift(*map(float, one)) for one in zip(found.ln_stability, found.difficulty, strict=True)]
    return [*shifts, *[Shift()] * (cards - len(shifts))]


def joined(students: Sequence[Sequence[Answer]], shifts: Shifts = ()) -> Log:
    """The answers of all, each student's card a card of its own, to be predicted from the shifts."""
    apart = 1 + max(answer.review.card for answers in students for answer in answers)
    rows = [(answer, number) for number, answers in enumerate(students) for answer in answers]
    rows.sort(key=lambda row: (row[0].review.day, row[0].review.moment))
    reviews = [_of_student(answer, number * apart, shifts) for answer, number in rows]
    card = np.array([answer.review.card for answer, _ in rows])
    known = np.array([answer.known for answer, _ in rows])
    return Log(arrays_of(reviews), card, np.array([number for _, number in rows]), known)


def _of_student(answer: Answer, first: int, shifts: Shifts) -> Review:
    shift = shifts[answer.review.card] if shifts else Shift()
    return answer.review._replace(
        card=first + answer.review.card, ln_stability=shift.ln_stability, difficulty=shift.difficulty
    )


def _row(usual: Log, own: Log, parameters: Sequence[float]) -> dict[str, float]:
    """How well the answers to the usual schedule are predicted, and to the one that comes of it; and what that asks."""
    met = own.reviews.crosses_days & (own.reviews.earlier == 1)
    of_card = np.bincount(own.card[met], weights=own.known[met]) / np.maximum(1, np.bincount(own.card[met]))
    return {
        **{f"same_{name}": value for name, value in _quality(usual.reviews, parameters).items()},
        **{f"own_{name}": value for name, value in _quality(own.reviews, parameters).items()},
        "forgotten_first": 1 - float(own.reviews.passed[met].mean()),
        "apart_first": float(of_card[np.bincount(own.card[met]) > 0].std()),
        "answers": len(own.reviews) / NEW,
    }


def _quality(reviews: ReviewArrays, parameters: Sequence[float]) -> dict[str, float]:
    tested = np.flatnonzero(reviews.crosses_days)
    recall = predict(reviews, parameters)[tested]
    found = quality(recall + (1 - recall) * guess(reviews.options[tested]), reviews, tested)
    return {"log_loss": found.log_loss, "rmse_bins": found.rmse_bins, "auc": found.auc}
