from math import log

import pytest

from quizzes.core.similarity import near_equal, shared_weight, word_weights


def test_a_word_tells_the_more_the_fewer_texts_say_it():
    weights = word_weights([("binds", "iron"), ("binds", "zinc"), ("binds", "zinc", "zinc")])
    assert weights == {"binds": 0, "iron": pytest.approx(log(3)), "zinc": pytest.approx(log(1.5))}


def test_the_shared_weight_is_that_of_the_common_words_among_all():
    weights = {"iron": 3.0, "zinc": 1.0, "binds": 0.0}
    assert shared_weight(("binds", "iron"), ("iron", "zinc"), weights) == pytest.approx(0.75)
    assert shared_weight(("binds",), ("binds",), weights) == 0
    assert shared_weight((), ("iron",), weights) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("relieve strong pain", "releive strong pain", True),
        ("relieve strong pain", "relieve strong pain", True),
        ("relieve strong pain", "releive stronk pain", False),
        ("strong pain", "stronk pain", False),
        ("melts above 1538 degrees", "melts above 1535 degrees", False),
        ("widens narrow airways", "widens narrow airway tubes", False),
        ("hypotension after surgery", "hypertension after surgery", False),
    ],
)
def test_texts_are_nearly_equal_if_honest_misspellings_alone_differ(one, other, same):
    assert near_equal(one.split(), other.split()) is same
    assert near_equal(other.split(), one.split()) is same
