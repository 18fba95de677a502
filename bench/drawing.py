"""Drawing an item: from the first deck, and from one section of ten thousand facts."""

from collections.abc import Sequence
from statistics import median
from time import perf_counter_ns

from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, DeckSpec, Direction, FactSpec, SectionSpec

FACTS = 10_000
CARDS_OF_SECTION = 4
TURNS = 12
REPEATS = 5
WORDS = "bone calcium kidney tendon vessel marrow muscle joint skin nerve gland lung heart liver spleen colon".split()
VERBS = "binds lowers raises blocks opens closes slows clears builds frees".split()
WORDING: dict[str, str] = {
    Direction.PURPOSE_TO_TERM: "Which {noun} {purpose}?",
    Direction.TERM_TO_PURPOSE: "What does {term} do?",
}


def time_draws(fresh: Bank) -> dict[str, dict[str, float]]:
    """Microseconds per draw of the cards of a deck not drawn from before, and of a wide section; first draws apart."""
    return {"first_deck": _timed(fresh), "wide_section": _timed(Bank(wide_deck(FACTS)), CARDS_OF_SECTION)}


def wide_deck(facts: int) -> DeckSpec:
    """One section of made-up facts that have words in common, as real ones have."""
    section = SectionSpec("drugs", 1, "drug", "drugs", WORDING)
    return DeckSpec("wide", "Wide", (section,), tuple(_fact(number) for number in range(facts)))


def _fact(number: int) -> FactSpec:
    one, two, three = (WORDS[number // 16**place % 16] for place in range(3))
    verb = VERBS[number % len(VERBS)]
    purpose = f"{verb} {one} {two} before {three} phase {number // 7}"
    return FactSpec(f"drugs/{number}", "drugs", f"{one[:3]}{two[-3:]}{three[:2]}in {number}", number, purpose=purpose)


def _timed(bank: Bank, most: int | None = None) -> dict[str, float]:
    began = perf_counter_ns()
    cards = bank.cards()
    chosen = cards if most is None else cards[:: max(1, len(cards) // most)]
    bank.draw(chosen[0], "first/0")
    first = perf_counter_ns() - began
    _draw_all(bank, chosen, 0)
    ready = perf_counter_ns() - began
    times = [_draw_all(bank, chosen, turn) for turn in range(TURNS * REPEATS)]
    return {
        "cards": len(chosen),
        "draw_us": median(times) / len(chosen) / 1000,
        "first_draw_ms": first / 1e6,
        "all_ready_ms": ready / 1e6,
    }


def _draw_all(bank: Bank, cards: Sequence[CardSpec], turn: int) -> int:
    began = perf_counter_ns()
    for card in cards:
        bank.draw(card, f"bench/{card.key}/{turn}")
    return perf_counter_ns() - began
