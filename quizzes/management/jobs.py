"""What the worker does. A new job is a function here and a line in JOBS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import monotonic

from quizzes.services.content.working_out import work_out_some
from quizzes.services.people.posting import send_queued
from quizzes.services.study.tallying import tally_changed
from quizzes.services.teaching.attempting import end_overdue

SECONDS_OF_A_TURN = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work. `run` does a few seconds of it and says whether there is more to do at once.

    When there is not, the worker comes back after `every`. A run that is told to `stop` ends as soon as it can, with
    nothing lost; two workers may run the same job at the same time.
    """

    name: str
    every: timedelta
    run: Callable[[datetime, Event], bool]


def work_out_questions(now: datetime, stop: Event) -> bool:
    """Some of the questions of large decks that are new or may have changed."""
    return work_out_some(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set) is not None


def count_answers(now: datetime, stop: Event) -> bool:
    """The counts over all students, of decks that were studied since they were made."""
    tally_changed(now=now, stop=stop.is_set)
    return False


def send_invitations(now: datetime, stop: Event) -> bool:
    """E-mails to those whom instructors have invited into their classes."""
    return send_queued(now=now, stop=stop.is_set)


def end_attempts(now: datetime, stop: Event) -> bool:
    """Attempts at quizzes whose time is over are handed in."""
    end_overdue(now=now, stop=stop.is_set)
    return False


JOBS = (
    Job("questions", timedelta(seconds=2), work_out_questions),
    Job("counts", timedelta(minutes=10), count_answers),
    Job("invitations", timedelta(seconds=20), send_invitations),
    Job("attempts", timedelta(seconds=5), end_attempts),
)
