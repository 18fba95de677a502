"""Which pairs of facts to look at first when judging whether one would be right for the other: the most similar ones.

Nearest neighbours by the cosine of words and word ends, weighted by inverse document frequency; never all pairs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from quizzes.core.specs import FactSpec

NEIGHBOURS = 8
"""How many neighbours of each fact are looked at in a section that is too large for all of them."""

ALL_PAIRS_OF = 24
"""Up to so many facts every pair of a section is looked at once."""

MOST_COMMON = 120
"""A word that more facts share brings no two of them together, though it counts among those brought together."""

_WORD = re.compile(r"[^\W_]+")
_END = 4
_LONG = 7

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts of a section, the earlier one first, and their likeness, 0 to 1.

    With `section` the question is whether `other`, of another section, is a member of that one, whose nearest member is
    `one`. `ways` are what can be asked: the codes of one of them or both, or the section's slug.
    """

    one: str
    other: str
    likeness: float
    section: str = ""
    ways: tuple[str, ...] = ()


def pairs_of(facts: Sequence[FactSpec]) -> tuple[Pair, ...]:
    """The pairs to judge among the facts of one section, most similar first.

    All of them up to ALL_PAIRS_OF facts, else each fact with its NEIGHBOURS nearest; pairs that share nothing are left
    out there. So are everywhere those of two bare terms, of which nothing is asked but where they belong.
    """
    if len(facts) < 2:
        return ()
    words = _vectors(facts)
    if len(facts) <= ALL_PAIRS_OF:
        ones, others = np.triu_indices(len(facts), 1)
    else:
        ones, others = _nearest(words, words, NEIGHBOURS, same=True)
    codes, asked = [fact.code for fact in facts], [(fact.code,) if _asks(fact) else () for fact in facts]
    found = ((one, other, near, asked[one] + asked[other]) for one, other, near in _ranked(words, ones, others))
    return tuple(Pair(codes[one], codes[other], near, ways=ways) for one, other, near, ways in found if ways)


def outsiders_of(section: str, members: Sequence[FactSpec], outsiders: Sequence[FactSpec]) -> tuple[Pair, ...]:
    """The facts of other sections that might be members of this one too, most similar first, each once.

    All of them beside up to ALL_PAIRS_OF members; in larger sections those that share a telling word with a member.
    """
    if not members or not outsiders:
        return ()
    words = _vectors((*members, *outsiders))
    inside, outside = words[: len(members)], words[len(members) :]
    if len(members) <= ALL_PAIRS_OF and len(outsiders) <= ALL_PAIRS_OF * ALL_PAIRS_OF:
        likeness = (outside @ inside.T).toarray()
        nearest, best = likeness.argmax(axis=1), likeness.max(axis=1)
        found = [(int(nearest[at]), at, float(best[at])) for at in range(len(outsiders))]
    else:
        rows, columns = _nearest(outside, inside, 1, same=False)
        near = _cosines(outside, inside, rows, columns)
        found = list(zip(columns.tolist(), rows.tolist(), near.tolist(), strict=True))
    ranked = sorted(found, key=lambda one: (-one[2], one[1]))
    return tuple(Pair(members[one].code, outsiders[at].code, near, section, (section,)) for one, at, near in ranked)


def _asks(fact: FactSpec) -> bool:
    return bool(fact.purpose or fact.condition or fact.examples)


def _ranked(words: sparse.csr_array, ones: Ints, others: Ints) -> Iterator[tuple[int, int, float]]:
    near = _cosines(words, words, ones, others)
    order = np.lexsort((others, ones, -near))
    return zip(ones[order].tolist(), others[order].tolist(), near[order].tolist(), strict=True)


def _vectors(facts: Sequence[FactSpec]) -> sparse.csr_array:
    """One row a fact, of length 1 (or 0): how much each of its words and word ends tells."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, fact in enumerate(facts):
        said = dict.fromkeys(_features(fact))
        columns.extend(vocabulary.setdefault(word, len(vocabulary)) for word in said)
        rows.extend([row] * len(said))
    shape = (len(facts), max(1, len(vocabulary)))
    said_by = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    common = np.asarray(said_by.sum(axis=0)).ravel()
    weighted = said_by * np.log1p((len(facts) - common) / np.maximum(common, 1))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scaled = sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ weighted
    return sparse.csr_array(scaled)


def _features(fact: FactSpec) -> Iterator[str]:
    """Words, and of long ones beginning and end, since what looks alike is taken for each other."""
    names = " ".join((fact.term, *fact.aliases))
    for text in (names, fact.purpose, fact.condition, " ".join(fact.examples)):
        yield from _WORD.findall(text.casefold())
    for word in _WORD.findall(names.casefold()):
        if len(word) >= _LONG:
            yield f"{word[:_END]}-"
            yield f"-{word[-_END:]}"


def _nearest(ours: sparse.csr_array, theirs: sparse.csr_array, count: int, *, same: bool) -> tuple[Ints, Ints]:
    """For each of our rows the places of the most similar of theirs; of one set each pair once, the earlier first."""
    common = np.asarray((ours != 0).sum(axis=0)).ravel() + (
        0 if same else np.asarray((theirs != 0).sum(axis=0)).ravel()
    )
    telling = np.flatnonzero((common > 1) & (common <= MOST_COMMON))
    near = sparse.csr_array(ours[:, telling] @ theirs[:, telling].T)
    if same:
        near.setdiag(0)
        near.eliminate_zeros()
    rows = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
    near.sort_indices()
    order = np.argsort(rows + (1 - near.data) / 2, kind="stable")
    place = np.arange(len(order)) - near.indptr[rows[order]]
    chosen = order[place < count]
    ones, others = rows[chosen], near.indices[chosen].astype(np.int64)
    if not same:
        return ones, others
    both = np.unique(np.stack((np.minimum(ones, others), np.maximum(ones, others)), axis=1), axis=0)
    return both[:, 0], both[:, 1]


def _cosines(ours: sparse.csr_array, theirs: sparse.csr_array, ones: Ints, others: Ints) -> Floats:
    return np.asarray(ours[ones].multiply(theirs[others]).sum(axis=1)).ravel().clip(0, 1)


def unjudged(pairs: Iterable[Pair], judged: frozenset[tuple[str, str]]) -> Iterator[Pair]:
    """The pairs of which some way has no verdict yet; `judged` holds (asked, offered), asked a code or a slug."""
    for pair in pairs:
        if any((asked, pair.one if asked == pair.other else pair.other) not in judged for asked in pair.ways):
            yield pair
