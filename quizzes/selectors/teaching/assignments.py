"""Where students are in the assignments of their classes: state, progress and mark of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.core.effort import Effort, days_of, mark_of
from quizzes.core.windows import State, Window, state_of
from quizzes.models import Assignment, AssignmentResult, Enrolment, GradeChange
from quizzes.selectors.teaching.effort import MOST_COUNTED, Pair, Reached, read_reached
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.selectors.teaching.windows import read_rules


@dataclass(frozen=True, slots=True)
class Place:
    """Where one student is in one assignment.

    `mark` is what it would be now while it is open, what was reached once it has closed; None before it opens, for who
    is excused, and while what was reached is still to be worked out (`pending`), open or closed. `effort` is what the
    mark is made from, None where it has not been read. `late`: it had closed before the student joined the class, so it
    is none of theirs. `last` is the ordinal of the last study day in its cards, 0 for none.
    """

    state: State
    window: Window
    mark: float | None = None
    effort: Effort | None = None
    own_dates: bool = False
    by_hand: bool = False
    pending: bool = False
    late: bool = False
    last: int = 0


Places = Mapping[Pair, Place]
NO_PLACES: Places = {}


def read_places(
    assignments: Collection[Assignment],
    students: Collection[ClassStudent],
    *,
    now: datetime,
    most_counted: int = MOST_COUNTED,
) -> Places:
    """The place of each of these students in each of these assignments of their classes, by both ids.

    At most twelve queries, however many of both; pairs of which the student is not in the class are left out. The logs
    of `most_counted` pairs are read where days have moved since the worker counted them.
    """
    if not assignments or not students:
        return NO_PLACES
    user_ids = [student.user_id for student in students]
    joined = _joined(assignments, user_ids)
    rules, standing = read_rules(assignments, user_ids), read_standing(assignments, user_ids)
    results = _results(assignments, user_ids)
    windows = {
        (one.pk, user_id): rules.of(one, user_id).window
        for one in assignments
        for user_id in user_ids
        if (one.cohort_id, user_id) in joined
    }
    by_id, people = {one.pk: one for one in assignments}, {one.user_id: one for one in students}
    late = {pair for pair, window in windows.items() if joined[by_id[pair[0]].cohort_id, pair[1]] >= window.closes_at}
    begun = {pair: window for pair, window in windows.items() if window.has_opened(now) and pair not in late}
    reached = read_reached(assignments, students, begun, now=now, most=most_counted)
    places = {}
    for pair, window in windows.items():
        thing, student, change = by_id[pair[0]], people[pair[1]], standing.change(by_id[pair[0]], pair[1])
        if pair in late or (change is not None and change.kind == GradeChange.Kind.EXCUSE):
            places[pair] = _excused(thing, window, reached.get(pair), late=pair in late)
        else:
            places[pair] = _place(thing, window, student, change, reached.get(pair), results.get(pair), now)
    return places


def _excused(assignment: Assignment, window: Window, so_far: Reached | None, *, late: bool) -> Place:
    own, last = _has_own_dates(assignment, window), so_far.last if so_far else 0
    return Place(State.EXCUSED, window, own_dates=own, late=late, last=last)


def _place(
    assignment: Assignment,
    window: Window,
    student: ClassStudent,
    change: GradeChange | None,
    so_far: Reached | None,
    result: AssignmentResult | None,
    now: datetime,
) -> Place:
    """The place by the mark that holds: one set by hand goes before the one reached."""
    mark, effort = _mark(assignment, window, so_far, result, now)
    by_hand = change.mark if change is not None else None
    held = mark if by_hand is None else by_hand
    first, _last = days_of(window, student.zone, student.rollover_hour)
    begun = so_far is not None and so_far.last >= first.toordinal()
    return Place(
        state=state_of(window, now, begun=begun, done=held is not None and held >= assignment.pass_mark),
        window=window,
        mark=held,
        effort=effort,
        own_dates=_has_own_dates(assignment, window),
        by_hand=by_hand is not None,
        pending=so_far is not None and held is None,
        last=so_far.last if so_far else 0,
    )


def _has_own_dates(assignment: Assignment, window: Window) -> bool:
    return (window.opens_at, window.closes_at) != (assignment.opens_at, assignment.closes_at)


def _mark(
    assignment: Assignment, window: Window, so_far: Reached | None, result: AssignmentResult | None, now: datetime
) -> tuple[float | None, Effort | None]:
    """What was reached, and from what: by the result once it has closed, else so far; None while it is worked out."""
    if so_far is None:
        return None, None
    if window.is_open(now):
        effort = so_far.effort
        return (mark_of(effort, assignment.counts, assignment.days_needed), effort) if so_far.counted else (None, None)
    if result is None or result.closed_at != window.closes_at:
        return None, None
    return result.mark, effort_kept(result)


def effort_kept(result: AssignmentResult) -> Effort:
    """What a result was made from."""
    return Effort(**{name: result.detail[name] for name in ("days", "introduced", "cards", "recall")})


def _joined(assignments: Collection[Assignment], user_ids: Sequence[int]) -> dict[tuple[int, int], datetime]:
    cohorts = {one.cohort_id for one in assignments}
    rows = Enrolment.objects.filter(
        cohort__in=cohorts, user__in=user_ids, role=Enrolment.Role.STUDENT, left_at=None
    ).values_list("cohort_id", "user_id", "joined_at")
    return {(cohort, user): joined_at for cohort, user, joined_at in rows}


def _results(assignments: Collection[Assignment], user_ids: Sequence[int]) -> dict[Pair, AssignmentResult]:
    rows = AssignmentResult.objects.filter(assignment__in=[one.pk for one in assignments], user__in=user_ids)
    return {(row.assignment_id, row.user_id): row for row in rows}
