"""A gunicorn with two workers on a free port, ended by its process id; and CPU time that processes have used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = "-m gunicorn --workers 2 --worker-class sync --graceful-timeout 5 --no-control-socket".split()
SECONDS_TO_START = 60
PARENT, USER_TICKS, SYSTEM_TICKS = 1, 11, 12
"""Places in /proc/PID/stat, counted after the program's name."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens, and the process that keeps the workers."""

    port: int
    pid: int

    def workers(self) -> tuple[int, ...]:
        """The processes that answer, all of them after the first requests; none where /proc does not tell."""
        pids = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
        return tuple(sorted(pid for pid in pids if (stat := _stat(pid)) and int(stat[PARENT]) == self.pid))


def as_make_run() -> list[str]:
    """The options of gunicorn with which `make run` serves."""
    sys.path.append(str(ROOT / "scripts"))
    from serve import GUNICORN as served

    return [*served]


@contextmanager
def running(options: Sequence[str] = GUNICORN) -> Iterator[Server]:
    """The site under the settings of this process's environment, for as long as the context lasts."""
    port = free_port()
    command = [sys.executable, *options, "--bind", f"127.0.0.1:{port}", "--log-level", "error", "bench.wsgi"]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def cpu_seconds(pids: Iterable[int]) -> float | None:
    """User and system time of the processes so far; None where /proc does not tell."""
    found = [_stat(pid) for pid in pids]
    if not found or not all(found):
        return None
    return sum(int(stat[USER_TICKS]) + int(stat[SYSTEM_TICKS]) for stat in found) / os.sysconf("SC_CLK_TCK")


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(SECONDS_TO_START * 10):
        if process.poll() is not None:
            sys.exit("The server did not start; the lines above say why.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"The server did not start within {SECONDS_TO_START} s.")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
