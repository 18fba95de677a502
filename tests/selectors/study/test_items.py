"""Questions as they were shown, found by their hashes."""

import pytest

from quizzes.models import ItemSnapshot
from quizzes.selectors.study import items
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def keep(*hashes):
    for one in hashes:
        ItemSnapshot.objects.create(hash=one, content={"stem": one}, created_at=NOW)


def test_many_are_found_by_one_query_and_then_by_none(django_assert_num_queries):
    keep("a", "b", "c")
    with django_assert_num_queries(1):
        assert items.get_items(["a", "b"]) == {"a": {"stem": "a"}, "b": {"stem": "b"}}
    with django_assert_num_queries(0):
        assert items.get_items(["b", "a"]).keys() == {"a", "b"}
        assert items.get_item("a") == {"stem": "a"}
    with django_assert_num_queries(1):
        assert items.get_items(["a", "c"])["c"] == {"stem": "c"}


def test_one_that_was_never_kept_is_told_of():
    keep("a")
    with pytest.raises(ItemSnapshot.DoesNotExist, match="lost"):
        items.get_items(["a", "lost"])
    with pytest.raises(ItemSnapshot.DoesNotExist, match="lost"):
        items.get_item("lost")


def test_the_one_longest_at_hand_gives_way(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(items, "MOST_AT_HAND", 2)
    keep("a", "b", "c")
    for one in "abc":
        items.get_item(one)
    with django_assert_num_queries(0):
        items.get_items(["b", "c"])
    with django_assert_num_queries(1):
        items.get_item("a")
