"""What the library prints: every deck a person may see, where they stand with it, and what they can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from quizzes.models import Card, CardProgress, Deck, DeckStudy, Enrolment, Fact, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.home import counts_sentence
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.queue import queue_of_deck, read_desk
from quizzes.selectors.study.students import find_student, studied_decks

DECKS_A_PAGE, SEARCHABLE_FROM = 20, 8


class Standing(StrEnum):
    """Where a person stands with a deck."""

    JOINED = "joined"
    PAUSED = "paused"
    LEFT = "left"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryDeck:
    """One deck: what is in it, and how the person stands with it; `due` is empty unless they study it."""

    slug: str
    title: str
    description: str
    size: str
    language: str
    language_name: str
    source: str
    checked: str
    draft: bool
    classes: str
    standing: Standing
    begun: str
    due: str = ""
    study_url: str = ""
    new_per_day: int = 0
    reviews_per_day: int = 0

    @property
    def mine(self) -> bool:
        """Whether it is among the person's decks."""
        return self.standing in (Standing.JOINED, Standing.PAUSED)

    @property
    def limits(self) -> str:
        """“Up to 20 new cards and 200 reviews a day”."""
        new = ngettext("%d new card", "%d new cards", self.new_per_day) % self.new_per_day
        reviews = ngettext("%d review", "%d reviews", self.reviews_per_day) % self.reviews_per_day
        return _("Up to %(new)s and %(reviews)s a day") % {"new": new, "reviews": reviews}


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The decks in three groups, each by title; `more` is a page of a longer list."""

    query: str
    searchable: bool
    found: int
    mine: Sequence[LibraryDeck]
    of_classes: Sequence[LibraryDeck]
    others: Sequence[LibraryDeck]
    more: Page[Any]
    empty: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What one person's rows say about decks, by deck id."""

    studies: Mapping[int, DeckStudy]
    classes: Mapping[int, str]
    begun: Mapping[int, int]
    due: Mapping[int, tuple[str, str]]


def library_page(user: User, *, query: str, page: str, now: datetime) -> LibraryPage:
    """All decks that the person may see, or those whose words match `query`; a constant number of queries."""
    decks = visible_decks(user)
    found = _measured(_matching(decks, query)).order_by("title", "slug")
    known = _known(user, now)
    mine_ids = [deck_id for deck_id, study in known.studies.items() if study.left_at is None]
    own = [_deck(deck, known) for deck in found.filter(Q(pk__in=mine_ids) | Q(pk__in=list(known.classes)))]
    more = Paginator(found.exclude(pk__in=[*mine_ids, *known.classes]), DECKS_A_PAGE).get_page(page)
    count = len(own) + more.paginator.count
    return LibraryPage(
        query=query,
        searchable=bool(query) or count >= SEARCHABLE_FROM,
        found=count,
        mine=sorted((deck for deck in own if deck.mine), key=lambda deck: deck.standing is Standing.PAUSED),
        of_classes=[deck for deck in own if not deck.mine],
        others=[_deck(deck, known) for deck in more.object_list],
        more=more,
        empty=_empty_words(query, count),
    )


def find_library_deck(user: User, slug: str, *, now: datetime) -> LibraryDeck | None:
    """One deck as the library shows it; None if the person may not see it."""
    deck = _measured(visible_decks(user)).filter(slug=slug).first()
    return None if deck is None else _deck(deck, _known(user, now))


def _matching(decks: QuerySet[Deck], query: str) -> QuerySet[Deck]:
    """Decks in whose title, description, source or sections each word of the query stands."""
    for word in query.split():
        of_sections = Q(sections__noun_plural__icontains=word)
        in_text = Q(title__icontains=word) | Q(description__icontains=word) | Q(source__icontains=word)
        decks = decks.filter(pk__in=decks.filter(in_text | of_sections).values("pk"))
    return decks


def _measured(decks: QuerySet[Deck]) -> QuerySet[Any]:
    facts = Fact.objects.filter(deck=OuterRef("pk"), status=Fact.Status.ACTIVE).order_by()
    cards = Card.objects.filter(deck=OuterRef("pk"), status=Card.Status.ACTIVE).order_by()
    return decks.annotate(
        facts_count=_count(facts),
        checked_count=_count(facts.filter(check_status=Fact.CheckStatus.CHECKED)),
        doubtful_count=_count(facts.filter(check_status=Fact.CheckStatus.DOUBTFUL)),
        sections_count=_count(facts, "section", distinct=True),
        cards_count=_count(cards),
        pending_count=_count(Card.objects.filter(deck=OuterRef("pk"), status=Card.Status.PENDING).order_by()),
    )


def _count(rows: QuerySet[Any], column: str = "pk", *, distinct: bool = False) -> Coalesce:
    counted = rows.values("deck").annotate(n=Count(column, distinct=distinct)).values("n")
    return Coalesce(Subquery(counted), 0)


