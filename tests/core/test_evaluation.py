"""Models compared on a real log, where it lies beside the project, and on a made one."""

from datetime import UTC
from pathlib import Path

import numpy as np
import pytest

from quizzes.core.evaluation import MODELS, TooFewReviewsError, evaluate
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.predictions import quality
from quizzes.core.recall_stream import predict
from quizzes.core.review_arrays import Review, arrays_of, folds
from quizzes.core.simple_models import running_mean, sm2
from quizzes.formats.review_logs import read_review_log

LOG = Path(__file__).parents[3] / "shared" / "data" / "review_log_one_student.csv"
needs_the_log = pytest.mark.skipif(not LOG.exists(), reason="the real log is not part of the project")


@needs_the_log
def test_the_defaults_predict_the_real_log_as_srs_benchmark_says():
    reviews = arrays_of(read_review_log(LOG.read_text(), UTC, 8))
    tested = np.concatenate([fold.tested for fold in folds(reviews)])
    found = quality(predict(reviews, DEFAULT_PARAMETERS)[tested], reviews, tested)
    figures = round(found.log_loss, 4), round(found.rmse_bins, 4), round(found.auc, 3)
    assert (found.n, *figures) == (5310, 0.4417, 0.0625, 0.675)


@needs_the_log
def test_the_fitted_model_beats_the_published_one_and_is_beaten_by_those_that_go_on_learning():
    found, _, _ = evaluate(arrays_of(read_review_log(LOG.read_text(), UTC, 8)))
    fitted = found["fsrs6_fitted"]
    assert fitted.log_loss < 0.4388
    assert fitted.rmse_bins < 0.0439
    for better in (found["fsrs6_calibrated"], found["fsrs6_ensemble"]):
        assert better.log_loss < fitted.log_loss
        assert better.rmse_bins < fitted.rmse_bins


def test_every_model_predicts_every_review_tested():
    rows = [Review(card, day, card, 1 if (card + day) % 5 == 0 else 3) for card in range(6) for day in range(0, 60, 6)]
    found, predicted, tested = evaluate(arrays_of(rows))
    assert set(found) == set(predicted) == set(MODELS)
    assert {len(one) for one in predicted.values()} == {len(tested)}
    assert all(((one >= 0) & (one <= 1)).all() for one in predicted.values())


def test_a_log_too_short_is_refused():
    with pytest.raises(TooFewReviewsError):
        evaluate(arrays_of([Review(0, day, 0, 3) for day in range(3)]))


def test_the_running_mean_is_of_what_came_before():
    reviews = arrays_of([Review(0, day, 0, rating) for day, rating in enumerate((1, 3, 1, 3, 3))])
    assert running_mean(reviews).tolist() == pytest.approx([0.9, 0.9, 1, 0.5, 2 / 3])


def test_sm2_waits_one_day_then_six_then_longer():
    reviews = arrays_of([Review(0, day, 0, 3) for day in (0, 1, 7, 22)])
    assert sm2(reviews).tolist() == pytest.approx([1, 0.9, 0.9, 0.9 ** (15 / (6 * 2.5))])
