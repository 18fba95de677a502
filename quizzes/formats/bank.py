"""Items as JSON Lines and as text that a person reads."""

import json
from typing import Any

from quizzes.core.specs import Item, Option, Refusal

_LETTERS = "ABCDEFGH"


def line(deck: str, item: Item, seed: str = "") -> dict[str, Any]:
    """The item as one JSON object; `seed` defaults to the item's own.

    `section` and `number` are those of the facts' codes; items that mix sections also say which one is asked for.
    """
    section, number = _place(item.card.code)
    asked = {"asked_section": item.asked_section} if item.asked_section else {}
    return {
        "deck": deck,
        "card": item.card.key,
        "direction": item.card.direction.value,
        "section": section,
        "number": number,
        **asked,
        "stem": item.stem,
        "options": [_option(option) for option in item.options],
        "locator": item.locator,
        "caution": item.caution,
        "seed": seed or item.seed,
    }


def refused(refusal: Refusal) -> dict[str, Any]:
    """A card that gives no good item, as one JSON object."""
    return {"card": refusal.card.key, "direction": refusal.card.direction.value, "refused": refusal.reason}


def dumps(record: dict[str, Any]) -> str:
    """One line of JSON in UTF-8, keys in the order given."""
    return json.dumps(record, ensure_ascii=False)


def _option(option: Option) -> dict[str, Any]:
    section, number = _place(option.code)
    return {
        "text": option.text,
        "section": section,
        "number": number,
        "slot": option.slot,
        "version": option.version,
        "is_key": option.is_key,
        "feedback": option.feedback,
    }


def _place(code: str) -> tuple[str, int]:
    section, _, number = code.rpartition("/")
    return section, int(number)


def text(item: Item | Refusal) -> str:
    """The item as a person reads it: question, choices, answer, what each choice is, source and caution."""
    if isinstance(item, Refusal):
        return f"{item.card.key}\n  refused: {item.reason}\n"
    lettered = list(zip(_LETTERS, item.options, strict=False))
    rows = [item.stem]
    rows += [f"  {letter}. {option.text}" for letter, option in lettered]
    rows += [f"  Answer: {letter}" for letter, option in lettered if option.is_key]
    rows += [f"    {letter}: {option.feedback}" for letter, option in lettered]
    rows += [f"  Source: {item.locator}"] if item.locator else []
    rows += [f"  Caution: {item.caution}"] if item.caution else []
    return "\n".join(rows) + "\n"
