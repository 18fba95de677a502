"""Figures of a quiz's questions, and of the quiz as a whole, from each student's first meeting with each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from django.utils.translation import gettext as _

from quizzes.core.card_flags import Among, Weighed, Weight, item_flags
from quizzes.core.distractor_table import OptionCounts, OptionSums, distractor_table
from quizzes.core.exposures import IN_A_FORM, IN_SPACED_STUDY, Exposures, rest_scores
from quizzes.core.item_statistics import ItemStatistics, item_statistics
from quizzes.core.option_book import form_sums
from quizzes.core.quiz_marks import Ruling
from quizzes.core.quiz_statistics import QuizSpread, Reliability, quiz_spread, reliability
from quizzes.core.readings import Fit, Reading, read_deviation, read_mean, read_reliability
from quizzes.core.review_arrays import Ints
from quizzes.models import Quiz
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.figure_words import (
    FigureLine,
    OptionLine,
    decimal,
    figure_line,
    option_lines,
    quiz_lines_of,
    said_of,
)
from quizzes.selectors.teaching.flag_words import flag_sentence, flag_words
from quizzes.selectors.teaching.quiz_items import Content


class Response(Protocol):
    """One student's first meeting with a question."""

    @property
    def user_id(self) -> int: ...
    @property
    def chosen(self) -> int | None: ...
    @property
    def mark(self) -> float | None: ...


Answered = Mapping[str, Sequence[Response]]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question: its figures, its distractor table, what may be wrong in short and at length."""

    lines: Sequence[FigureLine]
    options: Sequence[OptionLine]
    flags: Sequence[tuple[str, str]]
    sentences: Sequence[str]
    look: bool


def figures_of_items(
    quiz: Quiz, answered: Answered, contents: Mapping[str, Content], rulings: Mapping[str, Ruling]
) -> dict[str, ItemFigures]:
    """By the question's hash; of questions left out of the quiz there is none."""
    hashes = [one for one in answered if one in contents]
    met, chosen = _met(answered, hashes)
    least = IN_SPACED_STUDY if quiz.forms == Quiz.Forms.FRESH else IN_A_FORM
    figures = item_statistics(met, items=len(hashes), least_others=least)
    sizes = np.array([len(contents[one]["options"]) for one in hashes], np.int64)
    sums = form_sums(met.item, chosen, rest_scores(met, least), sizes)
    begins = (np.cumsum(sizes) - sizes).tolist()
    asked = set(np.unique(met.item).tolist())
    return {
        one: _item(figures[at], _counts(sums, begins[at], sizes[at]), len(asked), contents[one], rulings.get(one))
        for at, one in enumerate(hashes)
        if at in asked
    }


def _met(answered: Answered, hashes: Sequence[str]) -> tuple[Exposures, Ints]:
    rows = [
        (one.user_id, at, one.mark, -1 if one.chosen is None else one.chosen)
        for at, item_hash in enumerate(hashes)
        for one in answered[item_hash]
        if one.mark is not None
    ]
    student = np.unique(np.array([row[0] for row in rows], np.int64), return_inverse=True)[1]
    item, chosen = (np.array([row[place] for row in rows], np.int64) for place in (1, 3))
    return Exposures(student, item, np.array([row[2] for row in rows], np.float64)), chosen


def _counts(sums: OptionSums, begin: int, size: int) -> list[OptionCounts]:
    return [sums.at(begin + number) for number in range(size)]


def _item(
    figures: ItemStatistics, counts: Sequence[OptionCounts], asked: int, content: Content, ruling: Ruling | None
) -> ItemFigures:
    """What was ruled has been looked at: the table then says what it says, but nothing about the key."""
    options = content["options"]
    key = next(number for number, option in enumerate(options) if option["is_key"])
    table, among = distractor_table(counts, key), Among(asked, counts)
    flags = () if ruling else item_flags(figures, options=len(options), table=table, among=among)
    texts = [option["text"] for option in options]
    return ItemFigures(
        lines=quiz_lines_of(figures, options=len(options)),
        options=option_lines(table, texts),
        flags=[(flag_words(why, weight), "warn" if weight is Weight.LOOK else "") for why, weight in _once(flags)],
        sentences=[flag_sentence(one, texts) for one in flags],
        look=any(one.weight is Weight.LOOK for one in flags),
    )


def _once(flags: Sequence[Weighed]) -> list[tuple[str, Weight]]:
    """Each reason once, with its heaviest weight."""
    reasons: dict[str, Weight] = {}
    for one in flags:
        reasons.setdefault(one.flag.why.value, one.weight)
    return list(reasons.items())


