"""A student's settings as answering needs them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from quizzes.core.calibration import NEUTRAL, Weights
from quizzes.core.days import study_day
from quizzes.core.forecasting import Forecaster
from quizzes.core.history import Progress
from quizzes.core.phases import Config
from quizzes.core.specs import ASSUMED_KNOWN
from quizzes.models import Deck, DeckStudy, DeckTally, StudySettings, User
from quizzes.models.prepared import Prepared
from quizzes.selectors.access import sees_drafts
from quizzes.selectors.study.history import parameters_of
from quizzes.selectors.study.scopes import ALL, read_scope

SETTING_COLUMNS = (
    "user_id", "parameter_set_id", "desired_retention", "learning_steps", "relearning_steps", "maximum_interval_days",
    "rollover_hour", "four_buttons", "format_preference", "bury_siblings", "shortcuts", "recall_first",
    "user__profile__time_zone", "user__calibration__weights",
)  # fmt: skip


_settings = Prepared(
    lambda user_id: StudySettings.objects.filter(user_id=user_id).values_list(*SETTING_COLUMNS), "user_id"
)
DECK_COLUMNS = (
    "deck_id", "deck__slug", "deck__title", "deck__status", "deck__content_version", "deck__tally__version",
    "deck__tally__known_share", "new_per_day", "reviews_per_day", "content_version_seen",
    "paused_at",
)  # fmt: skip


def _decks_of(user_id: int) -> QuerySet[DeckStudy, Any]:
    return DeckStudy.objects.filter(user_id=user_id).order_by("deck__title", "deck_id").values_list(*DECK_COLUMNS)


_decks = Prepared(_decks_of, "user_id")


class NotAStudentError(LookupError):
    """The person has not started to study anything yet."""


@dataclass(frozen=True, slots=True)
class Student:
    """One student's settings."""

    user_id: int
    zone: ZoneInfo
    rollover_hour: int
    config: Config
    parameter_set_id: int
    four_buttons: bool
    format_preference: str
    bury_siblings: bool
    shortcuts: bool
    recall_first: bool
    weights: Weights = NEUTRAL

    @property
    def forecaster(self) -> Forecaster:
        """What predicts for the pages how this student's memories fade."""
        return Forecaster(self.config.parameters, self.weights)

    def recall(self, progress: Progress, elapsed_days: float) -> float | None:
        """The recall shown for a card so many study days after its last answer; None for a card without a memory."""
        if progress.stability is None:
            return None
        return self.forecaster.recall(elapsed_days, progress.stability, float(progress.reps), float(progress.lapses))

    def day(self, at: datetime) -> date:
        """The study day of a moment in the student's own zone."""
        return study_day(at, self.zone, self.rollover_hour)


@dataclass(frozen=True, slots=True)
class StudiedDeck:
    """One deck of a student, with the limits they set and what all students showed."""

    deck: Deck
    new_per_day: int
    reviews_per_day: int
    known_before: float
    content_version_seen: int


def find_student(user_id: int) -> Student | None:
    """The student's settings; None for somebody who has not started to study."""
    rows = _settings(user_id=user_id)
    return student_of(rows[0]) if rows else None


def get_student(user_id: int) -> Student:
    """The student's settings; raises NotAStudentError."""
    if student := find_student(user_id):
        return student
    raise NotAStudentError(f"person {user_id} studies nothing yet")


def has_begun(user_id: int, deck_id: int) -> bool:
    """Whether the person has ever begun the deck, be it paused or left since."""
    return DeckStudy.objects.filter(user_id=user_id, deck_id=deck_id).exists()


def studied_decks(user: User, scope: str = ALL) -> list[StudiedDeck]:
    """The decks that the person studies and may see, not paused, by title; `scope` may narrow to one."""
    slug = read_scope(scope).deck
    return [studied for studied in decks_of(user, _decks(user_id=user.pk)) if not slug or studied.deck.slug == slug]


def decks_of(user: User, rows: Iterable[Sequence[Any]]) -> list[StudiedDeck]:
    """The decks of rows of DECK_COLUMNS that the person may see, not paused."""
    found = [_studied(*row) for row, paused_at in ((row[:-1], row[-1]) for row in rows) if paused_at is None]
    return [one for one in found if one.deck.status == Deck.Status.PUBLISHED or sees_drafts(user)]


def _studied(
    deck_id: int, slug: str, title: str, status: str, content_version: int, tally_version: int | None,
    known_share: float | None, new_per_day: int, reviews_per_day: int, content_version_seen: int,
) -> StudiedDeck:  # fmt: skip
    deck = _deck(deck_id, slug, title, status, content_version, tally_version)
    return StudiedDeck(deck, new_per_day, reviews_per_day, known_share or ASSUMED_KNOWN, content_version_seen)


@lru_cache(maxsize=256)
def _deck(
    deck_id: int, slug: str, title: str, status: str, content_version: int, tally_version: int | None
) -> Deck:  # fmt: skip
    """A deck with only what is given here; shared, so never to be changed or saved."""
    deck = Deck(pk=deck_id, slug=slug, title=title, status=status, content_version=content_version)
    tally = DeckTally(deck_id=deck_id, version=tally_version) if tally_version else None
    Deck.tally.related.set_cached_value(deck, tally)
    return deck


def student_of(values: Sequence[Any]) -> Student:
    """The student of a row of SETTING_COLUMNS."""
    row = dict(zip(SETTING_COLUMNS, values, strict=True))
    return Student(
        user_id=row["user_id"],
        zone=ZoneInfo(row["user__profile__time_zone"] or "UTC"),
        rollover_hour=row["rollover_hour"],
        config=Config(
            learning_steps=tuple(row["learning_steps"]),
            relearning_steps=tuple(row["relearning_steps"]),
            desired_retention=row["desired_retention"],
            maximum_interval_days=row["maximum_interval_days"],
            parameters=parameters_of(row["parameter_set_id"]),
        ),
        parameter_set_id=row["parameter_set_id"],
        four_buttons=row["four_buttons"],
        format_preference=row["format_preference"],
        bury_siblings=row["bury_siblings"],
        shortcuts=row["shortcuts"],
        recall_first=row["recall_first"],
        weights=Weights(*(row["user__calibration__weights"] or ())),
    )
