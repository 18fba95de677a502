"""Grades set by hand: for each student and thing the latest word that holds."""

from collections.abc import Collection

from django.db.models import Q

from quizzes.models import Assignment, GradeChange
from quizzes.selectors.teaching.windows import Thing

BY_HAND = (GradeChange.Kind.OVERRIDE, GradeChange.Kind.EXCUSE, GradeChange.Kind.CLEAR)


class Standing:
    """What was set by hand, by thing and student."""

    def __init__(self, changes: Collection[GradeChange]) -> None:
        self._latest = {(one.assignment_id, one.quiz_id, one.user_id): one for one in changes}

    def change(self, thing: Thing, user_id: int) -> GradeChange | None:
        """The override or excuse that holds; None where the grade is as earned."""
        key = (thing.pk, None) if isinstance(thing, Assignment) else (None, thing.pk)
        found = self._latest.get((*key, user_id))
        return None if found is None or found.kind == GradeChange.Kind.CLEAR else found

    def is_excused(self, thing: Thing, user_id: int) -> bool:
        """Whether the student need not do it."""
        found = self.change(thing, user_id)
        return found is not None and found.kind == GradeChange.Kind.EXCUSE


def read_standing(things: Collection[Thing], user_ids: Collection[int] | None = None) -> Standing:
    """What was set by hand in these things for these students (None: all); one query."""
    assignments = [one.pk for one in things if isinstance(one, Assignment)]
    quizzes = [one.pk for one in things if not isinstance(one, Assignment)]
    changes = GradeChange.objects.filter(Q(assignment__in=assignments) | Q(quiz__in=quizzes), kind__in=BY_HAND)
    return Standing(list((changes if user_ids is None else changes.filter(user__in=user_ids)).order_by("pk")))
