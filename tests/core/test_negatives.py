from dataclasses import replace

from quizzes.core.generation import Bank
from quizzes.core.specs import Direction, Item, Refusal, Verdict
from tests.core.decks import capitals, deck, elements, fact, section

CAPITALS = Bank(capitals())


def test_the_outsider_is_the_key_among_members():
    item = CAPITALS.not_member("towns", "x/1")
    assert item.stem == "Which of these is NOT one of the capitals?"
    assert item.card.direction is Direction.NOT_MEMBER
    assert (item.card.code, item.key.section, item.asked_section) == (item.key.code, "countries", "towns")
    assert {option.section for option in item.options if not option.is_key} == {"towns"}


def test_the_same_seed_asks_for_the_same_outsider():
    assert CAPITALS.not_member("towns", "x/1") == Bank(capitals()).not_member("towns", "x/1")
    assert len({CAPITALS.not_member("towns", f"x/{n}").key.code for n in range(12)}) > 4


def test_facts_already_asked_are_left_out():
    without = {f"countries/{number}" for number in range(2, 13)}
    assert CAPITALS.not_member("towns", "x/1", without=without).key.code == "countries/1"


def test_an_outsider_who_counts_as_a_member_is_never_asked_for():
    rows = {("towns", f"countries/{number}", "membership"): Verdict.ARGUABLE for number in range(2, 13)}
    bank = Bank(replace(capitals(), overlaps=rows))
    assert {bank.not_member("towns", f"x/{n}").key.code for n in range(6)} == {"countries/1"}


def test_outsiders_come_from_sections_that_ask_for_members_themselves():
    more = deck([*capitals().sections, section("rivers", {})], [*capitals().facts, fact("rivers/1", "Danube")])
    assert all(Bank(more).not_member("towns", f"x/{n}").key.section == "countries" for n in range(30))


def test_a_section_without_wording_or_outsiders_is_refused():
    assert isinstance(Bank(elements()).not_member("elements", "x"), Refusal)
    alone = replace(capitals(), facts=capitals().facts[:12])
    refusal = Bank(alone).not_member("towns", "x")
    assert not isinstance(refusal, Item)
    assert refusal.reason == "no outsider stands clean among the members"
