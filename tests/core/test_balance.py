from collections import Counter

from quizzes.core.arena import Arena
from quizzes.core.balance import dozen
from quizzes.core.clang import bag
from quizzes.core.distractors import OptionSet, Question, option_sets
from quizzes.core.offers import make
from quizzes.core.tables import TURNS, Elsewhere, Sets
from tests.core.decks import CAPITALS, fact

STEM = "Which of these is meant here?"
ARENA = Arena([make(fact(f"s/{number}", town), "term", "en") for number, (town, _) in enumerate(CAPITALS, 1)])
SIZE = len(CAPITALS)


def cards(allowed):
    """A card for each capital, with the distractors that `allowed` grants its place."""
    questions = [Question(f"card {key}", STEM, bag(STEM), (key,)) for key in range(SIZE)]
    return [Sets(one, option_sets(one, ARENA, allowed(key))) for key, one in enumerate(questions)]


def others(key):
    return [place for place in range(SIZE) if place != key]


def loads(hands):
    return Counter(other for turns in hands for turn in turns for other in turn.others)


def test_each_card_has_a_dozen_turns_of_its_own_sets():
    held = cards(others)
    hands = dozen(ARENA, held)
    assert all(len(turns) == TURNS and set(turns) <= set(card.sets) for turns, card in zip(hands, held, strict=True))


def test_a_card_without_sets_has_no_turns():
    held = cards(lambda key: [] if key == 3 else others(key))
    assert [len(turns) for turns in dozen(ARENA, held)] == [0 if key == 3 else TURNS for key in range(SIZE)]
    assert dozen(ARENA, [held[3]]) == [()]


def test_each_offer_is_a_distractor_about_as_often_as_its_share():
    load = loads(dozen(ARENA, cards(others)))
    assert all(3 * TURNS / 2 <= load[place] <= 2 * 3 * TURNS for place in range(SIZE))


def test_no_distractor_of_a_wide_pool_takes_more_than_seven_turns():
    for turns in dozen(ARENA, cards(others)):
        assert max(Counter(other for turn in turns for other in turn.others).values()) <= 7


def test_one_set_is_repeated_where_there_is_no_other():
    turns = dozen(ARENA, cards(lambda key: [(key + step) % SIZE for step in (1, 2, 3)]))[0]
    assert turns == (OptionSet(0, (1, 2, 3)),) * TURNS


def test_a_distractor_that_every_set_needs_makes_the_pool_narrow():
    question = Question("forced", STEM, bag(STEM), (0,))
    forced = tuple(OptionSet(0, (1, one, other)) for one in range(2, 8) for other in range(one + 1, 8))
    turns = dozen(ARENA, [Sets(question, forced)], Elsewhere((0,) * SIZE, (TURNS,) * SIZE))[0]
    assert len({other for turn in turns for other in turn.others}) == 5


def test_an_offer_that_is_never_the_key_serves_only_in_need():
    held = cards(lambda key: [] if key == 5 else others(key))
    assert loads(dozen(ARENA, held))[5] == 0
    needed = cards(lambda key: [] if key == 5 else [(key + step) % SIZE for step in (1, 2, 3)])
    assert loads(dozen(ARENA, needed))[5] > 0


def test_what_is_seen_elsewhere_counts():
    seen = tuple(200 if place == 2 else 0 for place in range(SIZE))
    plain = loads(dozen(ARENA, cards(others)))
    warned = loads(dozen(ARENA, cards(others), Elsewhere(seen, (0,) * SIZE)))
    assert warned[2] < plain[2]


def test_the_same_cards_are_dealt_the_same_turns():
    assert dozen(ARENA, cards(others)) == dozen(ARENA, cards(others))


def test_the_turns_spread_each_distractor_over_the_dozen():
    for turns in dozen(ARENA, cards(others)):
        first_half = Counter(other for turn in turns[:6] for other in turn.others)
        assert max(first_half.values()) <= 4
