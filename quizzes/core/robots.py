"""Testwise robots: they know nothing, look at stem and options alone, and should do no better than chance."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from rapidfuzz.fuzz import ratio

from quizzes.core.specs import Item, Option
from quizzes.core.text import singular_words

Robot = Callable[[Item], Sequence[float]]
"""Gives each option of an item a value; the robot picks the highest, one of several at random."""

MOST_ERRORS = 3.3


@dataclass(frozen=True, slots=True)
class Score:
    """How a robot did: the share of items that it got right, and the most that chance allows."""

    robot: str
    share: float
    bound: float

    @property
    def too_clever(self) -> bool:
        """Whether it did better than chance allows."""
        return self.share > self.bound


def robots(items: Sequence[Item]) -> dict[str, Robot]:
    """The robots by name; the one that counts distractors has seen all these items."""
    seen = Counter(_face(option) for item in items for option in item.options if not option.is_key)
    fixed = {f"place {place + 1}": _at(place) for place in range(4)}
    return {
        "longest": lambda item: [len(option.text) for option in item.options],
        "shortest": lambda item: [-len(option.text) for option in item.options],
        "most stem overlap": _stem_overlap(),
        "most like the others": _like_others,
        "least seen as distractor": lambda item: [-seen[_face(option)] for option in item.options],
        **fixed,
    }


def _face(option: Option) -> tuple[str, str, str]:
    return option.code, option.slot, option.text


def _at(place: int) -> Robot:
    return lambda item: [float(at == place) for at in range(len(item.options))]


def _stem_overlap() -> Robot:
    known: dict[str, frozenset[str]] = {}

    def words(text: str) -> frozenset[str]:
        if text not in known:
            known[text] = frozenset(singular_words(text))
        return known[text]

    return lambda item: [len(words(item.stem) & words(option.text)) for option in item.options]


def _like_others(item: Item) -> list[float]:
    texts = [option.text.casefold() for option in item.options]
    return [sum(ratio(text, other) for other in texts) for text in texts]


def luck(values: Sequence[float], key: int) -> float:
    """The chance that a robot with these values picks the key."""
    best = max(values)
    return (values[key] == best) / sum(value == best for value in values)


def scores(items: Sequence[Item]) -> tuple[Score, ...]:
    """Each robot's share of right picks over the items, against 1/k and 3.3 standard errors."""
    if not items:
        return ()
    chances = [1 / len(item.options) for item in items]
    error = sqrt(sum(chance * (1 - chance) for chance in chances)) / len(items)
    bound = sum(chances) / len(items) + MOST_ERRORS * error
    return tuple(Score(name, _share(robot, items), bound) for name, robot in robots(items).items())


def _share(robot: Robot, items: Sequence[Item]) -> float:
    return sum(luck(robot(item), item.options.index(item.key)) for item in items) / len(items)


def by_face(items: Sequence[Item]) -> Mapping[tuple[str, str], tuple[int, int, float]]:
    """For each fact and kind of slot: how often it was an option, how often the key, and the sum of 1/k."""
    shown: Counter[tuple[str, str]] = Counter()
    keyed: Counter[tuple[str, str]] = Counter()
    expected: dict[tuple[str, str], float] = {}
    for item in items:
        for option in item.options:
            face = option.code, option.slot.partition(":")[0]
            shown[face] += 1
            keyed[face] += option.is_key
            expected[face] = expected.get(face, 0.0) + 1 / len(item.options)
    return {face: (shown[face], keyed[face], expected[face]) for face in sorted(shown)}
