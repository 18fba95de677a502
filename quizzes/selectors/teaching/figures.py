"""What the students of one class or several remember and did, as arrays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration import NEUTRAL, Weights

DAYS = 28
WEEK = 7
WEEKS = 12
UTC = ZoneInfo("UTC")
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClassStudent:
    """One student; `today` is their own study day, `public_id` None for somebody who has never signed in.

    `last_seq` is the number of the last event in their log, `covariance` what is not known of the weights yet.
    """

    user_id: int
    name: str
    username: str
    email: str
    public_id: UUID | None
    external_id: str
    today: date
    decay: float
    weights: Weights = NEUTRAL
    covariance: Sequence[float] = ()
    last_seq: int = 0
    zone: ZoneInfo = UTC
    rollover_hour: int = 4


@dataclass(frozen=True, slots=True)
class ClassSection:
    """One section of a deck, with its cards that are asked."""

    id: int
    deck_id: int
    deck_title: str
    name: str
    cards: int


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Rows are students. Columns of `introduced`, `learned` and `recall` are sections.

    `introduced` counts the cards begun, `learned` those of them that have left their learning steps. `recall` sums the
    predicted recall of the learned ones on `on`: None is today, and tomorrow for cards answered today.

    `days` says for each deck whether they gave a scheduled answer in it, `[student, deck, n]` n days ago.
    `answers` counts those of the last 28 days, `asked_again` and `right_again` of them the first answers of a day to
    cards met before, per deck.
    `due`, `overdue` and `coming`, what falls due in the seven days after today, are per section too; `last_day` is the
    ordinal of the last day with an answer, per section, 0 for none.

    `weeks` says whether they studied in a week, `week_asked` and `week_right` count its first answers to cards met
    before, per deck: `[student, deck, n]` n times seven days ago.
    """

    students: Sequence[ClassStudent]
    sections: Sequence[ClassSection]
    decks: Sequence[int]
    introduced: IntArray
    learned: IntArray
    recall: FloatArray
    due: IntArray
    overdue: IntArray
    last_day: IntArray
    days: BoolArray
    asked_again: IntArray
    right_again: IntArray
    coming: IntArray
    answers: IntArray
    weeks: BoolArray
    week_asked: IntArray
    week_right: IntArray
    on: date | None = None

    def of(self, user_ids: Collection[int], deck_ids: Collection[int]) -> "Figures":
        """The figures of these students in these decks."""
        rows = [at for at, student in enumerate(self.students) if student.user_id in user_ids]
        columns = [at for at, section in enumerate(self.sections) if section.deck_id in deck_ids]
        decks = [at for at, deck in enumerate(self.decks) if deck in deck_ids]
        by_section = np.ix_(rows, columns)
        by_deck = np.ix_(rows, decks)
        return Figures(
            students=[self.students[at] for at in rows],
            sections=[self.sections[at] for at in columns],
            decks=[self.decks[at] for at in decks],
            introduced=self.introduced[by_section],
            learned=self.learned[by_section],
            recall=self.recall[by_section],
            due=self.due[by_section],
            overdue=self.overdue[by_section],
            last_day=self.last_day[by_section],
            days=self.days[by_deck],
            asked_again=self.asked_again[by_deck],
            right_again=self.right_again[by_deck],
            coming=self.coming[by_section],
            answers=self.answers[by_deck],
            weeks=self.weeks[by_deck],
            week_asked=self.week_asked[by_deck],
            week_right=self.week_right[by_deck],
            on=self.on,
        )

    @property
    def learning(self) -> int:
        """How many cards are still in learning steps, over all students."""
        return int(self.introduced.sum() - self.learned.sum())

    @property
    def studied(self) -> BoolArray:
        """Whether each student answered n days ago, in any of the decks."""
        return np.asarray(self.days.any(axis=1), np.bool_)

    @property
    def studied_this_week(self) -> BoolArray:
        """Whether each student answered in the last seven days, today included."""
        return np.asarray(self.studied[:, :WEEK].any(axis=1), np.bool_)
