"""The log as arrays: predicted from them is what the fold predicted when each answer was given."""

from random import Random

import numpy as np
import pytest

from quizzes.core.events import Kind
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.recall_stream import predict
from quizzes.core.specs import Format
from quizzes.models import Deck, DeckTally, ReviewLog
from quizzes.selectors.study.reviews import student_reviews
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.undoing import undo_last
from tests.classes import GASES, USES
from tests.factories import NOW, elements
from tests.study import DAY, IRON, MINUTE, begin, given, hurry, practise, press, put, rate


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def predicted(user):
    """The recall before each answer that stands, as it was logged then."""
    rows = ReviewLog.objects.filter(user=user).answers_that_stand().order_by("answered_at", "client_id", "part")
    return [1.0 if recall is None else recall for recall in rows.values_list("predicted_recall", flat=True)]


def study_for_weeks(user, seed="weeks", *, steps=90):
    """Answers in every format, right and wrong, some guessed, some taken back, some twice a day."""
    dice, now = Random(seed), NOW
    for _ in range(steps):
        now += 20 * MINUTE if dice.random() < 0.3 else dice.choice([1, 1, 3, 8]) * DAY
        key = dice.choice([*USES[:3], *GASES[:2]])
        way = Format.CHOICE if key in GASES else dice.choice(list(Format))
        asked = put(user, key, way, now=now)
        row = press(user, asked, given(asked, right=dice.random() < 0.7), now=now).row
        if row.evidence == "choice" and dice.random() < 0.3:
            guessed_after_all(user=user, client_id=row.client_id, now=now + MINUTE)
        elif dice.random() < 0.1:
            undo_last(user=user, scope="", now=now + MINUTE)


def test_what_is_predicted_from_them_is_what_was_predicted_then(student):
    study_for_weeks(student)
    found = student_reviews(student.pk)
    assert len(found.arrays) == len(predicted(student)) > 70
    assert (found.arrays.options > 0).any()
    assert set(ReviewLog.objects.values_list("evidence", flat=True)) >= {"graded", "choice", "guessed"}
    assert predict(found.arrays, DEFAULT_PARAMETERS) == pytest.approx(predicted(student), abs=2e-6)


def test_a_first_choice_counts_by_what_the_deck_knew_then(student):
    DeckTally.objects.create(deck=Deck.objects.get(), first_answers=100, known_share=0.9, made_at=NOW, version=1)
    first = put(student, IRON, Format.CHOICE)
    press(student, first)
    rate(student, IRON, 3, now=NOW + 9 * DAY)
    assert ReviewLog.objects.filter(known_before=0.9).exists()
    assert predict(student_reviews(student.pk).arrays, DEFAULT_PARAMETERS) == pytest.approx(predicted(student))


def test_practice_and_hurried_answers_are_not_among_them(student):
    rate(student, IRON, 3)
    practise(student, IRON, now=NOW + DAY)
    hurry(student, IRON, now=NOW + 2 * DAY)
    assert len(student_reviews(student.pk).arrays) == 1


def test_after_a_reset_a_card_is_met_anew(student):
    rate(student, IRON, 3)
    rate(student, IRON, 3, now=NOW + 3 * DAY)
    row = ReviewLog.objects.filter(seq=2).get()
    row.seq, row.client_id, row.kind, row.evidence = 3, "00000000-0000-4000-8000-000000000000", Kind.RESET.value, ""
    row.answered_at = NOW + 4 * DAY
    ReviewLog.objects.bulk_create([row])
    ReviewLog.objects.filter(pk=row.pk).get()
    later = ReviewLog.objects.filter(seq=2).get()
    later.seq, later.client_id, later.answered_at = 4, "00000000-0000-4000-8000-000000000001", NOW + 9 * DAY
    ReviewLog.objects.bulk_create([later])
    assert student_reviews(student.pk).arrays.step.tolist() == [0, 1, 0]


def test_their_first_and_last_days_are_told(student):
    assert student_reviews(student.pk).first_day is None
    rate(student, IRON, 3)
    rate(student, IRON, 3, now=NOW + 3 * DAY)
    found = student_reviews(student.pk)
    assert (found.first_day, found.last_day) == (NOW.date(), (NOW + 3 * DAY).date())
    assert np.array_equal(found.arrays.elapsed, [0, 3])


def test_they_take_one_query(student, django_assert_num_queries):
    study_for_weeks(student, steps=5)
    with django_assert_num_queries(1):
        student_reviews(student.pk)
