"""When learned cards come back, decided anew by the memory that there is now."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from quizzes.core.history import Progress
from quizzes.core.phases import Phase
from quizzes.core.scheduling import days_anew
from quizzes.models import CardProgress
from quizzes.selectors.study.memories import Memories
from quizzes.selectors.study.students import Student


class Move(NamedTuple):
    """A card that comes on another day: so many days after its last answer."""

    card_id: int
    due_on: date
    days: int


def moves(student: Student, memories: Memories) -> Iterator[Move]:
    """The learned cards that would come on another day by their memory now; those due first are decided first.

    Light days and days without siblings are preferred as they are after an answer. One query.
    """
    learned = {pk: one for pk, one in memories.items() if one.phase is Phase.REVIEW and one.due_on is not None}
    due = {pk: one.due_on for pk, one in memories.items() if one.due_on is not None and not one.suspended}
    met = CardProgress.objects.filter(user_id=student.user_id).values_list("card_id", "card__key", "card__fact_id")
    about = {pk: (key, fact_id) for pk, key, fact_id in met}
    family = defaultdict(list)
    for pk in due:
        family[about[pk][1]].append(pk)
    load = Counter(due.values())
    for pk in sorted(learned, key=lambda pk: (str(learned[pk].due_on), pk)):
        load.subtract([due.pop(pk)] if pk in due else [])
        siblings = {due[other] for other in family[about[pk][1]] if other in due}
        moved = _decide(student, pk, learned[pk], about[pk][0], load, siblings)
        load[moved.due_on] += 1
        due[pk] = moved.due_on
        if moved.due_on != learned[pk].due_on:
            yield moved


def _decide(
    student: Student, card_id: int, progress: Progress, key: str, load: Counter[date], siblings: set[date]
) -> Move:
    assert progress.memory is not None
    assert progress.last_study_day is not None
    since, seed = progress.last_study_day, f"{student.user_id}/{key}/{progress.reps}"
    days = days_anew(progress.memory, since, seed, student.config, load, siblings)
    return Move(card_id, since + timedelta(days=days), days)
