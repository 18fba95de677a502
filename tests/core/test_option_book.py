import numpy as np

from quizzes.core.distractor_table import option_sums
from quizzes.core.option_book import form_sums


def test_the_sums_of_a_form_are_those_of_its_showings_one_by_one():
    rng = np.random.default_rng(5)
    sizes = np.array([4, 2, 5])
    item = rng.integers(0, 3, 200)
    chosen = np.array([rng.integers(-1, sizes[one]) for one in item])
    rest = np.where(rng.random(200) < 0.1, np.nan, rng.random(200))
    begins = [0, 4, 6]
    rows = [
        (begins[one] + at, at == taken, score)
        for one, taken, score in zip(item, chosen, rest, strict=True)
        for at in range(sizes[one])
    ]
    option, was, score = (np.array([row[at] for row in rows]) for at in range(3))
    plain, found = option_sums(option, was, score, options=11), form_sums(item, chosen, rest, sizes)
    for place in range(11):
        assert found.at(place) == plain.at(place)


def test_nothing_answered_sums_to_nothing():
    none = np.zeros(0, np.int64)
    assert form_sums(none, none, np.zeros(0), np.array([4])).shown.tolist() == [0, 0, 0, 0]
