"""Memory parameters fitted to the answers of a class, adopted by its students; and what the worker fits."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db import transaction

from quizzes.core.guarded_fit import Verdict
from quizzes.models import Cohort, MemoryFit, ParameterSet, User
from quizzes.selectors.study.fits import Trial, people_due
from quizzes.selectors.teaching.fits import classes_due, try_class, waiting_for_class_set
from quizzes.services.study.adopting import adopt
from quizzes.services.study.fitting import OvertakenError, columns_of, fit_person, next_version
from quizzes.services.study.joining import default_parameter_set


class StoppedError(RuntimeError):
    """Somebody has told a fit to end."""


def fit_class(*, cohort: Cohort, now: datetime, between: Callable[[], None] = lambda: None) -> MemoryFit:
    """Fit parameters to the answers of a class's students in its decks; students adopt them by `adopt_class_sets`.

    Raises OvertakenError, and whatever `between`, called between the steps of the fit, raises.
    """
    trial = try_class(cohort, default_parameter_set(now=now), between=between)
    return keep_class_fit(cohort=cohort, trial=trial, now=now)


@transaction.atomic
def keep_class_fit(*, cohort: Cohort, trial: Trial, now: datetime) -> MemoryFit:
    """Log what a fit came to. New parameters are a new version; so are the published ones where the class's have
    become worse than these. Raises OvertakenError."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    last = MemoryFit.objects.filter(cohort=cohort).order_by("-id").values_list("id", flat=True).first()
    if last != trial.last_fit:
        raise OvertakenError(f"class {cohort.pk} has had other parameters meanwhile")
    chosen = trial.current
    if trial.found.verdict in (Verdict.FITTED, Verdict.PARENT):
        chosen = next_version(trial, now, scope=ParameterSet.Scope.CLASS, cohort=cohort)
    return MemoryFit.objects.create(cohort=cohort, **columns_of(trial, chosen, now))


def adopt_class_sets(*, now: datetime, reschedule: bool = False, stop: Callable[[], bool] = lambda: False) -> int:
    """Let students without parameters of their own adopt the newest of their classes; returns how many did.

    A transaction for each; those who are at a question just now wait for the next time.
    """
    adopted = 0
    for user_id, set_id in waiting_for_class_set(now=now):
        if stop():
            break
        user, chosen = User.objects.get(pk=user_id), ParameterSet.objects.get(pk=set_id)
        adopted += adopt(user=user, parameter_set=chosen, now=now, reschedule=reschedule)
    return adopted


def fit_some(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> bool:
    """Fit for students and classes that have answered much since the last time, for some seconds, one at
    least, or until `stop`.

    Returns whether more is left. What was begun is ended, unless `stop` says so: then it is begun anew another time.
    """

    def between() -> None:
        if stop():
            raise StoppedError

    ends = clock() + seconds
    try:
        for fit in _waiting(now, between):
            with suppress(OvertakenError):
                fit()
            if clock() >= ends:
                return True
        adopt_class_sets(now=now, stop=stop)
    except StoppedError:
        return False
    return False


def _waiting(now: datetime, between: Callable[[], None]) -> Iterator[Callable[[], MemoryFit]]:
    """The fits that are due; classes are looked for when the students are done."""
    for user_id in people_due(now=now):
        yield partial(fit_person, user=User.objects.get(pk=user_id), now=now, between=between)
    for cohort in classes_due():
        yield partial(fit_class, cohort=cohort, now=now, between=between)
