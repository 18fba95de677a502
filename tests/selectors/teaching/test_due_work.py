import numpy as np
import pytest

from quizzes.models import DueWork
from quizzes.selectors.teaching.class_table import class_table
from quizzes.selectors.teaching.due_work import LOOKED_BACK, Worked, done_words, read_due_work
from quizzes.selectors.teaching.figures import WEEK
from quizzes.selectors.teaching.reading import enrolled, read_figures
from quizzes.selectors.teaching.table import STUDY_DAYS, Wanted
from tests.classes import class_of, join
from tests.factories import NOW, DeckFactory, elements
from tests.selectors.teaching.test_table import made
from tests.study import DAY

TODAY = NOW.date()
DONE, LEFT, FREE = [0, 1, 1], [8, 1, 0], [0, 0, 0]


@pytest.fixture
def klass(db):
    return class_of(elements())


def keep(user, deck, days, *, ago=0):
    """Days before the one so many days ago, that day's eve last."""
    DueWork.objects.create(user=user, deck=deck, day=TODAY - ago * DAY, days=days)


def worked(klass):
    found = read_due_work(read_figures(enrolled([klass]), [deck.pk for deck in klass.decks.all()], now=NOW))
    return found.due.tolist(), found.done.tolist(), [found.overdue_before(at) for at in range(len(found.due))]


def test_days_with_something_due_are_counted_and_those_on_which_it_was_done(klass):
    ada, bob = join(klass), join(klass)
    join(klass)
    deck = klass.decks.get()
    week_ago = [[5, 1, 0], *[DONE] * (WEEK - 1)]
    keep(ada, deck, [*[FREE] * 7, *week_ago])
    keep(bob, deck, [*[LEFT] * 7, *[FREE] * 7])
    assert worked(klass) == ([7, 7, 0], [6, 0, 0], [5, 0, None])


def test_a_day_is_done_if_it_was_in_each_deck_that_had_something_due(klass):
    ada, other = join(klass), DeckFactory()
    klass.decks.add(other)
    first = klass.decks.exclude(pk=other.pk).get()
    keep(ada, first, [*[FREE] * 6, LEFT, *[FREE] * 4, DONE, DONE, DONE])
    keep(ada, other, [*[FREE] * 6, FREE, [3, 1, 0], *[FREE] * 3, LEFT, FREE, DONE])
    assert worked(klass) == ([5], [2], [3])


def test_days_counted_yesterday_are_those_before_it_and_older_ones_are_forgotten(klass):
    ada, bob, cy = (join(klass) for _name in range(3))
    deck = klass.decks.get()
    keep(ada, deck, [DONE, *[FREE] * 6, [4, 1, 0], *[DONE] * 6], ago=1)
    keep(bob, deck, [LEFT] * LOOKED_BACK, ago=LOOKED_BACK)
    keep(cy, deck, [*[DONE] * 13, LEFT], ago=-1)
    assert worked(klass) == ([7, 0, 13], [6, 0, 13], [0, None, 0])


def test_others_and_other_decks_are_not_read(klass):
    ada, stranger = join(klass), join(class_of(klass.decks.get()))
    keep(stranger, klass.decks.get(), [LEFT] * LOOKED_BACK)
    keep(ada, DeckFactory(), [LEFT] * LOOKED_BACK)
    assert worked(klass) == ([0], [0], [None])


def test_a_class_of_nobody_asks_nothing(klass, django_assert_num_queries):
    figures = read_figures(enrolled([klass]), [], now=NOW)
    with django_assert_num_queries(0):
        assert read_due_work(figures).due.tolist() == []


def test_the_table_of_days_shows_them_and_sorts_by_their_share():
    figures = made(["Ann", "Bob", "Cy"])
    found = Worked(*(np.array(part, np.int64) for part in ([4, 10, 0], [3, 1, 0], [-1] * 3)))
    table = class_table(7, figures, Wanted(view=STUDY_DAYS, sort="-done"), worked=found)
    place = [head.label for head in table.headers].index("Due work done") - 1
    assert [(row.name, row.cells[place].text) for row in table.lines] == [
        ("All 3", "4 of 14"), ("Ann", "3 of 4"), ("Bob", "1 of 10"), ("Cy", "–")
    ]  # fmt: skip
    assert [done_words(found, [at]) for at in (0, 2)] == ["3 of 4", ""]
