"""A question as it is kept: its content with a canonical option order, and the hash that finds it again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from quizzes.core.specs import CardSpec, Option

OPTION = tuple(one.name for one in fields(Option))
_values = attrgetter(*OPTION)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was shown. `order` holds, for each place on the page, the canonical number of its option."""

    hash: str
    content: dict[str, Any]
    order: tuple[int, ...]


def snapshot(
    deck: str, card: CardSpec, stem: str, options: Sequence[Option], *, locator: str = "", caution: str = ""
) -> Snapshot:
    """The question with its options (for a flashcard the answer alone) in canonical order.

    The hash covers deck, card, stem, and each option's fact, version, slot, text and whether it is the key.
    """
    canonical = sorted(options, key=lambda option: (option.code, option.slot, option.text))
    order = tuple(canonical.index(option) for option in options)
    identity = [deck, card.key, stem, [[o.code, o.version, o.slot, o.text, o.is_key] for o in canonical]]
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    content = {
        "deck": deck,
        "card": card.key,
        "direction": card.direction.value,
        "stem": stem,
        "options": [dict(zip(OPTION, _values(option), strict=True)) for option in canonical],
        "locator": locator,
        "caution": caution,
    }
    return Snapshot(digest, content, order)
