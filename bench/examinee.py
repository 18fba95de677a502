"""A student who takes a quiz as a browser with its script does, with what the server has acknowledged."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from bench.crowd import Script, Step
from bench.messages import Request, Response
from bench.talkers import COOKIE, UnexpectedError

CHANGED, FLAGGED, SENT_AGAIN, LEFT_OUT = 0.15, 0.1, 0.05, 0.02
"""Shares of questions whose answer is changed, which are flagged, saved twice (the reply was lost), not answered."""
HANDED_IN_FROM = 0.85
"""Everybody hands in after this share of the time."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
QUESTION = re.compile(r'<form class="question" id="q(\d+)".*?data-save="([^"]*)"(.*?)</form>', re.DOTALL)
PLACE = re.compile(r'type="radio" id="q\d+-\d+" name="choice"')
LOCATION = re.compile(r"^location: (.*?)\r?$", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Acknowledged:
    """What the server has said that it keeps of one question."""

    place: int | None = None
    flagged: bool = False
    revision: int = 0


@dataclass(slots=True)
class Examinee:
    """One student; `username` seeds what they do and when. `kept` is by position; `handed_in` once that was answered.

    They open the quiz within `start_seconds`, and have handed in once `seconds` are over.
    """

    username: str
    session: str
    quiz_id: int
    start_seconds: float
    seconds: float
    kept: dict[int, Acknowledged] = field(default_factory=dict)
    handed_in: bool = False
    _cookies: dict[str, str] = field(default_factory=dict)
    _token: str = ""

    def script(self) -> Script:
        """From the page of the quiz to the review."""
        dice = Random(self.username)
        self._cookies["sessionid"] = self.session
        at, end = dice.uniform(0, self.start_seconds), dice.uniform(HANDED_IN_FROM, 1.0) * self.seconds
        self._read((yield self._get("quiz", at, f"/quizzes/{self.quiz_id}/")), 200)
        begun = self._read((yield self._post("start", at, f"/quizzes/{self.quiz_id}/start/", {})), 302)
        first = _location(begun)
        page = self._read((yield self._get("question", at, first)), 200)
        yield from self._answers(dice, page, at, end)
        over = first.rsplit("/", 2)[0] + "/end/"
        self._read((yield self._get("end", end, over)), 200)
        done = self._read((yield self._post("submit", end, over, {})), 302)
        self.handed_in = _location(done).endswith("/review/")
        self._read((yield self._get("review", end, _location(done))), 200)

    def _answers(self, dice: Random, page: Response, begin: float, end: float) -> Script:
        found = {
            int(number): (address, len(PLACE.findall(form))) for number, address, form in QUESTION.findall(page.body)
        }
        if not found:
            raise UnexpectedError(f"no question on the page\n{page.body[:2000]}")
        self.kept = {position: Acknowledged() for position in found}
        saves = [saved for position in found for saved in _saves(dice, position, found[position][1])]
        times = sorted(dice.uniform(begin, end) for _ in saves)
        for at, (position, form) in zip(times, saves, strict=True):
            kept = self.kept[position]
            sent = {**form, "revision": str(kept.revision), "elapsed_ms": "8000"}
            for _ in range(1 + (dice.random() < SENT_AGAIN)):
                reply = self._read((yield self._post("save", at, found[position][0], sent)), 200)
                self._acknowledge(kept, sent, json.loads(reply.body))

    def _acknowledge(self, kept: Acknowledged, sent: Mapping[str, str], said: Mapping[str, object]) -> None:
        revision = int(sent["revision"]) + 1
        wanted = {"choice": int(sent["choice"]), "flagged": sent["flagged"] == "1", "revision": revision}
        if any(said[name] != value for name, value in wanted.items()):
            raise UnexpectedError(f"sent {sent}, but {said} is kept")
        kept.place, kept.flagged, kept.revision = int(sent["choice"]), sent["flagged"] == "1", revision

    def _get(self, kind: str, at: float, address: str) -> Step:
        return Step(kind, at, Request(address, dict(self._cookies)))

    def _post(self, kind: str, at: float, address: str, form: Mapping[str, str]) -> Step:
        return Step(kind, at, Request(address, dict(self._cookies), {"csrfmiddlewaretoken": self._token, **form}))

    def _read(self, response: Response, status: int) -> Response:
        if f" {status} " not in response.head.partition("\r\n")[0]:
            raise UnexpectedError(f"{response.head}\n{response.body[:2000]}")
        if cookie := COOKIE.search(response.head):
            self._cookies["csrftoken"] = cookie[1]
        if token := TOKEN.search(response.body):
            self._token = token[1]
        return response


def _saves(dice: Random, position: int, places: int) -> list[tuple[int, dict[str, str]]]:
    """One question's saves in turn: an answer, perhaps another one, perhaps a flag; or nothing."""
    if dice.random() < LEFT_OUT:
        return []
    choices = [dice.randrange(places)]
    if dice.random() < CHANGED:
        choices.append((choices[0] + 1) % places)
    forms = [{"choice": str(place), "flagged": "0"} for place in choices]
    if dice.random() < FLAGGED:
        forms.append({"choice": str(choices[-1]), "flagged": "1"})
    return [(position, form) for form in forms]


def _location(response: Response) -> str:
    found = LOCATION.search(response.head)
    if found is None:
        raise UnexpectedError(f"led nowhere\n{response.head}")
    return found[1]
