"""An assignment made, changed, shown to students, withdrawn and deleted."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from quizzes.models import Assignment, Cohort, Deck, Section, User
from quizzes.services.teaching.results import forget_outdated

MEASURE = ("deck_id", "counts", "days_needed")
NOT_TYPED = {"created_by", "form_id"}


class ForeignDeckError(ValueError):
    """The deck is none of the class's, or a section is none of the deck's."""


class DatesError(ValueError):
    """It would close before it opens."""


class HasResultsError(RuntimeError):
    """Students have results already, which were made by what counted then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an assignment is; without sections, the whole deck."""

    deck: Deck
    sections: Collection[Section] = ()
    title: str
    instructions: str = ""
    opens_at: datetime
    closes_at: datetime
    exam_on: date | None = None
    counts: str = Assignment.Counts.DAYS
    days_needed: int = 5
    pass_mark: float = 0.8
    reminders: bool = True

    def columns(self) -> dict[str, Any]:
        """Those of the assignment's own row."""
        names = (
            "title", "instructions", "opens_at", "closes_at", "exam_on", "counts", "days_needed", "pass_mark",
            "reminders",
        )  # fmt: skip
        return {"deck_id": self.deck.pk, **{name: getattr(self, name) for name in names}}


@transaction.atomic
def create_assignment(
    *, cohort: Cohort, user: User, terms: Terms, now: datetime, form_id: uuid.UUID | None = None
) -> Assignment:
    """Make a draft, which students do not see; the same form sent twice by the same person is one assignment.

    Raises ForeignDeckError, DatesError, ValidationError for values that the table cannot hold.
    """
    _check(cohort, terms)
    made = {"cohort": cohort, "created_by": user, "created_at": now, **terms.columns()}
    filled = None if form_id is None else uuid.uuid5(form_id, f"{user.pk} in {cohort.pk}")
    kept = Assignment.objects.filter(form_id=filled).first() if filled else None
    if kept is not None:
        return kept
    assignment = Assignment(form_id=filled, **made)
    assignment.full_clean(exclude=NOT_TYPED, validate_unique=False, validate_constraints=False)
    assignment.save()
    assignment.sections.set(terms.sections)
    return assignment


@transaction.atomic
def change_assignment(*, assignment: Assignment, terms: Terms) -> None:
    """Give an assignment other terms.

    Results made for another closing than the one that holds now are dropped, and made anew when it has come. Raises
    HasResultsError if results would stay that were made by another deck, other sections or another measure;
    ForeignDeckError, DatesError, ValidationError.
    """
    kept = _locked(assignment)
    _check(kept.cohort, terms)
    values, before = terms.columns(), {section.pk for section in kept.sections.all()}
    sections = {section.pk for section in terms.sections}
    measured = any(getattr(kept, name) != values[name] for name in MEASURE) or before != sections
    _give(kept, values)
    forget_outdated(assignment=kept)
    if measured and kept.results.exists():
        raise HasResultsError(f"assignment {kept.pk} has results")
    kept.sections.set(terms.sections)
    _give(assignment, values, save=False)


def _give(assignment: Assignment, values: Mapping[str, Any], *, save: bool = True) -> None:
    for name, value in values.items():
        setattr(assignment, name, value)
    if save:
        assignment.full_clean(exclude=NOT_TYPED, validate_unique=False, validate_constraints=False)
        assignment.save(update_fields=list(values))


@transaction.atomic
def publish_assignment(*, assignment: Assignment, now: datetime) -> None:
    """Show it to the students of its class from now on. Twice is once."""
    Assignment.objects.filter(pk=assignment.pk, published_at=None).update(published_at=now)


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment) -> None:
    """Make it a draft again; results made stay for when it is published anew."""
    Assignment.objects.filter(pk=assignment.pk).update(published_at=None)


@transaction.atomic
def delete_assignment(*, assignment: Assignment) -> None:
    """Delete it for good, with what was granted in it. Raises HasResultsError; then it can only be withdrawn."""
    kept = _locked(assignment)
    if kept.results.exists() or kept.grade_changes.exists():
        raise HasResultsError(f"assignment {kept.pk} has results")
    kept.delete()


def _check(cohort: Cohort, terms: Terms) -> None:
    if not cohort.decks.filter(pk=terms.deck.pk).exists():
        raise ForeignDeckError(f"deck {terms.deck.pk} is none of class {cohort.pk}")
    if any(section.deck_id != terms.deck.pk for section in terms.sections):
        raise ForeignDeckError(f"a section is none of deck {terms.deck.pk}")
    if terms.closes_at <= terms.opens_at:
        raise DatesError(f"it closes at {terms.closes_at}, before it opens")


def _locked(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_for_update().get(pk=assignment.pk)
