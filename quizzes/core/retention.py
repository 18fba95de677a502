"""True retention: what a student recalled of what they had learned, at the first try of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quizzes.core.presenting import MATURE_DAYS
from quizzes.core.shares import Share
from quizzes.core.specs import Evidence, Rating

NOTHING = Share(0, 0)
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers that stand, in order of time, as columns of equal length.

    `day` is the ordinal of the study day, `interval_days` the interval that the card had been given before, 0 if none.
    """

    card_id: NDArray[np.int64]
    day: NDArray[np.int64]
    interval_days: NDArray[np.float64]
    recalled: NDArray[np.bool_]

    def where(self, chosen: NDArray[Any]) -> "Answers":
        """Only those: a column of truths, or places."""
        return Answers(*(getattr(self, name)[chosen] for name in Answers.__slots__))


def answers_of(rows: Iterable[tuple[int, int, float | None, bool]]) -> Answers:
    """The columns of rows with these four values, None for no interval."""
    card_id, day, interval, passed = zip(*rows, strict=True) if (rows := list(rows)) else ((),) * 4
    return Answers(
        card_id=np.array(card_id, np.int64),
        day=np.array(day, np.int64),
        interval_days=np.nan_to_num(np.array(interval, np.float64)),
        recalled=np.array(passed, np.bool_),
    )


@dataclass(frozen=True, slots=True)
class Retention:
    """Recalled of asked, by the age of what was asked."""

    young: Share = NOTHING
    mature: Share = NOTHING

    @property
    def all(self) -> Share:
        """Both ages."""
        return self.young + self.mature


def recalled(evidence: str, rating: int | None) -> bool:
    """Whether the answer shows recall: hard is a pass, and a right choice; a guess that was owned up to is not."""
    if evidence == Evidence.GRADED:
        return rating is not None and rating > Rating.AGAIN
    return evidence == Evidence.CHOICE


def first_reviews(answers: Answers) -> Answers:
    """The first answer of each card and study day, of cards that had waited a day or more."""
    of_day = np.stack([answers.card_id, answers.day])
    _found, firsts = np.unique(of_day, axis=1, return_index=True)
    reviews = answers.where(np.sort(firsts))
    return reviews.where(reviews.interval_days >= 1)


def retention(reviews: Answers) -> Retention:
    """Shares recalled among first reviews; a card is mature with an interval of 21 days or more."""
    mature = reviews.interval_days >= MATURE_DAYS
    return Retention(_share(reviews.recalled[~mature]), _share(reviews.recalled[mature]))


def weekly(reviews: Answers, *, until: date, weeks: int) -> list[tuple[date, Share]]:
    """The share recalled in each of the last weeks, by its first day; the last week ends with the day `until`."""
    starts = [until + timedelta(days=1) - ONE_WEEK * back for back in range(weeks, 0, -1)]
    week = (reviews.day - starts[0].toordinal()) // ONE_WEEK.days
    return [(start, _share(reviews.recalled[week == at])) for at, start in enumerate(starts)]


def _share(recalled: NDArray[np.bool_]) -> Share:
    return Share(int(recalled.sum()), recalled.size)
