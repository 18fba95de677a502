"""Attempts: once, in their window, ended by the student or by the server's clock."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from quizzes.core.windows import GRACE
from quizzes.models import Accommodation, Attempt, Cohort, GradeChange, QuizForm, Response
from quizzes.services.teaching import attempting
from quizzes.services.teaching.attempting import (
    AttemptOverError,
    ExcusedError,
    NoAttemptsLeftError,
    NotOpenError,
    end_if_over,
    end_overdue,
    renew_ends,
    start_attempt,
    submit_attempt,
)
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.enrolling import leave_class
from tests.factories import NOW, QuizFactory, elements
from tests.sitting import HOUR, MINUTE, SECOND, choose, hand_in, newcomer, quiz_of, response, sit, take, under_way
from tests.study import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(deck, ada, cohort):
    return quiz_of(deck, cohort=cohort, time_limit_minutes=20)


def grant(quiz, user, *, in_class=False, **fields):
    own = None if in_class else quiz
    return Accommodation.objects.create(cohort=quiz.cohort, user=user, quiz=own, given_at=NOW, **fields)


def test_an_attempt_has_every_question_of_its_form_once(ada, quiz):
    attempt = sit(ada, quiz)
    asked = attempt.responses.values_list("card_id", "item_hash")
    assert sorted(asked) == sorted((line["card"], line["hash"]) for line in attempt.form.items)
    assert [one.position for one in attempt.responses.all()] == [1, 2, 3, 4]
    assert all(sorted(one.order) == list(range(len(one.order))) for one in attempt.responses.all())


def test_students_get_the_same_questions_in_orders_of_their_own(ada, quiz):
    attempts = [sit(student, quiz) for student in [ada, *(newcomer(quiz) for _ in range(7))]]
    forms = {attempt.form_id for attempt in attempts}
    questions = {tuple(attempt.responses.values_list("item_hash", flat=True)) for attempt in attempts}
    assert len(forms) == 1
    assert len(questions) > 3
    assert len({tuple(sorted(order)) for order in questions}) == 1
    item = attempts[0].responses.first().item_hash
    orders = {tuple(order) for order in Response.objects.filter(item_hash=item).values_list("order", flat=True)}
    assert len(orders) > 3


def test_starting_twice_is_one_attempt(ada, quiz):
    assert sit(ada, quiz) == sit(ada, quiz, now=NOW + MINUTE)
    assert Attempt.objects.count() == 1


def test_the_window_begins_with_its_first_moment_and_ends_before_its_last(ada, quiz):
    with pytest.raises(NotOpenError):
        sit(ada, quiz, now=quiz.opens_at - SECOND)
    with pytest.raises(NotOpenError):
        sit(ada, quiz, now=quiz.closes_at)
    assert sit(ada, quiz, now=quiz.opens_at)
    assert sit(newcomer(quiz), quiz, now=quiz.closes_at - SECOND)


def test_own_dates_open_and_close_for_one_student_alone(ada, quiz):
    late = newcomer(quiz)
    grant(quiz, late, closes_at=quiz.closes_at + DAY)
    with pytest.raises(NotOpenError):
        sit(ada, quiz, now=quiz.closes_at)
    assert sit(late, quiz, now=quiz.closes_at).due_at == quiz.closes_at + 20 * MINUTE


def test_extra_time_lengthens_the_limit_but_not_past_the_closing(ada, quiz):
    grant(quiz, ada, in_class=True, extra_time_percent=25)
    assert sit(ada, quiz).due_at == NOW + 25 * MINUTE
    other = newcomer(quiz)
    assert sit(other, quiz, now=quiz.closes_at - 5 * MINUTE).due_at == quiz.closes_at


def test_without_a_limit_an_attempt_ends_with_the_closing(ada, quiz):
    quiz.time_limit_minutes = None
    assert sit(ada, quiz).due_at == quiz.closes_at


def test_there_are_as_many_attempts_as_allowed_or_granted(ada, quiz):
    take(ada, quiz)
    with pytest.raises(NoAttemptsLeftError):
        sit(ada, quiz, now=NOW + HOUR)
    grant(quiz, ada, attempts_allowed=2)
    assert take(ada, quiz, now=NOW + HOUR).number == 2
    with pytest.raises(NoAttemptsLeftError):
        sit(ada, quiz, now=NOW + 2 * HOUR)


def test_who_is_excused_cannot_start(ada, quiz):
    GradeChange.objects.create(user=ada, quiz=quiz, kind="excuse", reason="ill", changed_at=NOW)
    with pytest.raises(ExcusedError):
        sit(ada, quiz)


def test_who_is_not_in_the_class_cannot_start(ada, ben, quiz):
    with pytest.raises(NotOpenError):
        sit(ben, quiz)
    leave_class(user=ada, cohort=Cohort.objects.get(pk=quiz.cohort_id), now=NOW)
    with pytest.raises(NotOpenError):
        sit(ada, quiz)


def test_a_draft_cannot_be_started(ada, quiz):
    draft = QuizFactory(cohort=quiz.cohort, deck=quiz.deck, published_at=None)
    with pytest.raises(NotOpenError):
        sit(ada, draft)


def test_handing_in_marks_and_counts_once(ada, quiz):
    attempt = sit(ada, quiz)
    for position, right in enumerate([True, True, False], start=1):
        choose(attempt, position, right=right)
    first = hand_in(attempt, now=NOW + 5 * MINUTE)
    again = hand_in(attempt, now=NOW + 6 * MINUTE)
    assert (first.mark, first.score, first.score_of) == (0.5, 2, 4)
    assert (first.submitted_at, first.ended_by) == (NOW + 5 * MINUTE, "student")
    assert (again.submitted_at, again.mark) == (first.submitted_at, first.mark)


def test_the_clock_hands_in_at_the_end_whenever_that_is_noticed(ada, quiz):
    attempt = sit(ada, quiz)
    ended = hand_in(attempt, now=NOW + 3 * HOUR)
    assert (ended.submitted_at, ended.ended_by) == (attempt.due_at, "clock")


def test_in_the_last_moment_the_student_hands_in_and_at_the_end_the_clock(ada, quiz):
    attempt, other = sit(ada, quiz), sit(newcomer(quiz), quiz)
    assert hand_in(attempt, now=attempt.due_at - SECOND).ended_by == "student"
    assert hand_in(other, now=other.due_at).ended_by == "clock"


def test_the_worker_ends_what_is_over_and_nothing_else(ada, quiz):
    over, running = sit(ada, quiz), sit(newcomer(quiz), quiz, now=NOW + SECOND)
    assert end_overdue(now=over.due_at + GRACE - SECOND) == 0
    assert end_overdue(now=over.due_at + GRACE) == 1
    assert (under_way(over), under_way(running)) == (False, True)
    assert end_overdue(now=over.due_at + GRACE) == 0


def test_one_attempt_that_cannot_be_ended_does_not_keep_the_others(ada, quiz, monkeypatch):
    bad, good = sit(ada, quiz), sit(newcomer(quiz), quiz)
    remember = attempting.remember_attempt

    def refuse(*, attempt, now):
        if attempt.pk == bad.pk:
            raise ValueError("broken")
        remember(attempt=attempt, now=now)

    monkeypatch.setattr(attempting, "remember_attempt", refuse)
    with pytest.raises(ValueError, match="broken"):
        end_overdue(now=NOW + HOUR)
    assert (under_way(bad), under_way(good)) == (True, False)


def test_the_worker_stops_when_told(ada, quiz):
    sit(ada, quiz)
    assert end_overdue(now=NOW + HOUR, stop=lambda: True) == 0


def test_reading_ends_what_is_over_after_the_grace(ada, quiz):
    attempt = sit(ada, quiz)
    assert end_if_over(attempt=attempt, now=attempt.due_at + GRACE - SECOND).submitted_at is None
    assert end_if_over(attempt=attempt, now=attempt.due_at + GRACE).submitted_at == attempt.due_at


def test_starting_again_ends_what_is_over_and_uses_up_its_attempt(ada, quiz):
    first = sit(ada, quiz)
    with pytest.raises(NoAttemptsLeftError):
        sit(ada, quiz, now=NOW + HOUR)
    assert under_way(first), "what is refused writes nothing; the worker or a page ends it"
    quiz.attempts_allowed = 2
    assert sit(ada, quiz, now=NOW + HOUR).number == 2
    assert not under_way(first)


def test_answers_count_until_the_grace_is_over(ada, quiz):
    attempt = sit(ada, quiz)
    assert choose(attempt, 1, now=attempt.due_at + GRACE - SECOND).chosen is not None
    with pytest.raises(AttemptOverError):
        choose(attempt, 2, now=attempt.due_at + GRACE)
    ended = hand_in(attempt, now=attempt.due_at + GRACE)
    assert ended.mark == 0.25
    assert response(attempt, 2).chosen is None


def test_no_answer_counts_once_it_is_handed_in(ada, quiz):
    attempt = sit(ada, quiz)
    hand_in(attempt)
    with pytest.raises(AttemptOverError):
        choose(attempt)


def test_another_persons_attempt_takes_no_answers(ada, quiz):
    attempt = sit(ada, quiz)
    attempt.user = newcomer(quiz)
    with pytest.raises(Response.DoesNotExist):
        choose(attempt)


def test_extra_time_given_during_an_attempt_moves_its_end(ada, quiz):
    attempt, other = sit(ada, quiz), sit(newcomer(quiz), quiz)
    grant(quiz, ada, extra_time_percent=50)
    assert renew_ends(quizzes=[quiz]) == 1
    assert Attempt.objects.get(pk=attempt.pk).due_at == NOW + 30 * MINUTE
    assert Attempt.objects.get(pk=other.pk).due_at == NOW + 20 * MINUTE


def test_a_changed_time_limit_adds_time_to_attempts_under_way_and_takes_none(ada, quiz):
    attempt = sit(ada, quiz)
    for minutes, ends in ((10, NOW + 20 * MINUTE), (45, NOW + 45 * MINUTE)):
        quiz.time_limit_minutes = minutes
        renew_ends(quizzes=[quiz], only_later=True)
        assert Attempt.objects.get(pk=attempt.pk).due_at == ends


def test_an_end_that_is_past_does_not_move(ada, quiz):
    attempt = hand_in(sit(ada, quiz))
    grant(quiz, ada, extra_time_percent=50)
    assert renew_ends(quizzes=[quiz]) == 0
    assert Attempt.objects.get(pk=attempt.pk).due_at == NOW + 20 * MINUTE


def test_a_start_that_comes_twice_at_once_is_held_by_the_table(ada, quiz):
    attempt = sit(ada, quiz)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(quiz=quiz, user=ada, number=2, form=attempt.form, started_at=NOW, due_at=NOW + HOUR)


def test_starting_costs_few_queries(ada, quiz, django_assert_max_num_queries):
    take(newcomer(quiz), quiz)
    with django_assert_max_num_queries(11):  # two transactions within that of the test among them
        start_attempt(quiz=quiz, user=ada, now=NOW)


def test_handing_in_costs_two_queries_an_answer_and_some(quiz, django_assert_max_num_queries):
    attempt = sit(newcomer(quiz), quiz)
    for position in range(1, 5):
        choose(attempt, position)
    with django_assert_max_num_queries(24 + 2 * 4):
        submit_attempt(attempt=attempt, now=NOW)


def test_a_class_goes_with_its_quizzes_forms_and_attempts(ada, quiz):
    take(ada, quiz, True, False)
    quiz.cohort.delete()
    assert not Attempt.objects.exists()
    assert not QuizForm.objects.exists()


def test_a_form_that_somebody_was_asked_does_not_go_alone(ada, quiz):
    attempt = take(ada, quiz, True)
    with pytest.raises(RestrictedError):
        attempt.form.delete()


def test_nobody_starts_in_a_class_that_is_in_the_archive(ada, quiz):
    archive_class(cohort=quiz.cohort, now=NOW)
    with pytest.raises(NotOpenError):
        sit(ada, quiz)
