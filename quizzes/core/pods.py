"""Large sections cut into pods: small groups of mostly related facts that serve as each other's distractors."""

from collections import Counter
from collections.abc import Sequence

from quizzes.core.specs import FactSpec
from quizzes.core.text import STOP_WORDS, singular_words

WHOLE = 24
POD = 16
_KIN = 8


def pods(facts: Sequence[FactSpec]) -> tuple[tuple[FactSpec, ...], ...]:
    """The facts in pods of 16 to 24; a section of up to 24 is one pod.

    Facts that share a tag or a telling word stand together in kin groups of 8; a pod joins kin groups from distant
    parts of the section, so that it holds near and far distractors alike. Takes time in proportion to the text.
    """
    if len(facts) <= WHOLE:
        return (tuple(facts),) if facts else ()
    ordered = _by_kin(facts)
    groups = [ordered[at : at + _KIN] for at in range(0, len(ordered), _KIN)]
    count = len(facts) // POD
    found: list[list[FactSpec]] = [[] for _ in range(count)]
    for number, group in enumerate(groups):
        found[number % count].extend(group)
    return tuple(map(tuple, found))


def _by_kin(facts: Sequence[FactSpec]) -> list[FactSpec]:
    said = [_telling(fact) for fact in facts]
    common = Counter(word for words in said for word in words)
    ranked = [(max((_rank(common[word]), word) for word in words) if words else (0, "")) for words in said]
    order = sorted(range(len(facts)), key=lambda at: (min(facts[at].tags, default=""), ranked[at], at))
    return [facts[at] for at in order]


def _telling(fact: FactSpec) -> tuple[str, ...]:
    text = f"{fact.term} {fact.purpose} {fact.condition}"
    return tuple(word for word in dict.fromkeys(singular_words(text)) if word not in STOP_WORDS)


def _rank(count: int) -> int:
    """Words shared by a few facts tell most about kinship; words of one fact or of a crowd tell nothing."""
    return count if 1 < count <= 2 * _KIN else 0
