"""Forms drawn by a blueprint over the guide's own deck."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core import blueprints as blueprints_module
from quizzes.core.blueprints import Row, Shortfall, draw_form, most_negatives, stock, supply
from quizzes.core.generation import Bank
from quizzes.core.rules import quiz_violations
from quizzes.core.specs import CardSpec, Closeness, Direction
from tests.core.decks import capitals, deck, fact, first_deck, section, violations

FIRST = Bank(first_deck())
SLUGS = [one.slug for one in FIRST.deck.sections]
STOCK = stock(FIRST)


def row(number, section="", direction=None, closeness=Closeness.MIXED):
    return Row(section, direction, closeness, number)


def asked(form, at):
    return [one.item for one in form.chosen if one.row == at]


BLUEPRINTS = {
    "anything": [row(20)],
    "near": [row(20, closeness=Closeness.NEAR)],
    "three of each section": [row(3, slug) for slug in SLUGS],
    "a direction": [row(12, direction=Direction.PURPOSE_TO_TERM), row(5, direction=Direction.MEMBERSHIP)],
    "with NOT": [row(18), row(2, direction=Direction.NOT_MEMBER)],
    "half the deck": [row(10, "drugs", closeness=Closeness.FAR), row(20)],
}


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_every_form_obeys_the_rules_and_has_what_was_asked_for(name):
    rows = BLUEPRINTS[name]
    for number in range(25):
        form = draw_form(FIRST, rows, f"{name}/{number}")
        assert form.shortfalls == ()
        assert quiz_violations(form.items, FIRST.deck) == []
        assert [violation for item in form.items for violation in violations(item, FIRST.deck)] == []
        for at, wanted in enumerate(rows):
            items = asked(form, at)
            assert len(items) == wanted.number
            assert all(wanted.direction in {None, item.card.direction} for item in items)
            assert all(wanted.section in {"", FIRST.fact(item.card).section} for item in items)


@st.composite
def blueprints(draw):
    directions = st.sampled_from([None, *Direction])
    one = st.builds(
        Row, st.sampled_from(["", *SLUGS]), directions, st.sampled_from(list(Closeness)), st.integers(1, 12)
    )
    return draw(st.lists(one, min_size=1, max_size=5))


@settings(max_examples=40)
@given(rows=blueprints(), seed=st.text(max_size=8))
def test_whatever_is_asked_for_no_rule_is_broken_and_what_is_lacking_is_said(rows, seed):
    form = draw_form(FIRST, rows, seed)
    assert quiz_violations(form.items, FIRST.deck) == []
    given_by = Counter(one.row for one in form.chosen)
    lacking = {one.row: (one.wanted, one.given) for one in form.shortfalls}
    for at, wanted in enumerate(rows):
        assert given_by[at] <= wanted.number
        assert lacking.get(at, (wanted.number, wanted.number)) == (wanted.number, given_by[at])


def test_the_same_seed_draws_the_same_form_and_another_another():
    rows = BLUEPRINTS["anything"]
    assert draw_form(FIRST, rows, "a") == draw_form(Bank(first_deck()), rows, "a")
    assert draw_form(FIRST, rows, "a") != draw_form(FIRST, rows, "b")


def test_parallel_forms_ask_about_different_cards():
    sets = []
    for number in range(8):
        form = draw_form(FIRST, [row(4, "types")], f"form {number}", without=sets)
        sets.append(frozenset(item.card for item in form.items))
    assert len(set(sets)) == 8


def test_a_row_with_little_to_choose_from_is_not_starved_by_one_before_it():
    types = sum(fact.section == "types" for fact in FIRST.deck.facts)
    for number in range(20):
        form = draw_form(FIRST, [row(20), row(types, "types")], str(number))
        assert len(asked(form, 1)) == types


def test_rows_that_get_in_each_others_way_are_filled_in_another_order(monkeypatch):
    """Each question of b shows the iron of a: where a row took it first, the next has nothing left."""
    facts = [
        fact("a/1", "iron", "rusts in damp air"),
        fact("a/2", "zinc", "covers roofs"),
        fact("a/3", "tin", "coats cans"),
        fact("b/1", "steel", "holds iron with carbon"),
        fact("b/2", "rust", "eats iron in the rain"),
        fact("b/3", "a magnet", "pulls iron from afar"),
    ]
    wording = {"purpose_to_term": "Which of these {purpose}?"}
    bank = Bank(deck([section("a", wording), section("b", wording)], facts))
    rows = [row(1, "a"), row(1, "b")]
    forms = [draw_form(bank, rows, str(number)) for number in range(20)]
    assert all(form.shortfalls == () and quiz_violations(form.items, bank.deck) == [] for form in forms)
    monkeypatch.setattr(blueprints_module, "TRIES", 1)
    assert any(draw_form(bank, rows, str(number)).shortfalls for number in range(20))


def test_what_cannot_be_filled_is_named_with_what_it_gives():
    assert draw_form(FIRST, [row(3, "drugs"), row(9, "types")], "a").shortfalls == (Shortfall(1, 9, 4),)
    assert draw_form(FIRST, [row(2, "nowhere")], "a").shortfalls == (Shortfall(0, 2, 0),)
    assert draw_form(FIRST, [], "a").items == ()


def test_not_is_asked_only_where_a_row_asks_for_it_and_of_one_in_ten_at_most():
    plain = [draw_form(FIRST, [row(30)], str(number)) for number in range(10)]
    assert all(item.card.direction is not Direction.NOT_MEMBER for form in plain for item in form.items)
    rows = [row(27), row(5, direction=Direction.NOT_MEMBER)]
    form = draw_form(FIRST, rows, "a")
    assert most_negatives(rows) == len(asked(form, 1)) == 3
    assert form.shortfalls == (Shortfall(1, 5, 3),)


def test_the_section_of_a_row_for_not_is_the_one_asked_about():
    form = draw_form(FIRST, [row(9), row(1, "causes", Direction.NOT_MEMBER)], "a")
    (item,) = asked(form, 1)
    assert item.asked_section == "causes"
    assert FIRST.fact(item.card).section != "causes"


def test_only_cards_that_may_be_asked_are():
    card = CardSpec("types/1", Direction.PURPOSE_TO_TERM)
    form = draw_form(FIRST, [row(1)], "a", askable={card})
    assert [item.card for item in form.items] == [card]
    assert draw_form(FIRST, [row(2)], "a", askable={card}).shortfalls == (Shortfall(0, 2, 1),)
    assert stock(FIRST, {card}) == {("types", Direction.PURPOSE_TO_TERM): 1}


def test_stock_counts_facts_and_not_cards():
    assert STOCK["types", Direction.PURPOSE_TO_TERM] == 4
    assert STOCK["drugs", Direction.EXAMPLE_TO_TERM] <= 10
    assert supply(FIRST, row(1, "drugs")) == 10
    assert supply(Bank(capitals()), row(1)) == len({card.code for card in Bank(capitals()).cards()})
