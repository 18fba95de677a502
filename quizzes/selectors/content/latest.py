"""What was made of the latest version of each deck, kept in this process."""

from typing import Generic, TypeVar

MOST_DECKS = 64

Made = TypeVar("Made")


class Latest(Generic[Made]):
    """Remembers one thing for each deck, and what version of the deck it was made of: nothing of versions before."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[tuple[int, ...], Made]] = {}

    def find(self, deck_id: int, *version: int) -> Made | None:
        """What was made of this version; None if that was not the last."""
        kept = self._kept.get(deck_id)
        return kept[1] if kept and kept[0] == version else None

    def keep(self, made: Made, deck_id: int, *version: int) -> Made:
        """In place of what was kept for this deck; beyond 64 decks the one made first goes."""
        self._kept.pop(deck_id, None)
        self._kept[deck_id] = version, made
        for oldest in list(self._kept)[:-MOST_DECKS]:
            self._kept.pop(oldest, None)
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
