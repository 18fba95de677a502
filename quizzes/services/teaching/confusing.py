"""How often each class takes one fact for another: counted by the worker from the logs, a student at a time.

Each student's counts go on where they ended; a class's figures are the sum over those who are in it now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from quizzes.core.confusions import Confusion
from quizzes.core.events import Kind
from quizzes.core.specs import Evidence
from quizzes.models import (
    ClassConfusion,
    ClassConfusionCount,
    Cohort,
    Enrolment,
    Fact,
    ReviewLog,
    StudentConfusions,
    StudySession,
)

COLUMNS = ("seq", "kind", "target_seq", "card__fact_id", "card__fact__code", "evidence", "correct", "k", "detail",
           "taken_for__code")  # fmt: skip
BATCH = 1000
NOBODY = "0"

Pairs = dict[str, dict[str, list[int]]]


def count_confusions(*, now: datetime, most: int, stop: Callable[[], bool] = lambda: False) -> bool:
    """Count what students of classes have answered since, so many students at most; when none wait, sum up the classes.

    Returns whether there is more to do at once.
    """
    behind = list(_behind().values_list("pk", "last_seq")[:most])
    for user_id, last_seq in behind:
        if stop():
            return False
        count_student(user_id=user_id, through_seq=last_seq)
    if len(behind) == most:
        return True
    for cohort, basis, students in _stale():
        if stop():
            return False
        sum_up(cohort=cohort, basis=basis, students=students, now=now)
    return False


def _active() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None, cohort__archived_at=None)


def _behind() -> QuerySet[StudySession]:
    counted = F("user__confusions_counted__through_seq")
    rows = StudySession.objects.filter(user__in=_active().values("user"), last_seq__gt=0)
    return rows.filter(Q(user__confusions_counted=None) | Q(last_seq__gt=counted)).order_by("pk")


@transaction.atomic
def count_student(*, user_id: int, through_seq: int) -> StudentConfusions:
    """Go on counting one student's answers, up to this event of their log."""
    StudentConfusions.objects.get_or_create(user_id=user_id)
    kept = StudentConfusions.objects.select_for_update().get(user_id=user_id)
    rows = ReviewLog.objects.filter(user_id=user_id, kind__in=[Kind.ANSWER, Kind.UNDO])
    new = rows.filter(seq__gt=kept.through_seq, seq__lte=through_seq).order_by("seq").values(*COLUMNS)
    undone: set[int] = set()
    for row in new.iterator(chunk_size=BATCH):
        if row["kind"] == Kind.UNDO:
            undone.add(row["target_seq"])
        else:
            _count(kept.pairs, row, 1)
    for row in rows.filter(kind=Kind.ANSWER, seq__in=undone).values(*COLUMNS):
        _count(kept.pairs, row, -1)
    kept.through_seq = max(kept.through_seq, through_seq)
    kept.save()
    return kept


def _count(pairs: Pairs, row: Mapping[str, Any], sign: int) -> None:
    """Scheduled choices alone, and none among two facts that were picked for the student."""
    detail = row["detail"]
    if row["evidence"] == Evidence.NONE or row["k"] is None or "contrast" in detail:
        return
    beside = pairs.setdefault(str(row["card__fact_id"]), {})
    for code in detail.get("offered", ()):
        if code != row["card__fact__code"]:
            counts = beside.setdefault(code, [0, 0])
            counts[0] += sign
            counts[1] += sign * (code == row["taken_for__code"])


def _stale() -> list[tuple[Cohort, str, int]]:
    """The classes whose figures rest on other students, or fewer answers, than there are."""
    counted = "user__confusions_counted__through_seq"
    rows = _active().values("cohort").annotate(n=Count("pk"), who=Sum("user_id"), upto=Sum(counted)).order_by("cohort")
    found = {row["cohort"]: (f"{row['n']}:{row['who']}:{row['upto'] or 0}", row["n"]) for row in rows}
    kept = dict(ClassConfusionCount.objects.filter(cohort__archived_at=None).values_list("cohort_id", "basis"))
    everything = {**dict.fromkeys(kept, (NOBODY, 0)), **found}
    cohorts = Cohort.objects.in_bulk([pk for pk, (basis, _n) in everything.items() if kept.get(pk) != basis])
    return [(cohort, *everything[pk]) for pk, cohort in cohorts.items()]


