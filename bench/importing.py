"""Importing a table of ten thousand rows by the command, in a process of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.drawing import FACTS, wide_deck

SECTIONS = 12


def time_import() -> dict[str, float]:
    """Seconds and peak memory in MB of `manage.py import_facts` into a new deck, and of its dry run."""
    with tempfile.TemporaryDirectory(prefix="calcquiz-bench-") as folder:
        file = Path(folder) / "facts.csv"
        file.write_text(_table(), encoding="utf-8")
        dry_seconds, dry_mb = _run(file, "--dry-run")
        seconds, mb = _run(file)
    return {"rows": FACTS, "plan_s": dry_seconds, "plan_mb": dry_mb, "import_s": seconds, "import_mb": mb}


def _table() -> str:
    facts = wide_deck(FACTS).facts
    rows = (f"{fact.term},{fact.purpose},part {number % SECTIONS}" for number, fact in enumerate(facts))
    return "\n".join(["term,description,section", *rows])


def _run(file: Path, *more: str) -> tuple[float, float]:
    """Seconds and the child's own peak of resident memory."""
    command = [sys.executable, "manage.py", "import_facts", str(file), "--deck", "imported", *more]
    began = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"the import ended with {child.returncode}")
    return perf_counter() - began, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
