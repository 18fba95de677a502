"""Two tabs at the very same moment: one attempt, one submission, no answer lost."""

from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.db import connection

from quizzes.models import Attempt, ReviewLog
from quizzes.services.teaching import attempting
from quizzes.services.teaching.attempting import AttemptOverError, StaleResponseError
from quizzes.services.teaching.marking_attempts import mark_attempt
from tests.factories import NOW, elements
from tests.sitting import choose, hand_in, quiz_of, response, sit
from tests.study import holds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiz(ada, cohort):
    return quiz_of(elements(), cohort=cohort)


def at_once(*works):
    """Do these at the same moment, each with a connection of its own; what they returned or raised."""
    start, done = Barrier(len(works)), [None] * len(works)

    def run(at, work):
        start.wait()
        try:
            done[at] = work()
        except (AttemptOverError, StaleResponseError) as refused:
            done[at] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=(at, work)) for at, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_starting_in_two_tabs_is_one_attempt(ada, quiz):
    first, second = at_once(lambda: sit(ada, quiz), lambda: sit(ada, quiz))
    assert first == second
    assert Attempt.objects.get().responses.count() == 4


def test_handing_in_twice_at_once_counts_once(ada, quiz):
    attempt = sit(ada, quiz)
    choose(attempt)
    at_once(lambda: hand_in(attempt), lambda: hand_in(attempt))
    assert ReviewLog.objects.filter(user=ada, source="quiz").count() == 1
    assert holds()


def test_of_two_answers_at_once_one_is_kept_and_the_other_told(ada, quiz):
    attempt = sit(ada, quiz)
    done = at_once(
        lambda: choose(attempt, right=True, seen=0),
        lambda: choose(attempt, right=False, seen=0),
    )
    assert [type(one) for one in done].count(StaleResponseError) == 1
    assert response(attempt).revision == 1


def test_an_answer_that_meets_the_handing_in_is_marked_or_refused(ada, quiz):
    attempt = sit(ada, quiz)
    saved, ended = at_once(lambda: choose(attempt, now=NOW), lambda: hand_in(attempt, now=NOW))
    kept = response(attempt)
    assert (kept.chosen is None) == isinstance(saved, AttemptOverError)
    assert (kept.mark, ended.mark) == ((0, 0) if kept.chosen is None else (1, 0.25))
    assert holds()


def test_an_answer_that_comes_while_handing_in_waits_for_it_and_is_told(ada, quiz, monkeypatch):
    attempt, locked = sit(ada, quiz), Event()

    def mark_slowly(**which):
        locked.set()
        sleep(0.3)
        return mark_attempt(**which)

    def answer_late():
        assert locked.wait(5)
        return choose(attempt)

    monkeypatch.setattr(attempting, "mark_attempt", mark_slowly)
    ended, late = at_once(lambda: hand_in(attempt), answer_late)
    assert (ended.mark, type(late)) == (0, AttemptOverError)
