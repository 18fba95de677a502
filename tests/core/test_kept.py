from quizzes.core.kept import Kept


def test_a_value_is_made_once():
    kept, made = Kept[str, int](4), []
    for _time in range(3):
        assert kept.get("a", lambda: made.append("a") or 7) == 7
    assert made == ["a"]


def test_an_empty_value_is_kept_too():
    kept, made = Kept[str, tuple[str, ...]](4), []
    for _time in range(2):
        assert kept.get("a", lambda: made.append("a") or ()) == ()
    assert made == ["a"]


def test_the_older_half_gives_way_to_more():
    kept, made = Kept[int, int](4), []

    def value(number):
        return kept.get(number, lambda: made.append(number) or number)

    for number in range(5):
        value(number)
    made.clear()
    assert [value(number) for number in (4, 3, 2, 0)] == [4, 3, 2, 0]
    assert made == [0]
