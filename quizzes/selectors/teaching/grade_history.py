"""What was done with a student's grade, by whom, when and why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from quizzes.models import Assignment, GradeChange, Quiz
from quizzes.selectors.teaching.grade_words import mark_words, moment_words
from quizzes.selectors.teaching.grades import ASSIGNMENT, QUIZ, kind_of
from quizzes.selectors.teaching.people import person_name
from quizzes.selectors.teaching.windows import Thing

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class GradeNote:
    """One change of a grade in words."""

    id: int
    what: str
    before: str
    after: str
    reason: str
    who: str
    when: str


def read_history(things: Collection[Thing], user_id: int, zone: ZoneInfo) -> Mapping[Key, Sequence[GradeNote]]:
    """What was done with this student's grades, the newest first, by kind and id of the thing; one query."""
    assignments = [one.pk for one in things if isinstance(one, Assignment)]
    quizzes = [one.pk for one in things if isinstance(one, Quiz)]
    rows = GradeChange.objects.filter(Q(assignment__in=assignments) | Q(quiz__in=quizzes), user=user_id)
    found: dict[Key, list[GradeNote]] = defaultdict(list)
    for row in rows.select_related("changed_by").order_by("-pk"):
        key = (QUIZ, row.quiz_id) if row.assignment_id is None else (ASSIGNMENT, row.assignment_id)
        found[key].append(_note(row, zone))
    return found


def grade_notes(thing: Thing, user_id: int, zone: ZoneInfo) -> Sequence[GradeNote]:
    """The same for one thing; one query."""
    return read_history([thing], user_id, zone).get((kind_of(thing), thing.pk), [])


def _note(row: GradeChange, zone: ZoneInfo) -> GradeNote:
    return GradeNote(
        id=row.pk,
        what=_what(row),
        before=mark_words(row.mark_before),
        after=_("excused") if row.kind == GradeChange.Kind.EXCUSE else mark_words(row.mark),
        reason=row.reason,
        who=person_name(row.changed_by) if row.changed_by else _("somebody who has left"),
        when=moment_words(row.changed_at, zone),
    )


def _what(row: GradeChange) -> str:
    match row.kind:
        case GradeChange.Kind.OVERRIDE:
            return _("Mark set by hand")
        case GradeChange.Kind.EXCUSE:
            return _("Excused")
        case GradeChange.Kind.CLEAR:
            return _("Back to the mark earned")
        case _:
            return _("Marked anew after a correction")
