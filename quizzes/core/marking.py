"""The one place that turns an answer, in whatever format, into evidence and a rating; and hints for a typed one."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizzes.core.recall import TypedKind, TypedMark, mark_typed
from quizzes.core.specs import Evidence, Format, Rating
from quizzes.core.text import without_brackets

__all__ = ["Answered", "Marked", "Occasion", "TypedKind", "TypedMark", "hint", "judge", "mark_typed"]

RAPID_MS = 1000
RAPID_SHARE_OF_MEDIAN = 0.1
_ZERO_WIDTH_JOINER = "\u200d"
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_VIRAMA_CLASS = 9


class Occasion(StrEnum):
    """Why the question was put."""

    STUDY = "study"
    PRACTICE = "practice"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a student did with one question; a format fills in its own fields.

    Flashcard: the `rating` pressed. Choice: whether the option chosen is the key (`right`), of `k` options, and whether
    "I guessed" was pressed. Typed: its mark, the hints taken, and whether it is the `last_try`: the second one after a
    slip, or the only one, as in a quiz. Times in milliseconds; `median_ms` is the item's, None while unknown.
    """

    format: Format
    occasion: Occasion = Occasion.STUDY
    already_counted_today: bool = False
    rating: Rating | None = None
    right: bool | None = None
    k: int | None = None
    guessed: bool = False
    duration_ms: float | None = None
    median_ms: float | None = None
    typed: TypedMark | None = None
    hints: int = 0
    last_try: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer tells.

    `correct` is None, and `retry` true, if a slip is met with another try instead of a verdict. `rating` is None just
    when the evidence is NONE; `k` is that of any choice. A `rapid` guess comes again in the same session.
    """

    correct: bool | None
    evidence: Evidence
    rating: Rating | None = None
    k: int | None = None
    rapid: bool = False
    retry: bool = False


def judge(answered: Answered) -> Marked:
    """The evidence and rating of an answer.

    Practice is never evidence; of a quiz the first answer per card and study day is (`already_counted_today`). Nothing
    but a pressed rating is ever easy. Raises ValueError if what the format needs is missing.
    """
    marked = _judge(answered)
    silent = answered.occasion is Occasion.PRACTICE
    silent |= answered.occasion is Occasion.QUIZ and answered.already_counted_today
    return Marked(marked.correct, Evidence.NONE, None, marked.k, marked.rapid, marked.retry) if silent else marked


def _judge(answered: Answered) -> Marked:
    match answered.format:
        case Format.FLASHCARD:
            return _judge_flashcard(answered)
        case Format.CHOICE:
            return _judge_choice(answered)
        case Format.TYPED:
            return _judge_typed(answered)


def _judge_flashcard(answered: Answered) -> Marked:
    if answered.rating is None:
        raise ValueError("a flashcard needs the rating pressed")
    return Marked(answered.rating > Rating.AGAIN, Evidence.GRADED, Rating(answered.rating))


def _judge_choice(answered: Answered) -> Marked:
    right, k = answered.right, answered.k
    if right is None or k is None or k < 2:
        raise ValueError("a choice needs to be right or wrong, among two options or more")
    if _is_rapid(answered):
        return Marked(right, Evidence.NONE, None, k, rapid=True)
    if not right:
        return Marked(False, Evidence.GRADED, Rating.AGAIN, k)
    return Marked(True, Evidence.GUESSED if answered.guessed else Evidence.CHOICE, Rating.GOOD, k)


def _is_rapid(answered: Answered) -> bool:
    duration, median = answered.duration_ms, answered.median_ms
    if duration is None or median is None:
        return False
    return duration < RAPID_MS and duration < RAPID_SHARE_OF_MEDIAN * median


def _judge_typed(answered: Answered) -> Marked:
    if answered.typed is None:
        raise ValueError("a typed answer needs its mark")
    if answered.typed.kind is TypedKind.SLIP and not answered.last_try:
        return Marked(None, Evidence.NONE, retry=True)
    if not answered.typed.is_right:
        return Marked(False, Evidence.GRADED, Rating.AGAIN)
    return Marked(True, Evidence.GRADED, Rating.HARD if answered.hints else Rating.GOOD)


def hint(accepted: str, step: int) -> str:
    """The first `step` letters of the answer, never all of them, followed by an ellipsis; empty for step 0."""
    letters = list(graphemes(without_brackets(accepted)))
    inked = [at for at, letter in enumerate(letters) if not letter.isspace()]
    shown = min(step, len(inked) - 1)
    return "".join(letters[: inked[shown - 1] + 1]) + "…" if shown > 0 else ""


def graphemes(text: str) -> Iterator[str]:
    """The letters as a reader sees them: marks, joined emoji, flags and Indic conjuncts hold together.

    The rules of Unicode's annex 29 that text in normal form C meets.
    """
    cluster = ""
    for character in unicodedata.normalize("NFC", text):
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    last = cluster[-1]
    if unicodedata.category(character)[0] == "M" or character == _ZERO_WIDTH_JOINER or ord(character) in _SKIN_TONES:
        return True
    if last == _ZERO_WIDTH_JOINER or unicodedata.combining(last) == _VIRAMA_CLASS:
        return not character.isspace()
    flag = ord(last) in _REGIONAL_INDICATORS and ord(character) in _REGIONAL_INDICATORS
    return flag and len(cluster) % 2 == 1
