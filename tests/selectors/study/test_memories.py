"""What a process knows of a student is what the tables hold, however many processes write."""

from random import Random

import pytest
from django.db import transaction

from quizzes.core.events import Kind
from quizzes.models import CardProgress, ReviewLog, StudySession
from quizzes.selectors.study import memories
from quizzes.selectors.study.memories import keep_memories, memories_at, read_memories
from quizzes.services.study.asking import resume
from quizzes.services.study.log import close_log, open_log
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import NothingToUndoError, undo_last
from tests.factories import NOW, elements
from tests.study import COPPER, IRON, MINUTE, asked_now, begin, holds, press, put, rate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


@pytest.fixture
def processes(monkeypatch):
    """Takes the place of one of two processes, each with what it knows itself."""
    kept = [memories._Kept(), memories._Kept()]
    return lambda number: monkeypatch.setattr(memories, "_kept", kept[number])


def log_of(user):
    """Where the log stands, and what this process takes the student's memories to be."""
    last_seq = StudySession.objects.get(user=user).last_seq
    return last_seq, memories_at(user.pk, last_seq)


def do_something(user, dice, now):
    """Answer, mark or take back, as it comes."""
    asked = asked_now(user, now=now)
    what = dice.choice(["answer", "answer", "bury", "suspend", "flag", "undo"]) if asked else "undo"
    try:
        if what == "undo":
            undo_last(user=user, scope="", now=now)
        elif what == "answer":
            press(user, asked, right=dice.random() < 0.7, now=now)
        else:
            mark_card(user=user, asked=asked, mark=what, now=now)
    except NothingToUndoError:
        resume(user=user, scope="", now=now)


@pytest.mark.parametrize("seed", range(4))
def test_two_processes_that_take_turns_know_what_the_tables_hold(student, processes, seed):
    dice = Random(seed)
    for turn in range(40):
        processes(dice.randrange(2))
        do_something(student, dice, NOW + turn * MINUTE)
        assert log_of(student)[1] == read_memories(student.pk)
    for number in range(2):
        processes(number)
        assert log_of(student)[1] == read_memories(student.pk)
    assert holds()


def test_a_process_that_wrote_last_reads_nothing(student, django_assert_num_queries):
    rate(student, IRON, 3)
    last_seq = StudySession.objects.get(user=student).last_seq
    with django_assert_num_queries(0):
        memories_at(student.pk, last_seq)
    with django_assert_num_queries(1):
        memories_at(student.pk, last_seq + 1)


def test_of_a_log_that_went_on_only_the_cards_changed_are_read(student):
    for key in (IRON, COPPER):
        rate(student, key, 3)
    assert [len(memories._select_changed(user_id=student.pk, last_seq=seq)) for seq in range(3)] == [2, 1, 0]


def test_what_was_rolled_back_is_not_known(student):
    asked = put(student, IRON)
    with transaction.atomic():
        press(student, asked, right=False)
        transaction.set_rollback(True)
    assert log_of(student) == (0, {})
    row = press(student, asked, right=True).row
    assert log_of(student) == (1, read_memories(student.pk))
    assert log_of(student)[1][row.card_id].revision == 1


def test_an_event_that_is_of_no_card_makes_all_cards_be_read(student):
    rate(student, IRON, 3)
    row = ReviewLog.objects.get()
    event = ReviewLog(
        user=student, seq=2, kind=Kind.ADOPT_PARAMETERS, client_id="00000000-0000-4000-8000-000000000000",
        answered_at=NOW, received_at=NOW, study_day=row.study_day, time_zone="UTC", rollover_hour=4,
    )  # fmt: skip
    ReviewLog.objects.bulk_create([event])
    CardProgress.objects.update(stability=3.0)
    assert memories_at(student.pk, 2)[row.card_id].stability == 3.0
    assert memories_at(student.pk, 1)[row.card_id].stability != 3.0


def test_a_log_that_went_back_is_read_anew(student):
    rate(student, IRON, 3)
    keep_memories(student.pk, 9, {})
    assert log_of(student) == (1, read_memories(student.pk))


def test_those_who_studied_last_are_kept_while_there_is_room(monkeypatch):
    monkeypatch.setattr(memories, "MOST_CARDS", 5)
    kept = memories._Kept()
    some = dict.fromkeys(range(2))
    for user_id in (1, 2, 1, 3):
        kept.keep(user_id, 7, some)
    assert [kept.find(user_id)[1] for user_id in (1, 2, 3)] == [some, None, some]
    kept.keep(4, 7, dict.fromkeys(range(9)))
    assert [kept.find(user_id)[1] is None for user_id in (1, 3, 4)] == [True, True, False]


def test_only_a_log_that_was_written_to_its_end_is_known(student):
    with transaction.atomic():
        pen = open_log(student)
        close_log(pen, None)
        assert memories._kept.find(student.pk) == (0, None)
    assert memories._kept.find(student.pk) == (0, {})
