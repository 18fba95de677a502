"""The figures as text."""

from collections.abc import Mapping
from typing import Any

CLASS_PAGES = (
    ("list", "list of classes"),
    ("class", "page of the class"),
    ("days", "the same, who studied when"),
    ("behind", "who falls behind"),
    ("set", "page of the class with four assignments and a quiz"),
    ("results", "results of the quiz"),
    ("grades", "gradebook"),
)


def text(figures: Mapping[str, Any]) -> str:
    """A table per part."""
    parts = (_answers(figures["answers"], figures["database"]), _queries(figures["queries"]))
    small = (_draws(figures["draws"]), _queues(figures["queues"]), _imports(figures["imports"]))
    return "\n\n".join((*parts, *small, _pages(figures["classes"], figures["progress"])))


def _answers(figures: Mapping[str, Any], database: str) -> str:
    lines = [
        f"Over HTTP ({database}, gunicorn sync x 2, {figures['connections']} at a time, one connection per request)",
        f"{'':28}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'database':>10}{'requests':>10}",
        _line("signed-in page, does nothing", figures["nothing"]),
        _line("answer with next question", figures["answer"]),
    ]
    rounds = figures["rounds"]
    ratio = f"ratio {figures['ratio']:.2f} in requests/s (rounds {min(rounds):.2f} to {max(rounds):.2f})"
    cpu = f", {figures['cpu_ratio']:.2f} in CPU time" if figures["cpu_ratio"] else ""
    return "\n".join([*lines, ratio + cpu])


def _line(name: str, side: Mapping[str, float | None]) -> str:
    cpu, database = (f"{side[key]:.2f}" if side[key] is not None else "" for key in ("cpu_ms", "database_cpu_ms"))
    times = f"{side['per_second']:>11.0f}{side['p50_ms']:>9.1f}{side['p99_ms']:>9.1f}"
    return f"{name:28}{times}{cpu:>9}{database:>10}{side['requests']:>10}"


def _queries(figures: Mapping[str, float]) -> str:
    by_format = ", ".join(f"{name} {figures[name]:.1f}" for name in ("flashcard", "choice", "typed") if name in figures)
    return (
        f"SQL queries of an answer, session and person included: {figures['mean']:.1f} ({by_format}; "
        f"at most {figures['most']:.0f}); of the page that does nothing: {figures['nothing']:.0f}"
    )


def _draws(figures: Mapping[str, Mapping[str, float]]) -> str:
    names = {"first_deck": "first deck", "wide_section": "section of 10,000 facts"}
    lines = [f"{'Drawing an item':28}{'µs':>11}{'first, ms':>11}{'cards':>8}{'all ready after, ms':>21}"]
    for key, name in names.items():
        one = figures[key]
        times = f"{one['draw_us']:>11.1f}{one['first_draw_ms']:>11.1f}"
        lines.append(f"{name:28}{times}{one['cards']:>8.0f}{one['all_ready_ms']:>21.0f}")
    return "\n".join(lines)


def _queues(figures: Mapping[str, Mapping[str, float]]) -> str:
    lines = [f"{'Building the queue':28}{'from rows, ms':>15}"]
    lines += [f"{int(size):<28,}{one['rows_to_queue_ms']:>15.2f}" for size, one in figures.items()]
    return "\n".join(lines)


def _imports(figures: Mapping[str, float]) -> str:
    title = f"Importing {int(figures['rows']):,} rows"
    lines = [f"{title:28}{'seconds':>11}{'CPU s':>11}{'peak MB':>11}"]
    for key, name in {"plan": "plan only (dry run)", "import": "into a new deck"}.items():
        one = [figures[f"{key}_{unit}"] for unit in ("s", "cpu_s", "mb")]
        lines.append(f"{name:28}{one[0]:>11.1f}{one[1]:>11.1f}{one[2]:>11.0f}")
    return "\n".join(lines)


def _pages(classes: Mapping[str, Any], progress: Mapping[str, float]) -> str:
    about = f"{classes['students']:,} students, {classes['cards']:,} memories, {classes['answers']:,} answers"
    history = f"{progress['cards']:,} cards, {progress['answers']:,} answers"
    return "\n".join(
        [
            f"{'Pages (' + about + ')':72}{'ms':>8}{'nothing kept, ms':>18}",
            *(f"{name:72}{classes[key]['ms']:>8.0f}{classes[key]['first_ms']:>18.0f}" for key, name in CLASS_PAGES),
            f"{'own progress (' + history + ')':72}{progress['ms']:>8.0f}",
        ]
    )


LARGE_STEPS = {
    "bring": "cards made after an import",
    "work": "all cards worked out",
    "save": "one fact saved",
    "content": "read anew by the site",
}


def large(figures: Mapping[str, Any]) -> str:
    """The table of a large deck; memory is the peak up to the end of each step."""
    title = f"{int(figures['facts']):,} facts, {int(figures['cards']):,} cards"
    lines = [f"{title:28}{'seconds':>11}{'peak MB':>11}"]
    for key, name in LARGE_STEPS.items():
        lines.append(f"{name:28}{figures[f'{key}_s']:>11.1f}{figures[f'{key}_mb']:>11.0f}")
    lines.append(
        f"slowest of 200 first draws {figures['first_draw_ms']:.1f} ms, of 200 draws {figures['draw_ms']:.2f} ms"
    )
    return "\n".join(lines)
