"""manage.py work: what is better done beside the site than in it, for as long as it runs, or once."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from quizzes.management.jobs import JOBS, LONG_JOBS, Job

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
AFTER_A_FAULT = timedelta(seconds=30)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Needs nothing but the database; as many as you like may run, one is enough."""

    help = "Works out questions of large decks, counts answers, reminds, sends e-mails, until told to stop (Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, for cron."""
        parser.add_argument("--once", action="store_true", help="do what there is to do now, then end")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Work; after a signal what is in hand is kept, and the command ends with 0."""
        stop = Event()
        before = {number: signal.signal(number, lambda *_: stop.set()) for number in SIGNALS}
        try:
            if options["once"]:
                work_once(stop)
            else:
                work(stop)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def work_once(stop: Event) -> None:
    """Each job until it has no more to do. A fault ends the command."""
    for job in (*JOBS, *LONG_JOBS):
        while not stop.is_set() and job.run(timezone.now(), stop):
            pass


def work(stop: Event) -> None:
    """All jobs until `stop`, the long ones in a thread of their own."""
    beside = Thread(target=_work_beside, args=(stop,), name="long jobs")
    beside.start()
    try:
        take_turns(JOBS, stop)
    finally:
        stop.set()
        beside.join()


def _work_beside(stop: Event) -> None:
    try:
        take_turns(LONG_JOBS, stop)
    finally:
        connections.close_all()


def take_turns(jobs: Sequence[Job], stop: Event) -> None:
    """These jobs in turn, each when its time has come, until `stop`. After a fault a job waits and is tried again."""
    due = dict.fromkeys(jobs, timezone.now())
    while not stop.is_set():
        for job in jobs:
            if due[job] <= timezone.now() and not stop.is_set():
                due[job] = _run(job, stop)
        wait = (min(due.values()) - timezone.now()).total_seconds()
        if wait > 0:
            connections.close_all()
            stop.wait(wait)


def _run(job: Job, stop: Event) -> datetime:
    """When the job is due again."""
    try:
        more = job.run(timezone.now(), stop)
    except Exception:
        logger.exception("The job “%s” failed; trying again in %d s.", job.name, AFTER_A_FAULT.total_seconds())
        connections.close_all()
        return timezone.now() + AFTER_A_FAULT
    return timezone.now() + (timedelta(0) if more else job.every)