@transaction.atomic
def sum_up(*, cohort: Cohort, basis: str, students: int, now: datetime) -> None:
    """Make the figures of one class anew from its students' counts."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    ClassConfusion.objects.filter(cohort=cohort).delete()
    rows = [
        ClassConfusion(
            cohort=cohort, asked_id=one.asked, taken_for_id=one.chosen,
            shown=one.shown, times=one.times, students=one.students,
        )
        for one in confusions_of(cohort)
    ]  # fmt: skip
    ClassConfusion.objects.bulk_create(rows, batch_size=BATCH)
    values = {"basis": basis, "students": students, "made_at": now}
    ClassConfusionCount.objects.update_or_create(cohort=cohort, defaults=values)


def confusions_of(cohort: Cohort) -> list[Confusion]:
    """The sum over the counts of those who are in the class now, of facts in its decks; two queries."""
    counted = StudentConfusions.objects.filter(user__in=_active().filter(cohort=cohort).values("user"))
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for pairs in counted.values_list("pairs", flat=True).iterator(chunk_size=100):
        _add(totals, pairs)
    facts = list(Fact.objects.filter(deck__cohorts=cohort).values_list("pk", "deck_id", "code"))
    deck_of = {str(pk): deck_id for pk, deck_id, _code in facts}
    ids = {(deck_id, code): pk for pk, deck_id, code in facts}
    found = []
    for (asked, code), (shown, times, students) in totals.items():
        chosen = ids.get((deck_of.get(asked, 0), code))
        if chosen is not None and shown > 0:
            found.append(Confusion(int(asked), chosen, shown, times, students))
    return sorted(found)


def _add(totals: dict[tuple[str, str], list[int]], pairs: Mapping[str, Mapping[str, Iterable[int]]]) -> None:
    for asked, beside in pairs.items():
        for code, (shown, times) in beside.items():
            total = totals[asked, code]
            total[0] += shown
            total[1] += times
            total[2] += times > 0


def recount(*, cohort: Cohort | None, now: datetime) -> int:
    """Count all students of one class, or of all that are active, anew from their first answer; returns how many."""
    students = StudySession.objects.filter(user__in=_of(cohort).values("user"), last_seq__gt=0).order_by("pk")
    for user_id, last_seq in students.values_list("pk", "last_seq"):
        with transaction.atomic():
            StudentConfusions.objects.filter(pk=user_id).delete()
            count_student(user_id=user_id, through_seq=last_seq)
    ClassConfusionCount.objects.filter(cohort__in=_of(cohort).values("cohort")).delete()
    for one, basis, number in _stale():
        sum_up(cohort=one, basis=basis, students=number, now=now)
    return len(students)


def _of(cohort: Cohort | None) -> QuerySet[Enrolment]:
    return _active() if cohort is None else _active().filter(cohort=cohort)


def wrong_counts(*, cohort: Cohort | None) -> list[str]:
    """What differs: students counted otherwise than by their log, and classes other than the sum; writes nothing."""
    kept = StudentConfusions.objects.filter(user__in=_of(cohort).values("user")).select_related("user").order_by("pk")
    found = [f"mix-ups of {one.user}: not those of the log" for one in kept.iterator(chunk_size=100) if _is_wrong(one)]
    columns = ("asked_id", "taken_for_id", "shown", "times", "students")
    counts = ClassConfusionCount.objects.filter(cohort__in=_of(cohort).values("cohort")).select_related("cohort")
    old = {one.pk for one, _basis, _number in _stale()}
    for count in counts.order_by("pk"):
        rows = ClassConfusion.objects.filter(cohort=count.cohort).values_list(*columns)
        if count.pk in old:
            found.append(f"mix-ups of {count.cohort}: made before the latest answers")
        elif sorted(Confusion(*row) for row in rows) != confusions_of(count.cohort):
            found.append(f"mix-ups of {count.cohort}: not the sum over its students")
    return found


def _is_wrong(kept: StudentConfusions) -> bool:
    fresh: Pairs = {}
    rows = ReviewLog.objects.filter(user_id=kept.pk, seq__lte=kept.through_seq, kind=Kind.ANSWER)
    undone = ReviewLog.objects.filter(user_id=kept.pk, seq__lte=kept.through_seq, kind=Kind.UNDO)
    gone = set(undone.values_list("target_seq", flat=True))
    for row in rows.order_by("seq").values(*COLUMNS).iterator(chunk_size=BATCH):
        if row["seq"] not in gone:
            _count(fresh, row, 1)
    return _told(fresh) != _told(kept.pairs)


def _told(pairs: Pairs) -> Pairs:
    return {asked: found for asked, beside in pairs.items() if (found := {k: v for k, v in beside.items() if v[0]})}
