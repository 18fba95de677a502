"""Answers over HTTP against a signed-in page that does nothing: same server, same run, slice by slice in turn."""

from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from typing import TypedDict

from django.db import connection, connections

from bench.client import Line, Slice
from bench.server import Server, cpu_seconds, running
from bench.talkers import Idle, Knowledge, Learner, UnexpectedError
from quizzes.models import ReviewLog

CONNECTIONS = 16
WARM_UP, WARM_UP_SECONDS = 1_000, 10
ROUNDS = 6


class Figures(TypedDict):
    """What the report prints of one side."""

    requests: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float | None
    database_cpu_ms: float | None


@dataclass(slots=True)
class Side:
    """One of the two things compared: its slices with the CPU seconds of workers and database in each."""

    line: Line
    slices: list[Slice] = field(default_factory=list)
    worker_cpu: list[float | None] = field(default_factory=list)
    database_cpu: list[float | None] = field(default_factory=list)

    def figures(self) -> Figures:
        """All slices together."""
        latencies = [latency for one in self.slices for latency in one.latencies]
        percentiles = quantiles(latencies, n=100)
        return {
            "requests": len(latencies),
            "per_second": len(latencies) / sum(one.seconds for one in self.slices),
            "p50_ms": 1000 * percentiles[49],
            "p99_ms": 1000 * percentiles[98],
            "cpu_ms": _per_request(self.worker_cpu, len(latencies)),
            "database_cpu_ms": _per_request(self.database_cpu, len(latencies)),
        }


def time_answers(sessions: list[str], right: Knowledge, *, seconds: float) -> dict[str, object]:
    """Both sides for `seconds` in all; `sessions` are those of students, `right` is what they know."""
    before = ReviewLog.objects.count()
    connections.close_all()
    with running() as server:
        learners = [Learner(session, right) for session in sessions]
        idle = [Idle(session) for session in sessions]
        answer = Side(Line([*learners], port=server.port, connections=CONNECTIONS))
        nothing = Side(Line([*idle], port=server.port, connections=CONNECTIONS))
        _warm_up(answer, nothing, len(learners))
        for number in range(ROUNDS):
            for side in (nothing, answer) if number % 2 else (answer, nothing):
                _measure(side, server, seconds / ROUNDS / 2)
    given, logged = sum(learner.answers for learner in learners), ReviewLog.objects.count() - before
    if given != logged:
        raise UnexpectedError(f"{given} answers were given, but {logged} are in the log")
    return _compared(answer, nothing) | {"logged": logged, "connections": CONNECTIONS}


def _warm_up(answer: Side, nothing: Side, students: int) -> None:
    """Everybody opens the first question; then both workers come to know settings and questions."""
    answer.line.talk(lambda requests: requests <= students - CONNECTIONS)
    until = perf_counter() + WARM_UP_SECONDS
    answer.line.talk(lambda requests: requests < WARM_UP and perf_counter() < until)
    nothing.line.talk(lambda requests: requests < WARM_UP // 4)


def _measure(side: Side, server: Server, seconds: float) -> None:
    workers, database = server.workers(), database_processes()
    used = cpu_seconds(workers), cpu_seconds(database)
    until = perf_counter() + seconds
    side.slices.append(side.line.talk(lambda _requests: perf_counter() < until))
    side.worker_cpu.append(_since(used[0], cpu_seconds(workers)))
    side.database_cpu.append(_since(used[1], cpu_seconds(database)))


def database_processes() -> list[int]:
    """Those of the connections there are; none of SQLite, which has no process of its own."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity")
        return [pid for (pid,) in cursor.fetchall()]


def per_request(before: float | None, after: float | None, requests: int) -> float | None:
    """Milliseconds of CPU time for each request; None where /proc does not tell."""
    return _per_request([_since(before, after)], requests)


def _since(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _per_request(used: list[float | None], requests: int) -> float | None:
    known = [seconds for seconds in used if seconds is not None]
    return 1000 * sum(known) / requests if len(known) == len(used) else None


def _compared(answer: Side, nothing: Side) -> dict[str, object]:
    one, other = answer.figures(), nothing.figures()
    rounds = [
        len(mine.latencies) / mine.seconds * its.seconds / len(its.latencies)
        for mine, its in zip(answer.slices, nothing.slices, strict=True)
    ]
    cpu = other["cpu_ms"] / one["cpu_ms"] if one["cpu_ms"] and other["cpu_ms"] else None
    ratio = one["per_second"] / other["per_second"]
    return {"answer": one, "nothing": other, "ratio": ratio, "rounds": rounds, "cpu_ratio": cpu}
