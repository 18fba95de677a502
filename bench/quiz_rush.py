"""A class that takes one quiz at the same time over HTTP, from the site as `make run` starts it, worker included."""

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from bench import answering, people
from bench.client import Line
from bench.crowd import Heard, listen
from bench.examinee import Examinee
from bench.examiner import faults
from bench.pages import time_page
from bench.server import Server, as_make_run, cpu_seconds, running
from bench.talkers import Idle
from quizzes.models import Deck, Quiz, User
from quizzes.services.people.roles import give_role
from quizzes.services.teaching.classes import create_class
from quizzes.services.teaching.enrolling import enrol
from quizzes.services.teaching.quizzes import Plan, create_quiz, publish_quiz

QUESTIONS = 20
KINDS = ("quiz", "start", "question", "save", "end", "submit", "review")
CONNECTIONS, IDLE_SECONDS = 16, 3.0
MINUTES_OF_THE_AIM = 10
PERCENTS = {"p50_ms": 0.5, "p99_ms": 0.99}


@dataclass(frozen=True, slots=True)
class Rush:
    """How many students, in how many minutes, all opening the quiz within how many seconds."""

    students: int
    minutes: float
    start_seconds: float


def time_rush(rush: Rush) -> dict[str, Any]:
    """Figures of the rush; `errors` and `faults` are sentences, none where all went well."""
    deck, now = people.make_database(), timezone.now()
    students = people.make_students(deck, rush.students, now)
    instructor, quiz = make_quiz(deck, students)
    sessions = {student.username: people.sign_in(student) for student in students}
    examinees = [Examinee(name, key, quiz.pk, rush.start_seconds, 60 * rush.minutes) for name, key in sessions.items()]
    connections.close_all()
    with running(as_make_run()) as server, worker() as helper:
        nothing = _time_nothing(server, list(sessions.values()), min(IDLE_SECONDS, 60 * rush.minutes))
        heard, used = _listen(examinees, server, helper)
    return {
        "database": connection.vendor,
        "students": rush.students,
        "minutes": rush.minutes,
        "start_seconds": rush.start_seconds,
        "seconds": heard.seconds,
        "requests": heard.requests,
        "per_second": heard.requests / heard.seconds,
        "needed_per_second": heard.requests / MINUTES_OF_THE_AIM / 60,
        "most_open": heard.most_open,
        "kinds": {kind: _times(heard.latencies[kind]) for kind in KINDS if heard.latencies[kind]},
        **used,
        **_ratio(used["cpu_ms"], nothing),
        "answers": sum(one.revision for examinee in examinees for one in examinee.kept.values()),
        "errors": heard.errors,
        "faults": faults(quiz, examinees),
        "pages": _pages(instructor, quiz),
    }


def make_quiz(deck: Deck, students: Sequence[User]) -> tuple[User, Quiz]:
    """A published quiz of QUESTIONS over the whole deck for a class of these students, and its instructor."""
    now = timezone.now()
    instructor = User.objects.create(username="bench-examiner", password=make_password(None))
    give_role(user=instructor, role="instructor")
    cohort = create_class(user=instructor, name="Rush", decks=[deck], closes_at=None, below=lambda _n: 0, now=now)
    for student in students:
        enrol(user=student, cohort=cohort, now=now)
    about = {"user": instructor, "cohort": cohort, "deck": deck, "seed": "rush", "form_id": uuid.uuid4()}
    quiz = create_quiz(**about, plan=plan_of_quiz(now), now=now)
    publish_quiz(quiz=quiz, now=now)
    return instructor, quiz


def plan_of_quiz(now: datetime) -> Plan:
    """Parallel forms of QUESTIONS from the whole deck, drawn from the bank; open for two hours."""
    return Plan(
        title="Rush",
        instructions="",
        picking=Quiz.Picking.DRAWN,
        blueprint=[{"section": "", "direction": "", "closeness": "mixed", "number": QUESTIONS}],
        forms=Quiz.Forms.PARALLEL,
        form_count=4,
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(hours=2),
        time_limit_minutes=60,
        attempts_allowed=1,
        counting=Quiz.Counting.BEST,
        feedback=Quiz.Feedback.AFTER,
        certainty=False,
        pass_mark=0.6,
        reminders=False,
    )


@contextmanager
def worker() -> Iterator[int]:
    """The worker beside the server, as long as the context lasts; its process id."""
    process = subprocess.Popen([sys.executable, "manage.py", "work"], start_new_session=True)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _time_nothing(server: Server, sessions: Sequence[str], seconds: float) -> float | None:
    """Milliseconds of CPU of the page that does nothing, once the server has warmed up."""
    line = Line([Idle(session) for session in sessions], port=server.port, connections=CONNECTIONS)
    _talk(line, seconds)
    _settle(server)
    used = cpu_seconds(server.workers())
    requests = _talk(line, seconds)
    return answering.per_request(used, cpu_seconds(server.workers()), requests)


def _talk(line: Line, seconds: float) -> int:
    until = time.perf_counter() + seconds
    return len(line.talk(lambda _requests: time.perf_counter() < until).latencies)


def _settle(server: Server) -> None:
    """Wait until the processes work out nothing ahead any more."""
    for _ in range(60):
        before = cpu_seconds(server.workers())
        time.sleep(0.5)
        after = cpu_seconds(server.workers())
        if before is None or after is None or after - before < 0.05:
            return


def _listen(examinees: Sequence[Examinee], server: Server, helper: int) -> tuple[Heard, dict[str, float | None]]:
    """The rush itself, with the CPU time per request of workers, of the database, and of the worker beside them."""
    processes = {
        "cpu_ms": server.workers(),
        "database_cpu_ms": answering.database_processes(),
        "worker_cpu_ms": (helper,),
    }
    before = {name: cpu_seconds(pids) for name, pids in processes.items()}
    heard = listen([examinee.script() for examinee in examinees], port=server.port)
    used = {
        name: answering.per_request(before[name], cpu_seconds(pids), heard.requests) for name, pids in processes.items()
    }
    return heard, used


def _ratio(cpu_ms: float | None, nothing: float | None) -> dict[str, float | None]:
    return {"nothing_cpu_ms": nothing, "cpu_ratio": nothing / cpu_ms if nothing and cpu_ms else None}


def _times(latencies: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(latencies, n=100, method="inclusive") if len(latencies) > 1 else [latencies[0]] * 99
    found = {name: 1000 * cuts[round(100 * share) - 1] for name, share in PERCENTS.items()}
    return {"requests": len(latencies), **found, "most_ms": 1000 * max(latencies)}


def _pages(instructor: User, quiz: Quiz) -> dict[str, float]:
    addresses = {
        "results": reverse("class-quiz-results", args=[quiz.cohort_id, quiz.pk]),
        "grades": reverse("class-grades", args=[quiz.cohort_id]),
    }
    return {name: time_page(instructor, address)["ms"] for name, address in addresses.items()}
