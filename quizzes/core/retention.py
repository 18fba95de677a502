"""True retention: what a student recalled of what they had learned, at the first try of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from quizzes.core.presenting import MATURE_DAYS
from quizzes.core.shares import Share
from quizzes.core.specs import Evidence, Rating

NOTHING = Share(0, 0)
ONE_WEEK = timedelta(days=7)


class Answered(NamedTuple):
    """One answer that stands; `interval_days` is the interval that its card had been given before."""

    card_id: int
    study_day: date
    interval_days: float | None
    recalled: bool


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


def first_reviews(answers: Iterable[Answered]) -> list[Answered]:
    """Of answers in order of time the first of each card and study day, of cards that had waited a day or more."""
    firsts: dict[tuple[int, date], Answered] = {}
    for answer in answers:
        firsts.setdefault((answer.card_id, answer.study_day), answer)
    return [answer for answer in firsts.values() if (answer.interval_days or 0) >= 1]


def retention(reviews: Iterable[Answered]) -> Retention:
    """Shares recalled among first reviews; a card is mature with an interval of 21 days or more."""
    counts = {False: [0, 0], True: [0, 0]}
    for review in reviews:
        count = counts[(review.interval_days or 0) >= MATURE_DAYS]
        count[0] += review.recalled
        count[1] += 1
    return Retention(Share(*counts[False]), Share(*counts[True]))


def weekly(reviews: Iterable[Answered], *, until: date, weeks: int) -> list[tuple[date, Share]]:
    """The share recalled in each of the last weeks, by its first day; the last week ends with the day `until`."""
    starts = [until + timedelta(days=1) - ONE_WEEK * back for back in range(weeks, 0, -1)]
    counts = [[0, 0] for _start in starts]
    for review in reviews:
        at = (review.study_day - starts[0]).days // ONE_WEEK.days
        if 0 <= at < weeks:
            counts[at][0] += review.recalled
            counts[at][1] += 1
    return [(start, Share(*count)) for start, count in zip(starts, counts, strict=True)]
