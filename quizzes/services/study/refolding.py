"""Memories folded anew once the scheduler has become another: an event in each student's log, in the background."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.core.specs import Evidence
from quizzes.models import ParameterSet, ReviewLog, StudySession, User
from quizzes.services.study.adopting import adopt_with
from quizzes.services.study.log import close_log, open_log

WEIGHED_ANEW = (Evidence.CHOICE.value,)
"""Evidence that the version before weighed otherwise; other memories stay as they are."""


@transaction.atomic
def refold(*, user: User, now: datetime) -> bool:
    """Fold a student's memories by the scheduler there is now; False if that changes none of them.

    The parameters in use are adopted once more, so whoever keeps memories at hand reads them anew. Cards come when they
    were due before. Raises NotAStudentError.
    """
    pen = open_log(user)
    changes = ReviewLog.objects.filter(user=user, evidence__in=WEIGHED_ANEW).exists()
    if changes:
        adopt_with(pen, ParameterSet.objects.get(pk=pen.student.parameter_set_id), now=now, reschedule=False)
        close_log(pen, None)
    StudySession.objects.filter(user=user).update(scheduler_version=SCHEDULER_VERSION)
    return changes


def refold_some(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> bool:
    """Fold anew what an older scheduler has left, for so many seconds by the clock, one person at least; whether
    some may be left."""
    until = clock() + seconds
    older = StudySession.objects.filter(user__study_settings__isnull=False).exclude(scheduler_version=SCHEDULER_VERSION)
    for session in older.select_related("user").order_by("pk"):
        if stop():
            return True
        refold(user=session.user, now=now)
        if clock() >= until:
            return True
    return False
