"""What is kept of a person's study, table by table, for that person.

What a quiz does not tell yet goes out without the parts that would tell it: a card that such a quiz asked has no right
or wrong from that answer on, and its memory is left out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from quizzes.models import (
    Calibration,
    CardProgress,
    DailyStudy,
    DeckStudy,
    ItemSnapshot,
    MemoryFit,
    ParameterSet,
    ReviewLog,
    StudySettings,
    User,
)
from quizzes.selectors.people.own_data import Change, Part, Row, rows_of
from quizzes.selectors.study.answers import hidden_answers

MOST_KNOWN = 2_000
WHEN_QUIZ_CLOSED = "told when the quiz has closed"
TELLING_OF_MEMORY = (
    "phase", "step", "stability", "difficulty", "due_on", "due_at", "interval_days", "lapses", "taken_for",
)  # fmt: skip
TELLING_OF_ANSWER = (
    "correct", "evidence", "rating", "taken_for", "predicted_recall", "chance_known", "interval_days", "due_on",
    "due_at", "due_reason", "prior_shift", "detail",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Veil:
    """What is not told yet: by card the first event that would tell, and the days with such answers."""

    since: Mapping[int, int]
    days: Collection[date]


def read_veil(user: User, *, now: datetime) -> Veil:
    """Two queries."""
    rows = list(hidden_answers(user.pk, now=now).order_by("-seq").values_list("card_id", "seq", "study_day"))
    return Veil({card_id: seq for card_id, seq, _day in rows}, {day for _card, _seq, day in rows})


def without(row: Row, keys: Collection[str]) -> Row:
    """A row that does not say these."""
    return {key: None if key in keys else value for key, value in row.items()}


def question_reader() -> Change:
    """Puts texts in place of the hash and numbers by which rows name question, options and choice; a query at most."""
    known: dict[str, Mapping[str, Any]] = {}

    def change(rows: list[Row]) -> list[Row]:
        if len(known) > MOST_KNOWN:
            known.clear()
        missing = {row["question"] for row in rows if row["question"]} - known.keys()
        known.update(ItemSnapshot.objects.filter(hash__in=missing).values_list("hash", "content") if missing else ())
        return [_with_question(row, known.get(row["question"])) for row in rows]

    return change


def _with_question(row: Row, item: Mapping[str, Any] | None) -> Row:
    texts = [option["text"] for option in item["options"]] if item else []
    said = {"question": item["stem"] if item else None, "options": [texts[at] for at in row["options"]] if item else []}
    if "chosen" in row:
        said["chosen"] = texts[row["chosen"]] if item and row["chosen"] is not None else None
    return {**row, **said}


def _veiled_memories(user: User, now: datetime) -> Change:
    veil = read_veil(user, now=now)

    def change(rows: list[Row]) -> list[Row]:
        return [
            {**without(row, TELLING_OF_MEMORY), "withheld": WHEN_QUIZ_CLOSED, "card": row["card"]}
            if row["withheld"] in veil.since
            else {**row, "withheld": None}
            for row in rows
        ]

    return change


def _veiled_log(user: User, now: datetime) -> Change:
    veil = read_veil(user, now=now)

    def told(row: Row) -> Row:
        since = veil.since.get(row["withheld"])
        if since is None or row["seq"] < since:
            return {**row, "withheld": None}
        return {**without(row, TELLING_OF_ANSWER), "withheld": WHEN_QUIZ_CLOSED}

    read = question_reader()
    return lambda rows: read([told(row) for row in rows])


def _veiled_days(user: User, now: datetime) -> Change:
    veil = read_veil(user, now=now)
    return lambda rows: [without(row, ("correct",)) if row["day"] in veil.days else row for row in rows]


WITHHELD = ("withheld", "card_id", _("why something is left out, if it is"))
PARTS = (
    Part(
        name="study_settings",
        about=_("How you want to be asked."),
        columns=(
            ("desired_retention", "desired_retention", _("share of cards you want to know when they come")),
            ("learning_steps", "learning_steps", _("minutes")),
            ("relearning_steps", "relearning_steps", _("minutes")),
            ("maximum_interval_days", "maximum_interval_days", ""),
            ("rollover_hour", "rollover_hour", _("hour at which your day begins")),
            ("four_buttons", "four_buttons", ""),
            ("format_preference", "format_preference", ""),
            ("recall_first", "recall_first", ""),
            ("bury_siblings", "bury_siblings", ""),
            ("shortcuts", "shortcuts", ""),
            ("parameter_set", "parameter_set_id", _("parameters of memory in use, by number")),
        ),
        find=rows_of(StudySettings, "user", "pk"),
        covers=("quizzes.StudySettings.user",),
    ),
    Part(
        name="decks",
        about=_("Decks that you study or have studied."),
        columns=(
            ("deck", "deck__slug", ""),
            ("title", "deck__title", ""),
            ("new_per_day", "new_per_day", ""),
            ("reviews_per_day", "reviews_per_day", ""),
            ("exam_on", "exam_on", ""),
            ("joined_at", "joined_at", ""),
            ("paused_at", "paused_at", ""),
            ("left_at", "left_at", ""),
            ("content_version_seen", "content_version_seen", ""),
        ),
        find=rows_of(DeckStudy, "user", "joined_at", "pk"),
        covers=("quizzes.DeckStudy.user",),
    ),
    Part(
        name="memories",
        about=_("What the site reckons you remember of each card."),
        columns=(
            ("deck", "card__deck__slug", ""),
            ("card", "card__key", _("fact and direction")),
            ("term", "card__fact__term", ""),
            ("phase", "phase", ""),
            ("step", "step", ""),
            ("stability", "stability", _("days until recall falls to 90 %")),
            ("difficulty", "difficulty", _("1 to 10")),
            ("due_on", "due_on", ""),
            ("due_at", "due_at", ""),
            ("interval_days", "interval_days", ""),
            ("answers", "reps", ""),
            ("lapses", "lapses", _("times forgotten")),
            ("first_study_day", "first_study_day", ""),
            ("last_study_day", "last_study_day", ""),
            ("last_answered_at", "last_answered_at", ""),
            ("suspended", "suspended", ""),
            ("buried_until", "buried_until", ""),
            ("flag", "flag", ""),
            ("meaning_version", "meaning_version", _("of the fact, as you have learned it")),
            ("taken_for", "confusions", _("facts that you took it for: how often, and told apart since")),
            ("revision", "revision", _("counts its events")),
            WITHHELD,
        ),
        find=rows_of(CardProgress, "user", "card__deck__slug", "card__key"),
        covers=("quizzes.CardProgress.user",),
        change=_veiled_memories,
    ),
    Part(
        name="review_log",
        about=_("Everything you have done with cards, in order, with the questions as they were shown."),
        columns=(
            ("seq", "seq", _("number of the event")),
            ("kind", "kind", ""),
            ("undoes", "target_seq", _("number of the event taken back")),
            ("deck", "card__deck__slug", ""),
            ("card", "card__key", ""),
            ("answered_at", "answered_at", ""),
            ("received_at", "received_at", ""),
            ("study_day", "study_day", ""),
            ("time_zone", "time_zone", ""),
            ("rollover_hour", "rollover_hour", ""),
            ("source", "source", _("study, practice, quiz")),
            ("format", "format", _("flashcard, choice, typed")),
            ("question", "item_hash", ""),
            ("options", "order", _("answer choices in the order shown; of a flashcard the answer")),
            ("chosen", "chosen", ""),
            ("typed", "typed", ""),
            ("correct", "correct", ""),
            ("taken_for", "taken_for__term", _("the fact whose answer it was instead")),
            ("evidence", "evidence", _("how it counts: none counts for nothing")),
            ("rating", "rating", _("1 again, 2 hard, 3 good, 4 easy")),
            ("choices", "k", _("how many choices the chance of a guess is reckoned with")),
            ("duration_ms", "duration_ms", ""),
            ("predicted_recall", "predicted_recall", _("just before, 0 to 1")),
            ("known_before", "known_before", _("share of first answers known, over all students")),
            ("chance_known", "chance_known", _("that it was known and not guessed")),
            ("desired_retention", "desired_retention", ""),
            ("learning_steps", "learning_steps", _("minutes")),
            ("relearning_steps", "relearning_steps", _("minutes")),
            ("interval_days", "interval_days", ""),
            ("due_on", "due_on", ""),
            ("due_at", "due_at", ""),
            ("due_reason", "due_reason", ""),
            ("parameter_set", "parameter_set_id", ""),
            ("prior_shift", "prior_shift", ""),
            ("scheduler_version", "scheduler_version", ""),
            ("meaning_version", "meaning_version", ""),
            ("revision_before", "revision_before", ""),
            ("client_id", "client_id", _("issued with the page, so that an answer counts once")),
            ("part", "part", ""),
            ("detail", "detail", _("what a kind of event needs besides")),
            WITHHELD,
        ),
        find=rows_of(ReviewLog, "user", "seq"),
        covers=("quizzes.ReviewLog.user",),
        change=_veiled_log,
    ),
    Part(
        name="days",
        about=_("Your study days."),
        columns=(
            ("day", "day", ""),
            ("answers", "answers", ""),
            ("correct", "correct", _("empty while a quiz does not tell yet how it went")),
            ("duration_ms", "duration_ms", ""),
            ("decks", "decks", _("by number of the deck: new cards, reviews and others that count")),
        ),
        find=rows_of(DailyStudy, "user", "day"),
        covers=("quizzes.DailyStudy.user",),
        change=_veiled_days,
    ),
    Part(
        name="memory_parameters",
        about=_("Parameters of memory that were fitted to your answers."),
        columns=(
            ("number", "pk", ""),
            ("model", "model", ""),
            ("version", "version", ""),
            ("values", "values", ""),
            ("fitted_on", "fitted_on", ""),
            ("quality", "quality", ""),
            ("made_at", "created_at", ""),
        ),
        find=rows_of(ParameterSet, "user", "pk"),
        covers=("quizzes.ParameterSet.user",),
    ),
    Part(
        name="memory_fits",
        about=_("Tries to fit parameters of memory to your answers."),
        columns=(
            ("tried_at", "tried_at", ""),
            ("answers", "answers", _("given by then")),
            ("verdict", "verdict", ""),
            ("fitted_on", "fitted_on", ""),
            ("quality", "quality", ""),
            ("parameter_set", "parameter_set_id", ""),
        ),
        find=rows_of(MemoryFit, "user", "pk"),
        covers=("quizzes.MemoryFit.user",),
    ),
    Part(
        name="calibration",
        about=_("How predictions of your recall are put right by your answers."),
        columns=(
            ("weights", "weights", ""),
            ("covariance", "covariance", _("what is not known of the weights yet, the lower triangle of a matrix")),
            ("reviews", "reviews", _("answers learned from")),
            ("through_seq", "through_seq", _("number of the last event learned from")),
            ("made_at", "made_at", ""),
        ),
        find=rows_of(Calibration, "user", "pk"),
        covers=("quizzes.Calibration.user",),
    ),
)
