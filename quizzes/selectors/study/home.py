"""What the home page prints: what to do now, how it is going, what comes next, and the decks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.queueing import Counts, EndReason
from quizzes.core.standing import Forecast, forecast
from quizzes.formats.plots import Plot
from quizzes.models import Deck, DeckStudy, Enrolment, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.answers import hidden_answers, hidden_cards, may_wait
from quizzes.selectors.study.class_pairs import waiting_pairs
from quizzes.selectors.study.day_plots import doing_plot
from quizzes.selectors.study.days import cards_words, coming_day
from quizzes.selectors.study.pages import progress_of_day, session_url
from quizzes.selectors.study.prospects import recalled_words, waiting_words
from quizzes.selectors.study.queue import Desk, queue_of_deck, read_desk
from quizzes.selectors.study.standing import keep_back, last_days, read_cards, read_days
from quizzes.selectors.study.students import StudiedDeck, find_student, studied_decks
from quizzes.selectors.study.wording import end_words

PAST_DAYS, COMING_DAYS = 14, 8

MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One deck in the list; `classes` names those that study it together with the person.

    A deck that `begins` is not studied yet: its button posts, since it writes.
    """

    title: str
    sentence: str
    url: str
    button: str
    browse_url: str = ""
    classes: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    """How it is going: one sentence, one plot; and what the next days bring."""

    sentence: str
    plot: Plot
    coming: Sequence[str]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page of a student; `doing` from the first answer on, the way into a class until a deck is joined.

    The button of a first visit `begins` a deck, by posting.
    """

    headline: str
    sentence: str
    button: str
    button_url: str
    decks: Sequence[DeckLine]
    doing: Doing | None = None
    offers_class: bool = False
    begins: bool = False


def home_page(user: User, *, now: datetime) -> HomePage:
    """What is due now in all decks, with one button; how it is going; the decks to study or begin."""
    student = find_student(user.pk)
    studied = studied_decks(user) if student else []
    classes = _classes(user)
    begun = DeckStudy.objects.filter(user=user, deck__in=visible_decks(user))
    others = [_other_line(deck, classes) for deck in visible_decks(user).exclude(pk__in=begun.values("deck"))]
    others.sort(key=lambda line: not line.classes)
    others = [line for at, line in enumerate(others) if line.classes or at < MOST_OTHERS]
    if not studied and begun.exists():
        return _all_put_aside(others)
    if not student or not studied:
        return _first_visit(others)
    desk = read_desk(student, studied, now=now, pairs=waiting_pairs(user.pk, student.day(now)))
    lines = [*(_studied_line(desk, deck, classes, now) for deck in studied), *others]
    return _now(desk, lines, _doing(desk, now), now)


def _classes(user: User) -> dict[int, str]:
    """The names of the person's classes by deck."""
    rows = Enrolment.objects.filter(user=user, left_at=None, cohort__archived_at=None, cohort__decks__isnull=False)
    found: dict[int, list[str]] = {}
    for deck_id, name in rows.order_by("cohort__name").values_list("cohort__decks", "cohort__name"):
        found.setdefault(deck_id, []).append(name)
    return {deck_id: ", ".join(names) for deck_id, names in found.items()}


def _now(desk: Desk, lines: list[DeckLine], doing: Doing | None, now: datetime) -> HomePage:
    progress = progress_of_day(desk)
    if desk.queue.next_id is None:
        headline, why = end_words(desk.queue.reason or EndReason.NOTHING_DUE, desk.queue.wait_minutes(now))
        return HomePage(headline, why, "", "", lines, doing)
    headline = ngettext("%d card for now", "%d cards for now", progress.left) % progress.left
    return HomePage(
        headline,
        counts_sentence(desk.queue.counts),
        _("Study, about %(minutes)d min") % {"minutes": progress.minutes},
        session_url(""),
        lines,
        doing,
    )


def _doing(desk: Desk, now: datetime) -> Doing | None:
    """From one query, whatever the number of cards, five where a quiz may keep back answers; None before the first."""
    today, user_id = desk.today.day, desk.student.user_id
    decks = [studied.deck for studied in desk.decks.values()]
    waits = may_wait((one.buried_until for one in desk.memories.values()), today)
    hidden = hidden_cards(user_id, now=now) if waits else ()
    cards = read_cards(desk.student, decks, today=today, memories=desk.memories, hidden=hidden)
    if not cards.cards.met.any():
        return None
    ahead = forecast(cards.cards, today=today, days=COMING_DAYS)
    done = read_days(user_id, since=last_days(today, PAST_DAYS)[0], until=today)
    done = keep_back(done, hidden_answers(user_id, now=now)) if hidden else done
    plot = doing_plot(done, ahead, today, days=PAST_DAYS)
    coming = [*waiting_words(desk.queue.held_back), *_coming(ahead, today)]
    return Doing(recalled_words(cards.cards), plot, coming)


def _coming(ahead: Forecast, today: date) -> list[str]:
    """The next two days that bring something, and what the whole week brings."""
    days = [(today + timedelta(days=at), due) for at, due in enumerate(ahead.due) if at and due]
    words = _("%(day)s: %(cards)s")
    said = [words % {"day": capfirst(coming_day(day, today)), "cards": cards_words(due)} for day, due in days[:2]]
    if len(days) > 2:
        said.append(_("The next seven days: %(cards)s") % {"cards": cards_words(sum(due for _day, due in days))})
    return said or [_("Nothing is planned for the next seven days yet; what you learn today comes on top.")]


def _first_visit(lines: list[DeckLine]) -> HomePage:
    if not lines:
        words = _("No deck has been published. Ask your instructor.")
        return HomePage(_("Nothing to study yet"), words, "", "", [], offers_class=True)
    first = lines[0]
    words = _("Choose a deck and answer the first card.")
    return HomePage(_("Welcome"), words, first.title, first.url, lines, offers_class=True, begins=True)


def _all_put_aside(lines: list[DeckLine]) -> HomePage:
    why = _("Your decks are paused or left. What you know of them is kept.")
    return HomePage(_("Nothing to study now"), why, _("To the library"), reverse("library"), lines)


def _other_line(deck: Deck, classes: Mapping[int, str]) -> DeckLine:
    begin, browse = reverse("begin-deck", args=[deck.slug]), reverse("browse", args=[deck.slug])
    return DeckLine(deck.title, deck.description, begin, _("Begin"), browse, classes.get(deck.pk, ""), begins=True)


def _studied_line(desk: Desk, studied: StudiedDeck, classes: Mapping[int, str], now: datetime) -> DeckLine:
    deck = studied.deck
    counts = queue_of_deck(desk, deck.pk, now=now).counts
    browse = reverse("browse", args=[deck.slug])
    return DeckLine(
        deck.title, counts_sentence(counts), session_url(deck.slug), _("Study"), browse, classes.get(deck.pk, "")
    )


def counts_sentence(counts: Counts) -> str:
    """“3 to learn, 12 to review, 20 new”, leaving out what there is none of."""
    parts = [
        ngettext("%d in learning", "%d in learning", counts.learning) % counts.learning if counts.learning else "",
        ngettext("%d to review", "%d to review", counts.review) % counts.review if counts.review else "",
        ngettext("%d new", "%d new", counts.new) % counts.new if counts.new else "",
    ]
    return ", ".join(part for part in parts if part) or _("nothing due now")
