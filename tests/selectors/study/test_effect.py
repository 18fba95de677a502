from datetime import timedelta

import pytest

from quizzes.models import Card, CardProgress
from quizzes.selectors.study.effect import effect_of
from quizzes.services.study.joining import pause_deck
from quizzes.services.study.settings import change_memory
from tests.factories import NOW, elements
from tests.study import begin, learn


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    begin(ada, deck, limits={"new_per_day": 100})
    for card in Card.objects.filter(direction="purpose_to_term"):
        learn(ada, card.key)
    CardProgress.objects.update(stability=2.0, due_on=NOW.date() + timedelta(days=2))
    return ada


def answers_at(effect, percent):
    return next(float(row[1]) for row in effect.plot.rows if row[0] == f"{percent} %")


def test_the_finding_compares_the_choice_with_what_is_set(student):
    effect = effect_of(student, 0.97, now=NOW)
    assert effect.finding.startswith("At 97 %: about ")
    assert effect.finding.endswith(" at 90 %")
    assert effect.plot.title == effect.finding
    assert "instead of" in effect.finding
    assert effect.basis.startswith("Reckoned over three months for the 8 cards")


def test_what_is_set_already_is_said_to_be_so(student):
    assert "as it is set now" in effect_of(student, 0.9, now=NOW).finding
    change_memory(
        user=student,
        desired_retention=0.8,
        learning_steps=(1, 10),
        relearning_steps=(10,),
        maximum_interval_days=36_500,
        now=NOW,
    )
    assert "At 80 %, as it is set now" in effect_of(student, 0.8, now=NOW).finding


def test_the_plot_shows_the_whole_range_with_the_choice_in_it(student):
    effect = effect_of(student, 0.8, now=NOW)
    assert [row[0] for row in effect.plot.rows] == [f"{percent} %" for percent in range(70, 100)]
    assert effect.plot.columns[1:] == ("Answers a day", "As set now", "Your choice")
    assert answers_at(effect, 99) > answers_at(effect, 90) > answers_at(effect, 75) > 0


def test_shorter_waits_at_most_are_more_work(student):
    before = answers_at(effect_of(student, 0.8, now=NOW), 80)
    change_memory(
        user=student,
        desired_retention=0.9,
        learning_steps=(1, 10),
        relearning_steps=(10,),
        maximum_interval_days=2,
        now=NOW,
    )
    assert answers_at(effect_of(student, 0.8, now=NOW), 80) > 2 * before


def test_who_has_learned_nothing_sees_it_for_cards_just_learned(max):
    effect = effect_of(max, 0.85, now=NOW)
    assert "not learned any cards yet" in effect.basis
    assert effect.finding.startswith("At 85 %: about ")
    assert "of 100 cards" in effect.known


def test_cards_put_aside_do_not_count(student, deck):
    CardProgress.objects.filter(card__key="uses/1/purpose_to_term").update(suspended=True)
    assert "for the 7 cards" in effect_of(student, 0.9, now=NOW).basis
    pause_deck(user=student, deck=deck, now=NOW)
    assert "not learned any cards" in effect_of(student, 0.9, now=NOW).basis


def test_the_effect_is_the_same_each_time(student):
    assert effect_of(student, 0.8, now=NOW) == effect_of(student, 0.8, now=NOW)


def test_cards_due_beyond_the_months_ahead_are_no_work(student):
    CardProgress.objects.update(stability=500.0, due_on=NOW.date() + timedelta(days=200))
    effect = effect_of(student, 0.8, now=NOW)
    assert effect.finding == "At 80 %: about 0 answers a day, the same as at 90 %"


@pytest.mark.parametrize("chosen", [0.5, 1.0])
def test_a_retention_out_of_range_is_refused(student, chosen):
    with pytest.raises(ValueError, match="desired retention"):
        effect_of(student, chosen, now=NOW)
