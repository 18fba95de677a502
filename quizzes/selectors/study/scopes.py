"""What a session goes over, as its pages and the log name it."""

from dataclasses import dataclass

ALL = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """All decks, one deck, or practice over one section of a deck or all of it, in its first or a later round."""

    deck: str = ""
    section: str = ""
    round: int = 0

    @property
    def practice(self) -> bool:
        """Whether answers leave the schedule alone."""
        return self.round > 0

    def __str__(self) -> str:
        """As `read_scope` reads it."""
        return f"{self.deck}/{self.section}/{self.round}" if self.practice else self.deck


def read_scope(text: str) -> Scope:
    """The scope of that name; what is no name of one is that of all decks."""
    deck, *rest = text.split("/")
    match rest:
        case []:
            return Scope(deck)
        case [section, number] if number.isascii() and number.isdigit() and 0 < int(number) < 1000:
            return Scope(deck, section, int(number))
        case _:
            return Scope()
