"""Two students start a quiz at the same moment, each in a thread with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from quizzes.models import Quiz
from quizzes.services.teaching.forming import form_for
from tests.factories import NOW, QuizFactory, elements

pytestmark = pytest.mark.django_db(transaction=True)


def start_at_once(quiz, users):
    """What each gets; all ask at the same moment for what was not frozen when they looked."""
    start = Barrier(len(users))

    def run(user):
        stale = Quiz.objects.get(pk=quiz.pk)
        start.wait(timeout=10)
        try:
            return form_for(quiz=stale, user=user, number=1, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(run, users))


def test_two_starts_at_once_freeze_once(cohort, ada, ben):
    quiz = QuizFactory(cohort=cohort, deck=elements())
    one, other = start_at_once(quiz, [ada, ben])
    assert one == other
    assert quiz.question_forms.count() == 1


def test_two_fresh_draws_at_once_are_two_forms_and_the_same_twice_is_one(cohort, ada, ben):
    quiz = QuizFactory(cohort=cohort, deck=elements(), forms=Quiz.Forms.FRESH)
    forms = start_at_once(quiz, [ada, ben, ada])
    assert forms[0] == forms[2]
    assert sorted({form.number for form in forms}) == [1, 2]
