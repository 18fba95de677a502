"""How many SQL queries an answer takes, counted inside this process."""

from collections import defaultdict
from statistics import fmean

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.messages import Request, Response, Talker
from bench.talkers import Idle, Knowledge, Learner

ANSWERS = 60
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def count_queries(session: str, right: Knowledge) -> dict[str, float]:
    """The mean per answer by the format of the question, over all of them, the most, and those of the empty page."""
    learner, counts = Learner(session, right), defaultdict[str, list[int]](list)
    _turn(learner)
    while (request := learner.ask()) and learner.answers < ANSWERS:
        counts[_format(request)].append(_turn(learner))
    every = [count for group in counts.values() for count in group]
    means = {name: fmean(group) for name, group in sorted(counts.items())}
    return {"nothing": _turn(Idle(session)), **means, "mean": fmean(every), "most": max(every)}


def _format(request: Request) -> str:
    return next((name for name in ("choice", "typed") if name in request.form), "flashcard")


def _turn(talker: Talker) -> int:
    """Let it ask and hear inside this process; returns the number of queries."""
    request, client = talker.ask(), Client(enforce_csrf_checks=True)
    assert request is not None
    client.cookies.load(dict(request.cookies))
    headers = {"HX-Request": "true", "Origin": "https://testserver"}
    with CaptureQueriesContext(connection) as captured:
        if request.form:
            response = client.post(request.path, dict(request.form), secure=True, headers=headers)
        else:
            response = client.get(request.path, secure=True, headers=headers)
    talker.hear(Response(response.cookies.output(), response.content.decode()))
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured.captured_queries)
