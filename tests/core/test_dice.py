from collections import Counter
from random import Random

from quizzes.core import dice


def test_a_shuffle_gives_each_order_equally_often():
    random = Random("orders")
    orders = Counter("".join(dice.shuffled(random, "abc")) for _ in range(6000))
    assert len(orders) == 6
    assert all(850 < count < 1150 for count in orders.values())


def test_the_same_seed_gives_the_same_choice_on_every_python():
    random = Random("golden")
    assert [dice.below(random, 1000) for _ in range(5)] == [811, 486, 268, 85, 374]
