"""Statistics over a large draw: where keys stand, what testwise robots make of it, who is a distractor too often."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.core.chi_square import evenness_p, independence_p
from quizzes.core.generation import Bank
from quizzes.core.robots import Score, by_face, scores
from quizzes.core.rules import examined
from quizzes.core.specs import CardSpec, DeckSpec, Item, Refusal

SIGNIFICANCE = 0.001
DRAWS_PER_PLACE = 50
APPEARANCES = 20
WIDE_POOL = 6
MOST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Report:
    """What a draw of a bank shows, with nothing broken and nothing odd for a good one.

    `broken` names each rule that an item breaks, and by what; `odd` says where many items together give something away.

    `places_p` and `succession_p` are the probabilities, by number of options, of places of the key (and of pairs of
    successive ones) at least as uneven as those drawn; None where there are too few items to tell.
    """

    items: int
    places_p: Mapping[int, float | None]
    succession_p: Mapping[int, float | None]
    robots: tuple[Score, ...]
    broken: tuple[str, ...]
    odd: tuple[str, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """All that is wrong."""
        return self.broken + self.odd


def drawn(bank: Bank, draws: int, seed: str = "") -> Iterator[Item | Refusal]:
    """Each card's items under the seeds `deck/card/0`, `deck/card/1`..., or `deck/card/SEED/0`...; or its refusal."""
    for card in bank.cards():
        yield from drawn_of(bank, card, draws, seed)


def drawn_of(bank: Bank, card: CardSpec, draws: int, seed: str = "") -> Iterator[Item | Refusal]:
    """One card's items under the same seeds, or its refusal."""
    refusal = bank.refusal(card)
    if refusal is not None:
        yield refusal
        return
    for number in range(draws):
        yield bank.draw(card, "/".join(filter(None, (bank.deck.slug, card.key, seed, str(number)))))


def inspect(items: Sequence[Item], deck: DeckSpec, *, asked: Collection[str] | None = None) -> Report:
    """The report on items in the order in which they were drawn.

    Where they are a sample of the deck's, `asked` are the codes of facts all of whose cards are in it: how often any
    other fact is the key says nothing.
    """
    sizes = sorted({len(item.options) for item in items})
    places = {size: _places_p(items, size) for size in sizes}
    succession = {size: _succession_p(items, size) for size in sizes}
    robots = scores(items)
    odd = [
        *(f"key places with {size} options: p = {p:.2g}" for size, p in places.items() if _rare(p)),
        *(f"successive key places with {size} options: p = {p:.2g}" for size, p in succession.items() if _rare(p)),
        *(f"robot {one.robot}: {one.share:.3f}, chance allows {one.bound:.3f}" for one in robots if one.too_clever),
        *_lopsided(items, asked),
        *_crowded(items),
    ]
    return Report(len(items), places, succession, robots, tuple(_broken(items, deck)), tuple(odd))


def _rare(probability: float | None) -> bool:
    return probability is not None and probability < SIGNIFICANCE


def _broken(items: Sequence[Item], deck: DeckSpec) -> Iterator[str]:
    """Broken rules, each content of an item looked at once."""
    contents = {(item.card, item.stem, frozenset(item.options)): item for item in reversed(items)}
    for item, broken in examined(contents.values(), deck):
        yield f"{item.card.key}: {broken.rule}: {broken.detail}"


def _places(items: Sequence[Item], size: int) -> list[int]:
    return [item.options.index(item.key) for item in items if len(item.options) == size]


def _places_p(items: Sequence[Item], size: int) -> float | None:
    places = _places(items, size)
    if len(places) < DRAWS_PER_PLACE * size:
        return None
    counts = Counter(places)
    return evenness_p([counts[place] for place in range(size)])


def _succession_p(items: Sequence[Item], size: int) -> float | None:
    places = _places(items, size)
    if len(places) < DRAWS_PER_PLACE * size:
        return None
    pairs = Counter(pairwise(places))
    table = [[pairs[before, after] for after in range(size)] for before in range(size)]
    if any(not any(row) for row in table) or any(not any(column) for column in zip(*table, strict=True)):
        return 0.0
    return independence_p(table)


def _lopsided(items: Sequence[Item], asked: Collection[str] | None) -> Iterator[str]:
    """Terms that are the key in less than half or more than twice their share of appearances."""
    for (code, slot), (shown, keyed, expected) in by_face(items).items():
        if asked is not None and code not in asked:
            continue
        if slot == "term" and shown >= APPEARANCES and not expected / 2 <= keyed <= 2 * expected:
            yield f"{code} is the key in {keyed} of {shown} appearances, {expected:.0f} expected"


def _crowded(items: Sequence[Item]) -> Iterator[str]:
    """Distractors that stand in more than 60 % of a card's items although six or more are clean."""
    cards: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        cards[item.card.key].append(item)
    for key, drawn_items in cards.items():
        used = Counter((o.code, o.slot) for item in drawn_items for o in item.options if not o.is_key)
        (code, slot), most = used.most_common(1)[0]
        if len(used) >= WIDE_POOL and len(drawn_items) >= APPEARANCES and most > MOST_SHARE * len(drawn_items):
            yield f"{key}: {code} ({slot}) stands in {most} of {len(drawn_items)} items"
