"""A class copied for a new term: what was set, as drafts with new dates; nobody's work."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from quizzes.core.terms import moved_window
from quizzes.models import Assignment, Cohort, Deck, Enrolment, Quiz, User
from quizzes.services.teaching.classes import Below, make_class


class DeckLeftOutError(ValueError):
    """Something to be copied is set in a deck that the copy does not have."""


@transaction.atomic
def copy_class(
    *,
    user: User,
    name: str,
    decks: Collection[Deck],
    colleagues: Collection[Enrolment],
    assignments: Collection[Assignment],
    quizzes: Collection[Quiz],
    days: int,
    zone: ZoneInfo,
    below: Below,
    now: datetime,
    form_id: uuid.UUID,
) -> Cohort:
    """A new class with these decks, taught by the person and these colleagues in their roles, open to be joined.

    Assignments and quizzes arrive as drafts, `days` later at the same time of day in the zone; quizzes are not frozen
    and draw anew. The same form sent twice is one class. Raises DeckLeftOutError.
    """
    _refuse_left_out(decks, [*assignments, *quizzes])
    chosen = [sorted(one.pk for one in some) for some in (decks, colleagues, assignments, quizzes)]
    filled = uuid.uuid5(form_id, repr((user.pk, name, chosen, days)))
    cohort, made = make_class(user=user, name=name, decks=decks, closes_at=None, below=below, now=now, filled=filled)
    if not made:
        return cohort
    Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, user_id=one.user_id, role=one.role, joined_at=now)
        for one in colleagues
        if one.user_id != user.pk
    )
    fresh = {"cohort_id": cohort.pk, "created_by_id": user.pk, "created_at": now, "published_at": None, "form_id": None}
    for assignment in assignments:
        _copy_assignment(assignment, {**fresh, **_dates(assignment, days, zone)}, days)
    for quiz in quizzes:
        seed = "".join(f"{below(2**32):08x}" for _part in range(4))
        Quiz.objects.create(**{**_fields(quiz), **fresh, **_dates(quiz, days, zone), "frozen_at": None, "seed": seed})
    return cohort


def _refuse_left_out(decks: Collection[Deck], things: Collection[Assignment | Quiz]) -> None:
    taken = {deck.pk for deck in decks}
    for thing in things:
        if thing.deck_id not in taken:
            raise DeckLeftOutError(thing.title)


def _copy_assignment(assignment: Assignment, changed: Mapping[str, Any], days: int) -> None:
    exam: date | None = assignment.exam_on and assignment.exam_on + timedelta(days=days)
    copy = Assignment.objects.create(**{**_fields(assignment), **changed, "exam_on": exam})
    copy.sections.set(assignment.sections.all())


def _dates(thing: Assignment | Quiz, days: int, zone: ZoneInfo) -> dict[str, datetime]:
    opens, closes = moved_window(thing.opens_at, thing.closes_at, days, zone)
    return {"opens_at": opens, "closes_at": closes}


def _fields(row: models.Model) -> dict[str, Any]:
    """All columns of a row but its id."""
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
