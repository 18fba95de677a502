"""The facts of a deck with what a student remembers of each: searched, filtered, page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.searching import matches, query_words
from quizzes.core.standing import AGES, Age, BoolArray, FloatArray, IntArray, Standing, standing
from quizzes.models import Deck, User
from quizzes.selectors.content.catalogue import Catalogue, Entry, catalogue
from quizzes.selectors.study.answers import hidden_cards, may_wait
from quizzes.selectors.study.days import due_words, full_day
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.standing import CARD_COLUMNS, card_rows, decks_begun, mask
from quizzes.selectors.study.students import Student, find_student

FACTS_A_PAGE = 50
MANY_DAYS = 3_000_000
WAITING = "waiting"
"""Facts with a card of which a quiz that has not closed keeps how it was answered."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; `page` counts from 1."""

    query: str = ""
    section: str = ""
    state: str = ""
    page: int = 1

    def at(self, **changes: object) -> str:
        """The page's address with something changed."""
        values = {"q": self.query, "section": self.section, "state": self.state, "page": self.page, **changes}
        kept = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
        return f"?{urlencode(kept)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact; `share` is the predicted recall of its weakest card in whole percent, None if it was never met."""

    term: str
    gist: str
    url: str
    share: int | None
    unknown: str
    due: str
    due_exact: str
    badges: Sequence[str]


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """The facts found, by section; `memory` says whether the person studies the deck."""

    deck: Deck
    wanted: Wanted
    finding: str
    sections: Sequence[Choice]
    states: Sequence[Choice]
    groups: Sequence[tuple[str, Sequence[FactLine]]]
    memory: bool
    study_url: str
    pages: int = 1
    before_url: str = ""
    after_url: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.wanted.query or self.wanted.section or self.wanted.state)


@dataclass(frozen=True, slots=True, eq=False)
class FactMemory:
    """A student's memory by fact, in the catalogue's order: the weakest learned card's recall, when the next is due."""

    weakest: FloatArray
    due: IntArray
    states: Mapping[str, BoolArray]


