"""Rows that are one fact, and what is to be written for it: a new fact, or what changes of a known one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quizzes.core.cleaning import tidy
from quizzes.core.columns import SEVERAL, Columns
from quizzes.core.drafts import PASSAGES, Draft
from quizzes.core.outcomes import Change, FactPlan, KnownDeck, KnownFact, Line, Outcome
from quizzes.core.specs import SectionSpec


@dataclass(slots=True)
class Group:
    """Rows that are one fact: the first one's draft, what the others added to it, and the fact that it is already."""

    draft: Draft
    section: SectionSpec
    known: KnownFact | None


class Writer:
    """Turns groups into facts to be written, with codes and positions; `claimed` are the codes that rows name."""

    def __init__(self, deck: KnownDeck, found: Columns, claimed: Collection[str]) -> None:
        self._columns = found
        self.new: list[FactPlan] = []
        self.changed: list[FactPlan] = []
        self.numbers = dict(deck.numbers)
        self._codes = {*(fact.code for fact in deck.facts), *claimed}
        self._last: dict[str, int] = defaultdict(int)
        for fact in deck.facts:
            self._last[fact.section] = max(self._last[fact.section], fact.position)

    def write(self, group: Group) -> Line:
        """The line of a group; what there is to write is kept in `new` or `changed`."""
        return self._update(group, group.known) if group.known else self._create(group)

    def _create(self, group: Group) -> Line:
        draft, slug = group.draft, group.section.slug
        code = draft.code or self._next_code(slug)
        self._note_code(code)
        position = draft.position if draft.position is not None else self._last[slug] + 1
        self._last[slug] = max(self._last[slug], position)
        self.new.append(FactPlan(code, slug, position, draft.content))
        return Line(draft.line, Outcome.CREATED, draft.term, slug, code)

    def _next_code(self, slug: str) -> str:
        number = self.numbers.get(slug, 0) + 1
        while f"{slug}/{number}" in self._codes:
            number += 1
        return f"{slug}/{number}"

    def _note_code(self, code: str) -> None:
        slug, _, number = code.rpartition("/")
        self._codes.add(code)
        self.numbers[slug] = max(self.numbers.get(slug, 0), int(number))

    def _update(self, group: Group, known: KnownFact) -> Line:
        draft = group.draft
        changes = [
            Change(name, _plain(known.content[name]), value)
            for name, value in draft.content.items()
            if _form(name, known.content[name]) != value
        ]
        moves = "section" in self._columns.places and bool(draft.section) and group.section.slug != known.section
        section = group.section.slug if moves else known.section
        position = known.position if draft.position is None else draft.position
        changes += [Change("section", known.section, section)] if section != known.section else []
        changes += [Change("position", str(known.position), str(position))] if position != known.position else []
        changes += [Change("status", "retired", "active")] if known.retired else []
        if changes:
            content = {one.field: one.after for one in changes if one.field in draft.content}
            self.changed.append(FactPlan(known.code, section, position, content))
        outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
        return Line(draft.line, outcome, draft.term, section, known.code, tuple(changes))


def _plain(value: str | Sequence[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)


def _form(name: str, value: str | Sequence[str]) -> str | tuple[str, ...]:
    """A field of the deck in the form that reading it from a table gives."""
    if name in SEVERAL and not isinstance(value, str):
        return tuple(dict.fromkeys(filter(None, map(tidy, value))))
    return tidy(str(value), lines=name in PASSAGES)
