import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest

from quizzes.core.generation import Bank, retired
from quizzes.core.quality import drawn
from quizzes.core.specs import CardSpec, Closeness, Direction, Item, Refusal, Verdict
from tests.core.decks import (
    PURPOSE_WORDING,
    capitals,
    chinese,
    deck,
    drugs,
    elements,
    fact,
    hebrew,
    many,
    section,
    violations,
)

GOLD = CardSpec("elements/12", Direction.PURPOSE_TO_TERM)
ELEMENTS = Bank(elements())


OTHERS = [("quartz sand", "scratches"), ("potash", "dissolves"), ("sulphur", "burns")]


def codes(item):
    return {option.code for option in item.options if not option.is_key}


def digest(deck_made):
    return sha256(repr(list(drawn(Bank(deck_made), 3))).encode()).hexdigest()


@pytest.mark.parametrize("make", [elements, capitals, drugs, hebrew, chinese])
def test_decks_of_any_subject_and_script_give_good_items(make):
    items = list(drawn(Bank(make()), 4))
    assert all(isinstance(item, Item) and len(item.options) == 4 for item in items)
    assert [violations(item, make()) for item in items] == [[] for _ in items]


def test_an_item_asks_its_cards_fact():
    item = ELEMENTS.draw(GOLD, "seed/1")
    assert item.stem == "Which element stays bright through centuries?"
    assert (item.key.code, item.key.text, item.key.slot) == ("elements/12", "gold", "term")
    assert item.key.feedback == "Gold: stays bright through centuries."
    assert len(codes(item)) == 3


def test_the_same_seed_gives_the_same_item_from_a_new_bank():
    assert Bank(elements()).draw(GOLD, "seed/7") == ELEMENTS.draw(GOLD, "seed/7")


def test_a_new_attempt_draws_other_options():
    for number in range(20):
        before, after = ELEMENTS.draw(GOLD, f"ada/{number}"), ELEMENTS.draw(GOLD, f"ada/{number + 1}")
        assert codes(before) != codes(after)


