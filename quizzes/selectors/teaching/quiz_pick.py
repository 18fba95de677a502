"""The page on which questions are picked by hand: what is picked, the sections, their cards, the draws of a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models import Quiz
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.teaching.quiz_candidates import Source, candidates_of, negative_sections, read_source
from quizzes.selectors.teaching.quiz_forms import Question, make_forms
from quizzes.selectors.teaching.quiz_preview import Put, put
from quizzes.selectors.teaching.quiz_words import (
    code_of,
    direction_words,
    is_known,
    is_outdated,
    picking_problems,
    rule_problems,
    section_words,
)

CARDS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Picked:
    """A picked question; `outdated` if its fact was edited since."""

    put: Put
    outdated: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go on this page; `about` says more of it."""

    name: str
    url: str
    here: bool
    about: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A question that can be picked; `warnings` are the rules it would break, `picked` if it is there already."""

    put: Put
    warnings: Sequence[str]
    picked: bool


@dataclass(frozen=True, slots=True)
class PickPage:
    """All of it. Without a section chosen there are no cards, without a card no questions."""

    picked: Sequence[Picked]
    lost: int
    problems: Sequence[str]
    sections: Sequence[Link]
    section: str
    cards: Sequence[Link]
    pages: Sequence[Link]
    source: str
    offered: Sequence[Offered]
    language: str
    address: str


def pick_page(quiz: Quiz, *, section: str, source: str, page: int) -> PickPage:
    """What is picked, and what there is to pick where the address points; nonsense in it is left out."""
    content, form = deck_content(quiz.deck), make_forms(quiz)[0]
    base = reverse("class-quiz-pick", args=[quiz.cohort_id, quiz.pk])
    found = read_source(content, source) if source else None
    cards = [place for place in content.cards.values() if place.choice and _section(content, place) == section]
    pages = range(1, -(-len(cards) // CARDS_SHOWN) + 1)
    page = page if page in pages else 1
    facts = {code_of(one) for one in form.questions}
    return PickPage(
        picked=_picked(form.questions, content),
        lost=form.lost,
        problems=list(picking_problems(form, content.bank.deck)),
        sections=_sections(content, base, section),
        section=section_words(content.section_titles, section) if section else "",
        cards=[
            *_negative(content, base, section, found),
            *_cards(content, base, section, page, cards, found, facts),
        ],
        pages=[Link(str(at), _url(base, section=section, page=at), at == page) for at in pages]
        if len(pages) > 1
        else [],
        source=found.code if found else "",
        offered=_offered(found, form.questions, content),
        language=content.language,
        address=_url(base, section=section, card=found.code if found else "", page=page),
    )


def _url(base: str, **asked: str | int) -> str:
    said = {name: value for name, value in asked.items() if value and (name, value) != ("page", 1)}
    return f"{base}?{urlencode(said)}" if said else base


def _section(content: DeckContent, place: CardPlace) -> str:
    return content.bank.fact(place.spec).section


def _picked(questions: Sequence[Question], content: DeckContent) -> list[Picked]:
    titles: Mapping[str, str] = content.section_titles
    return [
        Picked(
            put(at, one.line, one.content, titles), is_outdated(one, content.bank.deck), at == 1, at == len(questions)
        )
        for at, one in enumerate(questions, 1)
    ]


def _sections(content: DeckContent, base: str, here: str) -> list[Link]:
    slugs = dict.fromkeys(_section(content, place) for place in content.cards.values() if place.choice)
    named = ((slug, section_words(content.section_titles, slug)) for slug in slugs)
    return [Link(name, f"{_url(base, section=slug)}#add", slug == here) for slug, name in named]


def _negative(content: DeckContent, base: str, section: str, found: Source | None) -> list[Link]:
    """The questions for what does not belong to the section, as the first of its cards."""
    if section not in negative_sections(content):
        return []
    source = Source(section=section)
    url = f"{_url(base, section=section, card=source.code)}#draws"
    return [Link(direction_words("not_member"), url, source == found, _("one question in ten at most"))]


def _cards(
    content: DeckContent,
    base: str,
    section: str,
    page: int,
    cards: Sequence[CardPlace],
    found: Source | None,
    facts: set[str],
) -> list[Link]:
    links = []
    for place in cards[(page - 1) * CARDS_SHOWN : page * CARDS_SHOWN]:
        source = Source(card_id=place.id)
        prompt = content.bank.prompt(place.spec)
        url = f"{_url(base, section=section, card=source.code, page=page)}#draws"
        about = f"{prompt.answer} · {direction_words(place.spec.direction)}"
        links.append(Link(prompt.stem, url, source == found, about, place.spec.code in facts))
    return links


def _offered(source: Source | None, picked: Sequence[Question], content: DeckContent) -> list[Offered]:
    """The questions of a source, each with the rules that it would break beside those picked."""
    if source is None:
        return []
    deck, hashes = content.bank.deck, {one.line["hash"] for one in picked}
    places = [at for at, one in enumerate(picked, 1) if is_known(one, deck)]
    there, place = [picked[at - 1] for at in places], len(picked) + 1
    before = set(rule_problems(there, deck, places))
    found = []
    for one in candidates_of(content, source):
        is_picked = one.snapshot.hash in hashes
        after = [] if is_picked else list(rule_problems([*there, one.question], deck, [*places, place]))
        shown = put(place, one.line, one.snapshot.content, content.section_titles)
        found.append(Offered(shown, [each for each in after if each not in before], is_picked))
    return found
