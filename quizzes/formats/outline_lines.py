"""One line of a list, taken apart: term, description, examples, condition, other names, and what is not clear in it."""

import re

from quizzes.core.outlines import LONGEST_TERM, OutlineFact
from quizzes.core.text import singular, words

MOST_TERM_WORDS = 12
_SUCH_AS = r"(?:e\.?\s?g\.?|for example|for instance|such as|including|examples?:?|z\.\s?B\.|p\.\s?ex\.|par exemple|" \
    r"por ejemplo|p\.\s?ej\.|ad esempio|bijv\.|t\.\s?ex\.|f\.\s?eks\.|например|例如|たとえば)"  # fmt: skip
_BRACKETED = re.compile(
    rf"^(?P<term>.+?)\s*[(（\[]\s*{_SUCH_AS}[,:]?\s*(?P<list>[^()（）\[\]]+)[)）\]]\s*(?P<rest>.*)$", re.I
)
_TRAILING = re.compile(rf"^(?P<term>[^,]+?),?\s+{_SUCH_AS}[,:]?\s+(?P<list>.+)$", re.I)
_LIKE = re.compile(r"^(?P<term>(?:\S+\s+){0,4}\S+s),?\s+like\s+(?P<list>.+)$", re.I)
_SEPARATOR = re.compile(r":\s+|\s*：\s*|\s+[–—−-]{1,3}\s+|\s*\t\s*|\s+=\s+|:$|——")
_GLOSS = re.compile(r"^(?P<head>.+?)\s*[(（](?P<gloss>[^()（）]+)[)）]$")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()]*\)")
_CITED = re.compile(r"\s*\[\d+(?:\s*[,–-]\s*\d+)*\]")
_CASES = re.compile(r"^in (?:the )?cases? of\s+(.+)$", re.I)
_WHERE = re.compile(r"^in (?:the )?cases? (?:where|when|in which)\s", re.I)
_PEOPLE = r"(?:patients?|people|persons?|adults?|children|infants?|women|men|those|individuals?|anyone|students?)"
_FOR_WHOM = re.compile(
    rf"^for\s+((?:[\w-]+\s+){{0,2}}{_PEOPLE}(?:\s+(?:with|who|whose|in|at|on|over|under|after)\b.*)?)$", re.I
)
_USE = re.compile(r"^(?P<term>\S+(?:\s+\S+){0,4}?)\s+(?P<rest>(?:to\s+(?!the\b|an?\b|this\b)|for\s+)[^\W\d_].*)$")
_OPENING = re.compile(r"^(?:(?:is |are )?used )?(to|for)\s+(?=\S)", re.I)
_LEADING_TO = frozenset("according added attached bound close due exposed leading linked next owing related up".split())
_AND = re.compile(r",?\s+(?:and|or|und|oder|et|ou|&)\s+|\s*[,;、，；]\s*")
_ETC = re.compile(r"[,;]?\s*(?:and so on|and others|etc\.?|usw\.?|\.\.\.|…)\s*$", re.I)
_NAMES_EXAMPLES = re.compile(r"\b(?:such as|including|for example|e\.g\.)", re.I)


def read_line(text: str, line: int, *, uses: bool = False) -> OutlineFact:
    """The fact that a line of a list gives.

    With `uses`, its neighbours say what they are for, and so "Iodine to disinfect skin" is a term and its purpose.
    """
    said = plain(text)
    found = _bracketed(said) or _described(said) or _listed(said) or (_used(said) if uses else None) or {"term": said}
    return _finished(found, line, text)


def says_use(text: str) -> bool:
    """Whether a line is of the shape "Term (e.g. a, b) for something"."""
    found = _BRACKETED.match(plain(text))
    return found is not None and found["rest"].startswith(("to ", "for ")) and not _SEPARATOR.search(found["term"])


def plain(text: str) -> str:
    """The line without marks of emphasis, links, numbers of references and its full stop."""
    bare = _CITED.sub("", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)))
    bare = re.sub(r"^\[[ xX]\]\s+", "", bare.strip())
    bare = "\t".join(" ".join(part.split()) for part in bare.split("\t")).strip()
    return bare[:-1].rstrip() if re.search(r"(?:[^\W_]{2}|\d|[)\]”\"])[.;,]$", bare) else bare.removesuffix("。")


def examples_in(text: str, term: str) -> tuple[str, ...]:
    """The single examples of a list in a sentence; "parasitic and fungal infections" are two kinds of infections."""
    parts = [part.strip() for part in _AND.split(_ETC.sub("", text)) if part.strip()]
    shared = parts[-1].split()[-1] if parts else ""
    if len(parts) > 1 and len(parts[-1].split()) > 1 and singular(shared.casefold()) in set(map(singular, words(term))):
        parts = [part if len(part.split()) > 1 else f"{part} {shared}" for part in parts]
    return tuple(dict.fromkeys(parts))


def _bracketed(said: str) -> dict[str, object] | None:
    found = _BRACKETED.match(said)
    if not found or _cut(found["term"]):
        return None
    return {"term": found["term"], "examples": examples_in(found["list"], found["term"]), **_what(found["rest"])}


