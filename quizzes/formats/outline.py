"""A text guide, with headings and lists, read as facts: lists below headings, one fact for each of their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizzes.core.outlines import Outline, OutlineFact, OutlineSection, SkippedLine, repeated
from quizzes.core.text import words
from quizzes.formats.outline_lines import examples_in, plain, read_line, says_use
from quizzes.formats.outline_text import MOST_LETTERS, Line, lines_of

MOST_HEADING_WORDS = 14
_MOST_EXAMPLE_WORDS = 6
_WRAPPED = 50
_DEEPEST = 6
_HASHES = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*")
_BOLD = re.compile(r"(\*\*|__)(?P<text>[^*_].*?)\1:?")
_UNDERLINE = re.compile(r"[=\-~─—]{3,}")
_LEADS_IN = frozenset("are can following have include includes including is may might the these they usually".split())
_EXAMPLES = re.compile(r"(?:e\.\s?g\.|examples?|for example|such as)\s*:?\s+(?P<list>.+)", re.IGNORECASE)


class NoOutlineError(ValueError):
    """The text has no list to make facts from, or is too long; the message says what to do."""


@dataclass(slots=True)
class _Entry:
    """A line of a list with the lines that go on with it and the lines below it."""

    line: Line
    text: str
    below: list["_Entry"] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """A heading and its list."""

    heading: str
    line: int
    lead: list[Line] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)


def read_outline(text: str) -> Outline:
    """What a text guide says: title, introduction, lists with their facts, lines that are in no list.

    No line is lost: what is not clear is kept and says so. Raises NoOutlineError where there is no list at all.
    """
    if len(text) > MOST_LETTERS:
        raise NoOutlineError(f"The text is longer than {MOST_LETTERS:,} letters. Split it into several decks.")
    reader = _Reader(lines_of(text))
    reader.read()
    sections = tuple(section for part in reader.parts for section in _sections(part))
    if not any(section.facts for section in sections):
        raise NoOutlineError(
            "The text has no list. Put one fact on each line, begun with -, • or a number, below a heading: "
            "“- Term: description”."
        )
    return _outline(reader, tuple(section for section in sections if section.facts))


def _outline(reader: "_Reader", sections: tuple[OutlineSection, ...]) -> Outline:
    first = min(section.line for section in sections)
    title = reader.title or next((part.heading for part in reader.parts if part.heading), "")
    opening = [line for line in reader.prose if line.number < first]
    left = [line for line in reader.prose if line.number >= first]
    left += [line for part in reader.parts for line in part.lead]
    left += [Line(part.line, 0, "", part.heading) for part in reader.parts if not part.entries and part.line]
    skipped = tuple(SkippedLine(line.number, line.text) for line in sorted(left, key=lambda line: line.number))
    return Outline(title, "\n".join(line.text for line in opening), sections, skipped)


class _Reader:
    """Goes through the lines once and sorts them into headings, lists and prose."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.title = ""
        self.prose: list[Line] = []
        self.parts: list[_Part] = []
        self._stack: list[_Entry] = []
        self._after_blank = True

    def read(self) -> None:
        """Sort all lines."""
        for at, line in enumerate(self.lines):
            if line.blank or line.rule:
                self._after_blank = True
                continue
            self._take(at, line)
            self._after_blank = False

    def _take(self, at: int, line: Line) -> None:
        heading = self._heading(at, line)
        if heading:
            self._open(heading, line)
        elif line.mark:
            self._item(line)
        elif self._continues(line):
            self._stack[-1].text = _joined(self._stack[-1].text, line.text)
        elif self.parts and not self.parts[-1].entries and self.parts[-1].line:
            self.parts[-1].lead.append(line)
        else:
            self.prose.append(line)
            self._stack = []

    def _open(self, heading: str, line: Line) -> None:
        if not self.title and not self.parts and not self.prose and not self._is_over_list(line):
            self.title = heading
            return
        self.parts.append(_Part(heading, line.number))
        self._stack = []

    def _is_over_list(self, line: Line) -> bool:
        """Whether the next line that shows something, but underlines, is one of a list."""
        after = (other for other in self.lines[line.number :] if not other.blank and not other.rule)
        following = next(after, None)
        if following is None or not following.mark:
            return False
        return not self._numbered(following, apart=following.number > line.number + 1)

    def _item(self, line: Line) -> None:
        if not self.parts:
            self.parts.append(_Part("", 0))
        entry = _Entry(line, line.text)
        while self._stack and not _is_below(line, self._stack[-1].line):
            self._stack.pop()
        del self._stack[_DEEPEST:]
        (self._stack[-1].below if self._stack else self.parts[-1].entries).append(entry)
        self._stack.append(entry)

    def _continues(self, line: Line) -> bool:
        """Whether a line goes on with the one above it: indented, or wrapped."""
        if not self._stack:
            return False
        above = self._stack[-1]
        if line.indent > above.line.indent:
            return True
        cut = not re.search(r"[.:;!?。]$", above.text) and (line.text[:1].islower() or len(above.text) >= _WRAPPED)
        return cut and not self._after_blank

    def _is_wrapped(self, line: Line) -> bool:
        """Whether a line in small letters stands right below an unfinished one of a list."""
        return not self._after_blank and line.text[0].islower() and self._stack[-1].text[-1:] not in ".:;!?。"

    def _heading(self, at: int, line: Line) -> str:
        """The heading that a line is; empty if it is none."""
        if line.mark:
            return self._numbered(line, apart=self._after_blank)
        marked = _HASHES.fullmatch(line.text) or _BOLD.fullmatch(line.text)
        if marked:
            return _clean(marked["text"])
        if not _can_head(line.text):
            return ""
        if self._underlined(at) or _is_upper(line.text):
            return _clean(line.text)
        if self._stack and (line.indent > self._stack[-1].line.indent or self._is_wrapped(line)):
            return ""
        return _clean(line.text) if self._reads_as_heading(line) else ""

    def _reads_as_heading(self, line: Line) -> bool:
        leads = self.parts and not self.parts[-1].entries and _is_sentence(line.text)
        if not self._after_blank and not self._stack:
            return line.text.endswith((":", "：")) and not _is_sentence(line.text)
        if leads:
            return False
        if line.text.endswith((":", "：")):
            return self._after_blank or self._is_over_list(line)
        if not line.text.endswith((".", "!", ";", "。")) and self._is_over_list(line):
            return True
        return not self.title and not self.parts and not self.prose and self._stands_alone(line)

    def _stands_alone(self, line: Line) -> bool:
        after = self.lines[line.number] if line.number < len(self.lines) else None
        return (after is None or after.blank) and not line.text.endswith(".")

    def _underlined(self, at: int) -> bool:
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return after is not None and after.rule and _UNDERLINE.fullmatch(after.text) is not None

    def _numbered(self, line: Line, *, apart: bool) -> str:
        """The heading that a numbered line is, such as "2. Causes" above a list with other marks or after a blank."""
        if line.mark[0] not in "1A(" or not _can_head(line.text) or not apart:
            return ""
        following = next((other for other in self.lines[line.number :] if not other.blank), None)
        if following is None or not following.mark or following.mark == line.mark:
            return ""
        beside = self.lines[line.number].blank or following.indent <= line.indent
        return _clean(line.text) if beside and not re.search(r":\s+\S", line.text) else ""


