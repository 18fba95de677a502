"""The kept form of a question: the same question has the same hash whatever the order of its options."""

from dataclasses import replace

from quizzes.core.snapshots import snapshot
from quizzes.core.specs import CardSpec, Direction, Option

CARD = CardSpec("elements/1", Direction.PURPOSE_TO_TERM)
KEY = Option("elements/1", "elements", "term", "helium", 1, True, "Helium: lifts balloons.")
OTHER = Option("elements/2", "elements", "term", "neon", 3, False, "Neon: glows in signs.")
THIRD = Option("elements/3", "elements", "term", "argon", 1, False, "Argon: shields welds.")


def test_the_order_shown_does_not_change_the_hash():
    one = snapshot("chemistry", CARD, "Which element lifts balloons?", [KEY, OTHER, THIRD])
    two = snapshot("chemistry", CARD, "Which element lifts balloons?", [THIRD, KEY, OTHER])
    assert one.hash == two.hash
    assert one.content == two.content


def test_the_order_finds_each_option_where_it_stood():
    shown = [THIRD, KEY, OTHER]
    kept = snapshot("chemistry", CARD, "Which element lifts balloons?", shown)
    assert [kept.content["options"][number]["text"] for number in kept.order] == ["argon", "helium", "neon"]


def test_a_new_version_of_an_option_makes_another_question():
    one = snapshot("chemistry", CARD, "Which element lifts balloons?", [KEY, OTHER])
    two = snapshot("chemistry", CARD, "Which element lifts balloons?", [KEY, replace(OTHER, version=4)])
    assert one.hash != two.hash


def test_two_decks_with_the_same_words_keep_apart():
    one = snapshot("chemistry", CARD, "Which element lifts balloons?", [KEY, OTHER])
    two = snapshot("physics", CARD, "Which element lifts balloons?", [KEY, OTHER])
    assert one.hash != two.hash


def test_the_hash_is_the_same_on_every_machine():
    kept = snapshot("chemistry", CARD, "Which element lifts balloons?", [KEY, OTHER])
    assert kept.hash == "466f00927e858348e4439349a60469244903bf9ab3bff423b22b78845d45292e"
