"""Questions as they were shown."""

from functools import lru_cache
from typing import Any

from quizzes.models import ItemSnapshot


def find_item(item_hash: str) -> dict[str, Any] | None:
    """The content of a question that was shown; None if none with this hash was kept."""
    try:
        return get_item(item_hash)
    except ItemSnapshot.DoesNotExist:
        return None


@lru_cache(maxsize=4096)
def get_item(item_hash: str) -> dict[str, Any]:
    """The content of a question that was shown, which never changes; raises ItemSnapshot.DoesNotExist."""
    content: dict[str, Any] = ItemSnapshot.objects.values_list("content", flat=True).get(hash=item_hash)
    return content


def clear_cache() -> None:
    """Forget what is at hand."""
    get_item.cache_clear()
