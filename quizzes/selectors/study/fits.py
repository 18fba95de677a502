"""What fitting memory parameters to answers would come to, and for whom it is time to try; reads only."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from quizzes.core.guarded_fit import ENOUGH_REVIEWS, GuardedFit, guarded_fit
from quizzes.models import DailyStudy, Enrolment, MemoryFit, ParameterSet, ReviewLog, StudySession, StudySettings
from quizzes.selectors.study.reviews import StudiedReviews, student_reviews

MORE_ANSWERS, MORE_SHARE = 100, 0.2
"""So many more answers than at the last try call for another: this number, and this share."""
IDLE = timedelta(minutes=30)
"""Who has done nothing for so long is not answering a question just now."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A fit, to be kept or not: what it came to, on which answers, drawn to which parent, beside which set in use.

    `answers` counts all that the person or class has given; `last_fit` is the try before (None: the first), by which
    it is known whether somebody else has been quicker. `through_seq` is None of a class.
    """

    found: GuardedFit
    read: StudiedReviews
    parent: ParameterSet
    current: ParameterSet
    answers: int
    last_fit: int | None
    through_seq: int | None = None

    @property
    def fitted_on(self) -> dict[str, Any]:
        """As ParameterSet has it."""
        ends = (one.isoformat() if one else None for one in (self.read.first_day, self.read.last_day))
        first_day, last_day = ends
        return {
            "answers": len(self.read.arrays),
            "reviews": self.found.reviews,
            "first_day": first_day,
            "last_day": last_day,
            "through_seq": self.through_seq,
        }

    @property
    def quality(self) -> dict[str, Any]:
        """As ParameterSet has it."""
        names = ("held_out", "loss_parent", "loss_current", "loss_fitted")
        return {name: getattr(self.found, name) for name in names}


def try_person(user_id: int, default: ParameterSet, *, between: Callable[[], None] = lambda: None) -> Trial:
    """What a fit to a student's answers would come to; six queries. The parent is the set of a class of theirs, else
    `default`."""
    through_seq = StudySession.objects.values_list("last_seq", flat=True).get(user_id=user_id)
    current = StudySettings.objects.select_related("parameter_set").get(user_id=user_id).parameter_set
    last_fit = MemoryFit.objects.filter(user_id=user_id).order_by("-id").values_list("id", flat=True).first()
    parent, read = newest_class_set(user_id) or default, student_reviews(user_id)
    found = guarded_fit(read.arrays, parent.values, current=current.values, between=between)
    answers = answers_given([user_id]).get(user_id, 0)
    return Trial(found, read, parent, current, answers, last_fit, through_seq)


def newest_class_set(user_id: int) -> ParameterSet | None:
    """The parameters fitted last to a class that the person is a student of."""
    classes = Enrolment.objects.filter(user_id=user_id, role=Enrolment.Role.STUDENT, left_at=None)
    rows = ParameterSet.objects.filter(scope=ParameterSet.Scope.CLASS, cohort__in=classes.values("cohort"))
    return rows.order_by("-created_at", "-id").first()


def answers_given(user_ids: Collection[int] | None = None) -> dict[int, int]:
    """How many answers each of these students (None: each of all) has given that count as study; one query."""
    days = DailyStudy.objects.all() if user_ids is None else DailyStudy.objects.filter(user_id__in=user_ids)
    return dict(days.order_by().values_list("user_id").annotate(Sum("answers")))


def people_due(*, now: datetime, idle: bool = True) -> list[int]:
    """The students who have answered so much since the last try that another one is due; three queries at most.

    With `idle` those are left out who may be looking at a question.
    """
    tried = MemoryFit.objects.filter(user__isnull=False).order_by("id").values_list("user_id", "answers")
    due = enough_new(answers_given(), dict(tried))
    return sorted(set(due) - busy(due, now=now)) if idle and due else due


def enough_new(given: Mapping[int, int], tried: Mapping[int, int]) -> list[int]:
    """Of the answers given by each, and those at each one's last try, whose have become many more."""
    return [
        pk
        for pk, answers in sorted(given.items())
        if answers >= ENOUGH_REVIEWS
        and (pk not in tried or answers - tried[pk] >= max(MORE_ANSWERS, MORE_SHARE * tried[pk]))
    ]


def busy(user_ids: Collection[int], *, now: datetime) -> set[int]:
    """Those of these students who have done something just now."""
    rows = ReviewLog.objects.filter(user_id__in=user_ids, study_day__gte=(now - timedelta(days=2)).date())
    return set(rows.filter(received_at__gt=now - IDLE).order_by().values_list("user_id", flat=True).distinct())
