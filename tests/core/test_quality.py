from dataclasses import replace
from functools import cache

import pytest

from quizzes.core.generation import Bank
from quizzes.core.quality import drawn, inspect
from quizzes.core.specs import CardSpec, Direction, Item, Refusal
from tests.core.decks import capitals, deck, elements, fact, first_deck, section


@cache
def items_of(make, draws=50):
    return tuple(one for one in drawn(Bank(make()), draws) if isinstance(one, Item))


@pytest.mark.parametrize("make", [elements, capitals])
def test_small_decks_pass(make):
    assert inspect(items_of(make, 24), make()).findings == ()


def test_the_first_deck_passes_over_a_large_draw():
    report = inspect(items_of(first_deck), first_deck())
    assert report.findings == ()
    assert report.items > 6000
    assert {robot.robot: robot.too_clever for robot in report.robots} == dict.fromkeys(
        [
            "longest",
            "shortest",
            "most stem overlap",
            "most like the others",
            "least seen as distractor",
            *(f"place {place}" for place in (1, 2, 3, 4)),
        ],
        False,
    )


@pytest.mark.parametrize(("draws", "seed"), [(10, ""), (20, "another")])
def test_the_first_deck_passes_over_other_draws(draws, seed):
    items = [one for one in drawn(Bank(first_deck()), draws, seed) if isinstance(one, Item)]
    assert inspect(items, first_deck()).findings == ()


def test_a_key_that_keeps_its_place_is_found():
    keyed_first = [replace(one, options=tuple(sorted(one.options, key=lambda o: not o.is_key))) for one in items()]
    findings = inspect(keyed_first, elements()).findings
    assert any(finding.startswith("key places with 4 options") for finding in findings)
    assert any(finding.startswith("robot place 1") for finding in findings)


def test_a_key_that_moves_on_by_rule_is_found():
    turned = []
    for number, one in enumerate(items()):
        others = [option for option in one.options if not option.is_key]
        turned.append(replace(one, options=(*others[: number % 4], one.key, *others[number % 4 :])))
    report = inspect(turned, elements())
    assert report.places_p[4] > 0.9
    assert any(finding.startswith("successive key places") for finding in report.findings)


def test_a_few_items_say_nothing_of_places():
    report = inspect(items()[:20], elements())
    assert (report.places_p, report.succession_p) == ({4: None}, {4: None})


def test_a_term_that_is_always_the_key_is_found():
    own = CardSpec("elements/3", Direction.PURPOSE_TO_TERM)
    asked = [one for one in items() if one.card.direction is Direction.PURPOSE_TO_TERM]
    without = [one for one in asked if one.card == own or all(o.code != own.code for o in one.options)]
    assert any(
        finding.startswith("elements/3 is the key in 24 of 24") for finding in inspect(without, elements()).findings
    )


def test_a_distractor_in_most_items_of_a_card_is_found():
    own = [one for one in items() if one.card == CardSpec("elements/3", Direction.PURPOSE_TO_TERM)]
    common = next(option for option in own[0].options if not option.is_key)
    with_it = [one for one in own if any(option.code == common.code for option in one.options)]
    crowd = [*own, *with_it * 10]
    assert any(f"{common.code} (term) stands in" in finding for finding in inspect(crowd, elements()).findings)


def test_a_broken_rule_is_found_once_per_content():
    bad = replace(items()[0], stem="Which?")
    assert len([f for f in inspect([bad, bad], elements()).findings if ": words: " in f]) == 1


def test_a_draw_names_its_seeds_and_its_refusals():
    lonely = deck(
        [section("s", {"purpose_to_term": "Which of these {purpose}?"})], [fact("s/1", "one", "stands alone")]
    )
    assert [type(one) for one in drawn(Bank(lonely), 5)] == [Refusal]
    assert [one.seed for one in drawn(Bank(elements()), 2, "s")][:2] == [
        "small/elements/1/term_to_purpose/s/0",
        "small/elements/1/term_to_purpose/s/1",
    ]


def items():
    return items_of(elements, 24)
