"""What a deck has and what it still needs: its sections with their counts, and the next step for its editor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Card, Deck, Fact, Section

ENOUGH_FACTS = 4
"""From so many on a section's facts are answer choices for each other."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done next, and where."""

    words: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with its active facts, the cards that are asked, refused, and still to be worked out."""

    name: str
    facts: int
    asked: int
    refused: int
    waiting: int
    questions: int
    url: str
    facts_url: str
    refused_url: str
    add_fact_url: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A deck's sections in teaching order, and what it needs before it is published, most pressing first."""

    deck: Deck
    sections: Sequence[SectionLine]
    missing: Sequence[Step]
    add_section_url: str
    publish_url: str

    @property
    def facts(self) -> int:
        """All active facts."""
        return sum(line.facts for line in self.sections)

    @property
    def published(self) -> bool:
        """Whether students see the deck."""
        return self.deck.status == Deck.Status.PUBLISHED


def deck_outline(deck: Deck) -> Outline:
    """One query."""
    lines = [_line(section) for section in _counted().filter(deck=deck).order_by("position", "slug")]
    add_section = _address("section", "add", deck=deck.pk)
    publish = reverse("admin:quizzes_deck_quality", args=[deck.pk])
    return Outline(deck, lines, list(_missing(deck, lines, add_section)), add_section, publish)


def next_step(deck: Deck) -> Step | None:
    """What to do next in a draft; None for a published deck that needs nothing."""
    outline = deck_outline(deck)
    if outline.missing:
        return outline.missing[0]
    if outline.published:
        return None
    return Step(_("Nothing is missing in the deck."), _("Look at its questions, and publish it"), outline.publish_url)


def section_line(section: Section) -> SectionLine:
    """One section; one query."""
    return _line(_counted().get(pk=section.pk))


def section_step(section: Section) -> Step | None:
    """What one section needs most; None if nothing."""
    return next(_missing_of(section_line(section)), None)


def _counted() -> QuerySet[Section]:
    return Section.objects.annotate(
        n_facts=Count("facts", filter=Q(facts__status=Fact.Status.ACTIVE), distinct=True),
        n_asked=Count("facts__cards", filter=Q(facts__cards__status=Card.Status.ACTIVE), distinct=True),
        n_refused=Count("facts__cards", filter=Q(facts__cards__status=Card.Status.REFUSED), distinct=True),
        n_waiting=Count("facts__cards", filter=Q(facts__cards__stale=True), distinct=True),
    )


def _line(section: Section) -> SectionLine:
    of_section = {"deck__id__exact": section.deck_id, "section__id__exact": section.pk}
    counts: dict[str, int] = {name: getattr(section, f"n_{name}") for name in ("facts", "asked", "refused", "waiting")}
    return SectionLine(
        name=section.noun_plural,
        questions=len(section.wording),
        url=reverse("admin:quizzes_section_change", args=[section.pk]),
        facts_url=_address("fact", "changelist", **of_section),
        refused_url=_address("fact", "changelist", **of_section, questions="refused"),
        add_fact_url=_address("fact", "add", section=section.pk),
        **counts,
    )


def _missing(deck: Deck, lines: Sequence[SectionLine], add_section: str) -> Iterator[Step]:
    if not lines:
        yield Step(_("The deck has no section yet: facts stand in sections."), _("Add a section"), add_section)
    for line in lines:
        yield from _missing_of(line)
    if not deck.source:
        page = reverse("admin:quizzes_deck_change", args=[deck.pk])
        yield Step(_("Nothing says where its facts come from."), _("Name the source"), f"{page}#id_source")


def _missing_of(line: SectionLine) -> Iterator[Step]:
    if not line.questions:
        words = _("No question is written for “%s”, so nothing of it is asked.") % line.name
        yield Step(words, _("Write its questions"), line.url)
    if not line.facts:
        yield Step(_("“%s” has no facts yet.") % line.name, _("Add a fact"), line.add_fact_url)
    elif line.facts < ENOUGH_FACTS:
        words = ngettext(
            "“%(name)s” has %(n)d fact: from %(enough)d on they are answer choices for each other.",
            "“%(name)s” has %(n)d facts: from %(enough)d on they are answer choices for each other.",
            line.facts,
        )
        values = {"name": line.name, "n": line.facts, "enough": ENOUGH_FACTS}
        yield Step(words % values, _("Add a fact"), line.add_fact_url)
    elif line.questions and not line.asked + line.waiting:
        words = _("No fact of “%s” gives a question that is asked.") % line.name
        yield Step(words, _("See why"), line.refused_url if line.refused else line.url)


def _address(model: str, page: str, **given: object) -> str:
    return f"{reverse(f'admin:quizzes_{model}_{page}')}?{urlencode(given)}"
