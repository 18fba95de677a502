"""Brings the database up to date, serves the site on this computer and works beside it, until Ctrl-C.

Run by `make run` inside .venv.
"""

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPException
from types import FrameType
from urllib.request import urlopen

import django
from django.core.management import call_command
from django.db import connections

from system import say

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Threads, since browsers open connections ahead of need, and each would hold a sync worker.
GUNICORN = (
    "-m gunicorn --config python:quizzes.warming --workers 2 --worker-class gthread --threads 8 --graceful-timeout 5"
    " --no-control-socket"
).split()
SECONDS_TO_START = 60


def main() -> None:
    """Prepares, serves, and stops what it started."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    refuse_taken(port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.chdir(ROOT)
    os.environ.setdefault("CALCQUIZ_URL", f"http://127.0.0.1:{port}")
    sign_ins = prepare()
    command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", "--log-level", "error", "calcquiz.wsgi"]
    # Sessions of their own, so that Ctrl-C reaches them by way of us.
    server = subprocess.Popen(command, start_new_session=True)
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], start_new_session=True)
    watch(server, worker, port, sign_ins)


def refuse_taken(port: int) -> None:
    """Exits with what to do where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Name another one: make run PORT={port + 1}")


def stop(number: int, frame: FrameType | None) -> None:
    """Leaves by way of every `finally`; further signals do not cut that short."""
    for later in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(later, signal.SIG_IGN)
    sys.exit(0)


def prepare() -> str:
    """Migrations, static files, first deck and demo people; what the last of these says about signing in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calcquiz.settings")
    os.environ.setdefault("CALCQUIZ_HTTPS", "0")
    os.environ.setdefault("CALCQUIZ_STAFF_SECOND_FACTOR", "0")  # the demo people have no telephone
    sys.path.insert(0, ROOT)
    django.setup()
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sign_ins = io.StringIO()
    call_command("demo", stdout=sign_ins, stderr=sys.stdout)
    connections.close_all()
    return sign_ins.getvalue().strip()


def watch(server: subprocess.Popen[bytes], worker: subprocess.Popen[bytes], port: int, sign_ins: str) -> None:
    """Says when the site answers; stays until it ends or is told to stop. Then the worker keeps what it has in hand."""
    try:
        wait_for_answer(server, port)
        say(f"\ncalcquiz is at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n\n{sign_ins}\n")
        code = server.wait()
        sys.exit(f"The server ended by itself (exit code {code}).")
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait()


def wait_for_answer(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns once the site says that it is well."""
    for _ in range(SECONDS_TO_START * 10):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except (OSError, HTTPException):
            time.sleep(0.1)
        if server.poll() is not None:
            sys.exit("The server did not start; the lines above say why.")
    sys.exit(f"The site did not answer within {SECONDS_TO_START} s.")


if __name__ == "__main__":
    main()
