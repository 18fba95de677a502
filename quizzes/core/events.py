"""The rows of a card's log as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.phases import DEFAULT_CONFIG, Config
from quizzes.core.specs import ASSUMED_KNOWN, Evidence


class Kind(StrEnum):
    """What an event of the log is."""

    ANSWER = "answer"
    UNDO = "undo"
    BURY = "bury"
    UNBURY = "unbury"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    FLAG = "flag"
    RETURN = "return"
    RESET = "reset"
    RESCHEDULE = "reschedule"
    ADOPT_PARAMETERS = "adopt_parameters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of a card's log.

    `seq` is the order of arrival, (answered_at, client_id, part) the order in time. An event with a `due_on` or a
    `due_reason` carries the due that holds from then on (`due_on` None: none, as before the first answer); an undo
    carries the one that held before. `config` is what was in force at an answer; of an adoption its parameters count.
    The `shift` counts if the answer turns out to be the card's first.
    `chosen_code` is the fact taken for the card's own ("" if none), `offered` the facts whose options were shown.
    """

    seq: int
    kind: Kind
    answered_at: datetime
    study_day: date
    client_id: str = ""
    part: int = 0
    target_seq: int | None = None
    evidence: Evidence = Evidence.NONE
    rating: int | None = None
    k: int | None = None
    known_before: float = ASSUMED_KNOWN
    shift: Shift = NO_SHIFT
    config: Config = DEFAULT_CONFIG
    correct: bool | None = None
    chosen_code: str = ""
    offered: tuple[str, ...] = ()
    due_reason: str = ""
    due_on: date | None = None
    due_at: datetime | None = None
    interval_days: float | None = None
    buried_until: date | None = None
    flag: int = 0
    meaning_version: int = 0

    @property
    def carries_due(self) -> bool:
        """Whether the event decides when the card is due."""
        return self.due_on is not None or bool(self.due_reason)
