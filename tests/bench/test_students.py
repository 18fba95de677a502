"""Simulated students: a memory of their own, and logs as the product keeps them."""

import io
from collections import Counter
from datetime import UTC
from itertools import groupby

import pytest

from bench.review_logs import write_log
from bench.scheduled_cards import TRIES_A_DAY
from bench.students import DAY, KINDS, Kind, Student, draw_cards
from bench.studying import FIRST_DAY, Plan, reviews_of, study, study_alone, study_in_class
from quizzes.core.review_arrays import arrays_of
from quizzes.formats.review_logs import read_review_log

SHORT = Plan(days=60, new_a_day=10)
STEADY = Kind(person_sd=0, card_sd=0, own_sd=0, mood_sd=0, slip=0, missed=0, met=0)


def knowing_nothing(cards: int) -> Student:
    return Student(Kind(threshold=100, noise=1, met=0), [0.0] * cards, "nothing")


def share_known(kind: str) -> float:
    found = [one.known for seed in "abc" for one in study_alone(KINDS[kind], SHORT, 40, seed) if one.on_time]
    return sum(found) / len(found)


def test_the_same_seed_gives_the_same_log_and_another_another():
    logs = [study_alone(KINDS["average"], SHORT, 30, seed) for seed in ("a", "a", "b")]
    assert logs[0] == logs[1]
    assert logs[0] != logs[2]


def test_the_forgetful_know_less_than_the_average_and_the_good_more():
    assert share_known("forgetful") + 0.01 < share_known("average") < share_known("good") - 0.01


def test_memory_fades_with_days_and_grows_with_practice():
    student = Student(STEADY, [0.0, 0.0], "a")
    assert student.knows(0, 0) == 0
    student.answer(0, 0, 8)
    for at in (DAY, 3 * DAY):
        student.answer(1, at, 8)
    once = [student.knows(0, days * DAY) for days in (4, 5, 10, 40)]
    assert once == sorted(once, reverse=True)
    assert once[0] > once[-1] + 0.01
    assert student.knows(1, 5 * DAY) > student.knows(0, 2 * DAY)


def test_practice_a_day_apart_lasts_longer_than_practice_at_once():
    student = Student(STEADY, [0.0, 0.0], "a")
    student.answer(0, 0, 8)
    student.answer(1, DAY - 60, 8)
    for card in (0, 1):
        student.answer(card, DAY, 8)
    assert student.knows(0, 60 * DAY) > student.knows(1, 60 * DAY) + 0.01


@pytest.mark.parametrize("options", [2, 3, 4])
def test_who_knows_nothing_is_right_once_in_so_many_options(options):
    student = knowing_nothing(3000)
    shown = [student.answer(card, card * 10.0, 8, options) for card in range(3000)]
    assert {one.known for one in shown} == {0.0}
    assert sum(one.right for one in shown) / 3000 == pytest.approx(1 / options, abs=0.03)


def test_without_options_who_knows_nothing_is_never_right():
    assert not any(knowing_nothing(100).answer(card, 0, 8).right for card in range(100))


def test_what_is_known_is_missed_at_times():
    student = Student(Kind(threshold=-100, noise=1, slip=0.1, met=1, missed=0), [0.0] * 3000, "a")
    assert sum(student.answer(card, 0, 1).right for card in range(3000)) / 3000 == pytest.approx(0.9, abs=0.02)


def test_missed_days_have_no_reviews():
    found = study_alone(Kind(missed=0.5), SHORT, 200, "a")
    days = {one.review.day - FIRST_DAY.toordinal() for one in found}
    assert 20 <= len(days) <= 40
    assert max(days) < SHORT.days
    assert not study_alone(Kind(missed=1), SHORT, 200, "a")


def test_new_cards_come_as_planned_and_no_card_without_end():
    found = study(knowing_nothing(15), Plan(days=10, new_a_day=5), "a")
    first = Counter(one.review.day for one in found if one.predicted is None)
    assert list(first.values()) == [5, 5, 5]
    tries = Counter((one.review.card, one.review.day) for one in found)
    assert max(tries.values()) == TRIES_A_DAY


def test_reviews_wait_for_the_day_that_was_chosen():
    found = [one for one in study_alone(Kind(missed=0), SHORT, 40, "a") if one.interval]
    assert len(found) > 100
    assert all(one.on_time for one in found)
    assert any(one.mature for one in found)


def test_a_class_shares_its_cards_but_not_its_people():
    kind = Kind(card_sd=2, own_sd=0, person_sd=0, mood_sd=0, missed=0, met=1)
    logs = list(study_in_class(kind, Plan(days=5), 30, 2, "a"))
    first = [{one.review.card: one.known for one in log if one.predicted is None} for log in logs]
    assert logs[0] != logs[1]
    assert sorted(first[0], key=first[0].__getitem__) == sorted(first[1], key=first[1].__getitem__)
    assert draw_cards(kind, 3, "a") != draw_cards(kind, 3, "b")


def test_a_written_log_reads_back_as_the_same_reviews():
    found, out = study_alone(KINDS["average"], SHORT, 30, "a"), io.StringIO()
    write_log(found, out)
    read = read_review_log(out.getvalue(), UTC, 4)
    ours, theirs = arrays_of(reviews_of(found)), arrays_of(read)
    assert [one.day for one in read] == [one.review.day for one in found]
    for name in ("rating", "step", "elapsed", "earlier", "lapses"):
        assert (getattr(ours, name) == getattr(theirs, name)).all()


def test_answers_are_in_order_of_time_and_of_each_day_within_it():
    found = reviews_of(study_alone(KINDS["irregular"], SHORT, 40, "a"))
    assert found == sorted(found, key=lambda one: (one.day, one.moment))
    moments = [one.moment for one in found]
    assert len(set(moments)) == len(moments)
    for _, of_day in groupby(found, key=lambda one: one.day):
        day = list(of_day)
        assert day[-1].moment - day[0].moment < 7 * 3600


def test_a_leech_is_suspended_if_the_student_does_so():
    days = [
        max(one.review.day for one in study(knowing_nothing(1), Plan(days=60, suspends=suspends), "a")) - first
        for suspends in (True, False)
        for first in [FIRST_DAY.toordinal()]
    ]
    assert days == [7, 59]


def test_the_log_keeps_what_was_assumed_of_new_cards_and_later_counted():
    found = study(knowing_nothing(120), Plan(days=8, new_a_day=20, options=4), "a")
    first = [one.review.known for one in found if one.predicted is None]
    assert set(first[:50]) == {0.3}
    assert max(first[50:]) < 0.2