def _what(rest: str) -> dict[str, object]:
    """What stands behind a term and its examples."""
    bare = rest.strip().lstrip(":,;–—-").strip()
    if not bare:
        return {}
    if found := _FOR_WHOM.match(bare):
        return {"condition": found[1]}
    if rest.strip()[0] in ":–—-" or re.match(r"(?:to|for)\s", bare, re.I):
        return {"description": bare}
    return {"description": bare, "unclear": ("It is not clear how the words behind the bracket belong to the term.",)}


def _cut(said: str) -> re.Match[str] | None:
    """The first separator of term and description outside brackets."""
    for found in _SEPARATOR.finditer(said):
        before = said[: found.start()]
        if before.strip() and before.count("(") <= before.count(")"):
            return found
    return None


def _described(said: str) -> dict[str, object] | None:
    cut = _cut(said)
    if not cut:
        return None
    term, rest = said[: cut.start()].strip(), said[cut.end() :].strip()
    if not rest:
        return {"term": term}
    return {"term": term, **_description(rest, term)}


def _description(rest: str, term: str) -> dict[str, object]:
    rest = _OPENING.sub(lambda found: found[1].lower() + " ", rest, count=1)
    if found := _FOR_WHOM.match(rest) or _CASES.match(rest):
        return {"condition": found[1]}
    if _WHERE.match(rest):
        return {
            "description": rest,
            "unclear": ("It says when as well as what; the condition has a field of its own.",),
        }
    opened = re.match(rf"{_SUCH_AS}[,:]?\s+(?P<list>.+)$", rest, re.I)
    if opened and rest.count(" to ") < 2:
        listed, to, use = opened["list"].partition(" to ")
        return {"examples": examples_in(listed, term), "description": (to + use).strip()}
    if opened:
        return {"description": rest, "unclear": ("It is not clear where the examples end.",)}
    return _with_examples(rest, term)


def _with_examples(rest: str, term: str) -> dict[str, object]:
    if found := re.match(rf"^(?P<head>.+?)\s*\(\s*{_SUCH_AS}[,:]?\s*(?P<list>[^()]+)\)$", rest, re.I):
        return {"description": found["head"], "examples": examples_in(found["list"], term)}
    if _NAMES_EXAMPLES.search(rest):
        return {"description": rest, "unclear": ("It names examples: of the term, or of something else in the line?",)}
    return {"description": rest}


def _listed(said: str) -> dict[str, object] | None:
    found = _TRAILING.match(said) or _LIKE.match(said)
    return {"term": found["term"], "examples": examples_in(found["list"], found["term"])} if found else None


def _used(said: str) -> dict[str, object] | None:
    found = _USE.match(said)
    if not found or (words(found["term"])[-1:] and words(found["term"])[-1] in _LEADING_TO):
        return None
    whom = _FOR_WHOM.match(found["rest"])
    return {"term": found["term"], **({"condition": whom[1]} if whom else {"description": found["rest"]})}


def _finished(found: dict[str, object], line: int, text: str) -> OutlineFact:
    """The parts as a fact: other names out of the term, and what an editor has to look at."""
    term, aliases = _names(str(found.pop("term")).strip().rstrip(",;") or "?")
    unclear: tuple[str, ...] = found.pop("unclear", ())  # type: ignore[assignment]
    if not any(map(str.isalnum, term)) or term[0] in ":=–—":
        unclear = (*unclear, "It has no term that could be asked for.")
    elif len(words(term)) > MOST_TERM_WORDS or len(term) > LONGEST_TERM:
        unclear = (*unclear, "It is long for a term. Is it a sentence?")
    short = term if len(term) <= LONGEST_TERM else term[: LONGEST_TERM - 1].rstrip() + "…"
    return OutlineFact(short or "?", line, text.strip(), aliases=aliases, unclear=unclear, **found)  # type: ignore[arg-type]


def _names(term: str) -> tuple[str, tuple[str, ...]]:
    """The term without an abbreviation or expansion in brackets, and that; other brackets tell terms apart and stay."""
    found = _GLOSS.match(term)
    if found and (_shortens(found["gloss"], found["head"]) or _shortens(found["head"], found["gloss"].split(",")[0])):
        return found["head"], (found["gloss"],)
    for short, full in ((1, 2), (2, 1)):
        parts = re.match(r"^(\S+)\s*[(（]([^()（）]+)[)）]\s*(\S.*)$", term)
        if parts and _shortens(parts[short], parts[full]):
            return f"{parts[1]} {parts[3]}", (f"{parts[2]} {parts[3]}",)
    found = re.match(r"^(?P<first>\S+) (?P<rest>\S+) [(](?P<gloss>[^()]+)[)]$", term)
    if found and _shortens(found["first"], found["gloss"]):
        return f"{found['first']} {found['rest']}", (found["gloss"],)
    return term, ()


def _shortens(short: str, full: str) -> bool:
    """Whether one is the other's abbreviation: capitals that stand in it in this order."""
    letters = [letter for letter in short.removesuffix("s") if letter.isalnum()]
    if not 2 <= len(letters) <= 8 or sum(map(str.isupper, letters)) < 2 or " " in short.strip():
        return False
    rest = iter(full.casefold())
    return full[:1].casefold() == letters[0].casefold() and all(one.casefold() in rest for one in letters)
