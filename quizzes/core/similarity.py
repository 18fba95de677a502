"""How much two short texts say the same: the same words but for spelling, and shares of telling words."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log

from quizzes.core.misspelling import is_tolerable
from quizzes.core.writings import forms_of

FEWEST_WORDS = 3
"""Of content words that a text needs before its wording tells anything: one or two may be all that differs."""

TOO_CLOSE = 0.7
"""Of the weight of two texts' words, the share in common from which no rule can tell whether they differ in meaning."""

Weights = Mapping[str, float]


def word_weights(texts: Iterable[Collection[str]]) -> dict[str, float]:
    """How much each word tells among these texts: log(n / df), the inverse document frequency of Spärck Jones 1972.

    A word that stands in every text tells nothing.
    """
    count, common = 0, Counter[str]()
    for words in texts:
        count += 1
        common.update(frozenset(words))
    return {word: log(count / times) for word, times in common.items()}


def shared_weight(one: Collection[str], other: Collection[str], weights: Weights) -> float:
    """The weighted Jaccard index of two texts' words, 0 to 1; 0 where no word of either tells anything."""
    ours, theirs = frozenset(one), frozenset(other)
    shared = ours & theirs
    if not shared:
        return 0.0
    whole = sum(weights.get(word, 0.0) for word in ours | theirs)
    return sum(weights.get(word, 0.0) for word in shared) / whole if whole else 0.0


def near_equal(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts, as content words in their order, are the same ones but for honest misspellings.

    Figures must agree, and no word may turn into one of another meaning: the tolerance is that of typed answers. Texts
    of fewer than FEWEST_WORDS words are never taken for each other.
    """
    if len(one) != len(other) or len(one) < FEWEST_WORDS:
        return False
    left, odd = len(one) // FEWEST_WORDS, []
    for ours, theirs in zip(one, other, strict=True):
        if ours != theirs:
            if not left:
                return False
            left -= 1
            odd.append((ours, theirs))
    return all(_same_word(*pair) for pair in odd)


def _same_word(one: str, other: str) -> bool:
    """Whether each of two words could be an honest misspelling of the other."""
    pairs = [(ours, theirs) for ours in forms_of(one) for theirs in forms_of(other)]
    return any(is_tolerable(ours, theirs) and is_tolerable(theirs, ours) for ours, theirs in pairs)
