from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import NOW, DeckFactory, elements
from tests.study import DAY, IRON, begin, rate


def said(*arguments):
    out = StringIO()
    call_command("learn_cards", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def decks(ada):
    begin(ada, elements())
    for day, rating in enumerate((3, 1, 1)):
        rate(ada, IRON, rating, now=NOW + day * 5 * DAY)
    DeckFactory(slug="other")


def test_each_deck_is_learned_with_a_line(decks):
    assert said() == [
        "elements: 1 cards answered on a later day, 1 changed; version 1",
        "other: 0 cards answered on a later day, 0 changed; no version yet",
    ]


def test_one_deck_can_be_named(decks):
    assert len(said("elements")) == 1
    with pytest.raises(CommandError, match="no deck “gone”"):
        said("gone")
