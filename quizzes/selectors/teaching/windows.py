"""What holds for each student in assignments and quizzes: dates, extra time, attempts; what was granted included."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from quizzes.core.windows import Window
from quizzes.models import Accommodation, Assignment, Quiz

Thing = Assignment | Quiz


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one student in one thing."""

    window: Window
    extra_time_percent: int
    attempts_allowed: int


class RuleBook:
    """The rules of some things for some students: those of all, but for what was granted to single ones."""

    def __init__(self, granted: Iterable[Accommodation]) -> None:
        self._own: dict[tuple[type, int, int], Accommodation] = {}
        self._in_class: dict[tuple[int, int], int] = {}
        for one in granted:
            if one.assignment_id is not None:
                self._own[Assignment, one.assignment_id, one.user_id] = one
            elif one.quiz_id is not None:
                self._own[Quiz, one.quiz_id, one.user_id] = one
            else:
                self._in_class[one.cohort_id, one.user_id] = one.extra_time_percent or 0

    def of(self, thing: Thing, user_id: int) -> Rules:
        """What holds for that student: their own dates, extra time and attempts where they have some."""
        own = self._own.get((type(thing), thing.pk, user_id))
        in_class = self._in_class.get((thing.cohort_id, user_id), 0)
        allowed = thing.attempts_allowed if isinstance(thing, Quiz) else 1
        window = Window(thing.opens_at, thing.closes_at)
        if own is None:
            return Rules(window, in_class, allowed)
        extra = in_class if own.extra_time_percent is None else own.extra_time_percent
        return Rules(window.own(own.opens_at, own.closes_at), extra, own.attempts_allowed or allowed)

    def closes_last_at(self, thing: Thing) -> datetime:
        """When it has closed for everybody."""
        own = (one for (kind, pk, _user), one in self._own.items() if (kind, pk) == (type(thing), thing.pk))
        return max([thing.closes_at, *(one.closes_at for one in own if one.closes_at)])

    def granted(self, thing: Thing) -> Mapping[int, Accommodation]:
        """What was granted in this very thing, by student."""
        return {user: one for (kind, pk, user), one in self._own.items() if (kind, pk) == (type(thing), thing.pk)}


def read_rules(things: Collection[Thing], user_ids: Collection[int] | None = None) -> RuleBook:
    """The rules of these things for these students (None: all); one query."""
    assignments = [one.pk for one in things if isinstance(one, Assignment)]
    quizzes = [one.pk for one in things if isinstance(one, Quiz)]
    in_class = Q(assignment=None, quiz=None, cohort__in={one.cohort_id for one in things})
    found = Accommodation.objects.filter(in_class | Q(assignment__in=assignments) | Q(quiz__in=quizzes))
    return RuleBook(found if user_ids is None else found.filter(user__in=user_ids))


def rules_of(thing: Thing, user_id: int) -> Rules:
    """The rules of one thing for one student; one query."""
    return read_rules([thing], [user_id]).of(thing, user_id)
