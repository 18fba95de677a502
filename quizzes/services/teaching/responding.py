"""What a student does with a question of an attempt, saved at each step: the hot path of an exam room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from quizzes.core.quiz_marks import LEAST_CERTAIN, MOST_CERTAIN
from quizzes.core.windows import still_counts
from quizzes.models import Quiz, Response, User

LONGEST_MS = 10 * 60 * 1000
"""No single stay on a question counts longer."""


class ResponseRefusedError(RuntimeError):
    """Nothing was saved; `kept` is the response as it is."""

    def __init__(self, kept: Response) -> None:
        super().__init__(str(kept))
        self.kept = kept


class StaleResponseError(ResponseRefusedError):
    """The question was answered otherwise elsewhere since the page was made."""


class LockedResponseError(ResponseRefusedError):
    """The feedback to this question has been shown, so that its answer stands."""


class AttemptOverError(ResponseRefusedError):
    """The attempt was handed in, or its time is over."""


class NothingToCheckError(ResponseRefusedError):
    """No answer was chosen, or this quiz shows no feedback during the attempt."""


class UnreadableResponseError(ValueError):
    """The form held no answer that fits the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that a page says about a question: `place` and `struck` are places of answer choices on it.

    `elapsed_ms` is the time on the question that no earlier save told of, by the page's own measure; it is kept with
    the next thing that changes.
    """

    place: int | None = None
    certainty: int | None = None
    struck: frozenset[int] = frozenset()
    flagged: bool = False
    elapsed_ms: int | None = None


@transaction.atomic
def save_response(
    *, user: User, public_id: UUID, position: int, given: Given, seen_revision: int, now: datetime
) -> Response:
    """Save what the page says; returns the response as kept.

    The same once more is no conflict, so that what got no reply can be sent again. Raises StaleResponseError if the
    page saw an older revision, LockedResponseError, AttemptOverError, UnreadableResponseError, Response.DoesNotExist.
    """
    return _save(_locked(user, public_id, position, now), given, seen_revision, now)


@transaction.atomic
def check_response(
    *, user: User, public_id: UUID, position: int, given: Given, seen_revision: int, now: datetime
) -> Response:
    """Save what the page says and let its feedback be shown, after which the answer stands; twice is once.

    Raises NothingToCheckError, and what save_response raises.
    """
    kept = _save(_locked(user, public_id, position, now), given, seen_revision, now)
    if kept.chosen is None or kept.attempt.quiz.feedback != Quiz.Feedback.DURING:
        raise NothingToCheckError(kept)
    if kept.checked_at is None:
        kept.checked_at = now
        _write(kept, {"checked_at": now})
    return kept


def _locked(user: User, public_id: UUID, position: int, now: datetime) -> Response:
    """The response with its attempt, both locked: handing in waits for what is being saved, and the reverse.

    The attempt comes first, as in handing in, so that neither holds what the other waits for.
    """
    rows = Response.objects.select_for_update(of=("attempt", "self")).select_related("attempt__quiz")
    rows = rows.only(
        "position", "item_hash", "order", "chosen", "certainty", "struck", "flagged", "checked_at", "answered_at",
        "duration_ms", "revision", "attempt__public_id", "attempt__due_at", "attempt__submitted_at",
        "attempt__quiz__certainty", "attempt__quiz__feedback",
    )  # fmt: skip
    kept = rows.get(attempt__public_id=public_id, attempt__user=user, position=position)
    if kept.attempt.submitted_at is not None or not still_counts(now, kept.attempt.due_at):
        raise AttemptOverError(kept)
    return kept


def _save(kept: Response, given: Given, seen_revision: int, now: datetime) -> Response:
    wanted = _wanted(kept, given)
    if all(getattr(kept, name) == value for name, value in wanted.items()):
        return kept
    if kept.revision != seen_revision:
        raise StaleResponseError(kept)
    if kept.checked_at is not None and any(getattr(kept, name) != wanted[name] for name in ("chosen", "certainty")):
        raise LockedResponseError(kept)
    if wanted["chosen"] != kept.chosen:
        wanted["answered_at"] = None if wanted["chosen"] is None else now
    _write(kept, {**wanted, "duration_ms": _duration(kept, given)})
    return kept


def _wanted(kept: Response, given: Given) -> dict[str, Any]:
    """The columns that the page asks for, places as canonical numbers; what is chosen is not struck out."""
    if any(place not in range(len(kept.order)) for place in (given.place or 0, *given.struck)):
        raise UnreadableResponseError("there is no such answer choice")
    if given.certainty is not None and not LEAST_CERTAIN <= given.certainty <= MOST_CERTAIN:
        raise UnreadableResponseError("there is no such certainty")
    chosen = None if given.place is None else kept.order[given.place]
    certain = kept.attempt.quiz.certainty and chosen is not None
    return {
        "chosen": chosen,
        "certainty": given.certainty if certain else None,
        "struck": sorted({kept.order[place] for place in given.struck} - {chosen}),
        "flagged": given.flagged,
    }


def _duration(kept: Response, given: Given) -> int | None:
    spent = min(given.elapsed_ms or 0, LONGEST_MS)
    return kept.duration_ms if not spent else (kept.duration_ms or 0) + spent


def _write(kept: Response, values: dict[str, Any]) -> None:
    values["revision"] = kept.revision + 1
    Response.objects.filter(pk=kept.pk).update(**values)
    for name, value in values.items():
        setattr(kept, name, value)
