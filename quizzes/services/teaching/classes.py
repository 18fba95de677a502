"""A class made, changed, opened, closed and archived."""

import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from django.db import transaction

from quizzes.core.join_codes import make_code, tidy_code
from quizzes.models import Cohort, Deck, DeckStudy, Enrolment, User

Below = Callable[[int], int]
"""Draws a whole number below the one given, unforeseeably."""


@transaction.atomic
def create_class(
    *,
    user: User,
    name: str,
    decks: Collection[Deck],
    closes_at: datetime | None,
    below: Below,
    now: datetime,
    form_id: uuid.UUID | None = None,
) -> Cohort:
    """Make a class with a new code, taught by the person.

    The same form sent twice by the same person is one class, whatever became of that since; the form with another name,
    other decks or another end of joining is another class. Without a form each call makes a class.
    """
    filled = None if form_id is None else _filled(form_id, user, name, decks, closes_at)
    return make_class(user=user, name=name, decks=decks, closes_at=closes_at, below=below, now=now, filled=filled)[0]


@transaction.atomic
def make_class(
    *,
    user: User,
    name: str,
    decks: Collection[Deck],
    closes_at: datetime | None,
    below: Below,
    now: datetime,
    filled: uuid.UUID | None,
) -> tuple[Cohort, bool]:
    """The class that the form filled in so has made, with False; else a new one, with True."""
    defaults = {"name": name, "join_code": _new_code(below), "joining_closes_at": closes_at, "created_at": now}
    if filled is None:
        cohort = Cohort.objects.create(**defaults)
    else:
        cohort, made = Cohort.objects.get_or_create(form_id=filled, defaults=defaults)
        if not made:
            return cohort, False
    cohort.decks.set(decks)
    Enrolment.objects.create(cohort=cohort, user=user, role=Enrolment.Role.INSTRUCTOR, joined_at=now)
    return cohort, True


def _filled(
    form_id: uuid.UUID, user: User, name: str, decks: Collection[Deck], closes_at: datetime | None
) -> uuid.UUID:
    """The id of a form as this person filled it in."""
    end = closes_at and closes_at.astimezone(UTC).isoformat()
    return uuid.uuid5(form_id, repr((user.pk, name, sorted(deck.pk for deck in decks), end)))


@transaction.atomic
def change_class(
    *, cohort: Cohort, name: str, decks: Collection[Deck], closes_at: datetime | None, now: datetime
) -> None:
    """Give a class its name, decks and end of joining. Its students begin the decks that are new to it.

    A deck taken out of the class stays with the students who study it.
    """
    cohort.name, cohort.joining_closes_at = name, closes_at
    cohort.save(update_fields=["name", "joining_closes_at"])
    before = set(cohort.decks.values_list("pk", flat=True))
    cohort.decks.set(decks)
    for deck in decks:
        if deck.pk not in before:
            _begin(cohort, deck, now)


def _begin(cohort: Cohort, deck: Deck, now: datetime) -> None:
    """All the class's students study the deck; who does already goes on as they are."""
    students = cohort.enrolments.filter(role=Enrolment.Role.STUDENT, left_at=None).values_list("user_id", flat=True)
    rows = [
        DeckStudy(user_id=user_id, deck=deck, joined_at=now, content_version_seen=deck.content_version)
        for user_id in students
    ]
    DeckStudy.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def renew_code(*, cohort: Cohort, shown: str, below: Below) -> bool:
    """Give the class another code if it still has the one `shown`; the old one opens nothing from now on.

    False if it has another one already.
    """
    kept = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if kept.join_code != tidy_code(shown):
        return False
    kept.join_code = cohort.join_code = _new_code(below)
    kept.save(update_fields=["join_code"])
    return True


@transaction.atomic
def close_joining(*, cohort: Cohort, now: datetime) -> None:
    """Let nobody in from now on."""
    cohort.joining_closes_at = now
    cohort.save(update_fields=["joining_closes_at"])


@transaction.atomic
def open_joining(*, cohort: Cohort) -> None:
    """Let people in until somebody closes it."""
    cohort.joining_closes_at = None
    cohort.save(update_fields=["joining_closes_at"])


@transaction.atomic
def archive_class(*, cohort: Cohort, now: datetime) -> None:
    """Put a class away: nobody joins it, its students keep their decks, its figures stay. Twice is once."""
    Cohort.objects.filter(pk=cohort.pk, archived_at=None).update(archived_at=now)


@transaction.atomic
def restore_class(*, cohort: Cohort) -> None:
    """Take a class out of the archive."""
    Cohort.objects.filter(pk=cohort.pk).update(archived_at=None)


def _new_code(below: Below) -> str:
    while Cohort.objects.filter(join_code=(code := make_code(below))).exists():
        pass
    return code
