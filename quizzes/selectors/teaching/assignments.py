"""Where students are in the assignments of their classes: state, progress and mark of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quizzes.core.effort import Effort, days_of, mark_of
from quizzes.core.windows import State, Window, state_of
from quizzes.models import Assignment, AssignmentResult, Enrolment, GradeChange
from quizzes.selectors.teaching.effort import MOST_COUNTED, Pair, Reached, read_reached
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.selectors.teaching.windows import RuleBook, read_rules


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
    plain = {
        (one.pk, user_id): _dated(one, user_id, rules, joined[one.cohort_id, user_id])
        for one in assignments
        for user_id in user_ids
        if (one.cohort_id, user_id) in joined
    }
    begun = {pair: place.window for pair, place in plain.items() if place.window.has_opened(now) and not place.late}
    reached = read_reached(assignments, students, begun, now=now, most=most_counted)
    by_id, people = {one.pk: one for one in assignments}, {one.user_id: one for one in students}
    places = {}
    for (one, user_id), place in plain.items():
        thing = by_id[one]
        found = _reached(thing, place, results.get((one, user_id)), reached.get((one, user_id)), now)
        places[one, user_id] = _stated(
            thing, found, standing.change(thing, user_id), people[user_id], now, reached.get((one, user_id))
        )
    return places


def _dated(assignment: Assignment, user_id: int, rules: RuleBook, joined_at: datetime) -> Place:
    window = rules.of(assignment, user_id).window
    common = Window(assignment.opens_at, assignment.closes_at)
    return Place(State.NOT_OPEN, window, own_dates=window != common, late=joined_at >= window.closes_at)


def _reached(
    assignment: Assignment, place: Place, result: AssignmentResult | None, so_far: Reached | None, now: datetime
) -> Place:
    """The place with what was reached: by the result once it has closed, else so far."""
    if so_far is None or place.late:
        return place
    if place.window.is_open(now) and not so_far.counted:
        return replace(place, pending=True, last=so_far.last)
    if place.window.is_open(now):
        mark = mark_of(so_far.effort, assignment.counts, assignment.days_needed)
        return replace(place, mark=mark, effort=so_far.effort, last=so_far.last)
    if result is None or result.closed_at != place.window.closes_at:
        return replace(place, pending=True, last=so_far.last)
    return replace(place, mark=result.mark, effort=effort_kept(result), last=so_far.last)


def _stated(
    assignment: Assignment,
    place: Place,
    change: GradeChange | None,
    student: ClassStudent,
    now: datetime,
    so_far: Reached | None,
) -> Place:
    """The place with its state, by the mark that holds: one set by hand goes before the one reached."""
    excused = place.late or (change is not None and change.kind == GradeChange.Kind.EXCUSE)
    if excused:
        return replace(place, state=State.EXCUSED, mark=None)
    if change is not None and change.mark is not None:
        place = replace(place, mark=change.mark, by_hand=True, pending=False)
    first, _last = days_of(place.window, student.zone, student.rollover_hour)
    begun = so_far is not None and so_far.last >= first.toordinal()
    done = place.mark is not None and place.mark >= assignment.pass_mark
    return replace(place, state=state_of(place.window, now, begun=begun, done=done))


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
