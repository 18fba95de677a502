"""What students of classes let wait and did, day by day: counted from their logs by the worker, once in their day."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.core.effort import due_days
from quizzes.core.queueing import DEFAULT_LIMIT
from quizzes.models import Card, Cohort, DeckStudy, DueWork, Enrolment
from quizzes.selectors.study.entries import read_entries
from quizzes.selectors.teaching.due_work import LOOKED_BACK
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.reading import read_students

BATCH = 50

Pair = tuple[ClassStudent, int]
"""A student and a deck of one of their classes."""


def count_due_work(*, now: datetime, most: int = BATCH, stop: Callable[[], bool] = lambda: False) -> bool:
    """Count the days of students of active classes whose day has changed since, so many pairs with decks at most.

    What belongs to no class any more goes. Returns whether there is more to do at once.
    """
    in_class = _active(None).filter(user=OuterRef("user"), cohort__decks=OuterRef("deck"))
    DueWork.objects.exclude(Exists(in_class)).delete()
    kept = {(user, deck): day for user, deck, day in DueWork.objects.values_list("user_id", "deck_id", "day")}
    stale = [
        (student, deck)
        for student, deck in _pairs(None, now)
        if (day := kept.get((student.user_id, deck))) is None or day < student.today
    ]
    if stale and not stop():
        _count(stale[:most])
    return len(stale) > most


def recount_due_work(*, cohort: Cohort | None, now: datetime) -> int:
    """Count all students of one class, or of all that are active, anew; returns of how many."""
    pairs = _pairs(cohort, now)
    for at in range(0, len(pairs), BATCH):
        _count(pairs[at : at + BATCH])
    return len({student.user_id for student, _deck in pairs})


def _active(cohort: Cohort | None) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None)
    return rows.filter(cohort__archived_at=None) if cohort is None else rows.filter(cohort=cohort)


def _pairs(cohort: Cohort | None, now: datetime) -> list[Pair]:
    """Those who have begun anything, with each deck of their classes."""
    rows = _active(cohort)
    students = {one.user_id: one for one in read_students(rows, now=now) if one.last_seq}
    pairs = set(rows.filter(cohort__decks__isnull=False).values_list("user_id", "cohort__decks"))
    return [(students[user], deck) for user, deck in sorted(pairs) if user in students]


def _count(pairs: Sequence[Pair]) -> None:
    users, decks = {student.user_id for student, _deck in pairs}, {deck for _student, deck in pairs}
    facts, entries = _facts(decks), read_entries(users, decks)
    studies = DeckStudy.objects.filter(user__in=users, deck__in=decks)
    limits = {(user, deck): most for user, deck, most in studies.values_list("user_id", "deck_id", "reviews_per_day")}
    rows = [
        DueWork(
            user_id=student.user_id,
            deck_id=deck,
            day=student.today,
            days=[
                [one.overdue, int(one.due), int(one.done)]
                for one in due_days(
                    entries.get((student.user_id, deck), ()),
                    facts.get(deck, {}),
                    first=student.today - timedelta(days=LOOKED_BACK),
                    last=student.today - timedelta(days=1),
                    reviews_per_day=limits.get((student.user_id, deck), DEFAULT_LIMIT.reviews_per_day),
                )
            ],
        )
        for student, deck in pairs
    ]
    DueWork.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "deck"], update_fields=["day", "days"]
    )


def _facts(decks: Collection[int]) -> dict[int, dict[int, int]]:
    """The fact of each card that is asked, by deck."""
    found: dict[int, dict[int, int]] = {}
    cards = Card.objects.filter(deck__in=decks, status=Card.Status.ACTIVE)
    for deck_id, card_id, fact_id in cards.values_list("deck_id", "pk", "fact_id"):
        found.setdefault(deck_id, {})[card_id] = fact_id
    return found
