"""What each student had reached when an assignment closed for them, kept once; and days counted ahead."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from quizzes.core.effort import Effort, days_of, effort_of, mark_of
from quizzes.core.history import fold
from quizzes.core.queueing import DEFAULT_LIMIT
from quizzes.core.windows import Window
from quizzes.models import (
    Accommodation,
    Assignment,
    AssignmentCount,
    AssignmentResult,
    Cohort,
    DeckStudy,
    Enrolment,
    ReviewLog,
)
from quizzes.selectors.study.entries import entries_of
from quizzes.selectors.study.history import events_by_card, rows_of
from quizzes.selectors.teaching.effort import CardScope, Pair, count_days, done_by, read_scopes
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.reading import enrolled, read_students
from quizzes.selectors.teaching.windows import read_rules


def make_results(
    *,
    now: datetime,
    assignments: Collection[Assignment] | None = None,
    user_ids: Collection[int] | None = None,
    most: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Keep what was reached by each student for whom an assignment has closed and of whom nothing is kept yet.

    It is what held at that moment, however late this is called: of the log only what was done before it counts. Own
    dates hold instead of those of all; who joined the class after the closing gets no result. Of these assignments and
    students alone (None: all published ones of all students), `most` at a time. Returns how many were made; one
    transaction each, and twice is once.
    """
    missing = _missing(now, assignments, user_ids)[:most]
    if not missing:
        return 0
    things = {one.pk: one for one in Assignment.objects.filter(pk__in={pair[0] for pair, _window in missing})}
    scopes = read_scopes(list(things.values()))
    people = _people({pair[1] for pair, _window in missing}, things.values(), now)
    made = 0
    for (assignment_id, user_id), window in missing:
        if stop():
            break
        thing, student = things[assignment_id], people[user_id]
        made += make_result(assignment=thing, student=student, window=window, scope=scopes[assignment_id], now=now)
    return made


@transaction.atomic
def make_result(
    *, assignment: Assignment, student: ClassStudent, window: Window, scope: CardScope, now: datetime
) -> bool:
    """Keep what one student had reached when the assignment closed for them; False if it was kept already."""
    effort = _effort_at_closing(assignment, student, window, scope)
    detail = {
        "counts": assignment.counts,
        "days_needed": assignment.days_needed,
        "days": effort.days,
        "introduced": effort.introduced,
        "cards": effort.cards,
        "recall": effort.recall,
    }
    mark = mark_of(effort, assignment.counts, assignment.days_needed)
    _row, made = AssignmentResult.objects.get_or_create(
        assignment=assignment,
        user_id=student.user_id,
        defaults={"closed_at": window.closes_at, "mark": mark, "detail": detail, "made_at": now},
    )
    return made


def _effort_at_closing(assignment: Assignment, student: ClassStudent, window: Window, scope: CardScope) -> Effort:
    log = ReviewLog.objects.filter(user_id=student.user_id, answered_at__lt=window.closes_at)
    rows = rows_of(log, Q(card__deck=assignment.deck_id))
    limit = (
        DeckStudy.objects.filter(user=student.user_id, deck=assignment.deck_id)
        .values_list("reviews_per_day", flat=True)
        .first()
    )
    if limit is None:
        limit = DEFAULT_LIMIT.reviews_per_day
    memories = {card_id: fold(events) for card_id, events in events_by_card(rows).items() if card_id in scope.facts}
    return effort_of(
        memories,
        scope.facts,
        today=days_of(window, student.zone, student.rollover_hour)[1],
        decay=student.decay,
        days=len(done_by(entries_of(rows), scope.facts, student, window, limit)),
    )


def _missing(
    now: datetime, assignments: Collection[Assignment] | None, user_ids: Collection[int] | None
) -> list[tuple[Pair, Window]]:
    """Students without a result for whom an assignment has closed, with their own windows; three queries."""
    set_for = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None).annotate(
        set_id=F("cohort__assignments"),
        published_at=F("cohort__assignments__published_at"),
        closes_at=F("cohort__assignments__closes_at"),
    )
    of_pair = {"assignment": OuterRef("set_id"), "user": OuterRef("user")}
    closed = Q(closes_at__lte=now) | Exists(Accommodation.objects.filter(closes_at__lte=now, **of_pair))
    rows = set_for.filter(closed, ~Exists(AssignmentResult.objects.filter(**of_pair)), published_at__lte=now)
    if assignments is not None:
        rows = rows.filter(set_id__in=[one.pk for one in assignments])
    if user_ids is not None:
        rows = rows.filter(user__in=user_ids)
    pairs = list(rows.order_by("set_id", "user_id").values_list("set_id", "user_id", "joined_at"))
    things = {one.pk: one for one in Assignment.objects.filter(pk__in={pair[0] for pair in pairs})}
    book, found = read_rules(list(things.values())), []
    for assignment_id, user_id, joined_at in pairs:
        window = book.of(things[assignment_id], user_id).window
        if joined_at < window.closes_at <= now:
            found.append(((assignment_id, user_id), window))
    return found


def _people(user_ids: Collection[int], assignments: Iterable[Assignment], now: datetime) -> dict[int, ClassStudent]:
    cohorts = Cohort.objects.filter(pk__in={one.cohort_id for one in assignments})
    students = read_students(enrolled(cohorts).filter(user__in=user_ids), now=now)
    return {student.user_id: student for student in students}


@transaction.atomic
def forget_outdated(*, assignment: Assignment, user_ids: Sequence[int] | None = None) -> int:
    """Drop results that were made for another closing than the one that holds for their student now.

    For after a change of dates: what was reached is then kept anew, when the new closing has come. Returns how many.
    """
    rows = AssignmentResult.objects.filter(assignment=assignment)
    rows = rows if user_ids is None else rows.filter(user__in=user_ids)
    book = read_rules([assignment])
    outdated = [row.pk for row in rows if row.closed_at != book.of(assignment, row.user_id).window.closes_at]
    AssignmentResult.objects.filter(pk__in=outdated).delete()
    return len(outdated)


def keep_counts(*, now: datetime, most: int, stop: Callable[[], bool] = lambda: False) -> int:
    """Count ahead the days done in open assignments, of `most` students whose log has moved since; returns how many."""
    own = Accommodation.objects.filter(assignment=OuterRef("pk"), closes_at__gt=now)
    open_ones = Assignment.objects.filter(
        Q(closes_at__gt=now) | Exists(own),
        published_at__lte=now,
        cohort__archived_at=None,
        counts=Assignment.Counts.DAYS,
    )
    kept = 0
    for assignment in open_ones.order_by("pk"):
        if stop() or kept >= most:
            break
        kept += _keep_counts(assignment, now, most - kept)
    return kept


def _keep_counts(assignment: Assignment, now: datetime, most: int) -> int:
    students = {one.user_id: one for one in read_students(enrolled([assignment.cohort]), now=now)}
    book = read_rules([assignment])
    windows = {(assignment.pk, user_id): book.of(assignment, user_id).window for user_id in students}
    begun = {pair: window for pair, window in windows.items() if window.is_open(now)}
    counted = count_days([assignment], students, begun, read_scopes([assignment]), most=most)
    rows = [
        AssignmentCount(
            assignment=assignment, user_id=user_id, last_seq=students[user_id].last_seq, basis=one.basis, days=one.days
        )
        for (_assignment, user_id), one in counted.items()
        if one.fresh
    ]
    AssignmentCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "assignment"],
        update_fields=["last_seq", "basis", "days"],
    )
    return len(rows)
