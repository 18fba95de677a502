"""A manager for tables whose rows are written once."""

from typing import Any, Never

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete rows that are history."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows can be added and read; `erase` is for a person's own right to be forgotten, and for what nobody has seen."""

    def update(self, **kwargs: Any) -> Never:  # noqa: ANN401
        """Refuse: history is not rewritten."""
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def delete(self) -> Never:
        """Refuse: history is not deleted."""
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def erase(self) -> int:
        """Delete the rows of a person who asked to be erased, or rows never put to anybody; returns how many."""
        return super().delete()[0]
