"""`python -m bench.apart WHAT USER ADDRESS`: one thing done in a process of its own, its figures printed as JSON.

`page` asks for a page that finds nothing kept; `stream` takes a file that is sent while it is made; `worker` makes the
file that waits. Run by the benchmark, on the database and with the settings of the process that starts it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

KILOBYTES = 1024


def apart(what: str, user_id: int, address: str = "") -> dict[str, float]:
    """The figures of one thing done apart from this process."""
    command = [sys.executable, "-m", "bench.apart", what, str(user_id), address]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    import django

    django.setup()
    what, user_id, address = sys.argv[1:4]
    print(json.dumps({"page": _page, "stream": _stream, "worker": _worker}[what](int(user_id), address)))


def _client(user_id: int) -> Any:  # noqa: ANN401
    """The person's browser, in a process that has served something and so has read its code."""
    from django.test import Client

    from bench.people import sign_in
    from quizzes.models import User

    client = Client()
    client.cookies["sessionid"] = sign_in(User.objects.get(pk=user_id))
    client.get("/account/", secure=True)
    return client


def _page(user_id: int, address: str) -> dict[str, float]:
    client = _client(user_id)
    began, cpu = perf_counter(), process_time()
    response = client.get(address, secure=True)
    figures = {"first_ms": 1000 * (perf_counter() - began), "first_cpu_ms": 1000 * (process_time() - cpu)}
    return {**figures, "status": response.status_code, "mb": _peak()}


def _stream(user_id: int, address: str) -> dict[str, float]:
    client = _client(user_id)
    before, began, cpu = _peak(), perf_counter(), process_time()
    parts = iter(client.get(address, secure=True).streaming_content)
    size = len(next(parts))
    first = perf_counter() - began
    rows = 0
    for part in parts:
        size += len(part)
        rows += part.count(b"\r\n")
    return _figures(began, cpu, before) | {"first_ms": 1000 * first, "rows": rows, "size_mb": size / 1e6}


def _worker(_user_id: int, _address: str) -> dict[str, float]:
    from django.utils import timezone

    from quizzes.models import Download
    from quizzes.services.teaching.downloading import make_next

    before, began, cpu = _peak(), perf_counter(), process_time()
    made = make_next(clock=timezone.now)
    figures = _figures(began, cpu, before)
    row = Download.objects.order_by("-pk")[0]
    if not made or row.state != Download.State.READY:
        raise RuntimeError(f"the file is {row.state}")
    return figures | {"rows": row.rows, "size_mb": row.size / 1e6}


def _figures(began: float, cpu: float, before: float) -> dict[str, float]:
    return {"s": perf_counter() - began, "cpu_s": process_time() - cpu, "before_mb": before, "peak_mb": _peak()}


def _peak() -> float:
    """Megabytes, as Linux tells them; its rusage would count what the parent had before this process began."""
    own = Path("/proc/self/status")
    if not own.exists():
        return getrusage(RUSAGE_SELF).ru_maxrss / KILOBYTES**2
    status = own.read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / KILOBYTES


if __name__ == "__main__":
    main()
