import pytest

from quizzes.core.minds import DOUBTED, Ability, Mind

GOOD, POOR = Ability(0.4, 4.0, 3.0), Ability(0.05, 0.5, 1.5)
CARDS = range(200)


def mean_chance(mind, at):
    return sum(mind.chance(card, at) for card in CARDS) / len(CARDS)


def taught(ability, seed="mind"):
    """A mind that has seen every card once, at time 0, and knew none."""
    mind = Mind(ability, seed)
    for card in CARDS:
        mind.study(card, 0.0, recalled=False)
    return mind


def test_a_memory_fades():
    mind = taught(GOOD)
    assert mind.chance(1, 0) == 1
    assert 1 > mind.chance(1, 1) > mind.chance(1, 5) > mind.chance(1, 50) > 0


def test_cards_differ_for_one_mind_and_one_card_for_two_minds():
    mind = taught(GOOD)
    assert len({round(mind.chance(card, 5), 6) for card in CARDS}) > 150
    assert mind.chance(1, 5) != taught(GOOD, "other").chance(1, 5)


def test_the_able_know_more_beforehand_and_keep_it_longer():
    assert mean_chance(Mind(GOOD, "a"), 0) > mean_chance(Mind(POOR, "a"), 0) + 0.2
    assert mean_chance(taught(GOOD), 3) > mean_chance(taught(POOR), 3) + 0.1


@pytest.mark.parametrize(("recalled", "longer"), [(True, True), (False, False)])
def test_recall_makes_a_memory_last_and_a_miss_makes_it_short(recalled, longer):
    mind = Mind(GOOD, "mind")
    mind.study(1, 0.0, recalled=True)
    before = mind.traces[1].days
    mind.study(1, 10.0, recalled=recalled)
    assert (mind.traces[1].days > before) is longer


def test_repeating_at_once_teaches_little():
    soon, later = taught(GOOD), taught(GOOD)
    soon.study(1, 0.01, recalled=True)
    later.study(1, 3.0, recalled=True)
    assert soon.traces[1].days < later.traces[1].days


def test_the_same_seed_gives_the_same_mind():
    assert mean_chance(taught(GOOD), 3) == mean_chance(taught(GOOD), 3)


def test_what_a_mind_holds_to_be_wrong_it_does_not_learn():
    mind = Mind(GOOD, "mind", doubted={1})
    for at in range(5):
        mind.study(1, float(at), recalled=False)
    assert mind.chance(1, 5.0) == DOUBTED < mind.chance(2, 5.0)
