"""The weights that put a student's predictions right, learned from their log now and then: no answer ever does it."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F, Q

from quizzes.core.prediction_doubt import TRIANGLE
from quizzes.core.recall_stream import predict
from quizzes.core.running_calibration import belief_after
from quizzes.models import Calibration, StudySession, StudySettings
from quizzes.selectors.study.history import parameters_of
from quizzes.selectors.study.reviews import student_reviews

NEW_EVENTS = 20
"""So many events in a student's log call for learning from it again."""


def calibrate(*, user_id: int, now: datetime) -> Calibration:
    """Learn a student's weights anew from the whole log, by the parameters in force. Raises StudySettings.DoesNotExist
    for somebody who studies nothing."""
    settings = StudySettings.objects.get(user_id=user_id)
    last_seq = StudySession.objects.values_list("last_seq", flat=True).get(user_id=user_id)
    reviews = student_reviews(user_id).arrays
    belief = belief_after(reviews, predict(reviews, parameters_of(settings.parameter_set_id)))
    found, _made = Calibration.objects.update_or_create(
        user_id=user_id,
        defaults={
            "weights": list(belief.weights),
            "covariance": belief.covariance[TRIANGLE].tolist(),
            "reviews": int(reviews.crosses_days.sum()),
            "through_seq": last_seq,
            "parameter_set_id": settings.parameter_set_id,
            "made_at": now,
        },
    )
    return found


def calibrate_changed(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> bool:
    """Learn anew of those who have answered much since, or whose parameters are others; whether some are left.

    It ends when `seconds` are over by the `clock`, one person at least being done, or when `stop` says so.
    """
    until = clock() + seconds
    for user_id in _changed():
        if stop():
            return True
        calibrate(user_id=user_id, now=now)
        if clock() >= until:
            return True
    return False


def _changed() -> list[int]:
    new = Q(user__calibration=None, last_seq__gte=NEW_EVENTS)
    more = Q(last_seq__gte=F("user__calibration__through_seq") + NEW_EVENTS)
    other = ~Q(user__calibration__parameter_set=F("user__study_settings__parameter_set"))
    found = StudySession.objects.filter(user__study_settings__isnull=False)
    changed = found.filter(new | more | Q(other, user__calibration__isnull=False))
    return list(changed.order_by("user_id").values_list("user_id", flat=True))
