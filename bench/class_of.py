"""A class of a thousand with a million answers: its pages, its files, and what an answer in it costs."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from bench import large_class
from bench.apart import apart
from bench.messages import Response
from bench.people import make_database, sign_in
from bench.set_work import set_assignments, set_quiz
from bench.talkers import Idle, Knowledge, Learner, knowledge
from quizzes.core.generation import Bank
from quizzes.models import Card, CardProgress, Cohort, Deck, Fact, Quiz, ReviewLog, User
from quizzes.selectors.content.specs import deck_spec
from quizzes.selectors.study.replay import replay_some
from quizzes.selectors.teaching.download_rows import WantedFile
from quizzes.selectors.teaching.downloads import stream_address
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.teaching.downloading import ask_for
from quizzes.warming import settle

REPEATS, ANSWERS, CHECKED = 9, 60, 12
STATE_CHANGES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
PERHAPS = {
    "class-quizzes", "class-messages", "class-questions", "class-question", "class-confusions", "class-behind",
}  # fmt: skip
"""Pages that may be there: each that is, and whose address can be made of what there is, is timed as well."""


def time_class_of(students: int) -> dict[str, Any]:
    """All figures; a table of them is made by report_class_of."""
    now, began, cpu = timezone.now(), perf_counter(), process_time()
    deck = make_database()
    right = knowledge(Bank(deck_spec(deck)))
    warming, outsider, inside = large_class.make_triplets(deck, now)
    _answers(warming, right)
    figures: dict[str, Any] = {"database": connection.vendor}
    alone = _answers(outsider, right)
    instructor, cohort = large_class.make_class(deck, students, inside, now)
    figures |= {"made_s": perf_counter() - began, "made_cpu_s": process_time() - cpu}
    figures["answer"] = _compared(alone, _answers(inside, right))
    figures |= _size(cohort)
    figures |= _checked(cohort, inside)
    members = list(User.objects.filter(enrolments__cohort=cohort, enrolments__role="student"))
    set_assignments(instructor, cohort, deck, members, now)
    quiz = set_quiz(instructor, cohort, deck, members, now)
    figures["rollup_s"] = _rollup()
    note_time_zone(user=instructor, time_zone="UTC")
    settle()
    figures["pages"] = {
        name: _page(instructor, url) for name, url in _addresses(cohort, deck, members[0], quiz).items()
    }
    figures["files"] = _files(instructor, cohort)
    return figures


def _size(cohort: Cohort) -> dict[str, int]:
    members = cohort.enrolments.filter(role="student").values("user")
    return {
        "students": members.count(),
        "cards": Card.objects.filter(status=Card.Status.ACTIVE).count(),
        "memories": CardProgress.objects.filter(user__in=members).count(),
        "answers": ReviewLog.objects.filter(user__in=members).count(),
    }


def _checked(cohort: Cohort, inside: User) -> dict[str, Any]:
    """Whether the logs of some students fold to what is kept of them."""
    some = cohort.enrolments.filter(role="student").order_by("user_id").values_list("user_id", flat=True)[:CHECKED]
    found = replay_some({*some, inside.pk})
    return {"replayed": found.students, "faults": found.differences[:10]}


def _rollup() -> float | None:
    """Seconds of the command that makes the rollups, if there is one."""
    if "rollup" not in get_commands():
        return None
    began = perf_counter()
    call_command("rollup", verbosity=0, stdout=StringIO(), stderr=StringIO())
    return perf_counter() - began


def _addresses(cohort: Cohort, deck: Deck, student: User, quiz: Quiz) -> dict[str, str]:
    """The pages to be timed, by name."""
    public_id = student.profile.public_id
    found = {
        "list of classes": reverse("classes"),
        "class": reverse("class", args=[cohort.pk]),
        "student": reverse("class-student", args=[cohort.pk, public_id]),
        "gradebook": reverse("class-grades", args=[cohort.pk]),
        "quiz": reverse("class-quiz", args=[cohort.pk, quiz.pk]),
        "quiz results": reverse("class-quiz-results", args=[cohort.pk, quiz.pk]),
        "class, study days": reverse("class", args=[cohort.pk]) + "?view=days",
        "downloads": reverse("class-downloads", args=[cohort.pk]),
    }
    known = {
        "pk": cohort.pk, "cohort_id": cohort.pk, "slug": deck.slug, "deck": deck.slug, "public_id": public_id,
        "card_id": Card.objects.filter(deck=deck, status=Card.Status.ACTIVE).order_by("order")[0].pk,
        "code": Fact.objects.filter(deck=deck).order_by("position")[0].code,
        "item_hash": ReviewLog.objects.filter(format="choice")[:1].get().item_hash,
    }  # fmt: skip
    for name in sorted(PERHAPS & {key for key in get_resolver().reverse_dict if isinstance(key, str)}):
        for ((_address, arguments), *_more), *_others in get_resolver().reverse_dict.getlist(name):
            with suppress(NoReverseMatch, KeyError):
                found[name.removeprefix("class-")] = reverse(name, kwargs={one: known[one] for one in arguments})
    return found


def _page(reader: User, address: str) -> dict[str, float]:
    """Milliseconds of a page, medians where it is known already; queries; and of a process that knows nothing."""
    client = Client()
    client.cookies["sessionid"] = sign_in(reader)
    _get(client, address)
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
        queries = len(captured)
    times = [_get(client, address) for _ in range(REPEATS)]
    wall, cpu = (median(one[at] for one in times) for at in range(2))
    return {"ms": wall, "cpu_ms": cpu, "queries": queries, **apart("page", reader.pk, address)}


def _get(client: Client, address: str) -> tuple[float, float]:
    began, cpu = perf_counter(), process_time()
    response = client.get(address, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return 1000 * (perf_counter() - began), 1000 * (process_time() - cpu)


def _answers(student: User, right: Knowledge) -> dict[str, float]:
    """Processor and wall time of an answer, with the next question, and its queries; medians. And of an empty page."""
    learner, idle = Learner(sign_in(student), right), Idle(sign_in(student))
    _turn(learner)
    settle()
    found = [(_turn(learner), _turn(idle)) for _ in range(ANSWERS) if learner.ask()]
    answers, empty = zip(*found, strict=True)
    names = ("ms", "cpu_ms", "queries")
    return {
        "answers": len(found),
        **{name: median(one[at] for one in answers) for at, name in enumerate(names)},
        "empty_cpu_ms": median(one[1] for one in empty),
    }


def _turn(talker: Learner | Idle) -> tuple[float, float, float]:
    request, client = talker.ask(), Client()
    assert request is not None
    client.cookies.load(dict(request.cookies))
    about: dict[str, Any] = {"secure": True, "headers": {"HX-Request": "true", "Origin": "https://testserver"}}
    began, cpu = perf_counter(), process_time()
    with CaptureQueriesContext(connection) as captured:
        response = (
            client.post(request.path, dict(request.form), **about)
            if request.form
            else client.get(request.path, **about)
        )
    wall, spent = perf_counter() - began, process_time() - cpu
    talker.hear(Response(response.cookies.output(), response.content.decode()))
    queries = sum(not one["sql"].startswith(STATE_CHANGES) for one in captured.captured_queries)
    return 1000 * wall, 1000 * spent, queries


def _compared(alone: dict[str, float], inside: dict[str, float]) -> dict[str, Any]:
    """The answers of a student before there was a class, and of one with the same past within it."""
    ratio = (inside["cpu_ms"] / inside["empty_cpu_ms"]) / (alone["cpu_ms"] / alone["empty_cpu_ms"])
    return {"alone": alone, "inside": inside, "ratio": inside["cpu_ms"] / alone["cpu_ms"], "ratio_to_empty": ratio}


def _files(instructor: User, cohort: Cohort) -> dict[str, dict[str, float]]:
    """The review log sent as CSV, and made by the worker in both kinds; each in a process of its own."""
    plain = WantedFile("reviews", "csv")
    found = {
        "CSV, sent as it is made": apart("stream", instructor.pk, stream_address(cohort.pk, plain)),
        "CSV, pseudonymous": apart(
            "stream", instructor.pk, stream_address(cohort.pk, WantedFile("reviews", "csv", True))
        ),
    }
    with _folder():
        for ending in ("csv", "xlsx"):
            ask_for(cohort=cohort, user=instructor, wanted=WantedFile("reviews", ending), now=timezone.now())
            found[f"{ending.upper()}, by the worker"] = apart("worker", instructor.pk)
    return found


@contextmanager
def _folder() -> Iterator[None]:
    """Files go where they are gone afterwards."""
    import os

    before = settings.DOWNLOADS
    with tempfile.TemporaryDirectory(prefix="calcquiz-bench-") as folder:
        os.environ["CALCQUIZ_DOWNLOADS"] = settings.DOWNLOADS = folder
        yield
    settings.DOWNLOADS = before
    del os.environ["CALCQUIZ_DOWNLOADS"]
