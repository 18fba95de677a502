"""What goes into each kind of file of a class."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.text import slugify
from django.utils.translation import gettext as _

from quizzes.models import Cohort, Download, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.teaching.exams import coming_exams
from quizzes.selectors.teaching.expected import expected_scores
from quizzes.selectors.teaching.exported import exported_students
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.progress_export import Exam, progress_rows, section_rows
from quizzes.selectors.teaching.reading import Reading, enrolled
from quizzes.selectors.teaching.review_export import review_rows

AT_ONCE = 10_000
"""With more events than this a review log is made by the worker; fewer take two seconds at most."""


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A kind of file, and what it holds."""

    what: str
    ending: str
    pseudonymous: bool = False
    everything: bool = False


def events_of(cohort: Cohort) -> int:
    """How many events the logs of the class's students have, of whatever deck; one query."""
    found = enrolled([cohort]).aggregate(events=Sum("user__study_session__last_seq"))["events"]
    return found or 0


def is_long(cohort: Cohort, wanted: WantedFile) -> bool:
    """Whether the file takes so long that the worker makes it."""
    return wanted.what == Download.What.REVIEWS and events_of(cohort) > AT_ONCE


def file_rows(
    user: User, cohort: Cohort, wanted: WantedFile, *, now: datetime, tell: Callable[[int], None] = lambda _done: None
) -> Iterator[list[object]]:
    """Heads and rows of the file, over those of the class's decks that the person may see."""
    decks = list(visible_decks(user).filter(cohorts=cohort).values_list("pk", flat=True))
    students = exported_students(cohort, pseudonymous=wanted.pseudonymous)
    if wanted.what == Download.What.REVIEWS:
        kind = {"pseudonymous": wanted.pseudonymous, "everything": wanted.everything}
        return review_rows(students, decks, **kind, tell=tell)
    reading = Reading(enrolled([cohort]), decks, now=now)
    exam = next(iter(coming_exams(cohort, zone_of(user), now=now)), None)
    ahead = Exam(exam.on, reading.figures(exam.on)) if exam else None
    figures, pseudonymous = reading.figures(), wanted.pseudonymous
    if wanted.what == Download.What.SECTIONS:
        return section_rows(figures, students, pseudonymous=pseudonymous, exam=ahead)
    scores = expected_scores(reading, exam)
    return progress_rows(figures, students, pseudonymous=pseudonymous, exam=ahead, scores=scores)


def file_name(cohort: Cohort, wanted: WantedFile, now: datetime) -> str:
    """What the file is called where it is saved: class, what it holds, day."""
    kinds = {
        Download.What.REVIEWS.value: _("review-log"),
        Download.What.SECTIONS.value: _("progress-by-section"),
        Download.What.STUDENTS.value: _("progress"),
    }
    mark = "-" + _("pseudonymous") if wanted.pseudonymous else ""
    return f"{slugify(cohort.name) or 'class'}-{kinds[wanted.what]}{mark}-{now:%Y-%m-%d}.{wanted.ending}"


def sheet_name(what: str) -> str:
    """What the sheet of a workbook is called."""
    return str(Download.What(what).label)
