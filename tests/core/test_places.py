from quizzes.core.library import Library
from quizzes.core.places import Place, Places
from quizzes.core.specs import CardSpec, Direction
from tests.core.decks import capitals, deck, drugs, fact, many, section

ASKED = {"membership": "Which of these is a {noun} here?"}


def places(content):
    return Places(Library(content))


def sections_of(content, code):
    found = places(content)
    return {one.section for one in found.facts(found.of(CardSpec(code, Direction.MEMBERSHIP)))}


def test_cards_that_ask_for_the_same_slot_share_an_arena():
    found = places(drugs())
    cards = found.cards(found.of(CardSpec("drugs/1", Direction.PURPOSE_TO_TERM)))
    assert {card.direction for card in cards} == {
        Direction.PURPOSE_TO_TERM,
        Direction.CONDITION_TO_TERM,
        Direction.EXAMPLE_TO_TERM,
    }


def test_membership_mixes_the_sections_that_ask_for_it():
    found = places(capitals())
    place = found.of(CardSpec("towns/3", Direction.MEMBERSHIP))
    assert place == Place("towns", "membership", 0, crowded=False)
    assert place == found.of(CardSpec("countries/3", Direction.MEMBERSHIP))
    assert len(found.facts(place)) == len(found.cards(place)) == 24


def test_other_sections_help_where_few_ask_for_members():
    slugs = [f"s{n}" for n in range(5)]
    facts = [fact(f"{slug}/{n}", f"{slug} name {n}") for slug in slugs for n in range(3)]
    few = deck([section(slug, ASKED if slug == "s1" else {}) for slug in slugs], facts)
    assert sections_of(few, "s1/0") == set(slugs)
    enough = deck([section(slug, ASKED if slug != "s1" else {}) for slug in slugs], facts)
    assert sections_of(enough, "s0/0") == {"s0", "s2", "s3", "s4"}


def test_many_sections_are_mixed_in_groups():
    slugs = [f"s{n:02}" for n in range(23)]
    facts = [fact(f"{slug}/{n}", f"{slug} name {n}") for slug in slugs for n in range(3)]
    content = deck([section(slug, ASKED) for slug in slugs], facts)
    groups = {frozenset(sections_of(content, f"{slug}/0")) for slug in slugs}
    assert sorted(map(len, groups)) == [5, 6, 6, 6]


def test_large_sections_meet_slice_by_slice():
    slugs = ["a", "b"]
    facts = [fact(f"{slug}/{n}", f"{slug} name {n}") for slug in slugs for n in range(200)]
    found = places(deck([section(slug, ASKED) for slug in slugs], facts))
    place = found.of(CardSpec("b/100", Direction.MEMBERSHIP))
    assert place.crowded
    assert len(found.facts(place)) == 24
    assert "b/100" in {one.code for one in found.facts(place)}


def test_a_section_too_large_to_balance_is_crowded():
    found = places(many(300))
    place = found.of(CardSpec("words/7", Direction.PURPOSE_TO_TERM))
    assert place.crowded
    assert found.mixed_with(place) is None
    assert not places(many(200)).of(CardSpec("words/7", Direction.PURPOSE_TO_TERM)).crowded
