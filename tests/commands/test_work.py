import os
import signal
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from quizzes.management import jobs
from quizzes.management.commands import work
from quizzes.management.jobs import Job
from quizzes.models import Attempt, Card, DeckTally, Download, MemoryFit
from quizzes.selectors.teaching.download_rows import WantedFile
from quizzes.services.content import cards
from quizzes.services.teaching.downloading import ask_for
from tests.classes import join
from tests.factories import QuizFactory, elements
from tests.logs import FORGETFUL, remember
from tests.sitting import quiz_of, sit
from tests.study import IRON, begin, learn


@pytest.fixture
def quick(monkeypatch):
    """No waiting, and no connection of the test closed."""
    monkeypatch.setattr(work, "AFTER_A_FAULT", timedelta(0))
    monkeypatch.setattr(work.connections, "close_all", lambda: None)


def use(monkeypatch, *runs, every=timedelta(0)):
    monkeypatch.setattr(work, "LONG_JOBS", (Job("long", timedelta(hours=1), lambda now, stop: False),))
    monkeypatch.setattr(work, "JOBS", tuple(Job(f"job {at}", every, run) for at, run in enumerate(runs)))


def test_once_does_all_that_there_is_to_do(ada, monkeypatch):
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 5)
    monkeypatch.setattr(cards, "CHANGED_AT_ONCE", 5)
    monkeypatch.setattr(jobs, "SECONDS_OF_A_TURN", 0.0)
    deck = elements()
    assert set(Card.objects.values_list("status", flat=True)) == {"pending"}
    call_command("work", "--once")
    assert set(Card.objects.values_list("status", "stale")) == {("active", False)}
    begin(ada, deck)
    learn(ada, IRON)
    call_command("work", "--once")
    assert DeckTally.objects.get().first_answers == 1


def test_reminders_are_written_and_sent_in_one_run(cohort, mail_server, mailoutbox):
    now = datetime(2026, 3, 10, 16, tzinfo=UTC)
    student = join(cohort, now=now, email="una@example.org")
    QuizFactory(cohort=cohort, opens_at=now, closes_at=now + timedelta(days=1))
    with time_machine.travel(now, tick=False):
        call_command("work", "--once")
        call_command("work", "--once")
    assert [mail.to for mail in mailoutbox] == [[student.email]]


def test_once_hands_in_the_attempts_whose_time_is_over(ada, cohort):
    attempt = sit(ada, quiz_of(elements(), cohort=cohort, time_limit_minutes=20))
    call_command("work", "--once")
    ended = Attempt.objects.get()
    assert (ended.submitted_at, ended.ended_by) == (attempt.due_at, "clock")


def test_once_fits_the_memory_of_who_has_answered_enough(ada):
    begin(ada, elements())
    remember(ada, FORGETFUL, now=timezone.now() - timedelta(days=2))
    call_command("work", "--once")
    call_command("work", "--once")
    assert MemoryFit.objects.get(user=ada).parameter_set.scope == "person"


def test_it_works_until_it_is_told_to_stop(quick, monkeypatch):
    done = []

    def job(now, stop):
        done.append(now)
        if len(done) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return False

    use(monkeypatch, job)
    before = signal.getsignal(signal.SIGTERM)
    call_command("work")
    assert len(done) == 3
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_job_that_has_more_to_do_goes_on_at_once_and_others_have_their_turn(quick, monkeypatch):
    done, stop = [], Event()

    def long(now, stop):
        done.append("long")
        return True

    def short(now, stop):
        done.append("short")
        if done.count("long") == 3:
            stop.set()
        return False

    use(monkeypatch, long, short)
    work.work(stop)
    assert done == ["long", "short"] * 3


def test_a_job_without_more_to_do_waits_its_time(quick, monkeypatch):
    done, stop = [], Event()
    use(monkeypatch, lambda now, stop: bool(done.append(now)), every=timedelta(hours=1))
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set() if seconds > 3500 else None)
    work.take_turns(work.JOBS, stop)
    assert len(done) == 1


def test_a_long_job_goes_on_beside_the_others(quick, monkeypatch):
    begun, went_on, stop = Event(), Event(), Event()

    def long(now, stop):
        begun.set()
        assert went_on.wait(20), "the others wait for it"
        stop.set()
        return False

    def short(now, stop):
        if begun.wait(20):
            went_on.set()
        return False

    use(monkeypatch, short)
    monkeypatch.setattr(work, "LONG_JOBS", (Job("long", timedelta(hours=1), long),))
    work.work(stop)
    assert went_on.is_set()


def test_once_makes_the_files_that_wait_too(ivy, cohort, settings, tmp_path):
    settings.DOWNLOADS = str(tmp_path)
    ask_for(cohort=cohort, user=ivy, wanted=WantedFile("reviews", "xlsx"), now=timezone.now())
    call_command("work", "--once")
    assert Download.objects.get().state == "ready"


def test_a_fault_of_one_job_does_not_keep_the_others_from_theirs(quick, monkeypatch, caplog):
    done, stop = [], Event()

    def faulty(now, stop):
        raise ValueError("gone wrong")

    def sound(now, stop):
        done.append(now)
        if len(done) == 2:
            stop.set()
        return False

    use(monkeypatch, faulty, sound)
    work.work(stop)
    assert len(done) == 2
    assert "“job 0” failed" in caplog.text


def test_a_fault_ends_the_command_that_works_once(quick, monkeypatch):
    def faulty(now, stop):
        raise ValueError("gone wrong")

    use(monkeypatch, faulty)
    with pytest.raises(ValueError, match="gone wrong"):
        call_command("work", "--once")


def test_a_worker_that_stops_starts_no_other_job(quick, monkeypatch):
    stop, began = Event(), timezone.now()
    use(monkeypatch, lambda now, stop: stop.set() or True, lambda now, stop: pytest.fail(f"began at {began}"))
    work.work_once(stop)
