"""Memory parameters fitted to a student's own answers: the try, kept with what came of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.core.guarded_fit import Verdict
from quizzes.models import MemoryFit, ParameterSet, User
from quizzes.selectors.study.fits import Trial, try_person
from quizzes.selectors.study.students import get_student
from quizzes.services.study.adopting import adopt_with
from quizzes.services.study.joining import default_parameter_set
from quizzes.services.study.log import close_log, open_log


class OvertakenError(RuntimeError):
    """Other parameters have been fitted or adopted while these were being fitted."""


def fit_person(
    *, user: User, now: datetime, reschedule: bool = False, between: Callable[[], None] = lambda: None
) -> MemoryFit:
    """Fit parameters to a student's answers and let the student adopt them if later answers call for it.

    Raises NotAStudentError, OvertakenError, and whatever `between`, called between the steps of the fit, raises.
    """
    get_student(user.pk)
    trial = try_person(user.pk, default_parameter_set(now=now), between=between)
    return keep_fit(user=user, trial=trial, now=now, reschedule=reschedule)


@transaction.atomic
def keep_fit(*, user: User, trial: Trial, now: datetime, reschedule: bool = False) -> MemoryFit:
    """Log what a fit came to. New parameters are a new version, adopted at once; so are the parent's where the
    student's own have become worse than these. Raises OvertakenError, NotAStudentError."""
    pen = open_log(user)
    last = MemoryFit.objects.filter(user=user).order_by("-id").values_list("id", flat=True).first()
    if last != trial.last_fit or pen.student.parameter_set_id != trial.current.pk:
        raise OvertakenError(f"person {user.pk} has had other parameters meanwhile")
    chosen = _chosen(user, trial, now)
    if chosen.pk != trial.current.pk:
        adopt_with(pen, chosen, now=now, reschedule=reschedule)
        close_log(pen, None)
    return MemoryFit.objects.create(user=user, **columns_of(trial, chosen, now))


def _chosen(user: User, trial: Trial, now: datetime) -> ParameterSet:
    if trial.found.verdict is Verdict.PARENT:
        return trial.parent
    if trial.found.verdict is not Verdict.FITTED:
        return trial.current
    return next_version(trial, now, scope=ParameterSet.Scope.PERSON, user=user)


def next_version(trial: Trial, now: datetime, **owner: Any) -> ParameterSet:  # noqa: ANN401
    """A new version of its owner's parameters."""
    last = ParameterSet.objects.filter(**owner).order_by("-version").values_list("version", flat=True).first()
    return ParameterSet.objects.create(
        **owner,
        version=(last or 0) + 1,
        parent=trial.parent,
        values=list(trial.found.parameters),
        fitted_on=trial.fitted_on,
        quality=trial.quality,
        created_at=now,
    )


def columns_of(trial: Trial, chosen: ParameterSet | None, now: datetime) -> dict[str, Any]:
    """A try as the columns of its row."""
    return {
        "tried_at": now,
        "answers": trial.answers,
        "verdict": trial.found.verdict.value,
        "fitted_on": trial.fitted_on,
        "quality": trial.quality,
        "parameter_set": chosen,
    }
