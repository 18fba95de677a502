import pytest

from quizzes.core.robots import by_face, luck, robots, scores
from quizzes.core.specs import CardSpec, Direction, Item, Option


def item(key, *others, stem="Which one is it?"):
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    options = [Option(f"s/{text}", "s", "term", text, 1, text == key, "why") for text in (key, *others)]
    return Item(card, stem, tuple(options), "", "", "")


def wins(name, *items):
    robot = robots(items)[name]
    return [luck(robot(one), one.options.index(one.key)) for one in items]


def test_the_robots_look_at_what_is_on_the_page():
    longest, shortest = item("aaaa", "bbb", "ccc"), item("a", "bbb", "ccc")
    assert wins("longest", longest, shortest) == [1, 0]
    assert wins("shortest", longest, shortest) == [0, 1 / 1]
    assert wins("place 1", longest) == [1]
    assert wins("place 3", longest) == [0]


def test_the_overlap_robot_counts_words_shared_with_the_stem():
    assert wins("most stem overlap", item("red lead", "iron", "tin", stem="Which red lead is it?")) == [1]
    assert wins("most stem overlap", item("iron", "tin", "zinc")) == [pytest.approx(1 / 3)]


def test_the_look_alike_robot_picks_the_option_most_like_the_others():
    assert wins("most like the others", item("abcd", "abcx", "bcde")) == [1]
    assert wins("most like the others", item("zzzz", "abcd", "abce")) == [0]


def test_the_counting_robot_picks_whom_it_saw_least_as_a_distractor():
    items = [item("a", "b", "c"), item("b", "c", "d"), item("d", "b", "c")]
    assert wins("least seen as distractor", *items) == [1, 0, 1]


def test_ties_are_settled_by_luck():
    assert luck([3, 3, 1], 0) == 0.5
    assert luck([3, 3, 1], 2) == 0


def test_a_robot_is_too_clever_beyond_three_standard_errors():
    fair = [item("aa", "bb", "cc") for _ in range(50)]
    assert not next(one for one in scores(fair) if one.robot == "longest").too_clever
    unfair = [item("aaa", "bb", "cc") for _ in range(50)]
    longest = next(one for one in scores(unfair) if one.robot == "longest")
    assert longest.too_clever
    assert longest.share == 1
    assert longest.bound == pytest.approx(1 / 3 + 3.3 * (1 / 3 * 2 / 3 / 50) ** 0.5)
    assert scores([]) == ()


def test_each_face_counts_its_appearances():
    found = by_face([item("a", "b", "c"), item("b", "a", "c")])
    assert found["s/a", "term"] == (2, 1, pytest.approx(2 / 3))
    assert found["s/c", "term"] == (2, 0, pytest.approx(2 / 3))
