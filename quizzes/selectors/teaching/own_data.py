"""What is kept of a person in classes, table by table, for that person."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import (
    Accommodation,
    AssignmentResult,
    Attempt,
    ContrastAnswer,
    Enrolment,
    GradeChange,
    Message,
    MessageCopy,
    ProblemReport,
    Quiz,
    Response,
    User,
)
from quizzes.selectors.people import own_data as people
from quizzes.selectors.people.own_data import Change, Part, Row, rows_of
from quizzes.selectors.study import own_data as study
from quizzes.selectors.study.own_data import WHEN_QUIZ_CLOSED, question_reader, without
from quizzes.selectors.teaching.openings import openings_about

MARKS = ("mark", "score", "score_of")


def untold_quizzes(*, now: datetime) -> set[int]:
    """The quizzes that do not tell yet how they went; one query."""
    closing = Quiz.objects.filter(feedback=Quiz.Feedback.CLOSING)
    later = Q(closes_at__gt=now) | Q(accommodations__closes_at__gt=now)
    return set(closing.filter(later).values_list("pk", flat=True))


def _veiled_attempts(user: User, now: datetime) -> Change:
    untold = untold_quizzes(now=now)
    return lambda rows: [
        {**without(row, MARKS), "withheld": WHEN_QUIZ_CLOSED}
        if row["withheld"] in untold
        else {**row, "withheld": None}
        for row in rows
    ]


def _veiled_responses(user: User, now: datetime) -> Change:
    """Told is what the student has been shown: when handed in, or checked, unless the quiz keeps it until it closes."""
    untold = untold_quizzes(now=now)
    submitted = set(Attempt.objects.filter(user=user, submitted_at__isnull=False).values_list("public_id", flat=True))

    def told(row: Row) -> Row:
        if row["withheld"] in untold:
            return {**without(row, ("correct", *MARKS)), "withheld": WHEN_QUIZ_CLOSED}
        if row["attempt"] not in submitted and row["checked_at"] is None:
            return {**without(row, ("correct", *MARKS)), "withheld": "told when the attempt is handed in"}
        return {**row, "withheld": None}

    read = question_reader()
    return lambda rows: read([told(row) for row in rows])


def _told_grades(user: User, now: datetime) -> Change:
    """Of a quiz that does not tell yet only that somebody is excused, as on the page of grades."""
    untold = untold_quizzes(now=now)

    def change(rows: list[Row]) -> list[Row]:
        told = [row for row in rows if row["withheld"] not in untold or row["kind"] == GradeChange.Kind.EXCUSE]
        return [
            {**without(row, ("mark_before",)), "withheld": WHEN_QUIZ_CLOSED}
            if row["withheld"] in untold
            else {**row, "withheld": None}
            for row in told
        ]

    return change


PARTS = (
    Part(
        name="classes",
        about=_("Classes that you are or were in."),
        columns=(
            ("class", "cohort__name", ""),
            ("role", "role", ""),
            ("group", "group__name", ""),
            ("joined_at", "joined_at", ""),
            ("left_at", "left_at", ""),
        ),
        find=rows_of(Enrolment, "user", "joined_at", "pk"),
        covers=("quizzes.Enrolment.user",),
    ),
    Part(
        name="assignments",
        about=_("What you had reached when assignments closed."),
        columns=(
            ("class", "assignment__cohort__name", ""),
            ("assignment", "assignment__title", ""),
            ("closed_at", "closed_at", _("for you")),
            ("mark", "mark", _("0 to 1")),
            ("detail", "detail", _("figures that the mark was made from")),
            ("made_at", "made_at", ""),
        ),
        find=rows_of(AssignmentResult, "user", "closed_at", "pk"),
        covers=("quizzes.AssignmentResult.user",),
    ),
    Part(
        name="accommodations",
        about=_("What is granted to you in place of what holds for all."),
        columns=(
            ("class", "cohort__name", ""),
            ("assignment", "assignment__title", ""),
            ("quiz", "quiz__title", ""),
            ("opens_at", "opens_at", ""),
            ("closes_at", "closes_at", ""),
            ("extra_time_percent", "extra_time_percent", ""),
            ("attempts_allowed", "attempts_allowed", ""),
            ("given_at", "given_at", ""),
        ),
        find=rows_of(Accommodation, "user", "pk"),
        covers=("quizzes.Accommodation.user",),
    ),
    Part(
        name="attempts",
        about=_("Your attempts at quizzes."),
        columns=(
            ("attempt", "public_id", ""),
            ("class", "quiz__cohort__name", ""),
            ("quiz", "quiz__title", ""),
            ("number", "number", ""),
            ("started_at", "started_at", ""),
            ("due_at", "due_at", ""),
            ("submitted_at", "submitted_at", ""),
            ("ended_by", "ended_by", ""),
            ("mark", "mark", _("0 to 1")),
            ("score", "score", _("points")),
            ("score_of", "score_of", _("points possible")),
            ("withheld", "quiz_id", study.WITHHELD[2]),
        ),
        find=rows_of(Attempt, "user", "started_at", "pk"),
        covers=("quizzes.Attempt.user",),
        change=_veiled_attempts,
    ),
    Part(
        name="responses",
        about=_("The questions of those attempts, with what you did about each."),
        columns=(
            ("attempt", "attempt__public_id", ""),
            ("position", "position", ""),
            ("card", "card__key", ""),
            ("question", "item_hash", ""),
            ("options", "order", _("answer choices in the order shown")),
            ("chosen", "chosen", ""),
            ("certainty", "certainty", _("1 to 3, where the quiz asks for it")),
            ("struck", "struck", _("options struck out, as numbered by the site")),
            ("flagged", "flagged", ""),
            ("checked_at", "checked_at", ""),
            ("answered_at", "answered_at", ""),
            ("duration_ms", "duration_ms", ""),
            ("rapid", "rapid", _("faster than anybody reads")),
            ("revision", "revision", _("counts the times it was saved")),
            ("correct", "correct", ""),
            ("mark", "mark", _("0 to 1")),
            ("score", "score", _("points")),
            ("withheld", "attempt__quiz_id", study.WITHHELD[2]),
        ),
        find=rows_of(Response, "attempt__user", "attempt__started_at", "attempt_id", "position"),
        covers=(),
        change=_veiled_responses,
    ),
    Part(
        name="pairs",
        about=_("Pairs of facts that your classes had you tell apart."),
        columns=(
            ("class", "contrast__cohort__name", ""),
            ("fact", "contrast__asked__term", ""),
            ("other_fact", "contrast__taken_for__term", ""),
            ("answered_at", "answered_at", ""),
            ("correct", "correct", ""),
            ("answer", "seq", _("its number in your log")),
        ),
        find=rows_of(ContrastAnswer, "user", "answered_at", "contrast_id"),
        covers=("quizzes.ContrastAnswer.user",),
    ),
    Part(
        name="grades",
        about=_("Changes of your grades, with the reason that you were told."),
        columns=(
            ("assignment", "assignment__title", ""),
            ("quiz", "quiz__title", ""),
            ("kind", "kind", ""),
            ("mark_before", "mark_before", _("0 to 1")),
            ("mark", "mark", _("0 to 1")),
            ("reason", "reason", ""),
            ("changed_at", "changed_at", ""),
            ("withheld", "quiz_id", study.WITHHELD[2]),
        ),
        find=rows_of(GradeChange, "user", "pk"),
        covers=("quizzes.GradeChange.user",),
        change=_told_grades,
    ),
    Part(
        name="messages",
        about=_("What was written to you."),
        columns=(
            ("class", "message__cohort__name", ""),
            ("kind", "message__kind", _("message, reminder, or notice of the site")),
            ("subject", "message__subject", ""),
            ("body", "message__body", ""),
            ("written_at", "message__created_at", ""),
            ("address", "address", ""),
            ("state", "state", _("what became of the e-mail")),
            ("sent_at", "sent_at", ""),
            ("trouble", "trouble", _("why it was not sent")),
        ),
        find=rows_of(MessageCopy, "user", "message__created_at", "pk"),
        covers=("quizzes.MessageCopy.user",),
    ),
    Part(
        name="messages_written",
        about=_("What you wrote to students of your classes."),
        columns=(
            ("class", "cohort__name", ""),
            ("subject", "subject", ""),
            ("body", "body", ""),
            ("written_at", "created_at", ""),
        ),
        find=rows_of(Message, "sender", "created_at", "pk"),
        covers=("quizzes.Message.sender",),
    ),
    Part(
        name="reports",
        about=_("Questions that you reported, and what became of it."),
        columns=(
            ("card", "card__key", ""),
            ("kind", "kind", ""),
            ("message", "message", ""),
            ("question", "item_hash", ""),
            ("options", "order", _("answer choices in the order shown")),
            ("your_answer", "answer", ""),
            ("made_at", "created_at", ""),
            ("status", "status", ""),
            ("answered_at", "handled_at", ""),
            ("reply", "reply", ""),
        ),
        find=rows_of(ProblemReport, "reporter", "created_at", "pk"),
        covers=("quizzes.ProblemReport.reporter",),
        change=lambda user, now: question_reader(),
    ),
    Part(
        name="openings",
        about=_("Who of the staff opened what is kept of you."),
        columns=(
            ("opened_by", "opened_by__username", _("user name; empty if the account is gone")),
            ("role", "role", ""),
            ("what", "what", ""),
            ("about", "about", ""),
            ("class", "cohort__name", ""),
            ("opened_at", "opened_at", ""),
            ("last_opened_at", "last_opened_at", _("within the hour after")),
            ("times", "times", ""),
        ),
        find=openings_about,
        covers=("quizzes.AccessRecord.person",),
    ),
)
ALL_PARTS = (*people.PARTS, *study.PARTS, *PARTS)
