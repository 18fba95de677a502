"""What importing a table would do to a deck: every row as created, updated, unchanged, merged or refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from quizzes.core.cleaning import tidy
from quizzes.core.columns import Columns, columns
from quizzes.core.drafts import Content, Draft, drafts
from quizzes.core.new_sections import Sections, read_sections
from quizzes.core.outcomes import KnownDeck, KnownFact, Line, Outcome, Plan
from quizzes.core.revising import Group, Writer
from quizzes.core.sheets import Table
from quizzes.core.specs import SectionSpec
from quizzes.core.text import normalise


def plan(
    deck: KnownDeck, table: Table, mapping: Mapping[str, str] | None = None, *, retire_missing: bool = False
) -> Plan:
    """What importing the table into the deck would do; writes nothing.

    `mapping` is that of `columns`. With `retire_missing` the deck follows the table: facts that it leaves out are
    retired, retired ones that it has come back. Raises MappingError.
    """
    found = columns(table, mapping)
    return _Planner(deck, table, found, retire_missing=retire_missing).plan()


class _Planner:
    def __init__(self, deck: KnownDeck, table: Table, found: Columns, *, retire_missing: bool) -> None:
        self._deck, self._table, self._columns, self._follows = deck, table, found, retire_missing
        described = read_sections(table.sections)
        self._sections = Sections(
            deck.sections, title=deck.title, language=deck.language, columns=found, described=described
        )
        self._drafts, self._refused = drafts(table, found)
        self._by_code = {fact.code: fact for fact in deck.facts}
        claimed = {draft.code for draft in self._drafts}
        free = [fact for fact in deck.facts if fact.code not in claimed]
        written = {draft.term for draft in self._drafts if not draft.code}
        self._exact = _grouped(free, tidy)
        self._loose = _grouped([fact for fact in free if tidy(fact.term) not in written], normalise)
        self._groups: dict[int, Group] = {}
        self._lines: dict[int, Line] = {}
        self._taken: dict[str, int] = {}
        self._seen: dict[tuple[str, str], list[int]] = defaultdict(list)

    def plan(self) -> Plan:
        """Each row in turn, then what is to be written."""
        for refused in self._refused:
            self._refuse(refused.line, refused.column, refused.reason, refused.remedy, refused.term)
        for draft in self._drafts:
            self._place(draft)
        self._sections.add_described()
        writer = Writer(self._deck, self._columns, {draft.code for draft in self._drafts})
        for line, group in self._groups.items():
            self._lines[line] = writer.write(group)
        return Plan(
            columns=self._columns,
            notes=(*self._table.notes, *self._columns.notes),
            lines=tuple(self._lines[line] for line in sorted(self._lines)),
            sections=tuple(self._sections.worded(self._purposes())),
            new=tuple(writer.new),
            changed=tuple(writer.changed),
            retired=self._missing(),
            numbers=writer.numbers,
            version=self._deck.version,
        )

    def _purposes(self) -> dict[str, list[str]]:
        said: dict[str, list[str]] = defaultdict(list)
        for group in self._groups.values():
            said[group.section.slug].append(str(group.draft.content.get("purpose", "")))
        return said

    def _refuse(self, line: int, column: str, reason: str, remedy: str, term: str) -> None:
        self._lines[line] = Line(line, Outcome.REFUSED, term, column=column, reason=reason, remedy=remedy)

    def _place(self, draft: Draft) -> None:
        """Find out which fact a row is: one of the deck, one of an earlier row, or a new one."""
        section = self._sections.of(draft)
        known = self._by_code.get(draft.code)
        if not draft.code:
            earlier = self._earlier(draft, section)
            if earlier is not None:
                self._join(draft, earlier)
                return
            candidates = self._candidates(draft, section)
            if len(candidates) > 1:
                codes = ", ".join(fact.code for fact in candidates)
                said = f"“{draft.term}” is the term of several facts of the deck ({codes})"
                self._refuse(draft.line, self._name("term"), said, "say which one in a column “code”", draft.term)
                return
            known = candidates[0] if candidates else None
        code = known.code if known else draft.code
        if code and code in self._taken:
            said = f"line {self._taken[code]} is the fact {code} already"
            self._refuse(draft.line, self._name("code"), said, "keep one of the two rows", draft.term)
        elif known and known.retired and not self._follows:
            said = f"the fact {known.code} is retired"
            remedy = "bring it back in the admin, or let the deck follow the table (--retire-missing)"
            self._refuse(draft.line, self._name("term"), said, remedy, draft.term)
        else:
            self._take(draft, section, known, code)

    def _take(self, draft: Draft, section: SectionSpec, known: KnownFact | None, code: str) -> None:
        if code:
            self._taken[code] = draft.line
        self._seen[section.slug, normalise(draft.term) or draft.term].append(draft.line)
        self._groups[draft.line] = Group(draft, section, known)

    def _candidates(self, draft: Draft, section: SectionSpec) -> list[KnownFact]:
        """Facts of the deck with the row's term, not named by a code; of the section, if the table has sections."""
        term = draft.term, normalise(draft.term) or draft.term
        for held, form in zip((self._exact, self._loose), term, strict=True):
            facts = [fact for fact in held.get(form, ()) if held is self._exact or fact.code not in self._taken]
            inside = [fact for fact in facts if fact.section == section.slug]
            if inside or ("section" not in self._columns.places and facts):
                facts = inside or facts
                return [fact for fact in facts if _says(fact, draft)][:1] or facts
        return []

    def _earlier(self, draft: Draft, section: SectionSpec) -> Group | None:
        """The group of an earlier row with the same term; spelled otherwise, only if its description agrees."""
        lines = self._seen.get((section.slug, normalise(draft.term) or draft.term), ())
        groups = [self._groups[line] for line in lines]
        repeated = [group for group in groups if _agree(group.draft, draft)]
        return next(iter(repeated), None) or next((g for g in groups if g.draft.term == draft.term), None)

    def _join(self, draft: Draft, group: Group) -> None:
        first = group.draft.line
        if not _agree(group.draft, draft):
            said = f"“{draft.term}” stands in line {first} with another description"
            remedy = "give one of them another term, such as one with an addition in brackets, or make them one row"
            self._refuse(draft.line, self._name("term"), said, remedy, draft.term)
            return
        group.draft = replace(group.draft, content=_united(group.draft.content, draft.content))
        self._lines[draft.line] = Line(draft.line, Outcome.MERGED, draft.term, group.section.slug, into=first)

    def _name(self, name: str) -> str:
        at = self._columns.places.get(name, (-1,))[0]
        return " ".join(self._table.header[at].split()) if 0 <= at < len(self._table.header) else name

    def _missing(self) -> tuple[str, ...]:
        """Facts that the table leaves out; those that a refused row speaks of stay."""
        if not self._follows:
            return ()
        spared = {normalise(line.term) for line in self._lines.values() if line.outcome is Outcome.REFUSED}
        codes = {refused.code for refused in self._refused}
        left = [fact for fact in self._deck.facts if not fact.retired and fact.code not in self._taken]
        return tuple(f.code for f in left if f.code not in codes and normalise(f.term) not in spared)


def _grouped(facts: Iterable[KnownFact], form: Callable[[str], str]) -> dict[str, list[KnownFact]]:
    found: dict[str, list[KnownFact]] = defaultdict(list)
    for fact in facts:
        found[form(fact.term) or fact.term].append(fact)
    return found


def _says(fact: KnownFact, draft: Draft) -> bool:
    return normalise(str(fact.content["purpose"])) == normalise(str(draft.content.get("purpose", "")))


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two rows of one term have the same description, or one of them none."""
    said = [normalise(str(draft.content.get("purpose", ""))) for draft in (one, other)]
    return said[0] == said[1] or "" in said


def _united(first: Content, later: Content) -> Content:
    """The first row with lists united and empty fields filled from the later one."""
    return {name: _both(value, later.get(name, value)) for name, value in first.items()}


def _both(one: str | tuple[str, ...], other: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(one, tuple):
        known = {normalise(text) or text for text in one}
        return (*one, *(text for text in other if (normalise(text) or text) not in known))
    return one or other
