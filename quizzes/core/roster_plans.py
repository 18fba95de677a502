"""What becomes of each row of a roster, given who is known on the site. Decides; writes nothing."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.core.rosters import LONGEST_GROUP, LONGEST_NUMBER, Entry, group_key


class Outcome(StrEnum):
    """What becomes of a row."""

    ENROLLED = "enrolled"
    INVITED = "invited"
    WAITING = "waiting"
    PRESENT = "present"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a row is refused."""

    NO_ADDRESS = "no_address"
    UNKNOWN_NUMBER = "unknown_number"
    MALFORMED = "malformed"
    REPEATED = "repeated"
    NUMBER_REPEATED = "number_repeated"
    NUMBER_OF_ANOTHER = "number_of_another"
    OTHER_NUMBER = "other_number"
    NUMBER_TOO_LONG = "number_too_long"
    GROUP_TOO_LONG = "group_too_long"
    TEACHES = "teaches"
    CLOSED = "closed"


class Place(StrEnum):
    """How somebody stands to the class."""

    NONE = ""
    STUDENT = "student"
    LEFT = "left"
    TEACHES = "teaches"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account; `addresses` are those that are surely theirs, `group` is the key of their group."""

    id: int
    name: str
    number: str = ""
    addresses: frozenset[str] = frozenset()
    active: bool = True
    place: Place = Place.NONE
    group: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Accounts by address that is surely theirs and by student number, and addresses that hold an open invitation."""

    by_address: Mapping[str, Account]
    by_number: Mapping[str, Account]
    invited: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row and what becomes of it.

    `other_line` is the row that a repeated one repeats. `sets_number` and `moves` say that the account gets the row's
    student number and group. `by_number` tells that only the number leads to the account, while the row has an address
    that is not known to be theirs.
    """

    entry: Entry
    outcome: Outcome
    account: Account | None = None
    reason: Reason | None = None
    other_line: int = 0
    sets_number: bool = False
    moves: bool = False
    by_number: bool = False

    @property
    def writes(self) -> bool:
        """Whether confirming it changes anything; an invitation that waits learns number and group."""
        if self.outcome is Outcome.WAITING:
            return bool(self.entry.number or self.entry.group)
        return self.outcome in (Outcome.ENROLLED, Outcome.INVITED) or self.sets_number or self.moves


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of all rows, in their order."""

    lines: tuple[Line, ...]

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        """The rows with this outcome."""
        return tuple(line for line in self.lines if line.outcome is outcome)

    @property
    def writes(self) -> bool:
        """Whether confirming it changes anything."""
        return any(line.writes for line in self.lines)

    @property
    def version(self) -> str:
        """The same for the same decisions about the same rows: what was looked at is what is confirmed."""
        said = [
            (
                *(line.entry.line, line.entry.email, line.entry.number, line.entry.group, line.outcome, line.reason),
                *(line.account and line.account.id, line.sets_number, line.moves),
            )
            for line in self.lines
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def plan_roster(entries: Sequence[Entry], known: Known) -> Plan:
    """Decide each row by itself; of rows that mean the same person, number or address the first one counts."""
    return Plan(tuple(_decided(entries, known)))


def _decided(entries: Sequence[Entry], known: Known) -> Iterator[Line]:
    taken: dict[tuple[str, object], int] = {}
    for entry in entries:
        account, reason = _whose(entry, known)
        person, address, number = (
            account and ("account", account.id),
            ("address", entry.email),
            ("number", entry.number),
        )
        keys = [key for key in (person, address, number) if key and key[1]]
        repeated = next((taken[key] for key in keys if key != number and key in taken), 0)
        same_number = taken.get(number, 0)
        if repeated:
            yield Line(entry, Outcome.REFUSED, reason=Reason.REPEATED, other_line=repeated)
        elif same_number:
            yield Line(entry, Outcome.REFUSED, reason=Reason.NUMBER_REPEATED, other_line=same_number)
        elif reason:
            yield Line(entry, Outcome.REFUSED, account, reason)
        else:
            taken |= dict.fromkeys(keys, entry.line)
            yield _accepted(entry, account, known)


def _whose(entry: Entry, known: Known) -> tuple[Account | None, Reason | None]:
    """Whose account a row means, and why it is refused; neither for somebody to be invited."""
    if not entry.is_address:
        return None, Reason.MALFORMED
    if len(entry.number) > LONGEST_NUMBER:
        return None, Reason.NUMBER_TOO_LONG
    if len(entry.group) > LONGEST_GROUP:
        return None, Reason.GROUP_TOO_LONG
    named = known.by_address.get(entry.email) if entry.email else None
    numbered = known.by_number.get(entry.number) if entry.number else None
    if named and numbered and named.id != numbered.id:
        return None, Reason.NUMBER_OF_ANOTHER
    account = named or numbered
    if account is None:
        lacks = Reason.UNKNOWN_NUMBER if entry.number else Reason.NO_ADDRESS
        return None, None if entry.email else lacks
    return account, _barred(entry, account)


def _barred(entry: Entry, account: Account) -> Reason | None:
    if account.place is Place.TEACHES:
        return Reason.TEACHES
    if not account.active:
        return Reason.CLOSED
    return Reason.OTHER_NUMBER if entry.number and account.number not in ("", entry.number) else None


def _accepted(entry: Entry, account: Account | None, known: Known) -> Line:
    if account is None:
        return Line(entry, Outcome.WAITING if entry.email in known.invited else Outcome.INVITED)
    return Line(
        entry,
        Outcome.PRESENT if account.place is Place.STUDENT else Outcome.ENROLLED,
        account,
        sets_number=bool(entry.number) and not account.number,
        moves=bool(entry.group) and group_key(entry.group) != account.group,
        by_number=bool(entry.email) and entry.email not in account.addresses,
    )