def _is_below(line: Line, above: Line) -> bool:
    if line.indent > above.indent + 1:
        return True
    deeper = line.mark.count("1") > above.mark.count("1") and line.mark.startswith("1.1")
    return deeper or (line.indent == above.indent + 1 and line.mark != above.mark)


def _joined(text: str, more: str) -> str:
    return text[:-1] + more if text.endswith("-") and more[:1].islower() else f"{text} {more}".strip()


def _clean(text: str) -> str:
    bare = plain(text).strip(" *_#\t").rstrip(":：").strip()
    bare = re.sub(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]|[IVX]+\.)\s+", "", bare)
    return bare if any(map(str.isalnum, bare)) else ""


def _can_head(text: str) -> bool:
    return 0 < len(words(text)) <= MOST_HEADING_WORDS and len(text) <= 200


def _is_upper(text: str) -> bool:
    return text.upper() == text and text.lower() != text and sum(map(str.isalpha, text)) > 3 and "\t" not in text


def _is_sentence(text: str) -> bool:
    """Whether a line leads in to a list ("They may include:") rather than names it."""
    said = words(text)
    titled = sum(word[:1].isupper() for word in text.split()) * 2 > len(text.split())
    return not titled and (not _LEADS_IN.isdisjoint(said) or len(said) > 6)


def _sections(part: _Part) -> list[OutlineSection]:
    """The part's list as a section, and a section for each line that is a heading itself."""
    own = [entry for entry in part.entries if not _heads(entry)]
    found = [OutlineSection(part.heading, part.line, _facts(own))] if own else []
    for entry in part.entries:
        if _heads(entry):
            found += _sections(_Part(_clean(entry.text) or part.heading, entry.line.number, [], entry.below))
    return found


def _heads(entry: _Entry) -> bool:
    """Whether a line of a list is a heading: it describes nothing, and what stands below it has descriptions."""
    said = read_line(entry.text, entry.line.number)
    if len(entry.below) < 2 or said.description or said.examples or not _clean(entry.text):
        return False
    below = [read_line(one.text, one.line.number) for one in entry.below]
    return 2 * sum(bool(one.description) for one in below) > len(below)


def _facts(entries: Sequence[_Entry]) -> tuple[OutlineFact, ...]:
    uses = any(says_use(entry.text) for entry in entries)
    found = [fact for entry in entries for fact in _of_entry(entry, uses)]
    again = repeated(found)
    return tuple(
        _noted(fact, f"Its term stands on line {again[fact.line]} as well.") if fact.line in again else fact
        for fact in found
    )


def _of_entry(entry: _Entry, uses: bool) -> list[OutlineFact]:
    """The fact of a line, with its examples or its description from the lines below; those that are neither follow."""
    fact = read_line(entry.text, entry.line.number, uses=uses)
    loose: list[_Entry] = []
    long: list[_Entry] = []
    for one in entry.below:
        said = read_line(one.text, one.line.number)
        if found := _EXAMPLES.fullmatch(plain(one.text)):
            fact = replace(fact, examples=(*fact.examples, *examples_in(found["list"], fact.term)))
        elif said.description or said.condition or one.below:
            loose.append(one)
        elif len(words(said.term)) <= _MOST_EXAMPLE_WORDS and (len(entry.below) > 1 or fact.description):
            fact = replace(fact, examples=(*fact.examples, *dict.fromkeys((plain(one.text), *said.examples))))
        else:
            long.append(one)
    fact = _with_description(fact, long)
    below = [_noted(one, f"It stands below “{fact.term}”.") for entry in loose for one in _of_entry(entry, uses)]
    return [fact, *below]


def _with_description(fact: OutlineFact, long: Sequence[_Entry]) -> OutlineFact:
    if not long:
        return fact
    said = "; ".join(filter(None, (fact.description, *(plain(one.text) for one in long))))
    alone = len(long) == 1 and not fact.description
    fact = replace(fact, description=said)
    return fact if alone else _noted(fact, "Several lines describe it; they were joined.")


def _noted(fact: OutlineFact, reason: str) -> OutlineFact:
    return replace(fact, unclear=(*fact.unclear, reason))
