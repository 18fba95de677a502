"""What the pages of a study session print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from quizzes.core.marking import hint
from quizzes.core.queueing import minutes_left
from quizzes.core.specs import Format
from quizzes.selectors.content.decks import DeckContent
from quizzes.selectors.study.asked import Asked, sign
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.practice import read_round
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.wording import interval_words

LETTERS = "ABCDEFGH"
MOST_HINTS = 3
SECONDS_PER_ANSWER = 8.0
RATING_LABELS = (gettext_noop("Again"), gettext_noop("Hard"), gettext_noop("Good"), gettext_noop("Easy"))
TWO_BUTTONS = (("again", 1, "1"), ("good", 3, "2 3 space enter"))
FOUR_BUTTONS = (("again", 1, "1"), ("hard", 2, "2"), ("good", 3, "3 space enter"), ("easy", 4, "4"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the day's work has come."""

    done: int
    left: int
    minutes: int

    @property
    def total(self) -> int:
        """All of it."""
        return max(1, self.done + self.left)


@dataclass(frozen=True, slots=True)
class Button:
    """One rating of a flashcard."""

    rating: int
    label: str
    interval: str
    keys: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer choice, before or after the answer."""

    place: int
    letter: str
    text: str
    keys: str
    is_key: bool = False
    chosen: bool = False
    feedback: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    """Any state of the session: what the templates under study/ print."""

    template: str
    title: str
    scope: str
    shortcuts: bool
    progress: Progress
    can_undo: bool
    last_seq: int = 0
    next_url: str
    notice: str = ""
    notice_kind: str = "info"
    notice_url: str = ""
    notice_link: str = ""
    said: str = ""
    practice: bool = False
    covered: bool = False
    why_url: str = ""
    token: str = ""
    format: str = ""
    kicker: str = ""
    stem: str = ""
    answer: str = ""
    explanation: str = ""
    caution: str = ""
    locator: str = ""
    disclaimer: str = ""
    language: str = "en"
    flagged: bool = False
    revealed: bool = False
    reveal_url: str = ""
    hint: str = ""
    more_hints: bool = False
    options: Sequence[Choice] = ()
    buttons: Sequence[Button] = ()
    correct: bool | None = None
    verdict: str = ""
    typed: str = ""
    interval: str = ""
    guess_token: str = ""
    guess_interval: str = ""
    next: "SessionPage | None" = None


def question_page(desk: Desk, asked: Asked, *, notice: str = "", revealed: bool = False) -> SessionPage:
    """The page of a question not yet answered; `revealed` shows a flashcard's back, or covered answer choices."""
    item = get_item(asked.item_hash)
    key = next(option for option in item["options"] if option["is_key"])
    content = content_of(desk, item)
    flashcard = asked.format is Format.FLASHCARD
    return SessionPage(
        template="study/_question.html",
        title=item["stem"],
        scope=asked.scope,
        shortcuts=desk.student.shortcuts,
        progress=progress_in(desk, asked.scope),
        practice=asked.practice,
        covered=_covered(desk, asked, content),
        why_url=why_url(asked.card_id),
        can_undo=desk.can_undo,
        last_seq=desk.last_seq,
        next_url=session_url(asked.scope),
        notice=notice or slip_notice(asked) or class_notice(asked),
        token=sign(asked, desk.student.user_id),
        format=asked.format.value,
        kicker=kicker(desk, item),
        stem=item["stem"],
        answer=key["text"] if flashcard else "",
        explanation=key["feedback"] if flashcard else "",
        caution=item["caution"] if flashcard else "",
        locator=item["locator"] if flashcard else "",
        disclaimer=content.disclaimer if content else "",
        language=content.language if content else "en",
        flagged=asked.flagged,
        revealed=revealed,
        reveal_url=_with(session_url(asked.scope), "reveal=1"),
        typed=asked.typed,
        hint=_hint(asked, item),
        more_hints=asked.hints < MOST_HINTS,
        options=choices(item, asked.order) if asked.format is Format.CHOICE else (),
        buttons=buttons(asked, four=desk.student.four_buttons and not asked.practice) if flashcard else (),
    )


def slip_notice(asked: Asked) -> str:
    """What to say when an example was typed where its class was asked, or the reverse."""
    if not asked.slip:
        return ""
    return _("“%(typed)s” belongs to it, but is not what is asked for. One more try.") % {"typed": asked.slip}


def class_notice(asked: Asked) -> str:
    """Why a student is asked which is which, where they have not asked for it."""
    return _("Your instructor asks you all: which is which?") if asked.given else ""


