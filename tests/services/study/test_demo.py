from quizzes.core.specs import Format
from quizzes.models import DailyStudy, ReviewLog
from quizzes.services.study.demo import study_for_days
from tests.factories import NOW, elements
from tests.study import DAY, begin, holds


def study(user, *, days=6, seed="demo"):
    told = []
    given = study_for_days(user=user, days=days, answers_a_day=12, until=NOW, seed=seed, tell=told.append)
    return given, told


def test_a_past_is_made_of_real_answers_on_the_days_before(ada):
    begin(ada, elements(), now=NOW - 10 * DAY)
    given, told = study(ada)
    rows = ReviewLog.objects.filter(user=ada)
    assert rows.count() == given > 20
    assert set(rows.values_list("source", flat=True)) == {"demo"}
    assert set(rows.values_list("format", flat=True)) == set(Format)
    assert all(NOW - 7 * DAY < row.answered_at < NOW for row in rows)
    assert told[-1] == f"{given} answers so far, 0 days to go"
    assert 0.3 < rows.filter(correct=True).count() / given < 0.95
    assert 2 <= DailyStudy.objects.filter(user=ada).count() <= 6
    assert holds()


def test_some_days_are_left_out(ada):
    begin(ada, elements(), now=NOW - 40 * DAY)
    study(ada, days=30)
    assert DailyStudy.objects.filter(user=ada).count() < 30


def test_somebody_without_a_deck_gives_no_answers(ada):
    deck = elements()
    begin(ada, deck)
    deck.studies.update(paused_at=NOW)
    assert study(ada)[0] == 0
