"""All that is told of one question from what was kept of it: for its page in a class, and beside it in the admin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.core.card_analysis import CardAnalysis, OptionKept
from quizzes.core.card_flags import Weight
from quizzes.core.estimates import Untold
from quizzes.formats.plots import Plot
from quizzes.models import CardStatistics
from quizzes.selectors.study.pages import LETTERS
from quizzes.selectors.teaching.figure_words import (
    FigureLine,
    OptionLine,
    few_words,
    option_lines,
    study_lines,
)
from quizzes.selectors.teaching.flag_words import flag_sentence
from quizzes.selectors.teaching.question_plots import first_and_later
from quizzes.selectors.teaching.quiz_items import Content, read_contents


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An answer choice as students saw it."""

    letter: str
    text: str
    key: bool


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question. `sentences` say what may be wrong, the gravest first; `look` whether somebody should look at it;
    `few` that there are not enough first answers to say so, and how many.

    `options` is the distractor table, empty where nobody met it first with answer choices; `shown` the answer choices
    of the question that most met first.
    """

    stem: str
    shown: Sequence[ShownOption]
    n: int
    few: str
    look: bool
    sentences: Sequence[str]
    lines: Sequence[FigureLine]
    options: Sequence[OptionLine]
    first_and_later: Plot | None


def question_figures(values: Mapping[str, Any], shown: str, stem: str) -> QuestionFigures:
    """From the values that CardStatistics keeps; one query for the questions that offered its answer choices."""
    analysis = CardAnalysis.from_plain(values)
    contents = read_contents({shown, *(one.hash for one in analysis.options)} - {""})
    texts = [_text(one, contents) for one in analysis.options]
    flags = analysis.flags
    options, facility = analysis.guessed_among, analysis.statistics.facility
    return QuestionFigures(
        stem=stem,
        shown=_shown(contents.get(shown)),
        n=analysis.n,
        few=few_words(facility) if isinstance(facility, Untold) else "",
        look=any(one.weight is Weight.LOOK for one in flags),
        sentences=[flag_sentence(one, texts) for one in flags],
        lines=study_lines(analysis.statistics, analysis.later, options=options, flags=flags),
        options=option_lines(analysis.table, texts),
        first_and_later=first_and_later(facility, analysis.later, options=options),
    )


def figures_of(row: CardStatistics) -> QuestionFigures:
    """Those of a row."""
    return question_figures(row.values, row.shown, row.stem)


def _shown(content: Content | None) -> list[ShownOption]:
    options = content["options"] if content else []
    return [ShownOption(letter, one["text"], one["is_key"]) for letter, one in zip(LETTERS, options, strict=False)]


def _text(one: OptionKept, contents: Mapping[str, Content]) -> str:
    """What stood on the answer choice in a question that offered it."""
    options = contents.get(one.hash, {}).get("options", ())
    return next((option["text"] for option in options if option["code"] == one.code), one.code)
