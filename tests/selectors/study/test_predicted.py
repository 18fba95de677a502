"""What was expected of answers and what came, read from logs that study wrote."""

import pytest

from quizzes.core.specs import Format
from quizzes.selectors.study.answers import hidden_answers
from quizzes.selectors.study.predicted import later_day_answers, read_predicted
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.quiz_marks import frozen_quiz
from tests.sitting import HOUR, join_class, take
from tests.study import COPPER, DAY, IRON, MINUTE, begin, hurry, learn, practise, press, put, rate

LATER = NOW + 8 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def read(user, deck, **options):
    found = read_predicted(user.pk, deck, **options)
    return list(zip(found.expected.tolist(), found.right.tolist(), strict=True))


def test_the_first_answer_on_a_later_day_is_compared_with_the_recall_predicted_before_it(student, deck):
    learn(student, IRON)
    row = rate(student, IRON, 1, now=LATER)
    assert read(student, deck) == [(row.predicted_recall, False)]
    assert 0.85 < row.predicted_recall < 0.95


def test_first_meetings_and_further_answers_of_a_day_are_left_out(student, deck):
    rate(student, IRON, 3)
    rate(student, IRON, 3, now=NOW + 10 * MINUTE)
    assert read(student, deck) == []
    rate(student, IRON, 1, now=LATER)
    rate(student, IRON, 3, now=LATER + MINUTE)
    assert [right for _expected, right in read(student, deck)] == [False]


@pytest.mark.parametrize("right", [True, False])
def test_of_a_choice_a_lucky_guess_is_expected_too(student, deck, right):
    learn(student, IRON)
    row = press(student, put(student, IRON, Format.CHOICE, now=LATER), right=right, now=LATER).row
    recall = row.predicted_recall
    assert row.k == 4
    assert read(student, deck) == [(pytest.approx(recall + (1 - recall) / 4), right)]


def test_what_was_taken_back_practised_or_too_quick_is_left_out(student, deck):
    learn(student, IRON)
    learn(student, COPPER)
    rate(student, IRON, 1, now=LATER)
    undo_last(user=student, scope="", now=LATER)
    practise(student, COPPER, now=LATER)
    hurry(student, COPPER, now=LATER)
    assert read(student, deck) == []


def test_decks_and_people_are_kept_apart(student, ben, deck):
    learn(student, IRON)
    rate(student, IRON, 3, now=LATER)
    begin(ben, deck)
    assert read(ben, deck) == []
    assert read(student, elements(slug="other", title="Other")) == []
    assert later_day_answers(student.pk).count() == 1
    assert later_day_answers(ben.pk).count() == 0


def test_what_a_quiz_keeps_to_itself_is_left_out_until_it_tells(student, deck, cohort):
    quiz = frozen_quiz(deck, cohort, keys=[IRON, COPPER], feedback="closing")
    join_class(student, cohort)
    learn(student, IRON, now=NOW - 9 * DAY)
    learn(student, COPPER, now=NOW - 9 * DAY)
    take(student, quiz, True, False)
    hidden = frozenset(hidden_answers(student.pk, now=NOW + HOUR).values_list("seq", flat=True))
    assert sorted(right for _expected, right in read(student, deck)) == [False, True]
    assert read(student, deck, hidden=hidden) == []
    assert list(hidden_answers(student.pk, now=quiz.closes_at)) == []


def test_the_parameters_that_predicted_are_told_apart(student, deck):
    learn(student, IRON)
    row = rate(student, IRON, 3, now=LATER)
    found = read_predicted(student.pk, deck)
    assert len(found.by(row.parameter_set_id)) == 1
    assert len(found.by(row.parameter_set_id + 1)) == 0
    assert (found.whole.n, found.whole.right) == (1, 1)
