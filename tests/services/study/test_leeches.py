"""A card missed again and again after it had been learned: the student is told, and for what it is taken."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import CardProgress, Fact
from quizzes.selectors.study.notices import notice_after
from tests.factories import NOW, elements
from tests.study import COPPER, DAY, IRON, begin, given, holds, learn, place_of, press, progress, put, rate


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def lapse(user, times, *, now):
    """Miss a learned card so often, and learn it anew between; returns the last answer and its time."""
    done = None
    for _ in range(times):
        now += 40 * DAY
        done = press(user, put(user, IRON, now=now), given(put(user, IRON, now=now), right=False), now=now)
        rate(user, IRON, 3, now=now + DAY)
        now += DAY
    return done, now


def test_the_eighth_lapse_is_told_and_then_every_fourth(student):
    learn(student, IRON)
    told, now = [], NOW
    for _ in range(13):
        done, now = lapse(student, 1, now=now)
        told.append(bool(done.row.detail.get("leech")))
    assert [at for at, said in enumerate(told, 1) if said] == [8, 12]
    assert progress(student, IRON).lapses == 13
    assert holds()


def test_the_notice_names_the_fact_and_leads_to_it(student):
    learn(student, IRON)
    done, _now = lapse(student, 8, now=NOW)
    notice = notice_after(done.desk, done.row)
    assert "“iron” 8 times" in notice.text
    assert notice.url == "/browse/elements/uses/1/"


def test_the_notice_names_what_the_card_is_taken_for(student):
    learn(student, IRON)
    _done, now = lapse(student, 7, now=NOW)
    now += 40 * DAY
    asked = put(student, IRON, Format.CHOICE, now=now)
    answer = given(asked, right=False)
    done = press(student, asked, answer, now=now)
    other = Fact.objects.get(pk=done.row.taken_for_id)
    notice = notice_after(done.desk, done.row)
    assert f"“{other.term}”" in notice.text
    pair = f"fact=uses%2F1&fact={other.code.replace('/', '%2F')}"
    assert notice.url == f"/study/contrast/elements/?{pair}&card={asked.card_id}"
    assert place_of(asked, right=False) == answer.place


def test_missing_a_card_still_in_learning_makes_no_leech(student):
    rate(student, COPPER, 3)
    CardProgress.objects.filter(card__key=COPPER).update(lapses=7)
    row = rate(student, COPPER, 1)
    assert "leech" not in row.detail