def browse_page(user: User, deck: Deck, wanted: Wanted, *, now: datetime) -> BrowsePage:
    """One page of the facts found; at most three queries once the deck's catalogue is read."""
    found, student = catalogue(deck), find_student(user.pk)
    begun = student is not None and deck in decks_begun(user)
    today = student.day(now) if student else now.date()
    cards, hidden = _cards(student, found, deck, today, now) if student and begun else (None, ())
    memory = fact_memory(found, cards, hidden)
    chosen = _chosen(found, memory, wanted)
    pages = max(1, -(-len(chosen) // FACTS_A_PAGE))
    at = min(max(1, wanted.page), pages)
    shown = chosen[(at - 1) * FACTS_A_PAGE : at * FACTS_A_PAGE]
    lines = [(found.entries[place].section, _line(found.entries[place], memory, place, deck, today)) for place in shown]
    return BrowsePage(
        deck=deck,
        wanted=wanted,
        finding=_finding(len(chosen), len(found.entries), at, pages),
        sections=_section_choices(found, wanted),
        states=_state_choices(memory, wanted) if begun else [],
        groups=[(found.sections[slug], [line for _, line in group]) for slug, group in groupby(lines, itemgetter(0))],
        memory=begun,
        study_url=session_url(deck.slug),
        pages=pages,
        before_url=wanted.at(page=at - 1) if at > 1 else "",
        after_url=wanted.at(page=at + 1) if at < pages else "",
    )


def _cards(
    student: Student, found: Catalogue, deck: Deck, today: date, now: datetime
) -> tuple[Standing, Collection[int]]:
    """The student's cards of the deck, grouped by their facts' places in the catalogue, and which are hidden.

    Two more queries where a quiz may keep back how a card was answered.
    """
    rows = list(card_rows(student.user_id, [deck]))
    waits = may_wait((row[1 + CARD_COLUMNS.index("buried_until")] for row in rows), today)
    hidden = hidden_cards(student.user_id, now=now) if waits else ()
    placed = ((card, found.places[card], *rest) for card, *rest in mask(rows, hidden) if card in found.places)
    return standing(placed, today=today, forecaster=student.forecaster), hidden


def fact_memory(found: Catalogue, cards: Standing | None, hidden: Collection[int] = ()) -> FactMemory:
    """A student's cards gathered by fact; None is somebody who does not study the deck."""
    size = len(found.entries)
    weakest, due = np.full(size, np.inf), np.full(size, MANY_DAYS, np.int64)
    if cards is None:
        return FactMemory(np.full(size, np.nan), np.zeros(size, np.int64), {})
    told, planned = cards.learned & ~cards.suspended, cards.due > 0
    np.minimum.at(weakest, cards.group[told], cards.recall[told])
    np.minimum.at(due, cards.group[planned], cards.due[planned])
    aged: dict[str, BoolArray] = {
        age: cards.met & (cards.age == place) for place, age in enumerate(AGES) if age is not Age.UNMET
    }
    marked = {
        "suspended": cards.suspended,
        "buried": cards.buried,
        "flagged": cards.flagged,
        "leech": cards.leech,
        WAITING: np.isin(cards.card_id, list(hidden)),
    }
    states: dict[str, BoolArray] = {name: _facts_with(chosen, cards, size) for name, chosen in (aged | marked).items()}
    unmet = ~_facts_with(cards.met, cards, size)
    return FactMemory(
        np.where(np.isinf(weakest), np.nan, weakest), np.where(due == MANY_DAYS, 0, due), {Age.UNMET: unmet, **states}
    )


def _facts_with(chosen: BoolArray, cards: Standing, size: int) -> BoolArray:
    found = np.zeros(size, np.bool_)
    found[cards.group[chosen]] = True
    return found


def _chosen(found: Catalogue, memory: FactMemory, wanted: Wanted) -> list[int]:
    words = query_words(wanted.query)
    state = memory.states.get(wanted.state)
    return [
        place
        for place, entry in enumerate(found.entries)
        if (not wanted.section or entry.section == wanted.section)
        and (state is None or state[place])
        and (not words or matches(words, entry.form))
    ]


def _line(entry: Entry, memory: FactMemory, place: int, deck: Deck, today: date) -> FactLine:
    recall, due = float(memory.weakest[place]), int(memory.due[place])
    day = date.fromordinal(due) if due else None
    names = state_names()
    badges = [names[name] for name in ("suspended", "buried", "flagged", "leech") if _is(memory, name, place)]
    badges += [_("waits for a quiz to close")] if _is(memory, WAITING, place) else []
    return FactLine(
        term=entry.term,
        gist=entry.gist,
        url=reverse("browse-fact", args=[deck.slug, entry.code]),
        share=None if np.isnan(recall) else round(100 * recall),
        unknown=names[Age.UNMET] if _is(memory, Age.UNMET, place) else names[Age.LEARNING],
        due=due_words(day, today) if day else "",
        due_exact=full_day(day) if day else "",
        badges=badges,
    )


def _is(memory: FactMemory, name: str, place: int) -> bool:
    return name in memory.states and bool(memory.states[name][place])


def state_names() -> dict[str, str]:
    """What a fact is filtered by, in the order shown."""
    return {
        Age.UNMET: _("not yet met"),
        Age.LEARNING: _("learning"),
        Age.YOUNG: _("young"),
        Age.MATURE: _("mature"),
        "suspended": _("suspended"),
        "buried": _("buried until tomorrow"),
        "flagged": _("flagged"),
        "leech": _("often forgotten"),
    }


def _section_choices(found: Catalogue, wanted: Wanted) -> list[Choice]:
    every = Choice("", _("All sections"), not wanted.section)
    return [every, *(Choice(slug, title, slug == wanted.section) for slug, title in found.sections.items())]


def _state_choices(memory: FactMemory, wanted: Wanted) -> list[Choice]:
    counted = [(name, words, int(memory.states[name].sum())) for name, words in state_names().items()]
    choices = [Choice(name, f"{words} ({count})", name == wanted.state) for name, words, count in counted]
    return [Choice("", _("Any state"), not wanted.state), *choices]


def _finding(chosen: int, every: int, at: int, pages: int) -> str:
    facts = ngettext("%d fact", "%d facts", every) % every
    said = facts if chosen == every else _("%(n)d of %(facts)s") % {"n": chosen, "facts": facts}
    return said if pages == 1 else _("%(facts)s, page %(at)d of %(pages)d") % {"facts": said, "at": at, "pages": pages}
