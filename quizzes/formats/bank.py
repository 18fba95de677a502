"""Items as JSON Lines and as text that a person reads."""

import json
from collections.abc import Iterator
from typing import Any

from quizzes.core.quality import Report
from quizzes.core.specs import Item, Option, Refusal
from quizzes.core.survey import Survey

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


def survey_lines(found: Survey) -> Iterator[str]:
    """A survey of a deck in words: what is asked, what is refused, statistics, robots, warnings."""
    looked = f", {found.looked_at:,} of them looked at" if found.looked_at < found.cards else ""
    refused = sum(group.count for group in found.refusals)
    yield f"{found.report.items:,} items, {found.cards:,} cards{looked}, {refused:,} refused"
    for one in found.coverage:
        counts = f"{one.cards:,} cards, {one.choice:,} with answer choices, {one.recall:,} without"
        yield f"{one.section}, {one.direction}: {counts}, {one.refused:,} refused"
    for title, groups in (
        ("refused", found.refusals),
        ("only without answer choices", found.without_choices),
        ("only with answer choices", found.without_recall),
        ("warning", found.warnings),
    ):
        for group in groups:
            yield f"{title}: {group.count:,} × {group.kind} (as {group.examples[0][0]})"
    yield from _statistics(found.report)


def _statistics(report: Report) -> Iterator[str]:
    for size, p in report.places_p.items():
        if p is not None:
            after = report.succession_p[size] or 0
            yield f"place of the key among {size}: p = {p:.3f}; successive places: p = {after:.3f}"
    for score in report.robots:
        yield f"robot “{score.robot}”: {score.share:.3f} right, chance allows {score.bound:.3f}"
