"""The figures of a rush as text."""

from collections.abc import Mapping
from typing import Any

KINDS = {
    "quiz": "page of the quiz",
    "start": "start",
    "question": "page of the questions",
    "save": "save an answer",
    "end": "page before handing in",
    "submit": "hand in",
    "review": "review",
}
MOST_SHOWN = 20


def rush(figures: Mapping[str, Any]) -> str:
    """What was asked of the site, how it answered, what it cost, and what is wrong in the end."""
    return "\n".join([*_head(figures), *map(_line, figures["kinds"].items()), *_cost(figures), *_end(figures)])


def _head(figures: Mapping[str, Any]) -> list[str]:
    return [
        f"{figures['students']} students take a quiz in {figures['minutes']:g} min, all starting within "
        f"{figures['start_seconds']:g} s ({figures['database']}, as `make run` serves)",
        f"{figures['requests']:,} requests in {figures['seconds']:.0f} s: {figures['per_second']:.1f}/s "
        f"(in ten minutes {figures['needed_per_second']:.1f}/s), at most {figures['most_open']} at a time",
        f"{'':28}{'requests':>10}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}",
    ]


def _line(kind: tuple[str, Mapping[str, float]]) -> str:
    name, one = kind
    return f"{KINDS[name]:28}{one['requests']:>10}{one['p50_ms']:>9.1f}{one['p99_ms']:>9.1f}{one['most_ms']:>9.1f}"


def _cost(figures: Mapping[str, Any]) -> list[str]:
    names = {
        "cpu_ms": "site",
        "nothing_cpu_ms": "page that does nothing",
        "database_cpu_ms": "database",
        "worker_cpu_ms": "worker beside it",
    }
    told = [f"{name} {figures[key]:.2f}" for key, name in names.items() if figures[key] is not None]
    ratio = f"; ratio {figures['cpu_ratio']:.2f}" if figures["cpu_ratio"] else ""
    pages = f"results of the quiz {figures['pages']['results']:.0f} ms, gradebook {figures['pages']['grades']:.0f} ms"
    return [f"CPU ms per request: {', '.join(told)}{ratio}", f"Pages of its instructor afterwards: {pages}"]


def _end(figures: Mapping[str, Any]) -> list[str]:
    wrong = [*figures["errors"], *figures["faults"]]
    if not wrong:
        return [f"No error. {figures['answers']:,} saves acknowledged, all kept once; marks and logs are right."]
    return [f"{len(figures['errors'])} errors, {len(figures['faults'])} faults:", *wrong[:MOST_SHOWN]]
