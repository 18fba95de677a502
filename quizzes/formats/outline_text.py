"""A text as lines: bytes in the usual encodings decoded, each line with its indent and its bullet."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

MOST_LETTERS = 2_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(
    r"(?P<mark>[•◦▪▫‣⁃●○■□♦➢➤✓✔·∙\uf0b7\uf0a7])\s*(?P<text>.*)|(?P<plain>[*+–—-])\s+(?P<said>.*)", re.DOTALL
)
_NUMBER = re.compile(
    r"(?P<mark>[(（]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5}|[IVX]{2,5})[.)）．、](?:\))?)(?P<gap>\s+|(?<=[、．）]))(?P<text>\S.*)"
    r"|(?P<capital>[(]?[A-Z][)])\s+(?P<said>\S.*)",
    re.DOTALL,
)
_RULE = re.compile(r"[=\-~*_─—#]{3,}")
_INVISIBLE = frozenset("\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad")
_KEPT_JOINERS = frozenset("\u200c")


class UndecodableError(ValueError):
    """The bytes are no text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. `mark` is its bullet or the kind of its number ("1.", "a)"), empty where it has none."""

    number: int
    indent: int
    mark: str
    text: str

    @property
    def blank(self) -> bool:
        """Whether it shows nothing."""
        return not self.text and not self.mark

    @property
    def rule(self) -> bool:
        """Whether it is nothing but a line drawn with signs."""
        return not self.mark and _RULE.fullmatch(self.text.replace(" ", "")) is not None


def decode(data: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, UTF-16 where every other byte is empty, Windows-1252 otherwise.

    Raises UndecodableError where it is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if len(data) > 3 and data.count(0) * 3 > len(data):
        return _decoded(data, "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be")
    try:
        return _decoded(data, "utf-8")
    except UndecodableError:
        if b"\0" in data:
            raise
        return data.decode("cp1252", errors="replace")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError("The file is no text that can be read. Save it as plain text in UTF-8.") from error


def lines_of(text: str) -> list[Line]:
    """The lines of the text, numbered from 1."""
    return [_line(number, raw) for number, raw in enumerate(_BREAKS.split(text), start=1)]


def _line(number: int, raw: str) -> Line:
    shown = unicodedata.normalize("NFC", "".join(filter(_is_shown, raw)))
    bare = shown.strip()
    indent = len(shown[: len(shown) - len(shown.lstrip())].expandtabs(4))
    if _RULE.fullmatch(bare.replace(" ", "")):
        return Line(number, indent, "", bare)
    if found := _BULLET.fullmatch(bare):
        return Line(number, indent, found["mark"] or found["plain"], (found["text"] or found["said"] or "").strip())
    if found := _NUMBER.fullmatch(bare):
        mark = found["mark"] or found["capital"]
        return Line(number, indent, _kind(mark), (found["text"] or found["said"]).strip())
    return Line(number, indent, "", bare)


def _is_shown(character: str) -> bool:
    if character in _INVISIBLE:
        return character in _KEPT_JOINERS
    return character == "\t" or unicodedata.category(character) not in {"Cc", "Cs"}


def _kind(mark: str) -> str:
    """What the numbers of one list have in common: 1. and 12. are "1."."""
    return re.sub(r"[A-Z]+", "A", re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", mark)))
