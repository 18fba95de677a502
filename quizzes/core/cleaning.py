"""Texts from anywhere as plain texts: HTML reduced to what it says, invisible characters dropped, lists cut."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable

_TAGS = (
    "a abbr acronym address article aside audio b bdi bdo big blockquote body br button caption center cite code col "
    "colgroup dd del details dfn dir div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins kbd label legend li link main map mark meta nav nobr noscript object "
    "ol option p param picture pre q rp rt ruby s samp script section select small source span strike strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead title tr track tt u ul var video wbr"
).split()
"""Names that are taken for HTML; what stands in other angle brackets is text, such as List<Word>."""
_BREAKING = frozenset(
    "address article aside blockquote br caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody tfoot thead "
    "tr ul".split()
)
_MARKUP = re.compile(
    r"<!--.*?-->|<!doctype[^<>]*>|<(?P<dropped>script|style|head|template|title)\b[^<>]*>.*?</(?P=dropped)\s*>"
    rf"|</?(?P<tag>{'|'.join(sorted(_TAGS, key=len, reverse=True))})(?:\s[^<>]*|/)?>"
    r"|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    re.IGNORECASE | re.DOTALL,
)
BREAK = "\u2028"
"""Where HTML begins a new line or list item, until `joined` or `items` has dealt with it."""
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
        "\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\ufffe\uffff",
    )
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2029]")
_SEPARATORS = re.compile(r"[;|；؛\n\u2028]")
_COMMAS = re.compile(r"[，、،]|,(?!\d)|(?<!\d),")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;|；؛\n\u2028]|$)')


def without_markup(text: str) -> str:
    """The text that HTML shows: tags, comments, scripts and styles go, entities become characters.

    Blocks, breaks and list items are parted by `BREAK`. What is no HTML stays as it is.
    """
    if "<" not in text and "&" not in text:
        return text
    return _MARKUP.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    if match[0].startswith("&"):
        return html.unescape(match[0])
    tag = (match["tag"] or "").lower()
    return BREAK if tag in _BREAKING else " " if tag in {"td", "th"} else ""


def with_markup(text: str) -> str:
    """The text so that `without_markup` gives it back: what looks like HTML is written in entities."""
    return text if without_markup(text) == text else html.escape(text, quote=False)


def tidy(text: str, *, lines: bool = False) -> str:
    """The text without control and invisible characters, runs of white space made one space.

    Joiners that scripts and emoji need stay. With `lines`, line ends stay, at most two in a row.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _LINE_ENDS.sub("\n", text).replace(BREAK, "\n").translate(_INVISIBLE)
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    if not lines:
        return " ".join(text.split())
    kept = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def phrase(text: str) -> str:
    """One line of plain text; what HTML had in lines of their own is joined by semicolons."""
    said = without_markup(text)
    parts = [tidy(part) for part in said.split(BREAK)] if BREAK in said and "<" in text else [tidy(said)]
    kept = [part for part in parts if part]
    return "".join(
        f"{part} " if part.endswith((".", "!", "?", ";", ":", ",")) else f"{part}; " for part in kept[:-1]
    ) + (kept[-1] if kept else "")


def passage(text: str) -> str:
    """Plain text in lines."""
    return tidy(without_markup(text), lines=True)


def items(text: str) -> tuple[str, ...]:
    """The texts that one cell holds, each once: parted by semicolons, bars or lines, else by commas.

    A comma between digits parts nothing. Text in quotation marks stays whole.
    """
    return tuple(dict.fromkeys(filter(None, map(tidy, _cut(_LINE_ENDS.sub("\n", without_markup(text)))))))


def _cut(text: str) -> Iterable[str]:
    parts, at, quoted = [], 0, False
    while at <= len(text):
        match = _QUOTED.match(text, at)
        end = _SEPARATORS.search(text, at)
        if match:
            parts.append(match[1].replace('""', '"'))
            quoted, at = True, match.end() + 1
        else:
            parts.append(text[at : end.start()] if end else text[at:])
            at = end.end() if end else len(text) + 1
    return parts if quoted or len(parts) > 1 else _COMMAS.split(text)


def cell(texts: Iterable[str]) -> str:
    """The texts in one cell so that `items` gives them back."""
    return with_markup("; ".join(map(_quoted, texts)))


def _quoted(text: str) -> str:
    risky = _SEPARATORS.search(text) or _COMMAS.search(text) or text.startswith('"')
    return '"{}"'.format(text.replace('"', '""')) if risky else text


def same(one: str, other: str, way: Callable[[str], str] = tidy) -> bool:
    """Whether two texts differ in white space and invisible characters at most."""
    return one == other or way(one) == way(other)
