"""Pairs of facts judged one after the other, each step kept and undoable."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from quizzes.core.overlaps import content, forms
from quizzes.core.pairs import Pair
from quizzes.core.specs import Direction, FactSpec, Verdict
from quizzes.models import Deck, Fact, Overlap, PairJudgement, Section, User
from quizzes.selectors.content.pairs import rows_of
from quizzes.selectors.content.specs import spec_of
from quizzes.services.content.cards import sync_cards

Verdicts = Mapping[tuple[str, str], Verdict]
"""(code of the asked fact, or slug of the asked section; direction, "" for every one) -> the verdict on the other."""


class NothingToUndoError(ValueError):
    """This person has judged no pair of the deck that could be taken back."""


class JudgedSinceError(ValueError):
    """The pair's verdicts are no longer those that the step to be taken back left: somebody has judged it since."""


@transaction.atomic
def judge_pair(*, deck: Deck, pair: Pair, verdicts: Verdicts, reason: str, by: User, now: datetime) -> PairJudgement:
    """Put these verdicts in place of all that were given on the pair, either way round; returns the step.

    Equal verdicts for every direction become one row that holds for all. Raises ValueError where a verdict is on
    another pair, and Fact.DoesNotExist or Section.DoesNotExist where the deck has not got what is judged.
    """
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    before = _kept(rows_of(deck, pair))
    rows = _new_rows(deck, pair, verdicts, reason)
    for row in rows:
        row.judged_by, row.judged_at = by, now
    _replace(deck, pair, rows)
    step = PairJudgement.objects.create(
        deck=deck,
        one=None if pair.section else _fact(deck, pair.one),
        section=Section.objects.get(deck=deck, slug=pair.section) if pair.section else None,
        other=_fact(deck, pair.other),
        before=before,
        after=_kept(rows_of(deck, pair)),
        judged_by=by,
        judged_at=now,
    )
    if _matters(deck, pair, step):
        sync_cards(deck=deck)
    return step


@transaction.atomic
def undo_judgement(*, deck: Deck, by: User, now: datetime) -> Pair:
    """Take back this person's latest step in the deck that still stands; returns its pair.

    Raises NothingToUndoError, and JudgedSinceError where the pair was judged anew since.
    """
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    steps = PairJudgement.objects.filter(deck=deck, judged_by=by, undone_at=None).select_related(
        "one", "other", "section"
    )
    step = steps.order_by("-pk").first()
    if step is None:
        raise NothingToUndoError("there is no verdict of yours in this deck to take back")
    pair = pair_of(step)
    if _kept(rows_of(deck, pair)) != step.after:
        raise JudgedSinceError("the pair has been judged anew since")
    _replace(deck, pair, [_row(deck, kept) for kept in step.before])
    PairJudgement.objects.filter(pk=step.pk).update(undone_at=now)
    if _matters(deck, pair, step):
        sync_cards(deck=deck)
    return pair


def pair_of(step: PairJudgement) -> Pair:
    """The pair that a step judged; its likeness is not known."""
    one, section = step.one.code if step.one else "", step.section.slug if step.section else ""
    return Pair(one, step.other.code, 0.0, section)


def _new_rows(deck: Deck, pair: Pair, verdicts: Verdicts, reason: str) -> list[Overlap]:
    asked = pair.ways
    if {code for code, _ in verdicts} != set(asked):
        raise ValueError("a verdict is missing, or is on another pair")
    return [
        _overlap(deck, pair, code, direction, verdict, reason)
        for code in asked
        for direction, verdict in _folded({way: v for (one, way), v in verdicts.items() if one == code}).items()
    ]


def _folded(verdicts: Mapping[str, Verdict]) -> Mapping[str, Verdict]:
    """One verdict for every direction where all are the same."""
    if Direction.MEMBERSHIP in verdicts or len(set(verdicts.values())) > 1:
        return verdicts
    return {"": next(iter(verdicts.values()))}


def _overlap(deck: Deck, pair: Pair, asked: str, direction: str, verdict: Verdict, reason: str) -> Overlap:
    offered = pair.one if asked == pair.other and not pair.section else pair.other
    return Overlap(
        asked=None if pair.section else _fact(deck, asked),
        asked_section=Section.objects.get(deck=deck, slug=asked) if pair.section else None,
        offered=_fact(deck, offered),
        direction=direction,
        verdict=verdict,
        reason=reason,
    )


def _fact(deck: Deck, code: str) -> Fact:
    return Fact.objects.get(deck=deck, code=code)


def _replace(deck: Deck, pair: Pair, rows: Sequence[Overlap]) -> None:
    rows_of(deck, pair).delete()
    Overlap.objects.bulk_create(rows)


KEPT = ("asked_id", "asked_section_id", "offered_id", "direction", "verdict", "reason", "judged_by_id")


def _kept(rows: QuerySet[Overlap]) -> list[dict[str, Any]]:
    """The rows as values that can be told apart and written again."""
    ordered = rows.order_by("asked_id", "asked_section_id", "offered_id", "direction")
    return [
        {**{name: getattr(row, name) for name in KEPT}, "judged_at": row.judged_at and row.judged_at.isoformat()}
        for row in ordered
    ]


def _row(deck: Deck, kept: Mapping[str, Any]) -> Overlap:
    at = kept["judged_at"]
    return Overlap(**{name: kept[name] for name in KEPT}, judged_at=at and datetime.fromisoformat(at))


def _matters(deck: Deck, pair: Pair, step: PairJudgement) -> bool:
    """Whether a question may come or go by this step: *distinct* changes nothing between facts that share no word."""
    if any(kept["verdict"] != Verdict.DISTINCT for kept in (*step.before, *step.after)):
        return True
    return not pair.section and not _strangers(*(spec_of(_fact(deck, code)) for code in (pair.one, pair.other)))


def _strangers(one: FactSpec, other: FactSpec) -> bool:
    return _said(one).isdisjoint(_said(other))


def _said(fact: FactSpec) -> frozenset[str]:
    ours = forms(fact)
    return frozenset(
        word
        for texts in (ours.names, ours.examples, (*ours.purpose_content, *ours.condition_content))
        for text in texts
        for word in content(text.split())
    )
