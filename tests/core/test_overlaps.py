import pytest

from quizzes.core.overlaps import Overlaps
from quizzes.core.specs import Direction, Verdict
from tests.core.decks import deck, fact, section

TOWNS = ("Oslo", "Bern", "Riga", "Rome")
A = fact("s/1", "NSAIDs", "to relieve pain", aliases=("painkillers",), examples=("ibuprofen",), condition="gout")
B = fact("s/2", "steroids", "to calm inflammation", examples=("prednisone",))


def verdict(asked, offered, direction, rows=None, part=""):
    return Overlaps(deck([section("s", {})], [asked, offered], rows)).verdict(asked, offered, direction, part)


def test_nothing_is_said_of_facts_that_share_nothing():
    assert verdict(A, B, Direction.PURPOSE_TO_TERM) is None


def test_a_row_for_the_direction_decides():
    rows = {("s/1", "s/2", "purpose_to_term"): Verdict.DISTINCT, ("s/1", "s/2", ""): Verdict.RIGHT}
    assert verdict(A, B, Direction.PURPOSE_TO_TERM, rows) is Verdict.DISTINCT
    assert verdict(A, B, Direction.TERM_TO_EXAMPLE, rows) is Verdict.RIGHT
    assert verdict(B, A, Direction.EXAMPLE_TO_TERM, rows) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("row", "direction"),
    [
        ("purpose_to_term", Direction.PURPOSE_TO_EXAMPLE),
        ("term_to_purpose", Direction.EXAMPLE_TO_PURPOSE),
    ],
)
def test_what_holds_for_terms_holds_for_their_examples(row, direction):
    assert verdict(A, B, direction, {("s/1", "s/2", row): Verdict.ARGUABLE}) is Verdict.ARGUABLE


@pytest.mark.parametrize(
    ("row", "direction"),
    [
        ("term_to_purpose", Direction.PURPOSE_TO_TERM),
        ("purpose_to_term", Direction.TERM_TO_PURPOSE),
        ("example_to_term", Direction.TERM_TO_EXAMPLE),
        ("term_to_purpose", Direction.PURPOSE_TO_EXAMPLE),
    ],
)
def test_a_row_holds_for_the_reverse_question_the_other_way_round(row, direction):
    assert verdict(A, B, direction, {("s/2", "s/1", row): Verdict.RIGHT}) is Verdict.RIGHT


def test_an_own_row_stands_against_the_reverse_question():
    rows = {("s/1", "s/2", "purpose_to_term"): Verdict.DISTINCT, ("s/2", "s/1", "term_to_purpose"): Verdict.RIGHT}
    assert verdict(A, B, Direction.PURPOSE_TO_TERM, rows) is Verdict.DISTINCT


def test_equal_descriptions_are_right_whatever_an_editor_says():
    twin = fact("s/2", "aspirin", "To relieve pains")
    rows = {("s/1", "s/2", "purpose_to_term"): Verdict.DISTINCT}
    assert verdict(A, twin, Direction.PURPOSE_TO_TERM, rows) is Verdict.RIGHT


def test_a_contained_description_is_right_until_judged_distinct():
    longer = fact("s/2", "opioids", "to relieve pain after surgery")
    rows = {("s/1", "s/2", "purpose_to_term"): Verdict.DISTINCT}
    assert verdict(A, longer, Direction.PURPOSE_TO_TERM) is Verdict.RIGHT
    assert verdict(longer, A, Direction.TERM_TO_PURPOSE) is Verdict.RIGHT
    assert verdict(A, longer, Direction.PURPOSE_TO_TERM, rows) is Verdict.DISTINCT
    assert verdict(A, longer, Direction.TERM_TO_EXAMPLE) is None


def test_the_same_content_words_are_arguable():
    reworded = fact("s/2", "aspirin", "for pain: to relieve it")
    assert verdict(A, reworded, Direction.PURPOSE_TO_TERM) is Verdict.ARGUABLE


def test_shared_names_are_right_in_every_direction():
    namesake = fact("s/2", "Painkiller", "something else")
    assert verdict(A, namesake, Direction.TERM_TO_EXAMPLE) is Verdict.RIGHT


def test_a_shared_example_is_right_for_good_where_it_is_asked_and_elsewhere_until_judged():
    sharing = fact("s/2", "analgesics", "to dull it", examples=("Ibuprofen", "codeine"))
    rows = {("s/1", "s/2", ""): Verdict.DISTINCT, ("s/2", "s/1", ""): Verdict.DISTINCT}
    assert verdict(A, sharing, Direction.EXAMPLE_TO_TERM, rows, part="ibuprofen") is Verdict.RIGHT
    assert verdict(sharing, A, Direction.EXAMPLE_TO_TERM, part="codeine") is Verdict.RIGHT
    assert verdict(sharing, A, Direction.EXAMPLE_TO_TERM, rows, part="codeine") is Verdict.DISTINCT
    assert verdict(A, sharing, Direction.PURPOSE_TO_TERM) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("to carry oxygen in the blood", "To carry oxigen in blood", Verdict.RIGHT),
        ("to carry oxygen in the blood", "in the blood, to carry oxygen", Verdict.ARGUABLE),
        ("to carry oxygen in the blood", "to carry inhaled oxygen through the blood", Verdict.ARGUABLE),
        ("to carry oxygen in the blood", "to carry hormones in the blood", None),
        ("stands at number 111 of the table", "stands at number 112 of the table", None),
        ("causes hypothyroidism in adult people", "causes hyperthyroidism in adult people", None),
    ],
)
def test_descriptions_that_no_rule_can_tell_apart_are_not_offered(one, other, found):
    asked, offered = fact("s/1", "haemoglobin", one), fact("s/2", "plasma", other)
    assert verdict(asked, offered, Direction.PURPOSE_TO_TERM) is found
    assert verdict(offered, asked, Direction.TERM_TO_PURPOSE) is found
    rows = {("s/1", "s/2", "purpose_to_term"): Verdict.DISTINCT}
    assert verdict(asked, offered, Direction.PURPOSE_TO_TERM, rows) is Verdict.DISTINCT


def test_what_all_descriptions_of_a_section_say_tells_nothing():
    rivers = [fact(f"s/{n}", f"river {n}", f"flows through the capital city of {name}") for n, name in enumerate(TOWNS)]
    overlaps = Overlaps(deck([section("s", {})], rivers))
    assert overlaps.verdict(rivers[0], rivers[1], Direction.PURPOSE_TO_TERM) is None


def test_an_example_that_is_a_fact_of_its_own_is_right():
    own = fact("s/2", "ibuprofen", "to lower fever")
    assert verdict(A, own, Direction.PURPOSE_TO_TERM) is Verdict.RIGHT
    assert verdict(own, A, Direction.PURPOSE_TO_TERM) is Verdict.ARGUABLE


def test_the_same_condition_is_right_where_conditions_are_asked():
    same = fact("s/2", "allopurinol", "to lower uric acid", condition="gout")
    assert verdict(A, same, Direction.CONDITION_TO_TERM) is Verdict.RIGHT
    assert verdict(A, same, Direction.PURPOSE_TO_TERM) is None


def test_an_outsider_called_like_a_member_is_one():
    overlaps = Overlaps(deck([section("s", {})], [A], {("t", "s/1", "membership"): Verdict.ARGUABLE}))
    assert overlaps.outsider("u", A, frozenset({"painkiller"})) is Verdict.RIGHT
    assert overlaps.outsider("t", A, frozenset({"steroid"})) is Verdict.ARGUABLE
    assert overlaps.outsider("u", A, frozenset()) is None
