"""An instructor sends a question with its figures to those who edit its deck."""

import uuid
from datetime import datetime

from django.db import transaction

from quizzes.core.specs import Format
from quizzes.models import CardStatistics, ProblemReport, User
from quizzes.selectors.study.items import find_item
from quizzes.services.teaching.reports import LONGEST_MESSAGE


@transaction.atomic
def send_to_editor(
    *, user: User, row: CardStatistics, message: str, client_id: uuid.UUID, now: datetime
) -> ProblemReport:
    """Put a card of a class's rollup into the editors' queue, with its figures as they are now.

    The same form sent twice is one report. The editor's answer goes to the instructor as to any reporter.
    """
    item = find_item(row.shown) if row.shown else None
    options = len(item["options"]) if item else 0
    report, _made = ProblemReport.objects.get_or_create(
        reporter=user,
        client_id=client_id,
        defaults={
            "card_id": row.card_id,
            "kind": ProblemReport.Kind.STATISTICS,
            "message": message.strip()[:LONGEST_MESSAGE],
            "item_hash": row.shown,
            "order": list(range(options)),
            "format": (Format.CHOICE if options > 1 else Format.FLASHCARD).value,
            "figures": kept_figures(row),
            "created_at": now,
        },
    )
    return report


def kept_figures(row: CardStatistics) -> dict[str, object]:
    """What a report keeps: the figures, of which class, as of when."""
    rollup = row.rollup
    return {
        "cohort": rollup.cohort_id,
        "class": str(rollup.cohort) if rollup.cohort else "",
        "students": rollup.students,
        "made_at": rollup.made_at.isoformat(),
        "stem": row.stem,
        "shown": row.shown,
        "values": row.values,
    }
