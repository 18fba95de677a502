"""A question as it was issued: what the page carries, signed, and the session keeps for a reload."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.core import signing

from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.specs import Format
from quizzes.selectors.study.scopes import read_scope

SALT = "quizzes.asked"
PROMISED, NEW_STUDY_DAY = "promised", "new_study_day"
"""Why an answer's card is due when it is: as the page said, or worked out again since a new study day has begun."""


class BadTokenError(ValueError):
    """The page's token was made for somebody else, changed, or never issued."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a button said: whole days and their day, or a step in minutes (`interval_days` 0)."""

    interval_days: int
    due_on: str
    minutes: float | None

    def to_json(self) -> list[Any]:
        """Its values in their order."""
        return [self.interval_days, self.due_on, self.minutes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question put to one student: which card, in which state of its memory, with which options in which order.

    `shift` moves the memory that its first answer leaves; none if it has been answered. `contrast` is the code of the
    one other fact among its choices, where it asks which is which; `beside` the session it is practice, and not what
    the session has on its page. `given` is the pair of a class that it is asked for, or 0.
    """

    client_id: str
    card_id: int
    revision: int
    format: Format
    item_hash: str
    order: tuple[int, ...]
    scope: str
    study_day: str
    issued_at: str
    known_before: float
    meaning_version: int
    shift: Shift = NO_SHIFT
    promises: Mapping[str, Promise] = field(default_factory=dict)
    attempt: int = 1
    hints: int = 0
    typed: str = ""
    slip: str = ""
    flagged: bool = False
    contrast: str = ""
    beside: bool = False
    given: int = 0

    @property
    def practice(self) -> bool:
        """Whether its answer leaves the schedule alone."""
        return self.beside or read_scope(self.scope).practice

    def to_json(self) -> dict[str, Any]:
        """As kept in the session's row."""
        data: dict[str, Any] = dict(zip(PLAIN, _plain(self), strict=True))
        data["order"], data["shift"] = list(self.order), list(self.shift)
        data["promises"] = {name: self.promises[name].to_json() for name in sorted(self.promises)}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Asked":
        """From the session's row; raises BadTokenError for anything else."""
        try:
            promises = {name: Promise(*values) for name, values in data["promises"].items()}
            read = {"promises": promises, "format": Format(data["format"]), "order": tuple(data["order"])}
            return cls(**{**data, **read, "shift": Shift(*data.get("shift", ()))})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadTokenError("this question was issued by another version of the site") from error

    def again(self, **changes: Any) -> "Asked":  # noqa: ANN401
        """The same question with something changed."""
        return replace(self, **changes)

    @property
    def day(self) -> date:
        """The study day on which it was issued."""
        return date.fromisoformat(self.study_day)

    @property
    def issued(self) -> datetime:
        """The moment at which it was issued."""
        return datetime.fromisoformat(self.issued_at)


PLAIN = tuple(one.name for one in fields(Asked) if one.name not in {"order", "promises", "shift"})
_plain = attrgetter(*PLAIN)


def new_client_id() -> str:
    """An id for an answer to come."""
    return str(uuid.uuid4())


def sign(asked: Asked, user_id: int) -> str:
    """The prompt as the page carries it; good for that person alone."""
    return signing.dumps(asked.to_json(), salt=f"{SALT}.{user_id}")


def unsign(token: str, user_id: int) -> Asked:
    """The prompt that a page carried; raises BadTokenError."""
    try:
        return Asked.from_json(signing.loads(token, salt=f"{SALT}.{user_id}"))
    except signing.BadSignature as error:
        raise BadTokenError("this page was not issued to you by this site") from error
