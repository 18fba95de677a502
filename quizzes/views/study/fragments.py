"""The session's fragments in quick: each shape is rendered once by its template, then filled with texts.

A shape is all that a template asks of a page (flags, which texts there are, how many options); for one shape only the
texts differ. The patterns of this process are kept by shape, so they are as unchanging as the templates themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.formats import localize
from django.utils.translation import get_language

from quizzes.selectors.study.pages import Button, Choice, SessionPage

SHAPED = ("study/_question.html", "study/_feedback.html")
FLAGS = (
    "format",
    "shortcuts",
    "can_undo",
    "flagged",
    "revealed",
    "more_hints",
    "correct",
    "practice",
    "covered",
    "notice_kind",
)
TEXTS = (
    "title", "scope", "next_url", "notice", "notice_url", "notice_link", "said", "why_url",
    "token", "kicker", "stem", "answer", "explanation", "caution", "locator",
    "disclaimer", "language", "reveal_url", "hint", "verdict", "typed", "interval", "guess_token", "guess_interval",
)  # fmt: skip
PROGRESS = ("done", "left", "minutes", "total")
OPTION_TEXTS = ("place", "letter", "text", "keys", "feedback", "tag")
BUTTON_TEXTS = ("rating", "label", "interval", "keys")
NEXT, CSRF = "next", "csrf_token"
OPEN, CLOSE = "zq7SLOTq", "qTOLS7qz"

_flags = attrgetter(*FLAGS)
_texts = attrgetter(*TEXTS)


class Shape(NamedTuple):
    """What the templates ask of a page, its texts left out: of those only whether there are any."""

    language: str | None
    prefix: str
    template: str
    flags: tuple[object, ...]
    filled: tuple[bool, ...]
    working: bool
    options: tuple[tuple[bool, bool, bool], ...]
    buttons: tuple[bool, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rendered shape, to be filled by `%`; `slots` reads each text that it needs from a page."""

    text: str
    slots: Mapping[str, Callable[[SessionPage], Any]]


class FragmentResponse(HttpResponse):
    """A fragment, with the page that it shows."""

    def __init__(self, page: SessionPage, csrf_token: str) -> None:
        super().__init__(fragment(page, csrf_token))
        self.page = page


def fragment(page: SessionPage, csrf_token: str) -> str:
    """The page's fragment, byte for byte as its template renders it."""
    if page.template not in SHAPED:
        return render_to_string(page.template, {"page": page, CSRF: csrf_token})
    shape = _shape(page)
    pattern = _pattern(shape)
    values = {name: _text(read(page), shape.language) for name, read in pattern.slots.items()}
    values[CSRF] = escape(csrf_token)
    if page.next is not None:
        values[NEXT] = fragment(page.next, csrf_token)
    return pattern.text % values


def _text(value: str | int, language: str | None) -> str:
    return escape(value) if isinstance(value, str) else _number(value, language)


@lru_cache(maxsize=4096)
def _number(value: int, _language: str | None) -> str:
    return str(localize(value))


def _shape(page: SessionPage) -> Shape:
    return Shape(
        language=get_language(),
        prefix=get_script_prefix(),
        template=page.template,
        flags=_flags(page),
        filled=tuple(map(bool, _texts(page))),
        working=page.progress.left > 0,
        options=tuple((option.is_key, option.chosen, bool(option.tag)) for option in page.options),
        buttons=tuple(button.primary for button in page.buttons),
        has_next=page.next is not None,
    )


@lru_cache(maxsize=1024)
def _pattern(shape: Shape) -> Pattern:
    rendered = render_to_string(shape.template, {"page": _skeleton(shape), CSRF: _mark(CSRF)})
    first, *others = rendered.replace("%", "%%").split(OPEN)
    named = [part.split(CLOSE, 1) for part in others]
    text = first + "".join(f"%({name})s{rest}" for name, rest in named)
    return Pattern(text, {name: _reader(name) for name, _rest in named if name not in (NEXT, CSRF)})


def _skeleton(shape: Shape) -> SessionPage:
    """A page of this shape with marks for texts."""
    texts = {name: _mark(name) if filled else "" for name, filled in zip(TEXTS, shape.filled, strict=True)}
    progress = {name: _mark(f"progress.{name}") for name in PROGRESS}
    everything: dict[str, Any] = {
        **texts,
        **dict(zip(FLAGS, shape.flags, strict=True)),
        "template": shape.template,
        "last_seq": _mark("last_seq"),
        "progress": progress if shape.working else {**progress, "left": 0},
        "options": [_option(place, *marks) for place, marks in enumerate(shape.options)],
        "buttons": [_button(place, primary) for place, primary in enumerate(shape.buttons)],
        "next": {"template": _Behind()} if shape.has_next else None,
    }
    return SessionPage(**everything)


def _option(place: int, is_key: bool, chosen: bool, tagged: bool) -> Choice:
    texts: dict[str, Any] = {name: _mark(f"options.{place}.{name}") for name in OPTION_TEXTS}
    return Choice(**{**texts, "tag": texts["tag"] if tagged else "", "is_key": is_key, "chosen": chosen})


def _button(place: int, primary: bool) -> Button:
    texts: dict[str, Any] = {name: _mark(f"buttons.{place}.{name}") for name in BUTTON_TEXTS}
    return Button(**texts, primary=primary)


class _Behind:
    """Stands for the template of the question behind the feedback."""

    def render(self, _context: object) -> str:
        return _mark(NEXT)


def _mark(name: str) -> str:
    return f"{OPEN}{name}{CLOSE}"


def _reader(name: str) -> Callable[[SessionPage], Any]:
    first, *rest = name.split(".")
    if len(rest) < 2:
        return attrgetter(name)
    place, last = int(rest[0]), rest[1]
    return lambda page: getattr(getattr(page, first)[place], last)
