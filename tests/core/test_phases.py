import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, chance_known, mixture, next_memory, retrievability
from quizzes.core.phases import CardState, Config, Move, Phase, advance, is_leech, move
from quizzes.core.specs import Evidence, Rating

CONFIG = Config()
NO_STEPS = Config(learning_steps=(), relearning_steps=())
NEW, REVIEW = CardState(), CardState(Phase.REVIEW, 0, Memory(30, 5))
AGAIN, HARD, GOOD, EASY = Rating


def answered(state, evidence, rating=None, *, elapsed_days=30, k=4, config=CONFIG):
    return advance(state, evidence, rating, elapsed_days=elapsed_days, k=k, known_before=0.3, config=config)


def in_phase(phase, step):
    return CardState(phase, step, Memory(3, 5))


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        (AGAIN, Move(Phase.LEARNING, 0, 1, lapse=False)),
        (HARD, Move(Phase.LEARNING, 0, 5.5, lapse=False)),
        (GOOD, Move(Phase.LEARNING, 1, 10, lapse=False)),
        (EASY, Move(Phase.REVIEW, 0, None, lapse=False)),
    ],
)
def test_a_new_card_enters_the_learning_steps(rating, expected):
    assert move(NEW, rating, CONFIG) == expected
    assert move(in_phase(Phase.LEARNING, 0), rating, CONFIG) == expected


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        (AGAIN, Move(Phase.LEARNING, 0, 1, lapse=False)),
        (HARD, Move(Phase.LEARNING, 1, 10, lapse=False)),
        (GOOD, Move(Phase.REVIEW, 0, None, lapse=False)),
        (EASY, Move(Phase.REVIEW, 0, None, lapse=False)),
    ],
)
def test_a_card_on_its_last_step_repeats_it_or_graduates(rating, expected):
    assert move(in_phase(Phase.LEARNING, 1), rating, CONFIG) == expected


def test_hard_on_a_single_step_takes_one_and_a_half_times_it():
    assert move(in_phase(Phase.RELEARNING, 0), HARD, CONFIG).minutes == 15
    assert move(NEW, HARD, Config(learning_steps=(4,))).minutes == 6


def test_again_sends_a_review_card_to_relearning_as_a_lapse():
    assert move(REVIEW, AGAIN, CONFIG) == Move(Phase.RELEARNING, 0, 10, lapse=True)


def test_again_in_relearning_is_no_second_lapse():
    assert move(in_phase(Phase.RELEARNING, 0), AGAIN, CONFIG) == Move(Phase.RELEARNING, 0, 10, lapse=False)


@pytest.mark.parametrize("rating", [HARD, GOOD, EASY])
def test_a_passed_review_stays_in_review(rating):
    assert move(REVIEW, rating, CONFIG) == Move(Phase.REVIEW, 0, None, lapse=False)


@pytest.mark.parametrize("rating", list(Rating))
def test_without_steps_every_answer_leads_to_review(rating):
    assert move(NEW, rating, NO_STEPS) == Move(Phase.REVIEW, 0, None, lapse=False)
    assert move(REVIEW, rating, NO_STEPS) == Move(Phase.REVIEW, 0, None, lapse=rating is AGAIN)


def test_a_step_beyond_shortened_steps_counts_as_the_last():
    assert move(in_phase(Phase.LEARNING, 4), HARD, CONFIG).minutes == 10
    assert move(in_phase(Phase.LEARNING, 4), GOOD, CONFIG).phase is Phase.REVIEW


def test_a_lucky_guess_is_weighed_by_the_recall_that_was_predicted():
    after = answered(REVIEW, Evidence.CHOICE, elapsed_days=90)
    recall = retrievability(REVIEW.memory, 90, DEFAULT_PARAMETERS)
    good, again = (next_memory(REVIEW.memory, rating, 90, DEFAULT_PARAMETERS) for rating in (GOOD, AGAIN))
    known = recall / (recall + (1 - recall) / 4)
    assert after.recall == recall
    assert after.chance == pytest.approx(known)
    assert after.memory == mixture(good, again, after.chance, DEFAULT_PARAMETERS)
    assert again.stability < after.memory.stability < known * good.stability + (1 - known) * again.stability
    assert after.move == move(REVIEW, GOOD, CONFIG)


def test_a_first_right_choice_is_weighed_by_what_is_known_before():
    after = answered(NEW, Evidence.CHOICE, elapsed_days=0)
    assert after.recall is None
    assert after.chance == pytest.approx(12 / 19)
    assert after.memory.stability == pytest.approx(0.7201, abs=5e-5)
    assert after.state == CardState(Phase.LEARNING, 1, after.memory)


def test_a_right_choice_on_the_same_day_is_plain_good():
    again_today = answered(REVIEW, Evidence.CHOICE, elapsed_days=0)
    assert again_today.memory == answered(REVIEW, Evidence.GRADED, GOOD, elapsed_days=0).memory


def test_a_professed_guess_weakens_the_memory_without_a_lapse():
    after = answered(REVIEW, Evidence.GUESSED)
    assert after.chance == 0
    assert after.memory == answered(REVIEW, Evidence.GRADED, AGAIN).memory
    assert after.move == Move(Phase.REVIEW, 0, None, lapse=False)


@given(st.floats(0.05, 2_000), st.floats(1, 10), st.integers(1, 400), st.integers(2, 6))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_right_choice_lies_between_again_and_good_and_is_never_easy(stability, difficulty, days, k):
    state = CardState(Phase.REVIEW, 0, Memory(stability, difficulty))
    again, good = (answered(state, Evidence.GRADED, rating, elapsed_days=days).memory for rating in (AGAIN, GOOD))
    chosen = answered(state, Evidence.CHOICE, elapsed_days=days, k=k)
    assert again.stability <= chosen.memory.stability <= good.stability
    assert good.difficulty <= chosen.memory.difficulty <= again.difficulty
    assert chosen.chance == chance_known(chosen.recall, k)


def test_hard_is_never_easier_than_good():
    hard, good = (answered(REVIEW, Evidence.GRADED, rating).memory for rating in (HARD, GOOD))
    assert hard.stability < good.stability
    assert hard.difficulty > good.difficulty


@pytest.mark.parametrize(
    ("evidence", "rating", "k"),
    [
        (Evidence.NONE, GOOD, 4),
        (Evidence.GRADED, None, 4),
        (Evidence.CHOICE, AGAIN, 4),
        (Evidence.GUESSED, EASY, 4),
        (Evidence.CHOICE, GOOD, None),
    ],
)
def test_contradictory_evidence_is_refused(evidence, rating, k):
    with pytest.raises(ValueError, match=r"no such evidence|number of options"):
        answered(REVIEW, evidence, rating, k=k)


@pytest.mark.parametrize(
    "settings_",
    [
        {"learning_steps": (10, 1)},
        {"relearning_steps": (0, 10)},
        {"desired_retention": 0.6},
        {"maximum_interval_days": 0},
    ],
)
def test_settings_that_cannot_work_are_refused(settings_):
    with pytest.raises(ValueError, match="must"):
        Config(**settings_)


def test_a_leech_is_reported_at_eight_lapses_and_then_at_every_fourth():
    assert [lapses for lapses in range(22) if is_leech(lapses)] == [8, 12, 16, 20]