def figures_of_quiz(
    quiz: Quiz, marks: Sequence[float], answered: Answered, forms: Mapping[str, int]
) -> list[FigureLine]:
    """The figures of the quiz: `marks` are those of each student's first attempt, `forms` the form of each question.

    Of a form that nobody has had, nothing is said.
    """
    spread = quiz_spread(np.array(marks, np.float64))
    lines = _spread_lines(spread)
    numbers = [] if quiz.forms == Quiz.Forms.FRESH else sorted(set(forms.values()))
    taken = {form for item_hash, form in forms.items() if item_hash in answered}
    for form in (one for one in numbers if one in taken):
        lines += _reliability_lines(_reliability(answered, forms, form), _(", form %d") % form if numbers[1:] else "")
    return lines


def _reliability(answered: Answered, forms: Mapping[str, int], form: int) -> Reliability:
    hashes = [one for one, number in forms.items() if number == form and one in answered]
    kept = [one for one in hashes if any(response.mark is not None for response in answered[one])]
    rows: dict[int, int] = {}
    for one in kept:
        for response in answered[one]:
            rows.setdefault(response.user_id, len(rows))
    table = np.full((len(rows), len(kept)), np.nan)
    for at, one in enumerate(kept):
        for response in answered[one]:
            if response.mark is not None:
                table[rows[response.user_id], at] = response.mark
    return reliability(table)


def _spread_lines(one: QuizSpread) -> list[FigureLine]:
    mean, deviation = said_of(one.mean, _mean_words), said_of(one.deviation, _deviation_words)
    return [
        figure_line(_("Mean"), _("mean mark of first attempts"), one.mean, mean, _("50 % to 75 % is aimed at.")),
        figure_line(
            _("Middle"), _("median"), one.median, said_of(one.median, lambda _value: _("half have as much or more")),
            _("The mark of the student in the middle."),
        ),
        figure_line(
            _("Spread"), _("standard deviation"), one.deviation, deviation,
            _("How far marks lie from the mean, typically. 12 to 18 points of percent is aimed at."),
        ),
        figure_line(
            _("Lean"), _("skewness, bias-corrected"), one.skewness, said_of(one.skewness, _skew_words),
            _("0 where marks lie evenly on both sides; below 0 a few low marks stand out, above 0 a few high ones."),
            decimal,
        ),
        figure_line(
            _("Tails"), _("excess kurtosis, bias-corrected"), one.kurtosis, said_of(one.kurtosis, _tail_words),
            _("0 for a bell-shaped curve; above 0 more marks lie far out, below 0 fewer."), decimal,
        ),
    ]  # fmt: skip


def _reliability_lines(one: Reliability, form: str) -> list[FigureLine]:
    if one.alpha is None or one.error is None:
        few = _("told from 10 questions on; there are %d") % one.items
        help = _("Whether the questions measure the same thing; short quizzes cannot tell.")
        return [FigureLine(_("Reliability") + form, "KR-20", "", "", one.students, few, help)]
    return [
        figure_line(
            _("Reliability") + form, _("KR-20, Cronbach's alpha"), one.alpha, said_of(one.alpha, _reliability_words),
            _("How far the same students would come out in the same order in another quiz of the kind, from 0 to 1. "
              "0.70 will do for practice, 0.80 for grading. Of students with a mark in every question."), decimal,
        ),
        figure_line(
            _("Give or take") + form, _("standard error of measurement"), one.error,
            said_of(one.error, lambda value: _("a mark is good to about ± %s") % percent(value)),
            _("How far a student's mark would wander from quiz to quiz by chance alone."),
        ),
    ]  # fmt: skip


def _mean_words(value: float) -> str:
    return {Fit.LOW: _("hard"), Fit.AIM: _("as it should be"), Fit.HIGH: _("easy")}[read_mean(value)]


def _deviation_words(value: float) -> str:
    words = {Fit.LOW: _("marks lie close together"), Fit.AIM: _("as it should be"), Fit.HIGH: _("marks lie far apart")}
    return words[read_deviation(value)]


def _skew_words(value: float) -> str:
    if abs(value) < 0.5:
        return _("about even on both sides")
    return _("a few low marks stand out") if value < 0 else _("a few high marks stand out")


def _tail_words(value: float) -> str:
    if abs(value) < 1:
        return _("about as in a bell-shaped curve")
    return _("more marks lie far out") if value > 0 else _("fewer marks lie far out")


def _reliability_words(value: float) -> str:
    return {
        Reading.VERY_GOOD: _("good enough for grading"),
        Reading.GOOD: _("good enough for practice, short of grading"),
        Reading.WEAK: _("too little to grade by it alone"),
    }.get(read_reliability(value), _("the questions do not go together: look for broken ones"))
