import json

import pytest

from quizzes.core.estimates import Estimate, Untold
from quizzes.core.kept_figures import differs, figure_of, plain


@pytest.mark.parametrize("figure", [Estimate(1 / 3, 12, 0.1, 0.6), Untold(12, 50), Untold(50, 50)])
def test_a_figure_comes_back_from_json_as_it_was(figure):
    assert figure_of(json.loads(json.dumps(plain(figure)))) == figure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1.0, 2], [1.0 + 1e-12, 2]),
        ({"a": [1, [2, 3]]}, {"a": [1, [2, 3]]}),
        ("iron", "iron"),
        (None, None),
        (1e12, 1e12 + 1),
    ],
)
def test_what_differs_by_rounding_alone_is_the_same(one, other):
    assert not differs(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1.0, 2], [1.001, 2]),
        ([1], [1, 2]),
        ({"a": 1}, {"b": 1}),
        ({"a": [1, [2, 3]]}, {"a": [1, [2, 4]]}),
        ("iron", "copper"),
        (None, 0),
        ([], {}),
    ],
)
def test_what_differs_otherwise_is_not(one, other):
    assert differs(one, other)
