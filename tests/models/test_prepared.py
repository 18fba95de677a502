"""Statements compiled once give what Django's own would, for whatever parameters come."""

from datetime import date

import pytest
from django.db import connection

from quizzes.models import DailyStudy, StudySession
from quizzes.models.prepared import Prepared, insert, update

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def days():
    return Prepared(
        lambda user_id, on_day: (
            DailyStudy.objects.filter(user_id=user_id, day__lte=on_day)
            .order_by("day")
            .values_list("day", "answers", "decks")
        ),
        "user_id",
        "on_day",
    )


def study(user, day, answers):
    DailyStudy.objects.create(user=user, day=day, answers=answers, decks={"1": [answers, 0, 0]})


def test_each_use_has_its_own_parameters(ada, ben, days):
    study(ada, MONDAY, 3)
    study(ada, TUESDAY, 4)
    study(ben, MONDAY, 5)
    assert [row[1] for row in days(user_id=ada.pk, on_day=MONDAY)] == [3]
    assert [row[1] for row in days(user_id=ada.pk, on_day=TUESDAY)] == [3, 4]
    assert [row[1] for row in days(user_id=ben.pk, on_day=TUESDAY)] == [5]
    assert days(user_id=0, on_day=TUESDAY) == []


def test_values_come_back_as_the_fields_types(ada, days):
    study(ada, MONDAY, 3)
    assert [tuple(row) for row in days(user_id=ada.pk, on_day=MONDAY)] == [(MONDAY, 3, {"1": [3, 0, 0]})]


def test_it_is_compiled_once(ada, days, monkeypatch):
    days(user_id=ada.pk, on_day=MONDAY)
    monkeypatch.setattr(days, "_make", lambda **_: pytest.fail("compiled again"))
    assert days(user_id=ada.pk, on_day=TUESDAY) == []


def test_a_row_is_inserted_with_all_its_values(ada):
    insert(DailyStudy(user_id=ada.pk, day=MONDAY, answers=2, correct=1, duration_ms=900, decks={"7": [1, 1, 0]}))
    kept = DailyStudy.objects.values("answers", "correct", "duration_ms", "decks").get(user=ada, day=MONDAY)
    assert kept == {"answers": 2, "correct": 1, "duration_ms": 900, "decks": {"7": [1, 1, 0]}}


def test_an_update_changes_the_named_columns_of_one_row(ada, ben):
    study(ada, MONDAY, 3)
    study(ben, MONDAY, 3)
    update(DailyStudy, {"user_id": ada.pk, "day": MONDAY}, {"answers": 9})
    kept = DailyStudy.objects.get(user=ada, day=MONDAY)
    assert (kept.answers, kept.decks) == (9, {"1": [3, 0, 0]})
    assert DailyStudy.objects.get(user=ben, day=MONDAY).answers == 3


def test_nothing_becomes_null_not_the_word(ada):
    StudySession.objects.update_or_create(user=ada, defaults={"prompt": {"a": 1}})
    update(StudySession, {"user_id": ada.pk}, {"prompt": None})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM quizzes_studysession WHERE user_id = %s AND prompt IS NULL", [ada.pk])
        assert cursor.fetchone() == (1,)


def test_a_parameter_that_the_sql_leaves_out_is_refused():
    everybody = Prepared(lambda user_id: StudySession.objects.values_list("pk"), "user_id")
    with pytest.raises(ValueError, match="has no place"):
        everybody(user_id=1)
