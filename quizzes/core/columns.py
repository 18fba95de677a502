"""A student's cards as columns of numbers, so that a queue of many thousands is built in one vectorised pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizzes.core.phases import Phase

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

PHASE_CODES: dict[str, int] = {phase: code for code, phase in enumerate(Phase)}


class Row(NamedTuple):
    """One card as a query returns it; `position` is its place in the deck's teaching order."""

    card_id: int
    fact_id: int
    deck_id: int
    position: int
    phase: str = Phase.NEW
    due_on: date | None = None
    due_at: datetime | None = None
    stability: float | None = None
    last_study_day: date | None = None
    suspended: bool = False
    buried_until: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """Columns of equal length: phases by PHASE_CODES, days as proleptic ordinals (0: none), `due_at` in POSIX seconds.

    A missing moment or stability is nan.
    """

    card_id: IntArray
    fact_id: IntArray
    deck_id: IntArray
    position: IntArray
    phase: IntArray
    due_on: IntArray
    due_at: FloatArray
    stability: FloatArray
    last_study_day: IntArray
    suspended: BoolArray
    buried_until: IntArray


def cards_from_rows(rows: Iterable[tuple[Any, ...]]) -> Cards:
    """The columns of Rows, or of plain tuples with a Row's fields in its order (as `values_list` gives them)."""
    columns = list(zip(*rows, strict=True)) or [()] * len(Row._fields)
    ids, facts, decks, positions, phases, due_on, due_at, stability, last, suspended, buried = columns
    return Cards(
        card_id=np.array(ids, np.int64),
        fact_id=np.array(facts, np.int64),
        deck_id=np.array(decks, np.int64),
        position=np.array(positions, np.int64),
        phase=np.array([PHASE_CODES[phase] for phase in phases], np.int64),
        due_on=_ordinals(due_on),
        due_at=np.array([nan if at is None else at.timestamp() for at in due_at], np.float64),
        stability=np.array(stability, np.float64),
        last_study_day=_ordinals(last),
        suspended=np.array(suspended, np.bool_),
        buried_until=_ordinals(buried),
    )


def _ordinals(days: Iterable[date | None]) -> IntArray:
    return np.array([0 if day is None else day.toordinal() for day in days], np.int64)
