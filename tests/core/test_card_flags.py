import numpy as np
import pytest

from quizzes.core.card_flags import Among, Weight, card_flags, item_flags, weight_of
from quizzes.core.distractor_table import OptionCounts, distractor_table
from quizzes.core.estimates import Estimate, Untold, fisher
from quizzes.core.item_flags import Why
from quizzes.core.item_statistics import ItemStatistics, item_statistics
from quizzes.core.shares import score_interval
from tests.forms_of_quizzes import of_form

NONE_LATER, FEW = Untold(0, 10), Untold(12, 50)


def share(value, n):
    return Estimate(value, n, *score_interval(value, n))


def figures(facility, r=None, n=100):
    told = FEW if r is None else Estimate(r, n, *fisher(r, n))
    return ItemStatistics(share(facility, n), told, told, told)


def weights(found):
    return [(one.flag.why, one.weight) for one in found]


@pytest.mark.parametrize(
    ("facility", "options", "later", "weight"),
    [
        (0.10, 4, share(0.9, 400), Weight.LOOK),  # surely fewer than by guessing
        (0.28, 4, NONE_LATER, Weight.WATCH),
        (0.28, 4, Untold(9, 10), Weight.WATCH),
        (0.28, 4, share(0.9, 400), Weight.NOTHING),
        (0.28, 4, share(0.65, 40), Weight.WATCH),
        (0.28, 4, share(0.50, 400), Weight.LOOK),
        (0.52, 2, share(0.90, 400), Weight.NOTHING),
        (0.52, 2, share(0.50, 400), Weight.LOOK),
        (0.10, 0, NONE_LATER, Weight.WATCH),
        (0.60, 4, NONE_LATER, Weight.NOTHING),
    ],
)
def test_few_right_at_first_count_only_if_below_guessing_or_not_kept_later(facility, options, later, weight):
    assert weight_of(card_flags(figures(facility), later, options=options)) is weight


def test_few_right_in_a_quiz_count_whatever_becomes_of_the_card():
    assert weights(item_flags(figures(0.28), options=4)) == [(Why.LOW_FACILITY, Weight.LOOK)]


def test_a_negative_discrimination_that_may_be_chance_is_watched_and_a_sure_one_looked_at():
    assert weights(card_flags(figures(0.6, -0.1), NONE_LATER, options=4)) == [(Why.NEGATIVE, Weight.WATCH)]
    assert weights(card_flags(figures(0.6, -0.4), NONE_LATER, options=4)) == [(Why.SURELY_NEGATIVE, Weight.LOOK)]


def test_many_questions_that_are_only_guessed_at_raise_no_alarm():
    dice = np.random.default_rng(3)
    marks = (dice.random((300, 140)) < 0.25).astype(float)
    found = item_statistics(of_form(marks), items=140, least_others=1)
    for questions, alarms in ((1, range(2, 15)), (140, range(1))):
        among = Among(questions)
        looked_at = [weight_of(card_flags(one, NONE_LATER, options=4, among=among)) for one in found]
        assert looked_at.count(Weight.LOOK) in alarms


def test_what_is_sure_alone_and_not_among_many_is_watched():
    among = Among(140)
    assert weight_of(card_flags(figures(0.6, -0.3), NONE_LATER, options=4)) is Weight.LOOK
    assert weight_of(card_flags(figures(0.6, -0.3), NONE_LATER, options=4, among=among)) is Weight.WATCH
    assert weight_of(card_flags(figures(0.6, -0.5), NONE_LATER, options=4, among=among)) is Weight.LOOK


def test_stronger_choosers_are_weighed_among_all_choices_of_all_questions():
    counts = [OptionCounts(100, 40, 40, 20.0, 11.6, 100, 60.0), OptionCounts(100, 60, 60, 37.0, 24.4, 100, 60.0)]
    table = distractor_table(counts, 0)
    for questions, weight in ((1, Weight.LOOK), (140, Weight.WATCH)):
        among = Among(questions, counts)
        found = card_flags(figures(0.4), NONE_LATER, options=2, table=table, among=among)
        assert (Why.STRONGER_CHOOSERS, weight) in weights(found)


def test_the_heaviest_comes_first_and_a_dead_choice_after_it():
    counts = [OptionCounts(100, 40, 40, 24.0, 15.0, 100, 60.0), OptionCounts(100, 60, 60, 36.0, 22.0, 100, 60.0)]
    table = distractor_table([*counts, OptionCounts(100, 0, 0, 0.0, 0.0, 100, 60.0)], 0)
    found = card_flags(figures(0.4, -0.4), NONE_LATER, options=4, table=table)
    assert weights(found) == [(Why.SURELY_NEGATIVE, Weight.LOOK), (Why.NEVER_CHOSEN, Weight.IMPROVE)]


def test_a_card_without_a_flag_asks_for_nothing():
    assert weight_of(card_flags(figures(0.6, 0.3), share(0.9, 100), options=4)) is Weight.NOTHING
