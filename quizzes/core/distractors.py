"""The clean pool of a card and the option sets it allows. Every veto is here; choosing among the sets is not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
from math import comb
from random import Random

from quizzes.core import dice
from quizzes.core.arena import Arena
from quizzes.core.clang import Bag, clues, covers
from quizzes.core.offers import ITEM_WORDS, LONG_KEY_WORDS, Offer
from quizzes.core.text import word_count, words

MOST_SETS = 240
MOST_TRIED = 20_000
RING_TURNS = 12
MOST_TURNS = 7
"""In so many of a card's dozen sets a distractor of a wide pool may stand: fewer than 60 %."""
RING_ROUNDS = 12
SHORT_KEY_EXCESS = 10
LONG_KEY_RATIO = (13, 10)


@dataclass(frozen=True, slots=True)
class Question:
    """A card about to become an item: its stem, the stem's content words, and its possible keys in the arena."""

    name: str
    stem: str
    bag: Bag
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OptionSet:
    """One possible item: the places of its key and its distractors in the arena, the latter in rising order."""

    key: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the distractors must bring so that the key gives nothing away; one bit per clue."""

    clues: int
    covered: tuple[int, ...]
    length: int
    letters: int
    words: int


def option_sets(question: Question, arena: Arena, clean: Sequence[int]) -> tuple[OptionSet, ...]:
    """All sets that keep the rules, of three distractors where any such exists, else of two; at most MOST_SETS per key.

    `clean` are the places of the offers that are wrong for the question. Empty if no set keeps the rules.
    """
    for size in (3, 2):
        found = [found for key in question.keys for found in _sets_of(question, arena, key, clean, size)]
        if found:
            return tuple(found)
    return ()


def ring_sets(question: Question, arena: Arena, clean: Sequence[int]) -> tuple[OptionSet, ...]:
    """A dozen sets at fixed distances around the arena, so that all its offers are distractors about equally often.

    Empty if the pool does not hold a dozen of them, or only with one distractor in most.
    """
    allowed, size = frozenset(clean), len(arena.offers)
    needs = {key: _needs(question, arena, key, range(size)) for key in question.keys}
    found: list[OptionSet] = []
    for number, steps in enumerate(_steps(size - 1)):
        key = question.keys[number % len(question.keys)]
        chosen = tuple(sorted((key + 1 + step) % size for step in steps))
        need = needs[key]
        if need is None or not allowed.issuperset(chosen) or not all(arena.friends[key] >> at & 1 for at in chosen):
            continue
        if _fits(chosen, range(size), arena, need):
            found.append(OptionSet(key, chosen))
        if len(found) == RING_TURNS:
            used = Counter(other for one in found for other in one.others)
            return tuple(found) if max(used.values()) <= MOST_TURNS else ()
    return ()


@lru_cache(maxsize=64)
def _steps(count: int) -> tuple[tuple[int, ...], ...]:
    """Triples of distances, all distances about equally often, the same for every card of an arena of this size."""
    random = Random(f"ring of {count}")
    orders = [dice.shuffled(random, range(count)) for _ in range(RING_ROUNDS)]
    return tuple(tuple(order[at : at + 3]) for order in orders for at in range(0, count - 2, 3))


def _sets_of(question: Question, arena: Arena, key: int, clean: Sequence[int], size: int) -> list[OptionSet]:
    others = [other for other in clean if arena.friends[key] >> other & 1]
    needs = _needs(question, arena, key, others)
    if needs is None:
        return []
    found = []
    for chosen in _combinations(others, size, f"{question.name}/{key}/{size}", needs):
        if _fits(chosen, others, arena, needs):
            found.append(OptionSet(key, tuple(others[at] for at in chosen)))
            if len(found) == MOST_SETS:
                break
    return found


def _combinations(others: Sequence[int], size: int, seed: str, needs: _Needs) -> Iterator[tuple[int, ...]]:
    """Every combination of a small pool; of a large one a seeded sample, then every one should the sample fail."""
    count = len(others)
    if comb(count, size) <= 2 * MOST_SETS:
        yield from combinations(range(count), size)
        return
    random, seen = Random(seed), set[tuple[int, ...]]()
    wanted = [at for at in range(count) if needs.clues and needs.covered[at]]
    for _ in range(3 * MOST_SETS):
        first = [dice.choice(random, wanted)] if wanted else []
        chosen = tuple(sorted({*first, *(dice.below(random, count) for _ in range(size - len(first)))}))
        if len(chosen) == size and chosen not in seen:
            seen.add(chosen)
            yield chosen
    yield from (rest for rest in islice(combinations(range(count), size), MOST_TRIED) if rest not in seen)


def _needs(question: Question, arena: Arena, key: int, others: Sequence[int]) -> _Needs | None:
    """The key's needs, or None if no distractor can ever meet them."""
    offer = arena.offers[key]
    given = clues(question.bag, offer.bag)
    covered = (
        tuple(sum(covers(arena.offers[at].bag, clue) << bit for bit, clue in enumerate(given)) for at in others)
        if given
        else (0,) * len(others)
    )
    length, letters = length_needed(offer, len(offer.text)), length_needed(offer, offer.letters)
    if not any(len(arena.offers[at].text) >= length for at in others):
        return None
    left = ITEM_WORDS - word_count(question.stem) - offer.words
    return _Needs((1 << len(given)) - 1, covered, length, letters, left)


def length_needed(key: Offer, length: int) -> int:
    """How long another option must be at least, so that a key of this length does not stand out.

    A key of 5 words or more may be 1.3 times the next, a shorter one 10 letters longer; where words may be counted
    either way, as in "X-ray", both hold.
    """
    counts = {len(key.text.split()), len(words(key.text)), key.words}
    needed = [-(-length * LONG_KEY_RATIO[1] // LONG_KEY_RATIO[0])] if max(counts) >= LONG_KEY_WORDS else []
    return max([*needed, length - SHORT_KEY_EXCESS] if min(counts) < LONG_KEY_WORDS else needed)


def _fits(chosen: Sequence[int], others: Sequence[int], arena: Arena, needs: _Needs) -> bool:
    offers = [arena.offers[others[at]] for at in chosen]
    if needs.clues:
        shared = 0
        for at in chosen:
            shared |= needs.covered[at]
        if shared != needs.clues:
            return False
    if max(len(offer.text) for offer in offers) < needs.length or max(o.letters for o in offers) < needs.letters:
        return False
    if sum(offer.words for offer in offers) > needs.words:
        return False
    return all(arena.friends[others[one]] >> others[other] & 1 for one, other in combinations(chosen, 2))


def no_set(question: Question, arena: Arena, clean: Sequence[int], blocked: Counter[str]) -> str:
    """Why a card has no option set, naming what stands in the way."""
    key = arena.offers[question.keys[0]]
    names = ", ".join(f"{count} {why}" for why, count in sorted(blocked.items()))
    if len(clean) < 2:
        return f"{len(clean)} clean distractor{'s' * (len(clean) != 1)}, fewer than 2" + (
            f" ({names})" if names else ""
        )
    others = [arena.offers[at] for at in clean if arena.friends[question.keys[0]] >> at & 1]
    for clue in clues(question.bag, key.bag):
        if not any(covers(other.bag, clue) for other in others):
            return f"question and answer share “{clue.text}” and no clean distractor does"
    if all(len(other.text) < length_needed(key, len(key.text)) for other in others):
        return "the answer is longer than every clean distractor and would stand out"
    return f"no two of the {len(clean)} clean distractors can stand together" + (f" ({names})" if names else "")
