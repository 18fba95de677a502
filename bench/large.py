"""A deck of ten thousand facts in one section: imported, worked out by the worker, edited, read and drawn from."""

import sys
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

from django.utils import timezone

from bench.drawing import FACTS, wide_deck
from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, FactSpec
from quizzes.management.jobs import SECONDS_OF_A_TURN
from quizzes.models import Card, Deck, Fact, Section
from quizzes.selectors.content.decks import clear_cache, deck_content
from quizzes.services.content.facts import bring_deck_up_to_date
from quizzes.services.content.working_out import work_out_some

DRAWN = 200


def time_large() -> dict[str, float]:
    """Seconds, and the peak of this process's memory in MB so far, of each step in turn; draws in milliseconds."""
    deck = _make()
    figures = {"facts": float(FACTS), **_step("bring", lambda: _bring(deck))}
    figures |= {"cards": float(Card.objects.filter(deck=deck).count()), **_step("work", _work)}
    fact = Fact.objects.filter(deck=deck).order_by("pk")[FACTS // 2]
    figures |= _step("save", lambda: _save(fact))
    clear_cache()
    figures |= _step("content", lambda: deck_content(Deck.objects.get(pk=deck.pk)))
    return figures | _draw(Deck.objects.get(pk=deck.pk))


def _make() -> Deck:
    spec = wide_deck(FACTS)
    section = spec.sections[0]
    deck = Deck.objects.create(slug=spec.slug, title=spec.title)
    row = Section.objects.create(
        deck=deck, slug=section.slug, position=1, noun=section.noun, noun_plural=section.noun_plural,
        wording=dict(section.wording),
    )  # fmt: skip
    Fact.objects.bulk_create((_fact(deck, row, fact) for fact in spec.facts), batch_size=1000)
    return deck


def _fact(deck: Deck, section: Section, fact: FactSpec) -> Fact:
    return Fact(
        deck=deck, section=section, code=fact.code, position=fact.position, term=fact.term, purpose=fact.purpose
    )


def _step(name: str, do: Callable[[], Any]) -> dict[str, float]:
    began = perf_counter()
    do()
    seconds = perf_counter() - began
    peak = getrusage(RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {f"{name}_s": seconds, f"{name}_mb": peak}


def _bring(deck: Deck) -> None:
    bring_deck_up_to_date(deck=deck, by=None, now=timezone.now())


def _work() -> None:
    """All cards, in turns as the worker takes them."""
    while work_out_some(now=timezone.now(), seconds=SECONDS_OF_A_TURN, clock=perf_counter):
        pass


def _save(fact: Fact) -> None:
    """What follows when an editor saves one fact."""
    fact.explanation = "Seen more often of late."
    fact.save(update_fields=["explanation"])
    bring_deck_up_to_date(deck=fact.deck, by=None, now=timezone.now(), facts=[fact])


def _draw(deck: Deck) -> dict[str, float]:
    """The slowest first draw of some cards, and the slowest draw after that; the very first makes the section ready."""
    bank = deck_content(deck).bank
    cards = bank.cards()[:: len(bank.cards()) // DRAWN]
    bank.draw(bank.cards()[0], "ready")
    firsts = [_draw_ms(bank, card, "a/1") for card in cards]
    return {"first_draw_ms": max(firsts), "draw_ms": max(_draw_ms(bank, card, "a/2") for card in cards)}


def _draw_ms(bank: Bank, card: CardSpec, seed: str) -> float:
    began = perf_counter()
    bank.draw(card, seed)
    return (perf_counter() - began) * 1000