def test_a_card_has_at_most_a_dozen_contents():
    seeds = [f"{name}/{number}" for name in "abc" for number in range(40)]
    assert len({frozenset(codes(ELEMENTS.draw(GOLD, seed))) for seed in seeds}) <= 12
    assert len({frozenset(codes(ELEMENTS.draw(GOLD, str(hash)))) for hash in ("no", "number", "at", "all")}) > 1


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_another_hash_seed_prints_the_same_bytes(hash_seed):
    script = (
        "from tests.core.test_generation import digest; from tests.core.decks import hebrew; print(digest(hebrew()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    printed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == digest(hebrew())


def test_what_is_right_or_arguable_is_never_offered():
    rows = {("elements/12", f"elements/{n}", "purpose_to_term"): Verdict.RIGHT for n in (1, 2, 3)}
    rows |= {("elements/12", f"elements/{n}", ""): Verdict.ARGUABLE for n in (4, 5)}
    bank = Bank(elements(rows))
    offered = {code for number in range(24) for code in codes(bank.draw(GOLD, f"x/{number}"))}
    assert offered
    assert not offered & {f"elements/{n}" for n in (1, 2, 3, 4, 5)}


def test_a_pool_of_two_gives_three_options_and_a_pool_of_one_a_refusal():
    def bank(clean):
        rows = {("elements/12", f"elements/{n}", ""): Verdict.RIGHT for n in range(1, 16 - clean) if n != 12}
        rows |= {("elements/12", "elements/12", ""): Verdict.RIGHT}
        return Bank(elements(rows))

    assert len(bank(3).draw(GOLD, "x/1").options) == 4
    assert len(bank(2).draw(GOLD, "x/1").options) == 3
    refusal = bank(1).draw(GOLD, "x/1")
    assert refusal == bank(1).refusal(GOLD)
    assert refusal.reason == "1 clean distractor, fewer than 2 (13 also right)"


def test_one_description_under_several_terms_refuses_the_reverse_direction():
    facts = [*elements().facts, fact("elements/16", "platinum", "Stays bright, through centuries!")]
    bank = Bank(replace(elements(), facts=tuple(facts)))
    assert "platinum" in bank.refusal(GOLD).reason
    assert "platinum" in bank.unusable(GOLD)
    forward = [bank.draw(CardSpec("elements/12", Direction.TERM_TO_PURPOSE), f"x/{n}") for n in range(24)]
    assert not any("elements/16" in codes(item) for item in forward)


def test_a_fact_that_an_editor_calls_right_leaves_only_the_choice():
    bank = Bank(elements({("elements/12", "elements/11", "purpose_to_term"): Verdict.RIGHT}))
    assert bank.refusal(GOLD) is None
    assert bank.unusable(GOLD) == "“silver” (elements/11) is right for the same question"
    assert bank.unusable(CardSpec("elements/12", Direction.TERM_TO_PURPOSE)) == ""


def test_membership_is_a_choice_alone():
    card = CardSpec("towns/1", Direction.MEMBERSHIP)
    assert "multiple choice only" in Bank(capitals()).unusable(card)


def test_a_word_that_gives_the_answer_away_becomes_a_blank():
    facts = [*elements().facts, fact("elements/16", "calcium salts", "makes bones and calcium shells hard")]
    bank = Bank(replace(elements(), facts=tuple(facts)))
    card = CardSpec("elements/16", Direction.PURPOSE_TO_TERM)
    assert bank.draw(card, "x/1").stem == "Which element makes bones and ____ shells hard?"
    assert bank.prompt(card).stem == "Which element makes bones and ____ shells hard?"


def test_a_blank_never_leaves_a_question_that_fits_another_fact():
    facts = [
        fact("s/1", "calcium salts", "harden calcium shells of snails"),
        fact("s/2", "silica", "harden glass shells of snails"),
        *(fact(f"s/{n}", name, f"{does} slowly") for n, (name, does) in enumerate(OTHERS, 3)),
    ]
    bank = Bank(deck([section("s", {"purpose_to_term": "Which of these minerals {purpose}?"})], facts))
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    assert "s/2" not in codes(bank.draw(card, "x/1"))
    assert bank.prompt(card).stem == "Which of these minerals harden calcium shells of snails?"


def test_a_card_that_gives_itself_away_beyond_repair_is_refused():
    facts = [fact("s/1", "calcium", "calcium"), *(fact(f"s/{n}", f"term{n}", f"does {n} things") for n in range(2, 7))]
    bank = Bank(deck([section("s", PURPOSE_WORDING)], facts))
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    assert isinstance(bank.draw(card, "x/1"), Refusal)
    assert bank.unusable(card) == "the question shows its own answer"


def test_the_typed_answer_to_an_example_is_its_class():
    prompt = Bank(drugs()).prompt(CardSpec("drugs/1", Direction.EXAMPLE_TO_TERM, "ibuprofen"))
    assert (prompt.stem, prompt.accepted) == ("To which class does ibuprofen belong?", ("painkillers",))


def test_options_of_a_class_come_from_facts_with_examples():
    facts = [*drugs().facts, fact("drugs/8", "allopurinol", "to lower uric acid")]
    bank = Bank(replace(drugs(), facts=tuple(facts)))
    card = CardSpec("drugs/1", Direction.EXAMPLE_TO_TERM, "ibuprofen")
    assert "drugs/8" not in {code for n in range(24) for code in codes(bank.draw(card, f"x/{n}"))}


def test_membership_mixes_sections_and_names_the_one_asked_for():
    item = Bank(capitals()).draw(CardSpec("towns/1", Direction.MEMBERSHIP), "x/1")
    assert item.asked_section == "towns"
    assert {option.section for option in item.options if not option.is_key} == {"countries"}


def test_near_distractors_are_closer_than_far_ones():
    metal = {f"elements/{n}" for n, one in enumerate(elements().facts, 1) if "metal" in one.tags}

    def metals(closeness):
        items = [ELEMENTS.draw(GOLD, f"x/{number}", closeness=closeness) for number in range(12)]
        return sum(len(codes(item) & metal) for item in items)

    assert metals(Closeness.NEAR) > metals(Closeness.FAR)


def test_an_own_confusion_comes_more_often_but_never_with_another():
    lures = ("elements/11", "elements/9")
    plain = [codes(ELEMENTS.draw(GOLD, f"x/{number}")) for number in range(60)]
    lured = [codes(ELEMENTS.draw(GOLD, f"x/{number}", lures=lures)) for number in range(60)]
    assert all(len(one.intersection(lures)) <= 1 for one in lured)
    assert sum(map(bool, (one & set(lures) for one in lured))) > sum(map(bool, (one & set(lures) for one in plain)))


def test_what_students_choose_is_shown_more_and_what_nobody_chooses_gives_way():
    offered = Counter(code for number in range(60) for code in codes(ELEMENTS.draw(GOLD, f"x/{number}")))
    often, never = sorted(offered)[0], sorted(offered)[1]
    tallies = {("elements/12", often): (50, 40), ("elements/12", never): (60, 0)}
    drawn_now = [codes(ELEMENTS.draw(GOLD, f"x/{number}", tallies=tallies)) for number in range(60)]
    shown = Counter(code for one in drawn_now for code in one)
    assert shown[often] > offered[often]
    assert shown[never] == 0


def test_a_distractor_is_retired_by_sixty_showings_without_a_choice():
    assert retired(60, 0)
    assert not retired(59, 0)
    assert not retired(600, 1)


def test_a_section_of_thousands_gives_items_from_related_facts():
    bank = Bank(many(3000))
    item = bank.draw(CardSpec("words/1500", Direction.PURPOSE_TO_TERM), "x/1")
    assert violations(item, bank.deck) == []
    assert item == Bank(many(3000)).draw(item.card, "x/1")


def test_a_section_with_one_row_is_refused():
    bank = Bank(deck([section("s", PURPOSE_WORDING)], [fact("s/1", "lonely term", "has no company")]))
    assert [type(bank.refusal(card)) for card in bank.cards()] == [Refusal, Refusal]


def test_a_sketch_is_a_good_item_of_the_same_question():
    for card in ELEMENTS.cards():
        sketch, drawn_item = ELEMENTS.sketch(card, "seed/3"), ELEMENTS.draw(card, "seed/3")
        assert (sketch.stem, sketch.key.text) == (drawn_item.stem, drawn_item.key.text)
        assert violations(sketch, elements()) == []
        assert ELEMENTS.sketch(card, "seed/3") == sketch


def test_a_sketch_of_a_refused_card_is_its_refusal():
    made = deck([section("things", PURPOSE_WORDING)], [fact("things/1", "quartz", "scratches glass and steel")])
    card = CardSpec("things/1", Direction.PURPOSE_TO_TERM)
    assert Bank(made).sketch(card, "seed") == Bank(made).refusal(card)
