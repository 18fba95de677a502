"""The two sides of the comparison: a student who answers one question after another, and a reader of the empty page."""

import re
from collections.abc import Mapping, Set
from html import unescape
from random import Random

from bench.messages import Request, Response
from quizzes.core.generation import Bank
from quizzes.core.specs import Item

KNOWS = 0.85
FORM = re.compile(r'<form id="answer".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|token)" value="([^"]*)"')
STEM = re.compile(r'<h1 class="stem"[^>]*>(.*?)</h1>')
OPTION = re.compile(r'name="choice" value="(\d+)".*?<span dir="auto">(.*?)</span></button>')
COOKIE = re.compile(r"csrftoken=([^;]+)")
SLIP = re.compile(r'<p class="notice info"(?=[^“]*</b> “)')
LEECH = re.compile(r'<p class="notice info"[^>]*><b class="kind">(?:(?!</p>).)*?</b> You have missed')

Knowledge = Mapping[str, Set[str]]
"""Stem -> what is right."""


class UnexpectedError(RuntimeError):
    """A response that the bench did not expect: what is measured would mean nothing."""


def knowledge(bank: Bank) -> Knowledge:
    """What is right for every question of a deck: keys of its items, and what may be typed."""
    right: dict[str, set[str]] = {}
    for card in bank.cards():
        prompt = bank.prompt(card)
        right.setdefault(prompt.stem, set()).update(prompt.accepted)
        items = (bank.draw(card, f"{card.key}/{turn}") for turn in range(12))
        for item in items:
            if isinstance(item, Item):
                right.setdefault(item.stem, set()).add(item.key.text)
    return right


class Idle:
    """Asks for the page that does nothing, again and again."""

    def __init__(self, session: str) -> None:
        self._request = Request("/bench/nothing/", {"sessionid": session})

    def ask(self) -> Request:
        """Always the same."""
        return self._request

    def hear(self, response: Response) -> None:
        """Make sure that it was the page."""
        if not response.body.startswith("<p>Signed in as"):
            raise UnexpectedError(f"{response.head}\n{response.body[:2000]}")


class Learner:
    """One student who answers as htmx does, until nothing is left to study."""

    def __init__(self, session: str, right: Knowledge) -> None:
        self._right, self._dice = right, Random(session)
        self._cookies = {"sessionid": session}
        self._form: dict[str, str] = {}
        self._finished = False
        self.answers = 0

    def ask(self) -> Request | None:
        """The first question of all, then an answer each time."""
        if self._finished:
            return None
        return Request("/study/answer/" if self._form else "/study/", self._cookies, self._form)

    def hear(self, response: Response) -> None:
        """Make up the answer to the question in the response, or to the one behind its feedback."""
        if 'id="session"' not in response.body or 'class="notice' in LEECH.sub("", SLIP.sub("", response.body)):
            raise UnexpectedError(f"{response.head}\n{response.body}")
        if cookie := COOKIE.search(response.head):
            self._cookies["csrftoken"] = cookie[1]
        self.answers += bool(self._form) and not SLIP.search(response.body)
        form = FORM.search(response.body)
        self._finished = form is None
        if form:
            self._form = self._answer(unescape(STEM.findall(response.body)[-1]), form[0])

    def _answer(self, stem: str, form: str) -> dict[str, str]:
        right = self._right.get(stem, set()) if self._dice.random() < KNOWS else set()
        answer = {**dict(HIDDEN.findall(form)), "elapsed_ms": "5000"}
        if options := OPTION.findall(form):
            known = [place for place, text in options if unescape(text) in right]
            return {**answer, "choice": (known or ["0"])[0]}
        if 'name="typed"' in form:
            return {**answer, "typed": min(right, default="something else"), "check": "1"}
        return {**answer, "rating": "3" if right else "1"}
