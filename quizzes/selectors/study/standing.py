"""One student's cards, days and answers as the pure counts of core take them. A constant number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from quizzes.core.phases import Phase
from quizzes.core.retention import Answers, answers_of, recalled
from quizzes.core.standing import Standing, standing
from quizzes.models import CardProgress, DailyStudy, Deck, ReviewLog, User
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.access import visible_decks
from quizzes.selectors.content.catalogue import Catalogue, Entry, catalogue
from quizzes.selectors.study.memories import Memories
from quizzes.selectors.study.students import Student

CARD_COLUMNS = (
    "phase", "stability", "last_study_day", "due_on", "interval_days", "reps", "lapses", "suspended",
    "buried_until", "flag",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudiedCards:
    """A student's cards of some decks, grouped by section; `sections` are (deck, section slug) by group number."""

    decks: Sequence[Deck]
    catalogues: Sequence[Catalogue]
    sections: Sequence[tuple[Deck, str]]
    cards: Standing
    asked: Mapping[int, int]

    def entry_of(self, card_id: int) -> tuple[Deck, Entry]:
        """Deck and fact of one of the cards."""
        at = next(at for at, found in enumerate(self.catalogues) if card_id in found.places)
        return self.decks[at], self.catalogues[at].entry_of(card_id)

    def section_title(self, group: int) -> str:
        """What a section is called; with its deck where there are several."""
        deck, slug = self.sections[group]
        title = next(found for found in self.catalogues if found.deck_id == deck.pk).sections.get(slug, slug)
        return f"{deck.title} · {title}" if len(self.decks) > 1 else title


@dataclass(frozen=True, slots=True)
class Day:
    """Answers of one study day; `waits` are those of which a quiz does not tell yet whether they were right."""

    answers: int = 0
    right: int = 0
    waits: int = 0

    @property
    def told(self) -> int:
        """Those of which it is told."""
        return self.answers - self.waits

    @property
    def wrong(self) -> int:
        """Those that were not right."""
        return self.told - self.right


def decks_begun(user: User) -> list[Deck]:
    """The decks that the person has begun and may see, paused ones too, by title; one query."""
    return list(visible_decks(user).filter(studies__user=user).order_by("title", "pk"))


def read_cards(
    student: Student,
    decks: Sequence[Deck],
    *,
    today: date,
    memories: Memories | None = None,
    hidden: Collection[int] = (),
) -> StudiedCards:
    """All cards of these decks that the student has met or marked, as they stand; of `hidden` ones not how.

    One query besides the catalogues; none for those who have all memories at hand.
    """
    catalogues = [catalogue(deck) for deck in decks]
    sections = [(deck, slug) for deck, found in zip(decks, catalogues, strict=True) for slug in found.sections]
    groups = {(deck.pk, slug): at for at, (deck, slug) in enumerate(sections)}
    group_of = {
        card_id: groups[found.deck_id, entry.section]
        for found in catalogues
        for entry in found.entries
        for card_id in entry.cards
    }
    rows = mask(card_rows(student.user_id, decks) if memories is None else _rows_of(memories), hidden)
    placed = ((card_id, group_of[card_id], *rest) for card_id, *rest in rows if card_id in group_of)
    asked: dict[int, int] = {}
    for group in group_of.values():
        asked[group] = asked.get(group, 0) + 1
    cards = standing(placed, today=today, forecaster=student.forecaster)
    return StudiedCards(decks, catalogues, sections, cards, asked)


def _rows_of(memories: Memories) -> Iterable[tuple[Any, ...]]:
    """The same columns of memories that have been read already."""
    read = attrgetter(*CARD_COLUMNS)
    return ((card_id, *read(one)) for card_id, one in memories.items())


def card_rows(user_id: int, decks: Sequence[Deck]) -> QuerySet[CardProgress, Any]:
    """Card id and CARD_COLUMNS of a student's cards."""
    rows = CardProgress.objects.filter(user_id=user_id, card__deck__in=decks).order_by()
    return rows.values_list("card_id", *CARD_COLUMNS)


def mask(rows: Iterable[tuple[Any, ...]], hidden: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """The rows with those of `hidden` cards as if in learning: met, but nothing that would tell how an answer went."""
    return (_masked(row) if row[0] in hidden else row for row in rows) if hidden else rows


def _masked(row: tuple[Any, ...]) -> tuple[Any, ...]:
    told = dict(zip(CARD_COLUMNS, row[1:], strict=True))
    nothing = dict.fromkeys(("stability", "due_on", "interval_days", "buried_until"))
    return row[0], *{**told, **nothing, "phase": Phase.LEARNING, "lapses": 0}.values()


def read_days(user_id: int, *, since: date, until: date) -> dict[date, Day]:
    """Answers in all decks by study day; one query."""
    rows = DailyStudy.objects.filter(user_id=user_id, day__range=(since, until), answers__gt=0)
    return {day: Day(answers, right) for day, answers, right in rows.values_list("day", "answers", "correct")}


def read_days_of_deck(user_id: int, deck: Deck, *, since: date, until: date) -> dict[date, Day]:
    """Answers in one deck by study day; one query over the log of those days."""
    return _by_day(_answers(user_id, since, until).filter(card__deck=deck))


def keep_back(days: Mapping[date, Day], hidden: HistoryQuerySet) -> dict[date, Day]:
    """The same days without how the `hidden` answers went; those have to be among the days' own. One query."""
    waiting = _by_day(hidden.answers_that_stand())
    return {
        day: replace(one, right=one.right - w.right, waits=w.answers)
        for day, one in days.items()
        for w in [waiting.get(day, Day())]
    }


def _by_day(answers: QuerySet[ReviewLog, Any]) -> dict[date, Day]:
    rows = answers.filter(correct__isnull=False).values("study_day")
    counted = rows.annotate(n=Count("seq"), right=Count("seq", filter=Q(correct=True)))
    return {row["study_day"]: Day(row["n"], row["right"]) for row in counted.order_by("study_day")}


def read_answers(
    user_id: int, decks: Collection[Deck], *, since: date, until: date, hidden: Collection[int] = ()
) -> Answers:
    """The answers that stand and moved a memory, in order of time, each with the interval its card had; one query.

    Without those of these numbers in the log that are `hidden`.
    """
    before = ReviewLog.objects.filter(user_id=user_id, card_id=OuterRef("card_id"), seq__lt=OuterRef("seq"))
    decided = before.filter(Q(due_on__isnull=False) | ~Q(due_reason="")).order_by("-seq")
    rows = _answers(user_id, since, until).filter(card__deck__in=decks)
    rows = rows.exclude(seq__in=hidden) if hidden else rows
    rows = rows.annotate(
        interval_before=Subquery(decided.values("interval_days")[:1]), day=Cast("study_day", CharField())
    )
    columns = rows.order_by("answered_at", "seq").values_list("card_id", "day", "interval_before", "evidence", "rating")
    passed, ordinal = cache(recalled), cache(_ordinal)
    return answers_of((card, ordinal(day), before, passed(said, rating)) for card, day, before, said, rating in columns)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _answers(user_id: int, since: date, until: date) -> QuerySet[ReviewLog]:
    """The answers of those days that stand and are study, as the table of days counts them."""
    rows: QuerySet[ReviewLog] = ReviewLog.objects.filter(
        user_id=user_id, study_day__range=(since, until)
    ).answers_that_stand()
    return rows


def last_days(today: date, count: int) -> list[date]:
    """So many study days up to today, the oldest first."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
