"""One fact's page: what it says, with its source and cautions, and what a student remembers of each of its cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quizzes.core.history import Progress
from quizzes.core.specs import ASSUMED_KNOWN
from quizzes.models import Card, Deck, Fact, User
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.study.answers import CardHistory, read_histories
from quizzes.selectors.study.days import full_day
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.questions import Subject, memory_of
from quizzes.selectors.study.standing import decks_begun
from quizzes.selectors.study.students import Student, StudiedDeck, find_student
from quizzes.selectors.study.why import Why, explain


@dataclass(frozen=True, slots=True)
class MarkButton:
    """One thing that can be done with a card."""

    mark: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class CardView:
    """One card of the fact; `why` and `marks` for those who study the deck."""

    id: int
    question: str
    revision: int
    badges: Sequence[str] = ()
    why: Why | None = None
    marks: Sequence[MarkButton] = ()


@dataclass(frozen=True, slots=True)
class FactPage:
    """What the fact says, and its cards in teaching order."""

    fact: Fact
    deck: Deck
    section: str
    section_url: str
    check: str
    cards: Sequence[CardView]
    memory: bool
    study_url: str


def find_fact(deck: Deck, code: str) -> Fact | None:
    """The deck's active fact of that code."""
    rows = Fact.objects.filter(deck=deck, code=code, status=Fact.Status.ACTIVE)
    return rows.select_related("section", "checker").first()


def fact_page(user: User, deck: Deck, fact: Fact, *, now: datetime) -> FactPage:
    """The page of one fact; seven queries at most once the deck's content is read, whatever its number of cards."""
    student = find_student(user.pk)
    begun = student is not None and deck in decks_begun(user)
    section = capfirst(fact.section.noun_plural)
    return FactPage(
        fact=fact,
        deck=deck,
        section=section,
        section_url=f"{reverse('browse', args=[deck.slug])}?section={fact.section.slug}",
        check=_check_words(fact),
        cards=_cards(student if begun else None, deck, fact, now),
        memory=begun,
        study_url=session_url(deck.slug),
    )


def _cards(student: Student | None, deck: Deck, fact: Fact, now: datetime) -> list[CardView]:
    rows = list(Card.objects.filter(fact=fact).exclude(status=Card.Status.RETIRED).order_by("order", "pk"))
    content = deck_content(deck)
    asked = [(row, content.cards[row.pk]) for row in rows if row.pk in content.cards]
    if student is None:
        return [_plain(row, place, content) for row, place in asked]
    memories = read_memories(student.user_id)
    histories = read_histories(student, [row.pk for row, _place in asked], now=now)
    studied = StudiedDeck(deck, 0, 0, ASSUMED_KNOWN, deck.content_version)
    views = []
    for row, place in asked:
        subject = Subject(student, studied, content, place, memory_of(place, content, memories), memories)
        history = histories.get(row.pk, CardHistory())
        why = explain(subject, history, now=now)
        views.append(_view(row, subject, why, now, waits=history.hidden_until is not None))
    return views


def _plain(row: Card, place: CardPlace, content: DeckContent) -> CardView:
    return CardView(row.pk, content.bank.prompt(place.spec).stem, 0)


def _view(row: Card, subject: Subject, why: Why, now: datetime, *, waits: bool) -> CardView:
    progress, today = subject.memory.progress, subject.student.day(now)
    buried = progress.buried_until is not None and progress.buried_until > today
    badges = [
        *([_("suspended")] if progress.suspended else []),
        *([_("waits for a quiz to close")] if waits else [_("buried until tomorrow")] if buried else []),
        *([_("flagged")] if progress.flag else []),
    ]
    return CardView(
        id=row.pk,
        question=subject.content.bank.prompt(subject.place.spec).stem,
        revision=progress.revision,
        badges=badges,
        why=why,
        marks=() if waits else _marks(progress, buried=buried),
    )


def _marks(progress: Progress, *, buried: bool) -> list[MarkButton]:
    suspend = MarkButton("suspend", _("Suspend"), _("Not asked again until you bring it back"))
    back = MarkButton("unsuspend", _("Bring back"), _("Asked again when it is due"))
    bury = MarkButton("bury", _("Bury"), _("Not again until tomorrow"))
    unbury = MarkButton("unbury", _("Unbury"), _("Asked again today if it is due"))
    flag = MarkButton("flag", _("Flag"), _("Mark it, to find it again here"))
    unflag = MarkButton("unflag", _("Unflag"), _("Take the mark off"))
    if progress.suspended:
        return [back, unflag if progress.flag else flag]
    return [suspend, unbury if buried else bury, unflag if progress.flag else flag]


def _check_words(fact: Fact) -> str:
    status = Fact.CheckStatus(fact.check_status)
    if status is Fact.CheckStatus.UNCHECKED:
        return _("Not checked yet")
    words = _("Checked") if status is Fact.CheckStatus.CHECKED else _("Found doubtful")
    by = fact.checker.get_full_name() if fact.checker else ""
    said = _("%(checked)s by %(name)s") % {"checked": words, "name": by} if by else words
    return _("%(said)s on %(day)s") % {"said": said, "day": full_day(fact.checked_on)} if fact.checked_on else said
