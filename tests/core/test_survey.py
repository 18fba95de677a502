import pytest

from quizzes.core.columns import table
from quizzes.core.generation import Bank
from quizzes.core.importing import plan
from quizzes.core.outcomes import KnownDeck
from quizzes.core.specs import DeckSpec, FactSpec, Verdict
from quizzes.core.survey import kind_of, spread, survey
from quizzes.formats.tables import read_sheet
from tests.core.decks import elements, many
from tests.tables import SHAPES, varied


def test_reasons_of_one_kind_differ_in_names_and_numbers_alone():
    one = kind_of("“copper” (uses/2) is right for the same question")
    assert one == kind_of("“iron” (uses/11) is right for the same question")
    assert (
        kind_of("1 clean distractor, fewer than 2 (3 also right)") == "n clean distractor, fewer than n (n also right)"
    )


def test_a_good_deck_is_covered_without_refusals():
    found = survey(Bank(elements()), draws=12)
    assert {(one.direction, one.cards, one.choice, one.recall, one.refused) for one in found.coverage} == {
        ("purpose_to_term", 15, 15, 15, 0),
        ("term_to_purpose", 15, 15, 15, 0),
    }
    assert found.violations == ()
    assert (found.cards, found.looked_at, found.report.items, found.refusals) == (30, 30, 360, ())


def test_refusals_are_grouped_with_the_cards_they_are_about():
    codes = [fact.code for fact in elements().facts]
    rows = {("elements/1", code, "purpose_to_term"): Verdict.RIGHT for code in codes[1:]}
    found = survey(Bank(elements(rows)), draws=2)
    (group,) = found.refusals
    assert group.count == 1
    assert group.examples[0][0] == "elements/1/purpose_to_term"


def test_of_a_large_deck_neighbourhoods_are_looked_at_from_all_over_it():
    bank = Bank(many(900))
    told = []
    found = survey(bank, draws=1, most=200, told=lambda done, whole: told.append((done, whole)))
    assert found.cards == 1800
    assert 160 <= found.looked_at <= 200
    assert (told[0], told[-1]) == ((0, found.looked_at), (found.looked_at, found.looked_at))
    looked = spread(bank, 200)
    places = {bank.neighbourhood(card) for card in looked}
    assert set(looked) == {card for card in bank.cards() if bank.neighbourhood(card) in places}
    assert len(places) >= 4
    assert {card.direction for card in looked} == {card.direction for card in bank.cards()}


@pytest.mark.parametrize("sections", [1, 4])
def test_a_sample_of_a_table_of_thousands_breaks_no_rule(sections):
    found = survey(Bank(imported(varied(2400, sections))), most=300)
    assert found.looked_at < found.cards
    assert found.violations == ()


@pytest.mark.parametrize("shape", sorted(set(SHAPES) - {"lists only"}))
def test_a_deck_from_a_table_of_any_shape_passes_as_a_whole(shape):
    found = survey(Bank(imported(SHAPES[shape])))
    assert found.report.items
    assert found.violations == ()


def test_two_lists_that_length_tells_apart_are_reported_with_the_robots_that_profit():
    found = survey(Bank(imported(SHAPES["lists only"])))
    assert found.violations
    assert all("longest" in str(one) or "shortest" in str(one) for one in found.violations)


def imported(text):
    """The deck that a table becomes."""
    found = plan(KnownDeck("Any"), table(read_sheet(text.encode())))
    facts = [FactSpec(one.code, one.section, position=one.position, **one.content) for one in found.new]
    return DeckSpec("any", "Any", found.sections, tuple(facts), {})
