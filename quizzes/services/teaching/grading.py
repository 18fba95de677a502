"""Grades set by hand: a mark, an excuse, and back to what was earned; each change is kept with its reason."""

from datetime import datetime

from django.db import transaction

from quizzes.models import GradeChange, User
from quizzes.selectors.teaching.grades import read_grades
from quizzes.selectors.teaching.windows import Thing

Kind = GradeChange.Kind


class GradeChangedError(RuntimeError):
    """Somebody else has changed this grade since the page was shown."""


def set_mark(*, thing: Thing, user: User, mark: float, reason: str, seen: int, by: User, now: datetime) -> GradeChange:
    """Let `mark` (0 to 1) count for the student, whatever they earned.

    `seen` is the id of the last change that the page showed, 0 for none. The same word twice is one change. Raises
    GradeChangedError where another has come in between, ValueError for a mark out of bounds or no reason.
    """
    if not 0 <= mark <= 1:
        raise ValueError(f"{mark} is no mark from 0 to 1")
    return _change(thing, user, Kind.OVERRIDE, mark, reason, seen, by, now)


def excuse(*, thing: Thing, user: User, reason: str, seen: int, by: User, now: datetime) -> GradeChange:
    """Let the thing count for nothing with this student. `seen`, twice and errors as with `set_mark`."""
    return _change(thing, user, Kind.EXCUSE, None, reason, seen, by, now)


def restore_earned(*, thing: Thing, user: User, reason: str, seen: int, by: User, now: datetime) -> GradeChange:
    """Let what the student earned count again. `seen`, twice and errors as with `set_mark`."""
    return _change(thing, user, Kind.CLEAR, None, reason, seen, by, now)


@transaction.atomic
def _change(
    thing: Thing, user: User, kind: str, mark: float | None, reason: str, seen: int, by: User, now: datetime
) -> GradeChange:
    if not reason.strip():
        raise ValueError("a grade is not changed without a reason")
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    about = about_of(thing, user.pk)
    last: GradeChange | None = GradeChange.objects.filter(**about).order_by("pk").last()
    grade = read_grades([thing], [user.pk], now=now)
    after = grade.earned(thing, user.pk).mark if kind == Kind.CLEAR else mark
    if last is not None and _is_same(last, kind, after, reason, by):
        return last
    if (last.pk if last else 0) != seen:
        raise GradeChangedError(f"the grade of person {user.pk} was changed by {last.changed_by_id if last else None}")
    change: GradeChange = GradeChange.objects.create(
        **about,
        kind=kind,
        mark_before=grade.of(thing, user.pk).mark,
        mark=after,
        reason=reason.strip(),
        changed_by=by,
        changed_at=now,
    )
    return change


def _is_same(last: GradeChange, kind: str, mark: float | None, reason: str, by: User) -> bool:
    return (last.kind, last.mark, last.reason, last.changed_by_id) == (kind, mark, reason.strip(), by.pk)


def about_of(thing: Thing, user_id: int) -> dict[str, int]:
    """Whose grade in what, as the columns of GradeChange."""
    return {"user_id": user_id, f"{thing._meta.model_name}_id": thing.pk}
