"""Chi-square tests, compared with SciPy's."""

import random

import pytest
from scipy.stats import chi2_contingency, chisquare

from quizzes.core.chi_square import evenness_p, independence_p

DICE = random.Random("chi-square")


@pytest.mark.parametrize("size", [2, 3, 4])
def test_evenness_is_judged_as_scipy_does(size):
    for _ in range(20):
        counts = [DICE.randrange(1, 200) for _place in range(size)]
        assert evenness_p(counts) == pytest.approx(chisquare(counts).pvalue, rel=1e-9, abs=1e-300)
    assert evenness_p([50] * size) == 1.0


@pytest.mark.parametrize("size", [2, 3, 4])
def test_independence_is_judged_as_scipy_does(size):
    for _ in range(20):
        table = [[DICE.randrange(1, 90) for _column in range(size)] for _row in range(size)]
        assert independence_p(table) == pytest.approx(chi2_contingency(table).pvalue, rel=1e-9, abs=1e-300)
    assert independence_p([[25] * size] * size) == 1.0
