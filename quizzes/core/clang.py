"""Words that a question shares with its answer and that would give it away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quizzes.core.default_wording import frame_words
from quizzes.core.specs import DeckSpec, SectionSpec
from quizzes.core.text import STOP_WORDS, singular, words

START_LETTERS = 5
PIECE_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Bag:
    """The content words of a text."""

    words: tuple[str, ...]
    singulars: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clue:
    """A whole word (in the singular), a start or a piece that stands in both stem and key; `word` is the stem's."""

    kind: str
    text: str
    word: str


def stop_words(deck: DeckSpec, section: SectionSpec) -> frozenset[str]:
    """The stop list of a section: function words, its own noun, the deck's title, the words of default questions."""
    own = words(f"{deck.title} {section.noun} {section.noun_plural}")
    frame = frame_words(deck.language, section.wording)
    return STOP_WORDS | frozenset(own) | frozenset(map(singular, own)) | frame


def bag(text: str, stop: frozenset[str] = STOP_WORDS) -> Bag:
    """The text's content words, without those on the stop list."""
    kept = tuple(dict.fromkeys(w for w in words(text) if w not in stop and singular(w) not in stop))
    return Bag(kept, frozenset(map(singular, kept)))


@lru_cache(maxsize=1024)
def _fragments(words: tuple[str, ...]) -> frozenset[str]:
    """All starts and pieces that are long enough to give something away, for quick comparison."""
    pieces = [word[at : at + PIECE_LETTERS] for word in words for at in range(len(word) - PIECE_LETTERS + 1)]
    return frozenset(pieces + ["^" + word[:START_LETTERS] for word in words if len(word) >= START_LETTERS])


def clues(stem: Bag, key: Bag) -> tuple[Clue, ...]:
    """What the stem gives away of the key: shared words, longest shared starts (5+), longest shared pieces (6+)."""
    if stem.singulars.isdisjoint(key.singulars) and _fragments(stem.words).isdisjoint(_fragments(key.words)):
        return ()
    found = [clue for asked in stem.words for answer in key.words for clue in _between(asked, answer)]
    return tuple(dict.fromkeys(found))


def _between(asked: str, answer: str) -> list[Clue]:
    found = []
    if singular(asked) == singular(answer):
        found.append(Clue("word", singular(asked), asked))
    start = _common_start(asked, answer)
    if len(start) >= START_LETTERS:
        found.append(Clue("start", start, asked))
    piece = _common_piece(asked, answer)
    if len(piece) >= PIECE_LETTERS:
        found.append(Clue("piece", piece, asked))
    return found


def _common_start(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return one[:size]


def _common_piece(one: str, other: str) -> str:
    best = ""
    for first in range(len(one)):
        while first + len(best) < len(one) and one[first : first + len(best) + 1] in other:
            best = one[first : first + len(best) + 1]
    return best


def covers(option: Bag, clue: Clue) -> bool:
    """Whether a distractor shares what the stem gives away of the key."""
    return any(_shares(word, clue) for word in option.words)


def _shares(word: str, clue: Clue) -> bool:
    if clue.kind == "word":
        return singular(word) == clue.text
    return word.startswith(clue.text) if clue.kind == "start" else clue.text in word


class Bags:
    """Many bags, to be found by the words that they hold; None stands for no bag."""

    def __init__(self, bags: Iterable[Bag | None]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(bags):
            for word in one.words if one else ():
                self._places[word].append(place)

    def covering(self, given: Sequence[Clue]) -> set[int]:
        """The places of the bags that share all of what is given away; none for nothing."""
        found = [
            {place for word, places in self._places.items() if _shares(word, clue) for place in places}
            for clue in given
        ]
        return set.intersection(*found) if found else set()
