from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.retention import Retention, answers_of, first_reviews, recalled, retention, weekly
from quizzes.core.shares import Share

DAY = date(2026, 3, 10)


class Answered(NamedTuple):
    """An answer, as a row of the columns."""

    card_id: int
    study_day: date
    interval_days: float | None
    recalled: bool


def columns(answers):
    return answers_of(
        (answer.card_id, answer.study_day.toordinal(), answer.interval_days, answer.recalled) for answer in answers
    )


def rows(reviews):
    days = [date.fromordinal(day) for day in reviews.day.tolist()]
    kept = (reviews.card_id.tolist(), days, reviews.interval_days.tolist(), reviews.recalled.tolist())
    return [Answered(*row) for row in zip(*kept, strict=True)]


answers = st.lists(
    st.builds(
        Answered,
        card_id=st.integers(1, 4),
        study_day=st.integers(0, 40).map(lambda back: DAY - timedelta(days=back)),
        interval_days=st.sampled_from([None, 0, 1, 3, 20.9, 21, 300]),
        recalled=st.booleans(),
    )
).map(lambda found: sorted(found, key=lambda answer: answer.study_day))


@pytest.mark.parametrize(
    ("evidence", "rating", "passes"),
    [
        ("graded", 1, False),
        ("graded", 2, True),
        ("graded", 3, True),
        ("graded", 4, True),
        ("choice", 3, True),
        ("guessed", 3, False),
        ("none", None, False),
    ],
)
def test_hard_is_a_pass_and_a_guess_is_not(evidence, rating, passes):
    assert recalled(evidence, rating) is passes


def test_only_the_first_answer_of_a_card_and_day_counts():
    again = [Answered(1, DAY, 5, False), Answered(1, DAY, 0, True), Answered(2, DAY, 5, True)]
    assert rows(first_reviews(columns(again))) == [again[0], again[2]]


def test_a_card_that_was_learned_on_the_day_itself_does_not_count_however_often_it_is_asked():
    learned = [Answered(1, DAY, None, True), Answered(1, DAY, 0, True), Answered(1, DAY, 1, False)]
    assert rows(first_reviews(columns(learned))) == []


def test_mature_begins_at_21_days():
    reviews = [Answered(1, DAY, 20.9, True), Answered(2, DAY, 21, False), Answered(3, DAY, 400, True)]
    found = retention(columns(reviews))
    assert found == Retention(Share(1, 1), Share(1, 2))
    assert found.all == Share(2, 3)


@given(answers)
def test_it_is_what_counting_by_hand_gives(found):
    seen, young, mature = set(), [], []
    for answer in found:
        if (answer.card_id, answer.study_day) in seen:
            continue
        seen.add((answer.card_id, answer.study_day))
        if answer.interval_days and answer.interval_days >= 1:
            (mature if answer.interval_days >= 21 else young).append(answer.recalled)
    expected = Retention(Share(sum(young), len(young)), Share(sum(mature), len(mature)))
    assert retention(first_reviews(columns(found))) == expected


@given(answers)
def test_the_weeks_together_are_the_days_they_cover(found):
    reviews = first_reviews(columns(found))
    weeks = weekly(reviews, until=DAY, weeks=4)
    assert [start for start, _share in weeks] == [DAY - timedelta(days=back) for back in (27, 20, 13, 6)]
    covered = [review.recalled for review in rows(reviews) if review.study_day >= weeks[0][0]]
    assert sum((share for _start, share in weeks), Share(0, 0)) == Share(sum(covered), len(covered))
