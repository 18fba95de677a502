"""The page at the end of a session: why it ended, what was done, when the next cards come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.queueing import EndReason
from quizzes.models import Card, CardProgress, ReviewLog
from quizzes.selectors.study.answers import hidden_answers, may_wait
from quizzes.selectors.study.pages import SessionPage, progress_of_day, session_url
from quizzes.selectors.study.practice import read_round
from quizzes.selectors.study.queue import Desk, queue_of_deck
from quizzes.selectors.study.scopes import Scope, read_scope
from quizzes.selectors.study.wording import days_words, end_words

MOST_HARDEST = 5
LOOK_AHEAD_DAYS = 400


@dataclass(frozen=True, slots=True)
class SectionToday:
    """Answers of a day in one section."""

    section: str
    answers: int
    right: int

    @property
    def percent(self) -> int:
        """Share right."""
        return round(100 * self.right / self.answers)


@dataclass(frozen=True, slots=True)
class DoneToday:
    """Answers of a day."""

    answers: int
    percent: int
    minutes: int

    @property
    def answers_word(self) -> str:
        """What stands under their number."""
        return ngettext("answer today", "answers today", self.answers)

    @property
    def minutes_word(self) -> str:
        """What stands under their number."""
        return ngettext("minute", "minutes", self.minutes)


@dataclass(frozen=True, slots=True)
class MoreNew:
    """The button that raises one deck's limit of new cards today; `extra` is what it was raised by so far."""

    label: str
    url: str
    extra: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPage(SessionPage):
    """Why nothing is left, and the day so far."""

    headline: str
    why: str
    today: DoneToday
    by_section: Sequence[SectionToday] = ()
    hardest: Sequence[str] = ()
    coming: str = ""
    again_url: str = ""
    again_label: str = ""
    more: Sequence[MoreNew] = ()
    practice_url: str = ""


def finished_page(desk: Desk, scope: str, *, now: datetime) -> FinishedPage:
    """The end of a session over one deck or all, or of a round of practice."""
    if read_scope(scope).practice:
        return _end_of_round(desk, read_scope(scope))
    reason = desk.queue.reason or EndReason.NOTHING_DUE
    headline, why = end_words(reason, desk.queue.wait_minutes(now))
    if not desk.decks:
        headline, why = _no_deck(scope)
    told = _told(desk, now)
    return FinishedPage(
        template="study/_finished.html",
        title=headline,
        scope=scope,
        shortcuts=desk.student.shortcuts,
        progress=progress_of_day(desk),
        can_undo=desk.can_undo,
        last_seq=desk.last_seq,
        next_url=session_url(scope),
        headline=headline,
        why=why,
        today=_done(desk, told),
        by_section=_by_section(told),
        hardest=_missed(told),
        coming=_coming(desk),
        again_url=_again_url(desk, scope, reason),
        again_label=_("Look again") if desk.decks else _("To the library"),
        more=_more_new(desk, now),
        practice_url=reverse("practice") if desk.decks else "",
    )


def _end_of_round(desk: Desk, scope: Scope) -> FinishedPage:
    """Every card of the round has been asked, or there is none; nothing was rescheduled."""
    count = len(read_round(desk, scope).cards)
    headline = ngettext("%d card practised", "%d cards practised", count) % count
    why = _("Practice leaves the schedule alone: every card comes back when it would have anyway.")
    if not count:
        headline = _("Nothing to practise here")
        why = _("Practice is for the decks you are studying. Join this one in the library first.")
    return FinishedPage(
        template="study/_finished.html",
        title=headline,
        scope=str(scope),
        shortcuts=desk.student.shortcuts,
        progress=progress_of_day(desk),
        can_undo=desk.can_undo,
        last_seq=desk.last_seq,
        next_url=reverse("practice"),
        headline=headline,
        why=why,
        today=DoneToday(0, 0, 0),
        again_url=session_url(str(replace(scope, round=scope.round + 1))) if count else reverse("library"),
        again_label=_("Another round") if count else _("To the library"),
        practice_url=reverse("practice"),
    )


