"""Two requests at the same moment, each in a thread with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from quizzes.core.specs import Format
from quizzes.models import DailyStudy
from quizzes.services.study.answering import Given, StaleQuestionError
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.joining import join_deck
from quizzes.services.study.undoing import NothingToUndoError, undo_last
from tests.factories import NOW, elements
from tests.study import COPPER, IRON, asked_now, begin, events, holds, press, progress, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def at_once(*tasks):
    """Run the tasks at the same moment; returns results, or the errors that are meant to be raised."""
    start = Barrier(len(tasks))

    def run(task):
        start.wait(timeout=10)
        try:
            return task()
        except (StaleQuestionError, NothingToUndoError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_the_same_answer_sent_twice_at_once_counts_once(student):
    asked = put(student, IRON)
    one, other = at_once(*[lambda: press(student, asked, Given(rating=3))] * 2)
    assert one.row == other.row
    assert one.asked == other.asked
    assert events(student) == ["answer"]
    assert DailyStudy.objects.get().answers == 1
    assert holds()


def test_of_two_answers_to_a_card_at_once_one_is_refused(student):
    pages = put(student, IRON), put(student, IRON)
    results = at_once(*[lambda page=page: press(student, page, Given(rating=3)) for page in pages])
    assert sum(isinstance(result, StaleQuestionError) for result in results) == 1
    assert (events(student), progress(student, IRON).revision) == (["answer"], 1)
    assert holds()


def test_answers_to_several_cards_at_once_are_all_counted_in_one_order(student):
    pages = [put(student, f"uses/{number}/purpose_to_term") for number in range(1, 5)]
    at_once(*[lambda page=page: press(student, page, Given(rating=3)) for page in pages])
    assert events(student) == ["answer"] * 4
    assert DailyStudy.objects.get().answers == 4
    assert holds()


def test_undo_pressed_twice_at_once_takes_back_two_things_and_no_thing_twice(student):
    for key in (IRON, COPPER):
        press(student, put(student, key))
    at_once(*[lambda: undo_last(user=student, scope="", now=NOW)] * 3)
    assert events(student) == ["answer", "answer", "undo", "undo"]
    assert holds()


def test_a_guess_pressed_twice_at_once_counts_once(student):
    row = press(student, put(student, IRON, Format.CHOICE)).row
    at_once(*[lambda: guessed_after_all(user=student, client_id=row.client_id, now=NOW)] * 2)
    assert events(student) == ["answer", "undo", "answer"]
    assert holds()


def test_the_page_loaded_twice_at_once_shows_one_question(student):
    one, other = at_once(*[lambda: asked_now(student)] * 2)
    assert one == other


def test_a_deck_begun_twice_at_once_is_begun_once(ben):
    deck = elements()
    one, other = at_once(*[lambda: join_deck(user=ben, deck=deck, now=NOW)] * 2)
    assert one == other


def test_two_students_answer_at_once(student, ben):
    begin(ben, student.deck_studies.get().deck)
    pages = [(user, put(user, IRON)) for user in (student, ben)]
    at_once(*[lambda user=user, page=page: press(user, page, Given(rating=3)) for user, page in pages])
    assert events(student) == events(ben) == ["answer"]
    assert holds()
