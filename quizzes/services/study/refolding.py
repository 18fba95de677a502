"""Memories folded anew once the scheduler has become another: an event in each student's log, in the background."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.core.specs import Evidence
from quizzes.models import ParameterSet, ReviewLog, StudySession, User
from quizzes.selectors.study.fits import busy
from quizzes.services.study.adopting import adopt_with
from quizzes.services.study.log import close_log, open_log

OLDER = ~Q(scheduler_version=SCHEDULER_VERSION)
WEIGHED_ANEW = (Evidence.CHOICE.value,)
"""Evidence that the version before weighed otherwise; other memories stay as they are."""


@transaction.atomic
def refold(*, user: User, now: datetime) -> bool:
    """Fold a student's memories by the scheduler there is now; False if that changes none of them, or was done already.

    The parameters in use are adopted once more, so whoever keeps memories at hand reads them anew. Cards come when they
    were due before. Raises NotAStudentError.
    """
    pen = open_log(user)
    if not StudySession.objects.filter(OLDER, user=user).exists():
        return False
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
    some may be left. Those wait who may be looking at a question."""
    until = clock() + seconds
    sessions = StudySession.objects.filter(OLDER, user__study_settings__isnull=False).order_by("pk")
    older = list(sessions.values_list("user_id", flat=True))
    waiting = busy(older, now=now) if older else set()
    for session in sessions.exclude(user__in=waiting).select_related("user"):
        if stop():
            return True
        refold(user=session.user, now=now)
        if clock() >= until:
            return True
    return False