def _no_deck(scope: str) -> tuple[str, str]:
    if scope:
        return _("You are not studying this deck now"), _("Its cards wait until you go on with it in the library.")
    return _("No deck to study"), _("Join a deck in the library, or go on with one that is paused.")


def _again_url(desk: Desk, scope: str, reason: EndReason) -> str:
    if not desk.decks:
        return reverse("library")
    return session_url(scope) if reason is EndReason.LEARNING_LATER else ""


def _more_new(desk: Desk, now: datetime) -> list[MoreNew]:
    """A button for each deck where nothing but the day's limit keeps new cards back."""
    held = [
        studied.deck
        for deck_id, studied in desk.decks.items()
        if queue_of_deck(desk, deck_id, now=now).held_back.new_limit
    ]
    alone = len(desk.decks) == 1
    return [
        MoreNew(
            label=_("Ten more new cards") if alone else _("Ten more new cards: %(deck)s") % {"deck": deck.title},
            url=reverse("more-new", args=[deck.slug]),
            extra=desk.today.done(deck.pk)[2],
        )
        for deck in held
    ]


def _by_section(told: QuerySet[ReviewLog]) -> list[SectionToday]:
    rows = (
        told.values("card__fact__section__noun_plural")
        .annotate(answers=Count("seq"), right=Count("seq", filter=Q(correct=True)))
        .order_by("card__fact__section__position")
    )
    return [SectionToday(row["card__fact__section__noun_plural"], row["answers"], row["right"]) for row in rows]


def _missed(told: QuerySet[ReviewLog]) -> list[str]:
    rows = told.filter(correct=False).values_list("card__fact__term")
    counted = rows.annotate(times=Count("seq")).order_by("-times", "card__fact__term")[:MOST_HARDEST]
    return [_("%(term)s: missed %(times)d×") % {"term": term, "times": times} for term, times in counted]


def _done(desk: Desk, told: QuerySet[ReviewLog]) -> DoneToday:
    """The day's answers; where a quiz keeps how some of them went, their share is that of the others."""
    today = desk.today
    answers, correct = today.answers, today.correct
    if _waits(desk):
        found = told.aggregate(answers=Count("seq"), right=Count("seq", filter=Q(correct=True)))
        answers, correct = found["answers"], found["right"]
    return DoneToday(today.answers, round(100 * correct / max(1, answers)), max(1, round(today.duration_ms / 60_000)))


def _waits(desk: Desk) -> bool:
    """Whether some card may be set aside by a quiz that does not tell yet what was right."""
    return may_wait((one.buried_until for one in desk.memories.values()), desk.today.day)


def _told(desk: Desk, now: datetime) -> QuerySet[ReviewLog]:
    """The day's answers in these decks, but for those at quizzes that do not tell yet how they went."""
    answers = _answers_of(desk)
    if not _waits(desk):
        return answers
    hidden = hidden_answers(desk.student.user_id, now=now).filter(study_day=desk.today.day)
    return answers.exclude(seq__in=list(hidden.values_list("seq", flat=True)))


def _answers_of(desk: Desk) -> QuerySet[ReviewLog]:
    rows = ReviewLog.objects.filter(user_id=desk.student.user_id, study_day=desk.today.day, correct__isnull=False)
    answers: QuerySet[ReviewLog] = rows.filter(card__deck__in=list(desk.decks)).answers_that_stand()
    return answers


def _coming(desk: Desk) -> str:
    """When the next cards of these decks come, from the day after the session."""
    day = desk.today.day
    rows = CardProgress.objects.filter(
        user_id=desk.student.user_id,
        suspended=False,
        due_on__gt=day,
        due_on__lte=day + timedelta(days=LOOK_AHEAD_DAYS),
        card__deck__in=list(desk.decks),
        card__status=Card.Status.ACTIVE,
    )
    found = rows.values_list("due_on").annotate(n=Count("card_id")).order_by("due_on").first()
    if found is None:
        return ""
    due_on, count = found
    cards = ngettext("%d card", "%d cards", count) % count
    if due_on == day + timedelta(days=1):
        return _("Tomorrow: %(cards)s.") % {"cards": cards}
    return _("The next: %(cards)s in %(when)s.") % {"cards": cards, "when": days_words((due_on - day).days)}
