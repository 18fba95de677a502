"""Questions as they were shown."""

from functools import lru_cache
from typing import Any

from quizzes.models import ItemSnapshot
from quizzes.models.prepared import Prepared

_select_content = Prepared(
    lambda item_hash: ItemSnapshot.objects.filter(hash=item_hash).values_list("content"), "item_hash"
)


def find_item(item_hash: str) -> dict[str, Any] | None:
    """The content of a question that was shown; None if none with this hash was kept."""
    try:
        return get_item(item_hash)
    except ItemSnapshot.DoesNotExist:
        return None


@lru_cache(maxsize=4096)
def get_item(item_hash: str) -> dict[str, Any]:
    """The content of a question that was shown, which never changes; raises ItemSnapshot.DoesNotExist."""
    rows = _select_content(item_hash=item_hash)
    if not rows:
        raise ItemSnapshot.DoesNotExist(item_hash)
    content: dict[str, Any] = rows[0][0]
    return content


def clear_cache() -> None:
    """Forget what is at hand."""
    get_item.cache_clear()
