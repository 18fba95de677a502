"""`python -m bench [--postgres] [--json] [--seconds S] [--large | --fits | --class-of N | --rush [--students N]
[--minutes M] [--start-seconds S] | --memory {models,choices,class,log} [--kind K] [--people N] [--cards N] [--days D]
[--seed S]]`: all in one run, with its own database and server, or with simulated people."""

import argparse
import json
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.students import KINDS

ROOT = Path(__file__).resolve().parent.parent
STUDENTS, RUSH_STUDENTS = 160, 300
MEMORY = ("models", "choices", "class", "log")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="a temporary PostgreSQL instead of SQLite")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--seconds", type=float, default=12.0, help="of requests over HTTP")
    parser.add_argument("--large", action="store_true", help="a deck of 10,000 facts instead: about a minute")
    parser.add_argument("--fits", action="store_true", help="fits of memory parameters instead: about a minute")
    parser.add_argument("--class-of", type=int, metavar="N", help="a class of N with 1,000 answers each instead")
    parser.add_argument("--rush", action="store_true", help="a class that takes one quiz at the same time instead")
    parser.add_argument("--students", type=int, default=RUSH_STUDENTS, help="of the rush")
    parser.add_argument("--minutes", type=float, default=2.0, help="of the rush, from the first page to the last")
    parser.add_argument("--start-seconds", type=float, default=10.0, help="in which all students of the rush start")
    add_memory_options(parser)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if arguments.memory:
        from bench.remembering import run_memory

        run_memory(arguments)
        return
    with database(postgres=arguments.postgres) as url:
        configure(url)
        figures = run_wanted(arguments)
    from bench.fitting import text as fits
    from bench.report import large, text
    from bench.report_class_of import class_of
    from bench.report_rush import rush

    told = fits if arguments.fits else rush if arguments.rush else large if arguments.large else text
    told = class_of if arguments.class_of else told
    print(json.dumps(figures, indent=2) if arguments.json else told(figures))
    if figures.get("errors") or figures.get("faults"):
        sys.exit(1)


def add_memory_options(parser: argparse.ArgumentParser) -> None:
    """`--memory` and what belongs to it; these experiments need no database."""
    parser.add_argument("--memory", choices=MEMORY, help="simulated people instead: models compared, choices against "
                        "flashcards, new students of a class, or one person's log as CSV")  # fmt: skip
    parser.add_argument("--kind", action="append", choices=[*KINDS], help="of people (again for several); else all")
    parser.add_argument("--people", type=int, help="of each kind")
    parser.add_argument("--cards", type=int, default=300, help="that each of them studies")
    parser.add_argument("--days", type=int, default=240, help="of study")
    parser.add_argument("--seed", default="1", help="of the log")


def run_wanted(arguments: argparse.Namespace) -> dict[str, Any]:
    """The figures that the arguments ask for."""
    if arguments.rush:
        from bench.quiz_rush import Rush, time_rush

        return time_rush(Rush(arguments.students, arguments.minutes, arguments.start_seconds))
    if arguments.class_of:
        from bench.class_of import time_class_of

        return time_class_of(arguments.class_of)
    if arguments.fits:
        from bench.fitting import time_fits

        return {"fits": time_fits()}
    return run_large() if arguments.large else run(arguments.seconds)


@contextmanager
def database(*, postgres: bool) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if postgres:
        sys.path.append(str(ROOT / "scripts"))
        from postgres import find_tools, server

        with server(find_tools()) as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="calcquiz-bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"


def configure(url: str) -> None:
    """Production settings for this process and the server it starts, whatever the environment says."""
    os.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith("CALCQUIZ_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "CALCQUIZ_DATABASE_URL": url,
        "CALCQUIZ_SECRET_KEY": secrets.token_urlsafe(50),
        "CALCQUIZ_HOSTS": "127.0.0.1,testserver",
    }
    import django

    django.setup()


def run_large() -> dict[str, Any]:
    """The figures of a large deck, in a process that did nothing else."""
    from django.core.management import call_command
    from django.db import connection, connections

    from bench.large import time_large

    call_command("migrate", interactive=False, verbosity=0)
    figures = {"database": connection.vendor, **time_large()}
    connections.close_all()
    return figures


def run(seconds: float) -> dict[str, Any]:
    """All figures; units are in their names."""
    from django.db import connection, connections
    from django.utils import timezone

    from bench import answering, classrooms, drawing, importing, learner, people, queries, queueing, talkers
    from quizzes.core.generation import Bank
    from quizzes.selectors.content.specs import deck_spec

    deck = people.make_database()
    students = people.make_students(deck, STUDENTS, timezone.now())
    sessions = [people.sign_in(student) for student in students]
    bank = Bank(deck_spec(deck))
    draws = drawing.time_draws(bank)
    right = talkers.knowledge(bank)
    figures = {
        "database": connection.vendor,
        "draws": draws,
        "queues": queueing.time_queues(),
        "queries": queries.count_queries(sessions.pop(), right),
        "answers": answering.time_answers(sessions, right, seconds=seconds),
    }
    now = timezone.now()
    figures |= {"classes": classrooms.time_classes(deck, now), "progress": learner.time_progress(now)}
    connections.close_all()
    figures["imports"] = importing.time_import()
    return figures


if __name__ == "__main__":
    main()
