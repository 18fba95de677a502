"""The form on which a student reports a question, and what became of their reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from quizzes.core.specs import Format
from quizzes.models import ItemSnapshot, ProblemReport, User
from quizzes.selectors.study.asked import Asked, new_client_id, sign
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.pages import SessionPage, choices, progress_of_day, session_url
from quizzes.selectors.study.queue import Desk

OF_CHOICES = (ProblemReport.Kind.WRONG_KEY, ProblemReport.Kind.ALSO_RIGHT)
OF_TYPED = (ProblemReport.Kind.MARKING,)
OF_INSTRUCTORS = (ProblemReport.Kind.STATISTICS,)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(SessionPage):
    """The form with the question it is about; `error` says what is missing."""

    kinds: Sequence[Kind]
    message: str = ""
    error: str = ""
    client_id: str


def report_page(
    desk: Desk, asked: Asked, *, kind: str = "", message: str = "", error: str = "", client_id: str = ""
) -> ReportPage:
    """The form, empty or as sent."""
    item = get_item(asked.item_hash)
    return ReportPage(
        template="study/_report.html",
        title=_("Report a problem"),
        scope=asked.scope,
        shortcuts=False,
        progress=progress_of_day(desk),
        can_undo=False,
        next_url=session_url(asked.scope),
        token=sign(asked, desk.student.user_id),
        stem=item["stem"],
        options=choices(item, asked.order) if asked.format is Format.CHOICE else (),
        kinds=kinds_of(asked, kind),
        message=message,
        error=error,
        client_id=client_id or new_client_id(),
    )


def kinds_of(asked: Asked, chosen: str = "") -> list[Kind]:
    """The kinds of problem that a question in this format can have."""
    return [Kind(one.value, str(one.label), one.value == chosen) for one in _kinds(asked)]


def _kinds(asked: Asked) -> list[ProblemReport.Kind]:
    left_out = {
        Format.FLASHCARD: (ProblemReport.Kind.WRONG_KEY, *OF_TYPED),
        Format.CHOICE: OF_TYPED,
        Format.TYPED: (ProblemReport.Kind.WRONG_KEY,),
    }[asked.format]
    return [kind for kind in ProblemReport.Kind if kind not in (*left_out, *OF_INSTRUCTORS)]


MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of the student, and the editor's answer to it."""

    question: str
    kind: str
    message: str
    made_at: datetime
    status: str
    open: bool
    reply: str
    answered_at: datetime | None


def own_reports(user: User) -> list[ReportLine]:
    """The person's latest hundred reports, newest first; two queries."""
    rows = list(ProblemReport.objects.filter(reporter=user).order_by("-created_at", "-pk")[:MOST_LISTED])
    not_kept = _("A question that was not kept")
    shown = ItemSnapshot.objects.in_bulk({row.item_hash for row in rows})
    return [
        ReportLine(
            question=shown[row.item_hash].content["stem"] if row.item_hash in shown else not_kept,
            kind=row.get_kind_display(),
            message=row.message,
            made_at=row.created_at,
            status=row.get_status_display(),
            open=row.status == ProblemReport.Status.OPEN,
            reply=row.reply,
            answered_at=row.handled_at,
        )
        for row in rows
    ]