def _hint(asked: Asked, item: Mapping[str, Any]) -> str:
    """The beginning of the answer: of the first of several."""
    key = next(option for option in item["options"] if option["is_key"])
    return hint(key["text"].split(", ")[0], asked.hints) if asked.hints else ""


def _with(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _covered(desk: Desk, asked: Asked, content: DeckContent | None) -> bool:
    """Whether the answer choices stay covered at first: only where the question can be answered without them."""
    if not desk.student.recall_first or asked.format is not Format.CHOICE or content is None:
        return False
    place = content.cards.get(asked.card_id)
    return place is not None and place.recall


def session_url(scope: str) -> str:
    """The address of a session over one deck, over all, or of a round of practice."""
    return _session_url(scope, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=1024)
def _session_url(scope: str, _prefix: str, urlconf: str | None) -> str:
    found = read_scope(scope)
    if found.practice:
        again = f"?round={found.round}" if found.round > 1 else ""
        if found.attempt:
            return reverse("practice-attempt", urlconf, args=[found.deck, found.attempt]) + again
        section = [found.section] if found.section else []
        return reverse("practice-section" if section else "practice-deck", urlconf, args=[found.deck, *section]) + again
    return reverse("study-deck", urlconf, args=[scope]) if scope else reverse("study", urlconf)


def why_url(card_id: int) -> str:
    """The address of the reasons why a card is asked now."""
    head, tail = _why_url(get_script_prefix(), get_urlconf())
    return f"{head}{card_id}{tail}"


@lru_cache(maxsize=16)
def _why_url(_prefix: str, urlconf: str | None) -> tuple[str, str]:
    head, _zero, tail = reverse("why", urlconf, args=[0]).rpartition("0")
    return head, tail


def progress_in(desk: Desk, scope: str) -> Progress:
    """How far the day's work, or the round of practice, has come."""
    found = read_scope(scope)
    if not found.practice:
        return progress_of_day(desk)
    practised = read_round(desk, found)
    left = len(practised.left)
    minutes = max(1, round(left * SECONDS_PER_ANSWER / 60)) if left else 0
    return Progress(len(practised.cards) - left, left, minutes)


def progress_of_day(desk: Desk) -> Progress:
    """Answers given today and left now, with the minutes that the rest takes at this student's pace."""
    counts, today = desk.queue.counts, desk.today
    left = counts.learning + counts.review + counts.new
    pace = today.duration_ms / 1000 / today.answers if today.answers >= 5 else SECONDS_PER_ANSWER
    return Progress(today.answers, left, max(1, minutes_left(counts, pace)) if left else 0)


def content_of(desk: Desk, item: Mapping[str, Any]) -> DeckContent | None:
    """The deck of a question; None if the student has left it."""
    return next((content for content in desk.contents.values() if content.slug == item["deck"]), None)


def kicker(desk: Desk, item: Mapping[str, Any]) -> str:
    """The line above a question: the deck, where several are studied, and the section asked about."""
    content = content_of(desk, item)
    if content is None:
        return ""
    key = next(option for option in item["options"] if option["is_key"])
    section = content.section_title(key["section"])
    return f"{content.title} · {section}" if len(desk.contents) > 1 else section


def choices(item: Mapping[str, Any], order: Sequence[int], chosen: int | None = None) -> list[Choice]:
    """The options in the order shown; `chosen` is a canonical number."""
    return [
        Choice(
            place=place,
            letter=LETTERS[place],
            text=item["options"][number]["text"],
            keys=f"{place + 1} {LETTERS[place].lower()}",
            is_key=item["options"][number]["is_key"],
            chosen=number == chosen,
            feedback=item["options"][number]["feedback"],
            tag=_tag(item["options"][number]["is_key"], number == chosen),
        )
        for place, number in enumerate(order)
    ]


def buttons(asked: Asked, *, four: bool) -> list[Button]:
    """The ratings of a flashcard with their intervals."""
    return [
        Button(rating, rating_label(rating), interval_words(asked.promises.get(name)), keys, name == "good")
        for name, rating, keys in (FOUR_BUTTONS if four else TWO_BUTTONS)
    ]


def rating_label(rating: int) -> str:
    """What stands on a rating's button."""
    return _(RATING_LABELS[rating - 1])


def _tag(is_key: bool, chosen: bool) -> str:
    if chosen:
        return _("✓ your answer") if is_key else _("✗ your answer")
    return _("✓ right") if is_key else ""
