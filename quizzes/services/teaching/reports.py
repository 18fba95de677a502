"""Problem reports: a student says that a question looks wrong, an editor what became of it."""

import uuid
from datetime import datetime

from django.db import transaction

from quizzes.models import ProblemReport, User
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.feedback import find_answer
from quizzes.selectors.study.items import get_item

LONGEST_MESSAGE = 2000


class UnreadableReportError(ValueError):
    """The report does not say what is wrong."""


class WordlessReportError(UnreadableReportError):
    """Something else is wrong, but not a word says what."""


class NoReplyError(ValueError):
    """A report is closed with a word to the student who made it."""


@transaction.atomic
def report_problem(
    *, user: User, asked: Asked, kind: str, message: str, client_id: uuid.UUID, now: datetime, answer: str = ""
) -> ProblemReport:
    """Keep a report on a question that was put to this person; the same form sent twice is one report.

    `answer` is what they had answered where that was no answer of a session, as in a quiz.
    Raises UnreadableReportError, or WordlessReportError where only the words are missing.
    """
    if kind not in ProblemReport.Kind.values:
        raise UnreadableReportError(f"{kind!r} is no kind of problem")
    if kind == ProblemReport.Kind.OTHER and not message.strip():
        raise WordlessReportError("the report has no message")
    report, _made = ProblemReport.objects.get_or_create(
        reporter=user,
        client_id=client_id,
        defaults={
            "card_id": asked.card_id,
            "kind": kind,
            "message": message.strip()[:LONGEST_MESSAGE],
            "item_hash": asked.item_hash,
            "order": list(asked.order),
            "format": asked.format.value,
            "answer": answer or _answer_to(user, asked),
            "created_at": now,
        },
    )
    return report


def _answer_to(user: User, asked: Asked) -> str:
    """What the student had chosen or typed; empty before the answer, and for a flashcard."""
    row = find_answer(user_id=user.pk, client_id=uuid.UUID(asked.client_id))
    if row is None:
        return ""
    if row.chosen is None:
        return row.typed
    text: str = get_item(asked.item_hash)["options"][row.chosen]["text"]
    return text


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
