"""What a person's weights do to a prediction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.calibration import NEUTRAL, Weights, calibrated, calibrated_many, features
from quizzes.core.memory import DEFAULT_PARAMETERS, forgetting_curve

DECAY = DEFAULT_PARAMETERS[20]
weight = st.floats(-2, 2)
any_weights = st.builds(Weights, weight, st.floats(0, 2), weight, weight, weight)


@given(st.floats(0, 1))
def test_without_answers_the_prediction_stays(recall):
    assert calibrated(recall, elapsed_days=3.0, reps=2.0, lapses=0.0, weights=NEUTRAL, decay=DECAY) == recall


@given(any_weights, st.floats(0.1, 1000), st.floats(0.1, 0.8))
def test_recall_never_rises_while_nothing_is_reviewed(weights, stability, decay):
    days = np.concatenate([np.linspace(0, 3, 40), np.geomspace(3, 3000, 60)])
    recall = forgetting_curve(days, np.full_like(days, stability), (*DEFAULT_PARAMETERS[:20], decay))
    few = np.full_like(days, 4.0)
    shown = calibrated(recall, elapsed_days=days, reps=few, lapses=few, weights=weights, decay=decay)
    assert (np.diff(shown) <= 1e-12).all()
    assert ((shown >= 0) & (shown <= 1)).all()


def test_more_weight_on_the_constant_is_more_recall():
    shown = [
        calibrated(0.8, elapsed_days=4.5, reps=6.0, lapses=1.0, weights=NEUTRAL._replace(constant=by), decay=DECAY)
        for by in (-0.5, 0.01, 0.5)
    ]
    assert shown == sorted(shown)
    assert shown[1] == pytest.approx(0.8, abs=0.01)


@given(st.lists(st.tuples(any_weights, st.floats(0, 1), st.integers(0, 400), st.integers(0, 9)), min_size=1))
def test_many_people_at_once_get_what_each_gets_alone(rows):
    weights, recall, days, lapses = zip(*rows, strict=True)
    found = calibrated_many(
        np.array(recall),
        features(np.array(recall), np.array(days, float), np.full(len(rows), 5.0), np.array(lapses, float)),
        weights=np.array(weights),
        decay=np.full(len(rows), DECAY),
    )
    alone = [
        calibrated(one, elapsed_days=float(day), reps=5.0, lapses=float(lapsed), weights=weight, decay=DECAY)
        for weight, one, day, lapsed in rows
    ]
    assert found == pytest.approx(alone, abs=1e-12)
