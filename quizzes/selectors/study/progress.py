"""What the progress pages print: one student, over all their decks or over one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.retention import first_reviews, retention, weekly
from quizzes.core.standing import Age, Forecast, by_group, count_ages, forecast, hardest
from quizzes.formats.plots import Plot
from quizzes.models import Deck, ReviewLog, User
from quizzes.selectors.study.answers import hidden_answers, may_wait
from quizzes.selectors.study.day_plots import calendar_plot, days_plot, forecast_plot
from quizzes.selectors.study.days import due_words, full_day, percent
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.study.memory_plots import ages_plot, recall_plot, retention_plot, stability_plot, weeks_plot
from quizzes.selectors.study.prospects import due_today_words, recalled_words, waiting_words
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.standing import (
    StudiedCards,
    decks_begun,
    keep_back,
    read_answers,
    read_cards,
    read_days,
    read_days_of_deck,
)
from quizzes.selectors.study.students import Student, find_student, studied_decks

FORECAST_DAYS, SHOWN_DAYS = 14, 28
CALENDAR_WEEKS, RETENTION_WEEKS = 26, 12
MOST_HARDEST = 10


@dataclass(frozen=True, slots=True)
class DeckTab:
    """One way to narrow the page."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class HardFact:
    """A fact that was often forgotten."""

    term: str
    url: str
    section: str
    lapses: int
    recall: str
    due: str
    due_exact: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """How one student is doing. Without `plots` there is nothing to show yet: `finding` then says what to do."""

    title: str
    finding: str
    browse_url: str = ""
    predictions_url: str = ""
    tabs: Sequence[DeckTab] = ()
    plots: Sequence[Plot] = ()
    hardest: Sequence[HardFact] = ()


def progress_page(user: User, deck: Deck | None, *, now: datetime) -> ProgressPage:
    """The progress of a person in one deck, or with None in all that they have begun and may see."""
    student = find_student(user.pk)
    begun = decks_begun(user) if student else []
    decks = [deck] if deck else begun
    title = deck.title if deck else _("Progress")
    browse = reverse("browse", args=[deck.slug]) if deck else ""
    if student is None or not begun or (deck and deck not in begun):
        finding = _("Here you will see what you remember and what comes next. Begin with the first card.")
        return ProgressPage(title, finding, browse)
    today = student.day(now)
    memories = read_memories(user.pk)
    waits = may_wait((one.buried_until for one in memories.values()), today)
    hidden = list(hidden_answers(user.pk, now=now)) if waits else []
    hidden_ids = {row.card_id for row in hidden if row.card_id}
    studied = read_cards(student, decks, today=today, memories=memories, hidden=hidden_ids)
    if not studied.cards.met.any():
        finding = _("Nothing to show yet. After your first answers this page shows what you remember and what comes.")
        return ProgressPage(title, finding, browse, tabs=_tabs(begun, deck))
    ahead = forecast(studied.cards, today=today, days=FORECAST_DAYS)
    plots = _plots(student, studied, ahead, deck, today, [row.seq for row in hidden])
    queue = read_desk(student, studied_decks(user, deck.slug if deck else ""), now=now, memories=memories).queue
    finding = " ".join([recalled_words(studied.cards), due_today_words(ahead), *waiting_words(queue.held_back)])
    told_of = decks[0] if len(decks) == 1 else None
    return ProgressPage(
        title=title,
        finding=finding,
        browse_url=browse,
        predictions_url=reverse("predictions", args=[told_of.slug]) if told_of else "",
        tabs=_tabs(begun, deck),
        plots=plots,
        hardest=_hardest(studied, today),
    )


def _tabs(begun: Sequence[Deck], deck: Deck | None) -> list[DeckTab]:
    if len(begun) < 2:
        return []
    every = DeckTab(_("All decks"), reverse("progress"), deck is None)
    return [every, *(DeckTab(one.title, reverse("progress-deck", args=[one.slug]), one == deck) for one in begun)]


def _plots(
    student: Student,
    studied: StudiedCards,
    ahead: Forecast,
    deck: Deck | None,
    today: date,
    hidden: Collection[int],
) -> list[Plot]:
    """`hidden` are the numbers of the answers in the log of which it is not told yet how they went."""
    target = student.config.desired_retention
    since = today - timedelta(days=7 * CALENDAR_WEEKS)
    if deck:
        done = read_days_of_deck(student.user_id, deck, since=since, until=today)
    else:
        done = read_days(student.user_id, since=since, until=today)
    if hidden:
        kept_back = ReviewLog.objects.filter(user_id=student.user_id, seq__in=hidden)
        done = keep_back(done, kept_back.filter(card__deck=deck) if deck else kept_back)
    window = today - timedelta(days=7 * RETENTION_WEEKS - 1)
    reviews = first_reviews(read_answers(student.user_id, studied.decks, since=window, until=today, hidden=hidden))
    groups = [(studied.section_title(one.group), one, studied.asked[one.group]) for one in by_group(studied.cards)]
    ages, suspended = _ages(studied)
    return [
        forecast_plot(ahead, today),
        days_plot(done, today, days=SHOWN_DAYS),
        retention_plot(retention(reviews), target, weeks=RETENTION_WEEKS),
        weeks_plot(weekly(reviews, until=today, weeks=RETENTION_WEEKS), target),
        recall_plot(groups, target),
        stability_plot(groups),
        ages_plot(ages, suspended),
        calendar_plot(done, today, weeks=CALENDAR_WEEKS),
    ]


def _ages(studied: StudiedCards) -> tuple[dict[Age, int], int]:
    """Cards of each age, and suspended ones, of all that are asked."""
    ages, suspended = count_ages(studied.cards), int(studied.cards.suspended.sum())
    ages[Age.UNMET] = sum(studied.asked.values()) - sum(ages[age] for age in Age if age is not Age.UNMET) - suspended
    return ages, suspended


def _hardest(studied: StudiedCards, today: date) -> list[HardFact]:
    """The facts behind the hardest cards, each once."""
    cards = studied.cards
    found: dict[int, HardFact] = {}
    for at in hardest(cards, most=3 * MOST_HARDEST).tolist():
        deck, entry = studied.entry_of(int(cards.card_id[at]))
        found.setdefault(
            entry.fact_id,
            HardFact(
                term=entry.term,
                url=reverse("browse-fact", args=[deck.slug, entry.code]),
                section=studied.section_title(int(cards.group[at])),
                lapses=int(cards.lapses[at]),
                recall=percent(float(cards.recall[at])) if cards.learned[at] else _("learning"),
                due=due_words(date.fromordinal(int(cards.due[at])), today) if cards.due[at] else _("suspended"),
                due_exact=full_day(date.fromordinal(int(cards.due[at]))) if cards.due[at] else "",
            ),
        )
    return list(found.values())[:MOST_HARDEST]
