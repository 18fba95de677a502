import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.core.generation import Bank
from quizzes.core.specs import Verdict
from quizzes.models import Overlap
from quizzes.selectors.content.preview import NOTED_FIELDS, changed_deck, preview_fact
from quizzes.selectors.content.specs import deck_spec
from tests.factories import elements, guide

RIGHT = Verdict.RIGHT


@pytest.fixture
def bank(db):
    return Bank(deck_spec(elements()))


def fact(bank, code="uses/1", **changes):
    return replace(next(one for one in bank.deck.facts if one.code == code), **changes)


def cards(preview):
    return {card.label: card for card in preview.cards}


def kinds(preview, field):
    return [note.kind for note in preview.notes[field]]


def test_a_preview_shows_each_card_with_its_question_and_answers(bank):
    shown = cards(preview_fact(bank, fact(bank), {}))
    term = shown["purpose → term"]
    assert term.stem == "Which element is used to build bridges and rails?"
    assert (term.answer, term.accepted) == ("iron", ("ferrum",))
    assert shown["term → purpose"].answer == "to build bridges and rails"
    assert (term.choice_refusal, term.recall_refusal, term.refused, term.notes) == ("", "", False, ())


def test_several_questions_are_drawn_each_with_one_key_and_feedback(bank):
    items = cards(preview_fact(bank, fact(bank), {}))["purpose → term"].items
    assert len(items) == 3
    assert len({frozenset(choice.text for choice in item) for item in items}) == 3
    for item in items:
        assert [choice.text for choice in item if choice.is_key] == ["iron"]
        assert [choice.letter for choice in item] == ["A", "B", "C", "D"]
        assert all(choice.feedback for choice in item)


def test_a_change_is_seen_in_the_questions_and_not_kept(bank):
    changed = fact(bank, purpose="to build towers", aliases=("Fe",))
    term = cards(preview_fact(bank, changed, {}))["purpose → term"]
    assert (term.stem, term.accepted) == ("Which element is used to build towers?", ("Fe",))
    assert fact(bank).purpose == "to build bridges and rails"


def test_a_new_fact_is_shown_as_if_it_were_there(bank):
    gold = replace(fact(bank), code="uses/0", term="gold", purpose="to make rings", aliases=())
    shown = cards(preview_fact(bank, gold, {}))
    assert shown["purpose → term"].stem == "Which element is used to make rings?"
    assert len(shown["purpose → term"].items) == 3


def test_each_field_tells_the_question_it_fills(bank):
    preview = preview_fact(bank, fact(bank), {})
    assert [note.text for note in preview.notes["purpose"]] == [
        "Asked as: Which element is used to build bridges and rails?"
    ]
    assert [note.text for note in preview.notes["term"]] == ["Asked as: What is iron used for?"]


def test_every_noted_field_is_there_so_that_old_notes_go(bank):
    assert tuple(preview_fact(bank, fact(bank), {}).notes) == NOTED_FIELDS


def test_a_refusal_stands_at_the_card_and_beside_the_field_that_causes_it(bank):
    preview = preview_fact(bank, fact(bank, purpose="to carry current through houses"), {})
    card = cards(preview)["purpose → term"]
    assert "copper" in card.choice_refusal
    assert card.refused
    assert not card.items
    assert kinds(preview, "purpose") == ["asks", "refusal", "refusal"]
    assert "purpose → term is not asked with answer choices" in preview.notes["purpose"][1].text


def test_a_verdict_that_refuses_a_question_is_told_at_the_verdicts(bank):
    verdicts = {("uses/1", f"uses/{n}", "purpose_to_term"): RIGHT for n in range(2, 9)}
    preview = preview_fact(bank, fact(bank), verdicts)
    assert set(kinds(preview, "overlaps")) == {"refusal"}
    assert "clean wrong answers, fewer than 2 (7 also right)" in preview.notes["overlaps"][0].text


def test_a_warning_stands_beside_its_field_with_what_to_do(bank):
    preview = preview_fact(bank, fact(bank, purpose="for building bridges", aliases=("cuprum",)), {})
    (warning,) = [note.text for note in preview.notes["purpose"] if note.kind == "warning"]
    assert warning.startswith("7 of 7 neighbours begin with “to”, as in “to carry current through houses”.")
    (warning,) = [note.text for note in preview.notes["aliases"] if note.kind == "warning"]
    assert warning.startswith("“cuprum” is also a name of “copper” (uses/2)")


def test_questions_with_choices_by_nature_are_not_told_as_faults(bank):
    preview = preview_fact(bank, fact(bank, "gases/1"), {})
    assert [card.choices_by_nature for card in preview.cards] == [True]
    assert not any(note.kind == "refusal" for notes in preview.notes.values() for note in notes)


def test_what_a_change_does_to_neighbours_is_told(bank):
    preview = preview_fact(bank, fact(bank, purpose="to carry current through houses"), {})
    assert {(effect.term, effect.label) for effect in preview.lost} == {("copper", "purpose → term")}
    assert "iron" in preview.lost[0].reason
    assert preview.won == ()
    back = preview_fact(
        Bank(changed_deck(bank.deck, fact(bank, purpose="to carry current through houses"), {})), fact(bank), {}
    )
    assert [(effect.term, effect.label) for effect in back.won] == [("copper", "purpose → term")]


def test_the_summary_counts_questions_refusals_and_warnings(bank):
    assert preview_fact(bank, fact(bank), {}).summary == "Questions: 2"
    faulty = preview_fact(bank, fact(bank, purpose="to carry current through houses", caution="Doubtful."), {})
    assert faulty.summary == "Questions: 1, refused: 1, warnings: 1"


def test_all_verdicts_on_the_fact_are_replaced_and_others_stay(db):
    deck = elements()
    facts = {one.code: one for one in deck.facts.all()}
    for asked, offered in (("uses/1", "uses/2"), ("uses/3", "uses/1"), ("uses/3", "uses/2")):
        Overlap.objects.create(asked=facts[asked], offered=facts[offered], verdict="right", reason="So.")
    spec = deck_spec(deck)
    new = {("uses/4", "uses/1", ""): Verdict.DISTINCT}
    changed = changed_deck(spec, next(one for one in spec.facts if one.code == "uses/1"), new)
    assert changed.overlaps == {("uses/3", "uses/2", ""): RIGHT, **new}


def test_a_preview_asks_the_database_nothing(bank):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        preview_fact(bank, fact(bank, purpose="to build towers"), {})
    assert len(queries) == 0


def test_a_preview_of_the_first_deck_takes_less_than_300_ms_of_computing(db):
    bank = Bank(deck_spec(guide()))
    took = []
    for number in range(5):
        changed = fact(bank, "drugs/1", purpose=f"to relieve pain and swelling {number}")
        verdicts = {pair: verdict for pair, verdict in bank.deck.overlaps.items() if "drugs/1" in pair}
        before = time.process_time()
        assert len(preview_fact(bank, changed, verdicts).cards) == 8
        took.append(time.process_time() - before)
    assert sorted(took)[2] < 0.3
