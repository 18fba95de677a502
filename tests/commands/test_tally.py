from io import StringIO

from django.core.management import call_command

from quizzes.models import DeckTally
from tests.factories import DeckFactory, elements
from tests.study import IRON, begin, learn


def test_each_deck_is_counted_with_a_line(ada):
    begin(ada, elements())
    learn(ada, IRON)
    DeckFactory(slug="other")
    out = StringIO()
    call_command("tally", stdout=out)
    assert out.getvalue().splitlines() == [
        "elements: 1 first answers, 30% known at first sight",
        "other: 0 first answers, 30% known at first sight",
    ]
    assert DeckTally.objects.count() == 2
