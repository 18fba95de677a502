"""A quiz made, changed, published, withdrawn, drawn again and deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from quizzes.models import Cohort, Deck, Quiz, QuizForm, User
from quizzes.selectors.teaching.quiz_words import problems_of
from quizzes.services.teaching.attempting import renew_ends

FROZEN = ("picking", "blueprint", "forms", "form_count", "certainty")
"""What can no longer change once the forms are made."""


class FrozenQuizError(RuntimeError):
    """The forms of the quiz have been made; its questions can no longer change."""


class StartedQuizError(RuntimeError):
    """Somebody has started the quiz."""


class PublishedQuizError(RuntimeError):
    """Students see the quiz: it has to be withdrawn first."""


class UnfitQuizError(ValueError):
    """The quiz cannot be put as it is; `reasons` are sentences for its instructor."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)


class OverQuizError(ValueError):
    """The quiz would be published after it has closed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an instructor says of a quiz. `blueprint` has rows as `Quiz.blueprint`."""

    title: str
    instructions: str
    picking: str
    blueprint: list[dict[str, Any]]
    forms: str
    form_count: int
    opens_at: datetime
    closes_at: datetime
    time_limit_minutes: int | None
    attempts_allowed: int
    counting: str
    feedback: str
    certainty: bool
    pass_mark: float | None
    reminders: bool


PLANNED = tuple(one.name for one in fields(Plan))


@transaction.atomic
def create_quiz(
    *, user: User, cohort: Cohort, deck: Deck, plan: Plan, seed: str, now: datetime, form_id: uuid.UUID
) -> Quiz:
    """A draft of a quiz, drawn by this seed. The same form sent twice by the same person for the class is one quiz."""
    made, _new = Quiz.objects.get_or_create(
        form_id=uuid.uuid5(form_id, repr((user.pk, cohort.pk, deck.pk, _said(plan)))),
        defaults={"cohort": cohort, "deck": deck, "seed": seed, "created_by": user, "created_at": now, **_values(plan)},
    )
    return made


def _values(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PLANNED}


def _said(plan: Plan) -> list[str]:
    values = _values(plan).values()
    return [one.astimezone(UTC).isoformat() if isinstance(one, datetime) else repr(one) for one in values]


@transaction.atomic
def change_quiz(*, quiz: Quiz, plan: Plan) -> None:
    """Change what may change: of a draft all, of a published quiz what leaves it fit, of a frozen one no question.

    Attempts under way get what time is added, and lose none.

    Raises FrozenQuizError, UnfitQuizError.
    """
    kept = lock_quiz(quiz)
    if kept.frozen_at is not None and any(getattr(plan, name) != getattr(kept, name) for name in FROZEN):
        raise FrozenQuizError
    for name, value in _values(plan).items():
        setattr(kept, name, value)
    if kept.published_at is not None and kept.frozen_at is None:
        _check(kept)
    kept.save(update_fields=PLANNED)
    renew_ends(quizzes=[kept], only_later=True)


@transaction.atomic
def publish_quiz(*, quiz: Quiz, now: datetime) -> None:
    """Let students see it. Twice is once. Raises UnfitQuizError, OverQuizError."""
    kept = lock_quiz(quiz)
    if kept.published_at is not None:
        return
    if kept.closes_at <= now:
        raise OverQuizError
    _check(kept)
    kept.published_at = now
    kept.save(update_fields=["published_at"])


def _check(kept: Quiz) -> None:
    reasons = problems_of(kept)
    if reasons:
        raise UnfitQuizError(reasons)


@transaction.atomic
def withdraw_quiz(*, quiz: Quiz) -> None:
    """Make a draft of it again, its forms unmade, while nobody has started it. Raises StartedQuizError."""
    kept = lock_quiz(quiz)
    if kept.attempts.exists():
        raise StartedQuizError
    QuizForm.objects.filter(quiz=kept).erase()
    kept.published_at = kept.frozen_at = None
    kept.save(update_fields=["published_at", "frozen_at"])


@transaction.atomic
def delete_quiz(*, quiz: Quiz) -> None:
    """Delete a draft. Raises PublishedQuizError."""
    kept = lock_quiz(quiz)
    if kept.published_at is not None:
        raise PublishedQuizError
    kept.delete()


@transaction.atomic
def draw_again(*, quiz: Quiz, seed: str) -> None:
    """Other questions by the same blueprint. Raises FrozenQuizError."""
    kept = lock_quiz(quiz)
    if kept.frozen_at is not None:
        raise FrozenQuizError
    kept.seed = seed
    if kept.published_at is not None:
        _check(kept)
    kept.save(update_fields=["seed"])


def lock_quiz(quiz: Quiz) -> Quiz:
    """The quiz's row with its deck, for this transaction alone."""
    return Quiz.objects.select_for_update(of=("self",)).select_related("deck").get(pk=quiz.pk)
