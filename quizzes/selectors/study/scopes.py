"""What a session goes over, as its pages and the log name it."""

from dataclasses import dataclass
from uuid import UUID

ALL = ""
OF_ATTEMPT = "@"


@dataclass(frozen=True, slots=True)
class Scope:
    """All decks, one deck, or practice over one section of a deck or all of it, in its first or a later round.

    Practice may instead be over what was missed in one attempt at a quiz of the deck, given by its public id.
    """

    deck: str = ""
    section: str = ""
    round: int = 0
    attempt: UUID | None = None

    @property
    def practice(self) -> bool:
        """Whether answers leave the schedule alone."""
        return self.round > 0

    def __str__(self) -> str:
        """As `read_scope` reads it."""
        part = f"{OF_ATTEMPT}{self.attempt}" if self.attempt else self.section
        return f"{self.deck}/{part}/{self.round}" if self.practice else self.deck

    @property
    def any_round(self) -> str:
        """What the names of all its rounds begin with."""
        return str(self).rpartition("/")[0] + "/"


def read_scope(text: str) -> Scope:
    """The scope of that name; what is no name of one is that of all decks."""
    deck, *rest = text.split("/")
    match rest:
        case []:
            return Scope(deck)
        case [part, number] if number.isascii() and number.isdigit() and 0 < int(number) < 1000:
            return _practice(deck, part, int(number))
        case _:
            return Scope()


def _practice(deck: str, part: str, number: int) -> Scope:
    if not part.startswith(OF_ATTEMPT):
        return Scope(deck, part, number)
    try:
        return Scope(deck, "", number, UUID(part.removeprefix(OF_ATTEMPT)))
    except ValueError:
        return Scope()
