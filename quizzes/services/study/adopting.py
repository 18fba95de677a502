"""Another set of parameters for a student's memory: an event in the log, after which every card is folded anew."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from quizzes.core.events import Event, Kind
from quizzes.core.history import Progress, apply, fold
from quizzes.models import Calibration, ParameterSet, ReviewLog, StudySettings, User
from quizzes.selectors.study.history import EVENT_COLUMNS, events_by_card
from quizzes.services.study.log import Pen, close_log, control_event, log_row, open_log, write_many
from quizzes.services.study.rescheduling import moves

RESCHEDULED = "rescheduled"


@transaction.atomic
def adopt(*, user: User, parameter_set: ParameterSet, now: datetime, reschedule: bool = False) -> bool:
    """Use these parameters from now on; False if they are in use already. Raises NotAStudentError.

    What is remembered is what they would have led to; cards come when they were due before, unless `reschedule` asks
    to decide that anew. The question on the page is put again. What put the old predictions right goes.
    """
    pen = open_log(user)
    if pen.student.parameter_set_id == parameter_set.pk:
        return False
    adopt_with(pen, parameter_set, now=now, reschedule=reschedule)
    close_log(pen, None)
    return True


def adopt_with(pen: Pen, parameter_set: ParameterSet, *, now: datetime, reschedule: bool) -> None:
    """The same with a log that is open for writing."""
    student = pen.student
    config = replace(student.config, parameters=tuple(parameter_set.values))
    pen.student = replace(student, parameter_set_id=parameter_set.pk, config=config)
    event = control_event(pen, Kind.ADOPT_PARAMETERS, now, config=config)
    rows = [log_row(student, None, Progress(), event, now, {"parameter_set": parameter_set})]
    memories = _refolded(student.user_id, event)
    after = dict(memories)
    for moved in moves(pen.student, memories) if reschedule else ():
        anew = control_event(
            pen,
            Kind.RESCHEDULE,
            now,
            due_on=moved.due_on,
            interval_days=float(moved.days),
            due_reason=RESCHEDULED,
        )
        rows.append(log_row(student, moved.card_id, memories[moved.card_id], anew, now, {}))
        after[moved.card_id] = _applied(memories[moved.card_id], anew)
    write_many(pen, rows, after)
    StudySettings.objects.filter(user_id=student.user_id).update(parameter_set=parameter_set)
    Calibration.objects.filter(user_id=student.user_id).delete()


def _refolded(user_id: int, adoption: Event) -> dict[int, Progress]:
    rows = ReviewLog.objects.filter(user_id=user_id).order_by("seq").values(*EVENT_COLUMNS)
    return {card_id: fold([*events, adoption]) for card_id, events in events_by_card(rows.iterator()).items()}


def _applied(before: Progress, event: Event) -> Progress:
    after = apply(before, event)
    assert after is not None
    return after
