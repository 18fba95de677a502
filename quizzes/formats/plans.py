"""The plan of an import as JSON and as text that a person reads."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from quizzes.core.outcomes import Change, Line, Outcome, Plan

MOST_SHOWN = 5
_LONGEST = 60


def record(plan: Plan) -> dict[str, Any]:
    """The whole plan as one JSON object."""
    return {
        "counts": plan.counts,
        "notes": list(plan.notes),
        "columns": {name: list(places) for name, places in plan.columns.places.items()},
        "sections": [asdict(section) for section in plan.sections],
        "rows": [_row(line) for line in plan.lines],
        "retired": list(plan.retired),
    }


def _row(line: Line) -> dict[str, Any]:
    return {name: value for name, value in asdict(line).items() if value}


def text(plan: Plan, most: int = MOST_SHOWN) -> Iterator[str]:
    """Counts, what was assumed, the first rows of each kind, every refused row with its reason."""
    yield ", ".join(f"{count:,} {name}" for name, count in plan.counts.items())
    yield from (f"  Note: {note}" for note in plan.notes)
    for section in plan.sections:
        yield f"  New section “{section.slug}”: {section.noun} / {section.noun_plural}"
    for outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.MERGED):
        yield from _some([told(line) for line in plan.of(outcome)], most)
    yield from _some([f"retired: {code}, which the table leaves out" for code in plan.retired], most)
    yield from (f"  {told(line)}" for line in plan.of(Outcome.REFUSED))


def _some(lines: list[str], most: int) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  … and {len(lines) - most:,} more like these"


def told(line: Line) -> str:
    """What becomes of one row, in words."""
    start = f"line {line.line}, {line.outcome.value}:"
    match line.outcome:
        case Outcome.REFUSED:
            where = f"“{line.column}” " if line.column else "the row "
            reason = line.reason if line.reason.startswith("“") or not line.column else f"{where}{line.reason}"
            return f"{start} {reason if line.column else where + line.reason}; {line.remedy}"
        case Outcome.MERGED:
            return f"{start} “{_short(line.term)}” into line {line.into}"
        case Outcome.UPDATED:
            return f"{start} “{_short(line.term)}” ({line.code}): {'; '.join(map(_change, line.changes))}"
    return f"{start} “{_short(line.term)}” ({line.code})"


def _change(change: Change) -> str:
    name = {"purpose": "description"}.get(change.field, change.field.replace("_", " "))
    return f"{name} from {_value(change.before)} to {_value(change.after)}"


def _value(value: str | tuple[str, ...]) -> str:
    said = value if isinstance(value, str) else "; ".join(value)
    return f"“{_short(said)}”" if said else "nothing"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
