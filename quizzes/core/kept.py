"""A bounded memory of what was worked out, for values that can be worked out again. Threads may share it."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by key; when there are more than `most`, the older half is forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Key, Value] = {}

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value kept for the key, else what `make` gives, kept from now on."""
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = make()
            if len(self._held) > self._most:
                self._forget()
        return found

    def _forget(self) -> None:
        for key in list(self._held)[: self._most // 2]:
            self._held.pop(key, None)
