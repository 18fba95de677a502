"""Questions as they were shown."""

from collections.abc import Collection
from typing import Any

from quizzes.models import ItemSnapshot
from quizzes.models.prepared import Prepared

MOST_AT_HAND = 4096
_select_content = Prepared(
    lambda item_hash: ItemSnapshot.objects.filter(hash=item_hash).values_list("content"), "item_hash"
)
_at_hand: dict[str, dict[str, Any]] = {}


def find_item(item_hash: str) -> dict[str, Any] | None:
    """The content of a question that was shown; None if none with this hash was kept."""
    try:
        return get_item(item_hash)
    except ItemSnapshot.DoesNotExist:
        return None


def get_item(item_hash: str) -> dict[str, Any]:
    """The content of a question that was shown, which never changes; raises ItemSnapshot.DoesNotExist."""
    known = _at_hand.get(item_hash)
    if known is not None:
        return known
    rows = _select_content(item_hash=item_hash)
    if not rows:
        raise ItemSnapshot.DoesNotExist(item_hash)
    return _keep(item_hash, rows[0][0])


def get_items(hashes: Collection[str]) -> dict[str, dict[str, Any]]:
    """The contents of many questions by their hashes: one query for all that are not at hand."""
    found = {one: _at_hand[one] for one in hashes if one in _at_hand}
    missing = set(hashes) - found.keys()
    if missing:
        rows = ItemSnapshot.objects.filter(hash__in=missing).values_list("hash", "content")
        found |= {item_hash: _keep(item_hash, content) for item_hash, content in rows}
    if gone := set(hashes) - found.keys():
        raise ItemSnapshot.DoesNotExist(min(gone))
    return found


def _keep(item_hash: str, content: dict[str, Any]) -> dict[str, Any]:
    """Have a question at hand; the one that has been longest gives way."""
    if len(_at_hand) >= MOST_AT_HAND:
        _at_hand.pop(next(iter(_at_hand)), None)
    _at_hand[item_hash] = content
    return content


def clear_cache() -> None:
    """Forget what is at hand."""
    _at_hand.clear()
