from itertools import combinations

import pytest
from rapidfuzz.distance import OSA

from quizzes.core.lookalikes import CLOSED_SETS, CONFUSED, PREFIXES, SUFFIXES, differ_in_meaning
from quizzes.core.misspelling import LONG_TOLERANCE


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("hypothyroidism", "hyperthyroidism"),
        ("pseudohypoparathyroidism", "pseudohyperparathyroidism"),
        ("prednisone", "prednisolone"),
        ("tenotomy", "tenectomy"),
        ("colectomy", "colostomy"),
        ("arthritis", "arthrosis"),
        ("intravenous", "intervenous"),
        ("antenatal", "antinatal"),
        ("abduction", "adduction"),
        ("macrocyte", "microcyte"),
        ("endocytosis", "exocytosis"),
        ("endoderm", "ectoderm"),
        ("propane", "propene"),
        ("propene", "propyne"),
        ("nitrate", "nitrite"),
        ("nitrite", "nitride"),
        ("chlorine", "chloride"),
        ("ethanol", "ethanal"),
        ("cardiogram", "cardiograph"),
        ("astrology", "astronomy"),
        ("socialism", "socialist"),
        ("employer", "employee"),
        ("anaerobic", "aerobic"),
        ("typical", "atypical"),
        ("complete", "incomplete"),
        ("section", "resection"),
        ("seven", "eleven"),
        ("fifth", "fifty"),
        ("northern", "southern"),
        ("stalactite", "stalagmite"),
    ],
)
def test_a_meaning_bearing_difference_is_found_either_way(text, answer):
    assert differ_in_meaning(text, answer)
    assert differ_in_meaning(answer, text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("antigen", "anigen"),
        ("hyperthyroidism", "hyperthyroidsm"),
        ("prednisolone", "prednisolon"),
        ("tenotomy", "tenotmy"),
        ("arthritis", "arthrits"),
        ("resection", "resecion"),
        ("infarction", "nfarction"),
        ("methanol", "metanol"),
        ("diabetes", "diabets"),
        ("separate", "seperate"),
        ("accommodation", "acomodation"),
        ("definitely", "definately"),
    ],
)
def test_an_honest_misspelling_does_not_differ_in_meaning(text, answer):
    assert not differ_in_meaning(text, answer)


@pytest.mark.parametrize("group", PREFIXES + SUFFIXES, ids="-".join)
def test_each_affix_can_be_mistaken_for_another_of_its_group(group):
    for piece in group:
        assert any(OSA.distance(piece, other) <= LONG_TOLERANCE for other in group if other != piece)


@pytest.mark.parametrize("words", CLOSED_SETS, ids=lambda words: min(words))
def test_each_closed_set_holds_words_that_look_alike(words):
    assert any(OSA.distance(*pair) <= LONG_TOLERANCE for pair in combinations(sorted(words), 2))


@pytest.mark.parametrize("pair", sorted(CONFUSED, key=sorted), ids=lambda pair: "-".join(sorted(pair)))
def test_each_confused_pair_would_else_pass_as_a_misspelling(pair):
    assert 0 < OSA.distance(*sorted(pair)) <= LONG_TOLERANCE
