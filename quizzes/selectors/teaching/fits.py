"""What fitting memory parameters to a class's answers would come to, and which classes and students it is time for."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from quizzes.core.guarded_fit import guarded_fit
from quizzes.models import Cohort, Enrolment, MemoryFit, ParameterSet, ReviewLog, StudySettings
from quizzes.selectors.study.fits import Trial, answers_given, busy, enough_new
from quizzes.selectors.study.reviews import reviews_in
from quizzes.selectors.teaching.reading import enrolled


def try_class(cohort: Cohort, default: ParameterSet, *, between: Callable[[], None] = lambda: None) -> Trial:
    """What a fit to the answers of a class's students in its decks would come to; five queries."""
    last_fit = MemoryFit.objects.filter(cohort=cohort).order_by("-id").values_list("id", flat=True).first()
    current, students = class_set(cohort) or default, enrolled([cohort]).values("user_id")
    read = reviews_in(ReviewLog.objects.filter(user_id__in=students, card__deck__in=cohort.decks.all()))
    found = guarded_fit(read.arrays, default.values, current=current.values, between=between)
    answers = sum(answers_given([row["user_id"] for row in students]).values())
    return Trial(found, read, default, current, answers, last_fit)


def class_set(cohort: Cohort) -> ParameterSet | None:
    """The newest version of the class's parameters."""
    return ParameterSet.objects.filter(scope=ParameterSet.Scope.CLASS, cohort=cohort).order_by("-version").first()


def classes_due() -> list[Cohort]:
    """The classes, not in the archive, whose students have answered much since the last try; four queries."""
    tried = MemoryFit.objects.filter(cohort__isnull=False).order_by("id").values_list("cohort_id", "answers")
    given, of_class = answers_given(), Counter[int]()
    rows = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None, cohort__archived_at=None)
    for cohort_id, user_id in rows.values_list("cohort_id", "user_id"):
        of_class[cohort_id] += given.get(user_id, 0)
    return list(Cohort.objects.filter(pk__in=enough_new(of_class, dict(tried))).order_by("pk"))


def waiting_for_class_set(*, now: datetime) -> list[tuple[int, int]]:
    """Students without parameters of their own whose class has others than they use, each with the newest set's id;
    two queries. Who may be looking at a question is left out."""
    own = Enrolment.objects.filter(user_id=OuterRef("user_id"), role=Enrolment.Role.STUDENT, left_at=None)
    newest = (
        own.filter(cohort__archived_at=None)
        .annotate(set_id=F("cohort__parameter_sets__id"), made_at=F("cohort__parameter_sets__created_at"))
        .filter(set_id__isnull=False)
        .order_by("-made_at", "-set_id")
    )
    rows: QuerySet[StudySettings, Any] = StudySettings.objects.exclude(parameter_set__scope=ParameterSet.Scope.PERSON)
    rows = rows.annotate(newest=Subquery(newest.values("set_id")[:1])).filter(newest__isnull=False)
    others = rows.exclude(newest=F("parameter_set_id")).order_by("user_id")
    found = list(others.values_list("user_id", "newest"))
    at_it = busy([user_id for user_id, _set in found], now=now)
    return [(user_id, pk) for user_id, pk in found if user_id not in at_it]
