from datetime import timedelta

import pytest

from quizzes.core.pairs import Pair
from quizzes.core.specs import Verdict
from quizzes.models import Card, Deck, Overlap, PairJudgement
from quizzes.selectors.content.pairs import find_pair, next_pair, reach_of
from quizzes.services.content.judging import JudgedSinceError, NothingToUndoError, judge_pair, undo_judgement
from tests.factories import NOW, elements

LATER = NOW + timedelta(minutes=1)
IRON, COPPER = "uses/1", "uses/2"


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def pair(deck):
    return find_pair(deck, IRON, COPPER)


def both(verdict):
    return {(IRON, ""): verdict, (COPPER, ""): verdict}


def judge(deck, pair, by, verdicts, reason=""):
    return judge_pair(deck=deck, pair=pair, verdicts=verdicts, reason=reason, by=by, now=NOW)


def given():
    rows = Overlap.objects.order_by("asked__code", "direction").values_list
    return [tuple(row) for row in rows("asked__code", "asked_section__slug", "offered__code", "direction", "verdict")]


def test_a_judged_pair_has_a_verdict_each_way_with_who_and_when(deck, pair, eve):
    judge(deck, pair, eve, both(Verdict.DISTINCT), "One rusts.")
    assert given() == [(IRON, None, COPPER, "", "distinct"), (COPPER, None, IRON, "", "distinct")]
    row = Overlap.objects.first()
    assert (row.reason, row.judged_by, row.judged_at) == ("One rusts.", eve, NOW)


def test_equal_verdicts_for_each_question_become_one_for_all(deck, pair, eve):
    verdicts = {
        (IRON, "purpose_to_term"): Verdict.RIGHT,
        (IRON, "term_to_purpose"): Verdict.RIGHT,
        (COPPER, "purpose_to_term"): Verdict.RIGHT,
        (COPPER, "term_to_purpose"): Verdict.DISTINCT,
    }
    judge(deck, pair, eve, verdicts)
    assert given() == [
        (IRON, None, COPPER, "", "right"),
        (COPPER, None, IRON, "purpose_to_term", "right"),
        (COPPER, None, IRON, "term_to_purpose", "distinct"),
    ]


def test_a_verdict_replaces_all_earlier_ones_on_the_pair(deck, pair, eve):
    judge(deck, pair, eve, both(Verdict.RIGHT))
    judge(deck, pair, eve, both(Verdict.DISTINCT))
    assert {row[-1] for row in given()} == {"distinct"}
    assert Overlap.objects.count() == 2


def test_the_cards_follow_the_verdict_and_its_undoing(deck, pair, eve):
    card = Card.objects.get(key="uses/1/purpose_to_term")
    judge(deck, pair, eve, both(Verdict.RIGHT))
    card.refresh_from_db()
    assert "copper" in card.recall_refusal
    undo_judgement(deck=deck, by=eve, now=LATER)
    card.refresh_from_db()
    assert card.recall_refusal == ""


def test_a_verdict_that_changes_no_question_leaves_the_version_of_the_deck(deck, eve):
    before = deck.content_version
    pair = find_pair(deck, "gases", IRON)
    judge(deck, pair, eve, {("gases", "membership"): Verdict.DISTINCT})
    assert Deck.objects.get().content_version == before
    strangers = find_pair(deck, "uses/3", "uses/5")
    judge(deck, strangers, eve, {("uses/3", ""): Verdict.DISTINCT, ("uses/5", ""): Verdict.DISTINCT})
    assert Deck.objects.get().content_version == before


def test_undoing_walks_back_step_by_step_and_keeps_the_history(deck, pair, eve):
    judge(deck, pair, eve, both(Verdict.ARGUABLE), "first")
    judge(deck, pair, eve, both(Verdict.RIGHT), "second")
    undone = undo_judgement(deck=deck, by=eve, now=LATER)
    assert (undone.one, undone.other) == (IRON, COPPER)
    assert set(Overlap.objects.values_list("verdict", "reason", "judged_by", "judged_at")) == {
        ("arguable", "first", eve.pk, NOW)
    }
    undo_judgement(deck=deck, by=eve, now=LATER)
    assert not Overlap.objects.exists()
    assert list(PairJudgement.objects.values_list("undone_at", flat=True)) == [LATER, LATER]
    with pytest.raises(NothingToUndoError):
        undo_judgement(deck=deck, by=eve, now=LATER)


def test_nobody_undoes_what_another_editor_judged(deck, pair, eve, max):
    judge(deck, pair, eve, both(Verdict.RIGHT))
    with pytest.raises(NothingToUndoError):
        undo_judgement(deck=deck, by=max, now=LATER)


def test_a_step_is_not_taken_back_once_somebody_has_judged_the_pair_anew(deck, pair, eve, max):
    judge(deck, pair, eve, both(Verdict.RIGHT))
    judge(deck, pair, max, both(Verdict.DISTINCT))
    with pytest.raises(JudgedSinceError):
        undo_judgement(deck=deck, by=eve, now=LATER)
    assert {row[-1] for row in given()} == {"distinct"}


def test_verdicts_on_another_pair_are_refused_and_nothing_is_written(deck, pair, eve):
    for verdicts in ({}, {(IRON, ""): Verdict.RIGHT}, {**both(Verdict.RIGHT), ("uses/3", ""): Verdict.RIGHT}):
        with pytest.raises(ValueError, match="verdict"):
            judge(deck, pair, eve, verdicts)
    assert not PairJudgement.objects.exists()


def test_the_queue_grows_shorter_with_each_pair_and_ends(deck, eve):
    before = reach_of(deck)
    assert before.judged == 0
    while (pair := next_pair(deck)) is not None:
        direction = "membership" if pair.section else ""
        judge(deck, pair, eve, {(asked, direction): Verdict.DISTINCT for asked in pair.ways})
        deck.refresh_from_db()
    after = reach_of(deck)
    assert (after.judged, after.left) == (before.pairs, 0)
    assert isinstance(find_pair(deck, IRON, COPPER), Pair)
