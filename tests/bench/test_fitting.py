"""The benchmark of fits: its log, its figures, its words."""

import numpy as np

from bench.fitting import make_log, text, time_fit


def test_its_log_is_in_order_of_time_with_choices_among_the_answers():
    log = make_log(2_000)
    assert len(log) == 2_000
    assert (log.options == 4).mean() > 0.3
    assert np.bincount(log.card).tolist() == [10] * 200


def test_its_figures_say_how_long_it_took_and_how_much_memory():
    found = time_fit(2_000)
    assert (found["reviews"], found["verdict"]) == (2_000, "fitted")
    assert found["peak_megabytes"] > 10
    assert "2,000 reviews fitted" in text({"fits": [found]})
