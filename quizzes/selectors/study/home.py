"""What the home page prints: what to do now, and the decks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.queueing import Counts, EndReason
from quizzes.models import User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.pages import progress_of_day, session_url
from quizzes.selectors.study.queue import Desk, queue_of_deck, read_desk
from quizzes.selectors.study.students import StudiedDeck, find_student, studied_decks
from quizzes.selectors.study.wording import end_words


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One deck in the list."""

    title: str
    sentence: str
    url: str
    button: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page of a student."""

    headline: str
    sentence: str
    button: str
    button_url: str
    decks: Sequence[DeckLine]


def home_page(user: User, *, now: datetime) -> HomePage:
    """What is due now in all decks, with one button, and the decks to study or begin."""
    student = find_student(user.pk)
    studied = studied_decks(user) if student else []
    others = visible_decks(user).exclude(pk__in=[deck.deck.pk for deck in studied])
    lines = [DeckLine(d.title, d.description, session_url(d.slug), _("Begin")) for d in others]
    if not student or not studied:
        return _first_visit(lines)
    desk = read_desk(student, studied, now=now)
    return _now(desk, [*(_studied_line(desk, deck, now) for deck in studied), *lines], now)


def _now(desk: Desk, lines: list[DeckLine], now: datetime) -> HomePage:
    progress = progress_of_day(desk)
    if desk.queue.next_id is None:
        headline, why = end_words(desk.queue.reason or EndReason.NOTHING_DUE, desk.queue.wait_minutes(now))
        return HomePage(headline, why, "", "", lines)
    headline = ngettext("%d card for now", "%d cards for now", progress.left) % progress.left
    return HomePage(
        headline,
        counts_sentence(desk.queue.counts),
        _("Study, about %(minutes)d min") % {"minutes": progress.minutes},
        session_url(""),
        lines,
    )


def _first_visit(lines: list[DeckLine]) -> HomePage:
    if not lines:
        return HomePage(_("Nothing to study yet"), _("No deck has been published. Ask your instructor."), "", "", [])
    first = lines[0]
    return HomePage(_("Welcome"), _("Choose a deck and answer the first card."), first.title, first.url, lines)


def _studied_line(desk: Desk, studied: StudiedDeck, now: datetime) -> DeckLine:
    deck = studied.deck
    counts = queue_of_deck(desk, deck.pk, now=now).counts
    return DeckLine(deck.title, counts_sentence(counts), session_url(deck.slug), _("Study"))


def counts_sentence(counts: Counts) -> str:
    """“3 to learn, 12 to review, 20 new”, leaving out what there is none of."""
    parts = [
        ngettext("%d in learning", "%d in learning", counts.learning) % counts.learning if counts.learning else "",
        ngettext("%d to review", "%d to review", counts.review) % counts.review if counts.review else "",
        ngettext("%d new", "%d new", counts.new) % counts.new if counts.new else "",
    ]
    return ", ".join(part for part in parts if part) or _("nothing due now")
