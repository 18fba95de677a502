"""The server killed while answers stream in: what was acknowledged is there exactly once, and the log replays."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core import signing

ROOT = Path(__file__).parent.parent
STUDENTS, ANSWERS_BEFORE_THE_CRASH, CRASHES = 4, 25, 2


@pytest.fixture
def environment(tmp_path):
    """The settings of a server of its own, on a database of its own."""
    own = {
        "CALCQUIZ_SECRET_KEY": "only-for-the-crash-test-" + "x" * 40,
        "CALCQUIZ_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "calcquiz.settings",
        "PYTHONPATH": str(ROOT),
    }
    with _database(tmp_path) as url:
        yield {**os.environ, **own, "CALCQUIZ_DATABASE_URL": url}


class _database:
    """A new SQLite file, or a new database on the PostgreSQL server that the tests run on."""

    def __init__(self, folder):
        self.folder, self.name = folder, f"crash_{uuid.uuid4().hex[:12]}"
        self.postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")

    def __enter__(self):
        if not self.postgres:
            return f"sqlite:///{self.folder}/crash.sqlite3"
        self._run(f"CREATE DATABASE {self.name}")
        parts = urlsplit(os.environ["CALCQUIZ_DATABASE_URL"])
        return urlunsplit(parts._replace(path=f"/{self.name}"))

    def __exit__(self, *raised):
        if self.postgres:
            self._run(f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def _run(statement):
        import psycopg

        with psycopg.connect(os.environ["CALCQUIZ_DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement)


def run(environment, *words):
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Server:
    """gunicorn with two workers on a free port of the loopback."""

    def __init__(self, environment):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        words = [
            "-m",
            "gunicorn",
            "--config",
            "python:quizzes.warming",
            "calcquiz.wsgi",
            "--workers",
            "2",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--log-level",
            "error",
        ]
        self.process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self):
        for _attempt in range(300):
            try:
                if request(self.port, "GET", "/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self):
        """As a power cut would: master and workers at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def request(port, method, path, session="", form=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    token = "c" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}", "Connection": "close"}
    body = None
    if form is not None:
        body = urlencode({**form, "csrfmiddlewaretoken": token})
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def token_of(page):
    """The question that the page asks, as the page carries it; None on a finished page."""
    question = page.partition('<template id="next-question">')[2] or page
    form = re.search(r'<form id="answer".*?</form>', question, re.DOTALL)
    return re.search(r'name="token" value="([^"]+)"', form[0])[1] if form else None


def client_id_of(token):
    """The id inside, read without the key."""
    payload = token.split(":")[0]
    return json.loads(signing.b64_decode(payload.lstrip(".").encode()))["client_id"]


def answer_until_it_breaks(port, session, acknowledged, enough):
    try:
        token = token_of(request(port, "GET", "/study/", session)[1])
        while token:
            form = {"token": token, "choice": "0", "rating": "3", "typed": "iron", "elapsed_ms": "2500"}
            status, page = request(port, "POST", "/study/answer/", session, form)
            assert status == 200, page[:500]
            acknowledged.append(client_id_of(token))
            if len(acknowledged) >= ANSWERS_BEFORE_THE_CRASH:
                enough.set()
            token = token_of(page)
    except (OSError, http.client.HTTPException):
        return


@pytest.mark.django_db
def test_a_killed_server_loses_no_acknowledged_answer_and_counts_none_twice(environment):
    run(environment, "manage.py", "migrate", "-v0")
    sessions = json.loads(run(environment, "tests/crash_people.py", str(STUDENTS)).splitlines()[-1])
    acknowledged = []
    for _crash in range(CRASHES):
        server, enough, batch = Server(environment), threading.Event(), []
        words = [(server.port, session, batch, enough) for session in sessions]
        threads = [threading.Thread(target=answer_until_it_breaks, args=w) for w in words]
        for thread in threads:
            thread.start()
        came = enough.wait(timeout=60)
        server.kill()
        for thread in threads:
            thread.join(timeout=60)
        assert came, f"only {len(batch)} answers came before the crash"
        acknowledged += batch
    ids = "ReviewLog.objects.filter(kind='answer').values_list('client_id', flat=True)"
    script = f"from quizzes.models import ReviewLog; print(*{ids})"
    logged = Counter(run(environment, "manage.py", "shell", "--no-imports", "-c", script).split())
    assert set(acknowledged) <= set(logged)
    assert set(logged.values()) == {1}
    assert len(acknowledged) >= CRASHES * ANSWERS_BEFORE_THE_CRASH
    assert "replays to what is kept" in run(environment, "manage.py", "replay", "--check")
