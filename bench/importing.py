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
    """Seconds, of these on a processor, and peak MB of `manage.py import_facts` into a new deck, and of its dry run."""
    with tempfile.TemporaryDirectory(prefix="calcquiz-bench-") as folder:
        file = Path(folder) / "facts.csv"
        file.write_text(_table(), encoding="utf-8")
        runs = {"plan": _run(file, "--dry-run"), "import": _run(file)}
    return {"rows": FACTS} | {f"{name}_{unit}": value for name, run in runs.items() for unit, value in run.items()}


def _table() -> str:
    facts = wide_deck(FACTS).facts
    rows = (f"{fact.term},{fact.purpose},part {number % SECTIONS}" for number, fact in enumerate(facts))
    return "\n".join(["term,description,section", *rows])


def _run(file: Path, *more: str) -> dict[str, float]:
    """What the child alone took, its start included."""
    command = [sys.executable, "manage.py", "import_facts", str(file), "--deck", "imported", *more]
    began = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"the import ended with {child.returncode}")
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {"s": perf_counter() - began, "cpu_s": usage.ru_utime + usage.ru_stime, "mb": peak}
