"""Derivatives compared with differences of values."""

import numpy as np
import pytest

from quizzes.core.gradients import Node, clip, exp, gradient, lift, log, maximum, minimum, where

X, Y = np.array([0.4, 1.3, 2.2]), np.array([1.1, 0.7, 3.0])
PLACES = np.array([2, 0, 2, 2])
FORMULAS = {
    "sums and products": lambda x, y, a: (x * y + a * x - y / x + 2 - a).sum(),
    "powers": lambda x, y, a: (x**a + a**x + 0.9 ** (-1 / a) * y + y**-a).sum(),
    "exp and log": lambda x, y, a: (exp(a * x) - log(x * y)).sum(),
    "bounds": lambda x, y, a: (clip(x, 0.5, 2) * a + maximum(y - a, 0.2) + minimum(x, y * a)).sum(),
    "choices": lambda x, y, a: where(X > 1, x * a, y).sum(),
    "heads": lambda x, y, a: (x.head(2) * y.head(2) * a).sum(),
    "places": lambda x, y, a: (x.take(PLACES) * y.take(PLACES) * a + x.take(PLACES[::-1])).sum(),
    "numbers apart": lambda x, y, a: a * a / (1 - a),
    "used twice": lambda x, y, a: ((x * a) * (x * a) + x).sum(),
    "from the right": lambda x, y, a: (1 / x + (3 - y) + np.array([1.0, 2, 3]) * x * a).sum(),
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_gradient_is_what_small_differences_say(formula):
    def value(x, y, a):
        return float(formula(Node(x), Node(y), Node(a)).value)

    nodes = Node(X), Node(Y), Node(1.7)
    found, step = gradient(formula(*nodes), nodes), 1e-6
    for which in range(3):
        for at in np.ndindex(np.shape((X, Y, 1.7)[which])):
            up, down = [X.copy(), Y.copy(), np.array(1.7)], [X.copy(), Y.copy(), np.array(1.7)]
            up[which][at] += step
            down[which][at] -= step
            assert found[which][at] == pytest.approx((value(*up) - value(*down)) / (2 * step), abs=1e-6)


def test_what_plays_no_part_has_no_slope():
    x, unused = Node(X), Node(Y)
    assert gradient((x * lift(2.0)).sum(), [unused])[0].tolist() == [0, 0, 0]


def test_what_is_made_of_fixed_values_alone_is_fixed():
    x = Node(X)
    assert (lift(2.0) * Y).fixed
    assert not (lift(2.0) * x).fixed
