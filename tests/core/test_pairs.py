from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.pairs import ALL_PAIRS_OF, NEIGHBOURS, Pair, outsiders_of, pairs_of, unjudged
from tests.core.decks import fact

DRUGS = [
    fact("s/1", "aspirin", "to relieve pain and thin the blood"),
    fact("s/2", "warfarin", "to thin the blood"),
    fact("s/3", "codeine", "to calm a cough"),
    fact("s/4", "morphine", "to relieve strong pain"),
]


def codes(pairs):
    return [(pair.one, pair.other) for pair in pairs]


def test_each_pair_of_a_small_section_stands_once_the_most_similar_first():
    found = pairs_of(DRUGS)
    assert sorted(codes(found)) == [(one.code, other.code) for one, other in combinations(DRUGS, 2)]
    assert codes(found)[0] == ("s/1", "s/2")
    assert [pair.likeness for pair in found] == sorted((pair.likeness for pair in found), reverse=True)


def test_names_that_look_alike_are_similar():
    facts = [fact("s/1", "prednisone", "x"), fact("s/2", "prednisolone", "y"), fact("s/3", "insulin", "z")]
    assert codes(pairs_of(facts))[0] == ("s/1", "s/2")


def test_a_large_section_gives_each_fact_its_nearest_neighbours_and_no_more():
    facts = [fact(f"s/{n}", f"town {n}", f"lies on the river {n // 2} in the north") for n in range(1, 401)]
    found = pairs_of(facts)
    assert {(f"s/{n}", f"s/{n + 1}") for n in range(2, 400, 2)} <= set(codes(found))
    assert len(found) <= NEIGHBOURS * len(facts)
    assert all(one != other for one, other in codes(found))
    assert len(set(map(frozenset, codes(found)))) == len(found)


def test_outsiders_stand_beside_the_member_they_are_most_like():
    members = [fact("s/1", "kidney disease"), fact("s/2", "trauma")]
    outsiders = [fact("t/1", "dialysis", "cleans blood in kidney disease"), fact("t/2", "swelling")]
    found = outsiders_of("s", members, outsiders)
    assert found[0] == Pair("s/1", "t/1", found[0].likeness, "s", ("s",))
    assert {pair.other for pair in found} == {"t/1", "t/2"}


def test_a_pair_is_judged_when_every_way_that_can_be_asked_is():
    both, single = Pair("s/1", "s/2", 0.5, ways=("s/1", "s/2")), Pair("s/1", "s/3", 0.5, ways=("s/3",))
    claim = Pair("s/1", "t/1", 0.4, "s", ("s",))
    pairs = [both, single, claim]
    assert list(unjudged(pairs, frozenset({("s/1", "s/2"), ("s/1", "s/3")}))) == pairs
    assert list(unjudged(pairs, frozenset({("s/1", "s/2"), ("s/2", "s/1"), ("s/3", "s/1"), ("s", "t/1")}))) == []


def test_two_bare_terms_are_no_pair_to_judge_and_one_is_asked_in_one_way():
    facts = [fact("s/1", "fever"), fact("s/2", "cough"), fact("s/3", "pain", "hurts")]
    assert {(pair.one, pair.other): pair.ways for pair in pairs_of(facts)} == {
        ("s/1", "s/3"): ("s/3",),
        ("s/2", "s/3"): ("s/3",),
    }


TEXTS = st.text(max_size=20)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=ALL_PAIRS_OF + 6))
def test_any_texts_give_pairs_of_different_facts_once_each(texts):
    facts = [fact(f"s/{n}", term, purpose) for n, (term, purpose) in enumerate(texts, start=1)]
    found = codes(pairs_of(facts))
    assert len(set(map(frozenset, found))) == len(found)
    assert all(one != other for one, other in found)
    assert codes(pairs_of(facts)) == found
    assert len(outsiders_of("t", facts[:3], facts[3:])) <= len(facts)