def _known(user: User, now: datetime) -> _Known:
    studies = {row.deck_id: row for row in DeckStudy.objects.filter(user=user)}
    begun = (
        CardProgress.objects.filter(user=user, card__status=Card.Status.ACTIVE).exclude(phase="new")
        if studies
        else CardProgress.objects.none()
    )
    counts = begun.order_by().values_list("card__deck").annotate(n=Count("card_id"))
    return _Known(studies, classes_by_deck(user), dict(counts), _due(user, now))


def classes_by_deck(user: User) -> dict[int, str]:
    """The names of the classes through which each deck reaches the person as a student."""
    rows = Enrolment.objects.filter(
        user=user,
        role=Enrolment.Role.STUDENT,
        left_at=None,
        cohort__archived_at=None,
        cohort__decks__isnull=False,
    ).order_by("cohort__name")
    found: dict[int, list[str]] = {}
    for deck_id, name in rows.values_list("cohort__decks", "cohort__name"):
        found.setdefault(deck_id, []).append(name)
    return {deck_id: ", ".join(names) for deck_id, names in found.items()}


def _due(user: User, now: datetime) -> dict[int, tuple[str, str]]:
    """What is due in each deck under study: in words, and the address of its session if there is something."""
    student = find_student(user.pk)
    studied = studied_decks(user) if student else []
    if student is None or not studied:
        return {}
    desk = read_desk(student, studied, now=now)
    found = {}
    for deck_id, one in desk.decks.items():
        queue = queue_of_deck(desk, deck_id, now=now)
        found[deck_id] = (capfirst(counts_sentence(queue.counts)), session_url(one.deck.slug))
    return found


def _deck(deck: Any, known: _Known) -> LibraryDeck:  # noqa: ANN401
    study = known.studies.get(deck.pk)
    due, study_url = known.due.get(deck.pk, ("", ""))
    shown = LibraryDeck(
        slug=deck.slug,
        title=deck.title,
        description=deck.description,
        size=_size(deck),
        language=deck.language,
        language_name=_language_name(deck.language),
        source=deck.source,
        checked=_checked(deck),
        draft=deck.status == Deck.Status.DRAFT,
        classes=known.classes.get(deck.pk, ""),
        standing=_standing(study),
        begun=_begun(known.begun.get(deck.pk, 0), deck.cards_count),
        due=due,
        study_url=study_url,
    )
    if study is None:
        return shown
    return replace(shown, new_per_day=study.new_per_day, reviews_per_day=study.reviews_per_day)


def _standing(study: DeckStudy | None) -> Standing:
    if study is None:
        return Standing.NEW
    if study.left_at is not None:
        return Standing.LEFT
    return Standing.PAUSED if study.paused_at is not None else Standing.JOINED


def _size(deck: Any) -> str:  # noqa: ANN401
    if not deck.cards_count:
        return _("Its questions are being worked out") if deck.pending_count else _("Nothing to ask yet")
    parts = [
        ngettext("%d fact", "%d facts", deck.facts_count) % deck.facts_count,
        ngettext("%d card", "%d cards", deck.cards_count) % deck.cards_count,
        ngettext("%d section", "%d sections", deck.sections_count) % deck.sections_count,
    ]
    if deck.pending_count:
        parts.append(ngettext("%d card to come", "%d cards to come", deck.pending_count) % deck.pending_count)
    return ", ".join(parts)


def _checked(deck: Any) -> str:  # noqa: ANN401
    """How far people have checked the facts."""
    if not deck.facts_count:
        return ""
    doubts = (
        ngettext("; %d is marked as doubtful", "; %d are marked as doubtful", deck.doubtful_count) % deck.doubtful_count
        if deck.doubtful_count
        else ""
    )
    if not deck.checked_count:
        return _("The facts have not been checked yet") + doubts
    if deck.checked_count == deck.facts_count:
        return _("All facts are checked")
    words = _("%(checked)d of %(facts)d facts are checked")
    return words % {"checked": deck.checked_count, "facts": deck.facts_count} + doubts


def _begun(count: int, cards: int) -> str:
    """How many of a deck's cards the person has a memory of; empty for none."""
    if not count:
        return ""
    return _("%(count)d of %(cards)d cards begun") % {"count": count, "cards": cards}


def _language_name(code: str) -> str:
    """A language by its own name; its code if nobody here knows it."""
    try:
        return str(capfirst(get_language_info(code)["name_local"]))
    except KeyError:
        return code


def _empty_words(query: str, count: int) -> str:
    if count:
        return ""
    if query:
        return _("No deck has “%(query)s” in its title, description, source or sections.") % {"query": query}
    return _("No deck has been published yet. Ask your instructor, or come back later.")
