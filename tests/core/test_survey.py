from quizzes.core.generation import Bank
from quizzes.core.specs import Verdict
from quizzes.core.survey import kind_of, spread, survey
from tests.core.decks import elements, many


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


def test_of_a_large_deck_cards_are_looked_at_from_all_over_it():
    bank = Bank(many(60))
    told = []
    found = survey(bank, draws=1, most=12, told=lambda done, whole: told.append((done, whole)))
    assert (found.looked_at, found.cards) == (12, len(bank.cards()))
    assert told[0] == (0, 12)
    assert told[-1] == (12, 12)
    looked = spread(bank.cards(), 12)
    assert looked[0] == bank.cards()[0]
    assert bank.cards().index(looked[-1]) >= len(bank.cards()) * 10 // 12
