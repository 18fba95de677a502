"""The bench that lets a class take a quiz at the same time: it runs, counts, and finds what is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.examinee import Acknowledged, Examinee
from bench.examiner import faults
from quizzes.models import Attempt, Response
from tests.factories import NOW, elements
from tests.sitting import choose, hand_in, quiz_of, sit

ROOT = Path(__file__).resolve().parent.parent.parent
RUSH = [
    sys.executable,
    "-m",
    "bench",
    "--rush",
    "--students",
    "3",
    "--minutes",
    "0.05",
    "--start-seconds",
    "1",
    "--json",
]


def test_three_students_take_a_quiz_over_http_without_an_error():
    done = subprocess.run(RUSH, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["errors"] == figures["faults"] == []
    assert figures["kinds"]["submit"]["requests"] == 3
    assert figures["answers"] > 3 * 15


@pytest.fixture
def sat(ada):
    """A quiz that Ada has handed in with one answer right, and what the server has acknowledged of it."""
    quiz = quiz_of(elements(), ada)
    attempt = sit(ada, quiz)
    kept = choose(attempt)
    hand_in(attempt, now=NOW)
    said = {position: Acknowledged() for position in range(1, 5)}
    said[1] = Acknowledged(kept.order.index(kept.chosen), flagged=False, revision=1)
    return quiz, Examinee(ada.username, "", quiz.pk, 1, 1, kept=said, handed_in=True)


def test_nothing_is_wrong_with_what_the_site_has_kept(sat):
    quiz, examinee = sat
    assert faults(quiz, [examinee]) == []


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        (Response, {"chosen": None}, "was acknowledged"),
        (Response, {"revision": 2}, "was acknowledged"),
        (Attempt, {"mark": 0.5}, "has the mark 0.5, not 0.25"),
        (Attempt, {"ended_by": "clock"}, "has not handed in"),
    ],
)
def test_an_answer_lost_or_a_mark_gone_wrong_is_found(sat, table, values, said):
    quiz, examinee = sat
    first = {"position": 1} if table is Response else {}
    table.objects.filter(**first).update(**values)
    assert said in "\n".join(faults(quiz, [examinee]))


def test_an_answer_that_never_reached_the_log_is_found(sat):
    quiz, examinee = sat
    Response.objects.filter(position=2).update(chosen=0)
    assert "2 answers were given, 1 are in the log" in "\n".join(faults(quiz, [examinee]))
