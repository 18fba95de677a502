from collections import Counter

from quizzes.core.arena import Arena, together
from quizzes.core.clang import bag
from quizzes.core.distractors import Question, length_needed, no_set, option_sets, ring_sets
from quizzes.core.offers import make
from tests.core.decks import ELEMENTS, fact


def arena_of(*texts):
    return Arena([make(fact(f"s/{number}", text), "term", "en") for number, text in enumerate(texts, 1)])


def question(stem="Which of these is meant here?", key=0):
    return Question("card", stem, bag(stem), (key,))


def sets(arena, stem="Which of these is meant here?", clean=None):
    places = range(1, len(arena.offers)) if clean is None else clean
    return [found.others for found in option_sets(question(stem), arena, places)]


def test_three_distractors_stand_wherever_three_are_clean():
    assert sets(arena_of("iron", "gold", "lead", "tin", "zinc")) == [(1, 2, 3), (1, 2, 4), (1, 3, 4), (2, 3, 4)]


def test_two_distractors_do_where_only_two_are_clean():
    assert sets(arena_of("iron", "gold", "lead")) == [(1, 2)]
    assert sets(arena_of("iron", "gold")) == []


def test_offers_of_one_fact_or_of_one_wording_never_meet():
    one, other = make(fact("s/1", "red lead"), "term", "en"), make(fact("s/2", "lead"), "term", "en")
    assert not together(one, one)
    assert not together(one, other)
    assert not together(one, make(fact("s/3", "Red-Lead (minium)"), "term", "en"))
    assert not together(one, make(fact("s/3", "lead that is red"), "term", "en"))
    assert together(other, make(fact("s/3", "leaded glass"), "term", "en"))


def test_contained_distractors_are_kept_apart():
    assert sets(arena_of("iron", "lead", "red lead", "tin", "zinc")) == [(1, 3, 4), (2, 3, 4)]


def test_what_stem_and_key_share_some_distractor_must_share():
    arena = arena_of("calcium blockers", "calcium salts", "iron", "gold", "tin")
    stem = "Which of these acts on calcium?"
    assert all(1 in others for others in sets(arena, stem))
    assert len(sets(arena, stem)) == 3
    assert sets(arena, stem, clean=[2, 3, 4]) == []


def test_the_key_is_never_much_the_longest():
    arena = arena_of("a rather long metal", "iron", "gold", "a longish one", "tin")
    assert sets(arena) == [(1, 2, 3), (1, 3, 4), (2, 3, 4)]


def test_the_length_rule_depends_on_the_number_of_words():
    assert length_needed(make(fact("s/1", "x" * 25), "term", "en"), 25) == 15
    assert length_needed(make(fact("s/1", "a bb ccc dddd eeeee"), "term", "en"), 26) == 20
    assert length_needed(make(fact("s/1", "X-ray of a hand"), "term", "en"), 39) == 30


def test_a_long_item_is_none():
    long = " ".join(f"word{number}" for number in range(29))
    assert sets(arena_of("x y z", long, long.replace("word", "term"), long.replace("word", "name"))) == [
        (1, 2),
        (1, 3),
        (2, 3),
    ]


def test_a_refusal_says_what_stands_in_the_way():
    arena = arena_of("calcium blockers", "iron", "gold", "tin")
    blocked = Counter({"also right": 2})
    assert no_set(question(), arena, (1,), blocked) == "1 clean distractor, fewer than 2 (2 also right)"
    assert "share “calcium”" in no_set(question("What acts on calcium here?"), arena, (1, 2, 3), blocked)
    assert "stand out" in no_set(question(), arena_of("a very long answer indeed", "iron", "tin"), (1, 2), blocked)
    twins = arena_of("key", "red lead", "lead")
    assert "can stand together" in no_set(question(), twins, (1, 2), Counter())


def test_a_ring_uses_every_offer_about_equally_often():
    arena = arena_of(*(name for name, _, _ in ELEMENTS))
    used = Counter()
    for key in range(len(ELEMENTS)):
        found = ring_sets(question(key=key), arena, [at for at in range(len(ELEMENTS)) if at != key])
        assert len(set(found)) == 12
        used.update(other for one in found for other in one.others)
    assert set(used.values()) == {36}


def test_a_ring_that_does_not_close_is_left_to_the_full_search():
    assert ring_sets(question(), arena_of("iron", "gold", "lead", "tin", "zinc"), (1, 2)) == ()
