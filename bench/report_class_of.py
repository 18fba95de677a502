"""The figures of a large class as text."""

from collections.abc import Mapping
from typing import Any


def class_of(figures: Mapping[str, Any]) -> str:
    """A table per part."""
    return "\n\n".join((_made(figures), _pages(figures["pages"]), _answer(figures["answer"]), _files(figures["files"])))


def _made(figures: Mapping[str, Any]) -> str:
    size = ", ".join(f"{figures[name]:,} {name}" for name in ("students", "cards", "memories", "answers"))
    rollup = "" if figures["rollup_s"] is None else f"; rollups in {figures['rollup_s']:.0f} s"
    checked = f"{figures['replayed']} students replayed, {len(figures['faults'])} differences"
    made = f"made in {figures['made_s']:.0f} s ({figures['made_cpu_s']:.0f} of CPU)"
    return f"{size} ({figures['database']}), {made}{rollup}; {checked}"


def _pages(pages: Mapping[str, Mapping[str, float]]) -> str:
    heads = ("CPU ms", "ms", "queries", "first, CPU ms", "first, ms", "MB")
    keys = ("cpu_ms", "ms", "queries", "first_cpu_ms", "first_ms", "mb")
    lines = [f"{'Pages':28}" + "".join(f"{head:>15}" for head in heads)]
    lines += [f"{name:28}" + "".join(f"{one[key]:>15.0f}" for key in keys) for name, one in pages.items()]
    return "\n".join(lines)


def _answer(figures: Mapping[str, Any]) -> str:
    lines = [f"{'An answer with next question':28}{'CPU ms':>15}{'ms':>15}{'queries':>15}{'answers':>15}"]
    for name, words in (("alone", "without the class"), ("inside", "in the class")):
        one = figures[name]
        lines.append(
            f"{words:28}{one['cpu_ms']:>15.2f}{one['ms']:>15.2f}{one['queries']:>15.0f}{one['answers']:>15.0f}"
        )
    return "\n".join([*lines, f"ratio {figures['ratio']:.2f}, {figures['ratio_to_empty']:.2f} beside the empty page"])


def _files(files: Mapping[str, Mapping[str, float]]) -> str:
    heads = ("rows", "seconds", "CPU s", "rows/s", "first, ms", "size, MB", "before, MB", "peak, MB")
    lines = [f"{'Review log':28}" + "".join(f"{head:>12}" for head in heads)]
    for name, one in files.items():
        first = f"{one['first_ms']:.0f}" if "first_ms" in one else ""
        numbers = (
            one["s"],
            one["cpu_s"],
            one["rows"] / one["s"],
            first,
            one["size_mb"],
            one["before_mb"],
            one["peak_mb"],
        )
        cells = [number if isinstance(number, str) else f"{number:,.0f}" for number in numbers]
        lines.append(f"{name:28}{one['rows']:>12,.0f}" + "".join(f"{cell:>12}" for cell in cells))
    return "\n".join(lines)
