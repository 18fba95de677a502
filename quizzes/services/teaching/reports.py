"""Problem reports: what an editor does about them."""

from datetime import datetime

from django.db import transaction

from quizzes.models import ProblemReport, User


class NoReplyError(ValueError):
    """A report is closed with a word to the student who made it."""


@transaction.atomic
def handle_report(*, report: ProblemReport, by: User, status: str, reply: str, now: datetime) -> ProblemReport:
    """Close a report as fixed or as needing no change, with a reply to the student, or open it again.

    A report that was closed can be closed otherwise: the last word counts. Raises NoReplyError if a closed one has no
    reply, ValueError for a status that is none.
    """
    status, reply = ProblemReport.Status(status), reply.strip()
    closed = status != ProblemReport.Status.OPEN
    if closed and not reply:
        raise NoReplyError("say in a few words what was done, or why nothing needs to be")
    kept = ProblemReport.objects.select_for_update().get(pk=report.pk)
    kept.status, kept.reply = status, reply
    kept.handled_by, kept.handled_at = (by, now) if closed else (None, None)
    kept.save(update_fields=["status", "reply", "handled_by", "handled_at"])
    return kept
