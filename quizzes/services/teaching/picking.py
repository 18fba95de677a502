"""The questions of a quiz picked by hand: added, taken out, put in order, renewed after an edit."""

from datetime import datetime

from django.db import transaction

from quizzes.models import Quiz
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.items import find_item
from quizzes.selectors.teaching.quiz_candidates import Candidate, Source, candidates_of, closest, source_of
from quizzes.selectors.teaching.quiz_forms import Line
from quizzes.selectors.teaching.quiz_words import problems_of
from quizzes.services.study.asking import keep_snapshots
from quizzes.services.teaching.quizzes import FrozenQuizError, UnfitQuizError, lock_quiz

MOST_PICKS = 200


class UnknownQuestionError(LookupError):
    """The deck gives no such question, any more."""


class TooManyPicksError(ValueError):
    """A quiz has no more than 200 questions."""


@transaction.atomic
def add_pick(*, quiz: Quiz, source: Source, item_hash: str, now: datetime) -> None:
    """Put a question that the source gives at the end. The same question twice is once.

    Raises UnknownQuestionError, TooManyPicksError, FrozenQuizError.
    """
    kept = _open(quiz)
    if any(line["hash"] == item_hash for line in kept.picks):
        return
    if len(kept.picks) >= MOST_PICKS:
        raise TooManyPicksError
    found = [one for one in candidates_of(deck_content(kept.deck), source) if one.snapshot.hash == item_hash]
    if not found:
        raise UnknownQuestionError
    _save(kept, [*kept.picks, _keep(found[0], now)])


@transaction.atomic
def remove_pick(*, quiz: Quiz, item_hash: str) -> None:
    """Take a question out; one that is not there is gone already. Raises FrozenQuizError, UnfitQuizError."""
    kept = _open(quiz)
    _save(kept, [line for line in kept.picks if line["hash"] != item_hash])


@transaction.atomic
def move_pick(*, quiz: Quiz, item_hash: str, by: int) -> None:
    """Move a question so many places down, up if negative, as far as there are places. Raises FrozenQuizError."""
    kept = _open(quiz)
    lines: list[Line] = list(kept.picks)
    at = next((at for at, line in enumerate(lines) if line["hash"] == item_hash), None)
    if at is not None:
        line = lines.pop(at)
        lines.insert(max(0, at + by), line)
        _save(kept, lines)


@transaction.atomic
def renew_pick(*, quiz: Quiz, item_hash: str, now: datetime) -> None:
    """Put the question as the deck gives it now in place of the one picked before an edit.

    Raises UnknownQuestionError, FrozenQuizError.
    """
    kept = _open(quiz)
    lines: list[Line] = list(kept.picks)
    at = next((at for at, line in enumerate(lines) if line["hash"] == item_hash), None)
    content = find_item(item_hash)
    if at is None or content is None:
        return
    deck = deck_content(kept.deck)
    found = closest(candidates_of(deck, source_of(deck, lines[at], content)), content)
    if found is None:
        raise UnknownQuestionError
    lines[at] = _keep(found, now)
    _save(kept, lines)


def _open(quiz: Quiz) -> Quiz:
    kept = lock_quiz(quiz)
    if kept.frozen_at is not None or kept.picking != Quiz.Picking.PICKED:
        raise FrozenQuizError
    return kept


def _keep(candidate: Candidate, now: datetime) -> Line:
    keep_snapshots([candidate.snapshot], now)
    return candidate.line


def _save(kept: Quiz, lines: list[Line]) -> None:
    """A published quiz has to stay fit."""
    kept.picks = lines
    if kept.published_at is not None and (reasons := problems_of(kept)):
        raise UnfitQuizError(reasons)
    kept.save(update_fields=["picks"])
