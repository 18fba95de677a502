"""What a fact said over time: each version beside the one before it, with the words that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from quizzes.core.differences import Piece, differences
from quizzes.models import Fact, FactVersion
from quizzes.selectors.content.specs import CONTENT_FIELDS, LIST_FIELDS, fact_content
from quizzes.selectors.content.words import FIELD_LABELS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in pieces that stayed, went or came; a list has one line for each of its texts."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FactVersionPage:
    """One version: who wrote it and when, what differs from the one before it, and all that it said."""

    number: int
    change: str
    change_label: str
    written_at: datetime
    writer: str
    changes: tuple[FieldChange, ...]
    content: tuple[tuple[str, str], ...]
    current: bool


def fact_versions(fact: Fact) -> list[FactVersionPage]:
    """All versions, the newest first; one query."""
    rows = list(FactVersion.objects.filter(fact=fact).select_related("created_by").order_by("number"))
    before: Mapping[str, Any] = {}
    pages = []
    for row in rows:
        changes = content_changes(before, row.content) if before else ()
        pages.append(_page(row, changes, current=row is rows[-1]))
        before = row.content
    return pages[::-1]


@dataclass(frozen=True, slots=True)
class SaidMeanwhile:
    """What a fact says since a version that somebody has before them: its number, who wrote it, a line a field."""

    number: int
    writer: str
    lines: tuple[str, ...]


def said_meanwhile(fact: Fact, opened: int) -> SaidMeanwhile | None:
    """The fields that say something else than in version `opened`; None if none does, or there is no such version."""
    rows = FactVersion.objects.filter(fact=fact, number__gte=opened).select_related("created_by").order_by("number")
    versions = list(rows)
    if len(versions) < 2 or versions[0].number != opened:
        return None
    before, last = versions[0].content, versions[-1]
    changed = [name for name in CONTENT_FIELDS if text(before, name) != text(last.content, name)]
    if not changed:
        return None
    lines = [f"{FIELD_LABELS[name]}: {_quoted(text(last.content, name))}" for name in changed]
    writer = last.created_by.get_username() if last.created_by else _("somebody")
    return SaidMeanwhile(last.number, writer, tuple(lines))


def _quoted(said: str) -> str:
    return _("“%s”") % said.replace("\n", "; ") if said else _("empty")


def content_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Sequence[str] = CONTENT_FIELDS
) -> tuple[FieldChange, ...]:
    """The fields, of these, in which two contents of a fact differ, in their order."""
    return tuple(
        FieldChange(str(FIELD_LABELS[name]), *differences(text(before, name), text(after, name)))
        for name in fields
        if text(before, name) != text(after, name)
    )


def changes_to(fact: Fact, version: FactVersion) -> tuple[FieldChange, ...]:
    """What would change if the fact said again what it said in that version."""
    return content_changes(fact_content(fact), version.content)


def text(content: Mapping[str, Any], name: str) -> str:
    """A field of a version as text, a list with a line for each of its texts; empty if the version lacks it."""
    value = content.get(name) or ""
    return "\n".join(value) if name in LIST_FIELDS else str(value)


def _page(row: FactVersion, changes: tuple[FieldChange, ...], *, current: bool) -> FactVersionPage:
    return FactVersionPage(
        number=row.number,
        change=row.change,
        change_label=row.get_change_display(),
        written_at=row.created_at,
        writer=row.created_by.get_username() if row.created_by else "",
        changes=changes,
        content=tuple(
            (str(FIELD_LABELS[name]), text(row.content, name)) for name in CONTENT_FIELDS if row.content.get(name)
        ),
        current=current,
    )
