"""Figures of questions in words that need no statistics, each beside its exact name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from quizzes.core.card_flags import KEPT, Weighed, Weight
from quizzes.core.distractor_table import OptionRow, Role
from quizzes.core.estimates import Estimate, Figure, Untold
from quizzes.core.item_flags import Why
from quizzes.core.item_statistics import ItemStatistics
from quizzes.core.readings import (
    FacilityReading,
    Reading,
    read_discrimination,
    read_efficiency,
    read_facility,
    read_upper_lower,
)
from quizzes.selectors.study.days import percent


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: what it is called, what statistics call it, value and interval as text, `n`, and how it reads.

    `value` is empty where there are too few answers; then `reading` says how many there are.
    """

    name: str
    term: str
    value: str
    interval: str
    n: int
    reading: str
    help: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer choice of the distractor table; texts are empty where there are too few to tell.

    `rest` with its interval is of `rest_n` of its choosers, those with enough other answers.
    """

    text: str
    key: bool
    shown: int
    chosen: int
    share: str
    interval: str
    rest: str
    rest_interval: str
    rest_n: int
    others: str
    role: str
    alarming: bool


def decimal(value: float) -> str:
    """“0.31”, “−0.05”."""
    return f"{value:.2f}".replace("-", "−") if round(value, 2) else "0.00"


def whole(value: float) -> str:
    """“31”, “−5”."""
    return str(round(value)).replace("-", "−")


def interval_of(figure: Figure, show: Callable[[float], str] = percent) -> str:
    """“21–45 %”, “−0.10 to 0.31”; empty where it cannot be told."""
    if not isinstance(figure, Estimate):
        return ""
    if show is percent:
        return f"{round(100 * figure.low)}–{percent(figure.high)}"
    return _("%(low)s to %(high)s") % {"low": show(figure.low), "high": show(figure.high)}


def value_of(figure: Figure, show: Callable[[float], str] = percent) -> str:
    """“34 %”; empty where it cannot be told."""
    return show(figure.value) if isinstance(figure, Estimate) else ""


def few_words(figure: Untold) -> str:
    """How many there are of how many that it takes."""
    if figure.all_alike:
        return _("cannot be told: all answers are alike")
    return _("not enough answers yet: %(n)d of %(least)d") % {"n": figure.n, "least": figure.least}


def said_of(figure: Figure, reading: Callable[[float], str]) -> str:
    """How a figure reads, or why it is not told."""
    return reading(figure.value) if isinstance(figure, Estimate) else few_words(figure)


def study_lines(
    statistics: ItemStatistics, later: Figure, *, options: int, flags: Sequence[Weighed] = ()
) -> list[FigureLine]:
    """The figures of a card of spaced study."""
    facility = statistics.facility
    at_first = said_of(facility, lambda value: _at_first_words(value, later, options, flags))
    return [
        figure_line(
            _("Right at first"), _("facility at first exposure"), facility, at_first,
            _("Of the students' very first answers to it, the share that was right. Nobody has been taught it then, "
              "so a low share alone is no fault."),
        ),
        figure_line(
            _("Right later"), _("retention"), later, said_of(later, _later_words),
            _("Of later first answers of a day, the share that was right. All answers of the class count, and the "
              "interval allows for those of one student being alike."),
        ),
        *_telling_lines(statistics),
    ]  # fmt: skip


def quiz_lines_of(statistics: ItemStatistics, *, options: int) -> list[FigureLine]:
    """The figures of a question of a quiz."""
    facility = statistics.facility
    return [
        figure_line(
            _("Right"), _("facility"), facility,
            said_of(facility, lambda value: FACILITY_WORDS[read_facility(value, options)]()),
            _("The mean mark of the students' first attempts. 40 % to 85 % is aimed at."),
        ),
        *_telling_lines(statistics),
    ]  # fmt: skip


def _telling_lines(one: ItemStatistics) -> list[FigureLine]:
    return [
        _telling(
            _("Tells strong from weak"), _("discrimination, Pearson's r with the rest score"), one.discrimination,
            said_of(one.discrimination, lambda value: _reading(read_discrimination(value))),
            _("From −1 to 1: whether those who get it right also do well on everything else. 0.30 is good, 0.20 fair; "
              "below 0 those who know less do better, as where a wrong answer is marked as right."), decimal,
        ),
        _telling(
            _("The same in percent"), _("Moodle's discrimination index"), one.index,
            said_of(one.index, lambda value: _reading(read_efficiency(value))),
            _("100 times the figure above. From 50 very good, from 30 adequate, below 15 doubtful."), whole,
        ),
        _telling(
            _("Of what is possible"), _("discriminative efficiency"), one.efficiency,
            said_of(one.efficiency, lambda value: _reading(read_efficiency(value))),
            _("Very easy and very hard questions cannot tell students apart well. This is the share of what a question "
              "with these marks could at best, in percent."), whole,
        ),
        _telling(
            _("Best against weakest"), _("upper–lower D, 27 % groups"), one.upper_lower,
            said_of(one.upper_lower, lambda value: _reading(read_upper_lower(value))),
            _("The mean mark of the strongest 27 % of students less that of the weakest 27 %. 0.40 is very good, 0.30 "
              "good, 0.20 fair."), decimal,
        ),
    ]  # fmt: skip


def figure_line(
    name: str, term: str, figure: Figure, reading: str, help: str, show: Callable[[float], str] = percent
) -> FigureLine:
    """A figure as it stands in a table."""
    return FigureLine(name, term, value_of(figure, show), interval_of(figure, show), figure.n, reading, help)


def _telling(
    name: str, term: str, figure: Figure, reading: str, help: str, show: Callable[[float], str] = whole
) -> FigureLine:
    """One of those that are below 0 where something is wrong."""
    alarming = isinstance(figure, Estimate) and figure.high < 0
    return replace(figure_line(name, term, figure, reading, help, show), alarming=alarming)


FACILITY_WORDS: dict[FacilityReading, Callable[[], str]] = {
    FacilityReading.CHECK_KEY: lambda: _("very few, or no more than by guessing: check the answer"),
    FacilityReading.HARD: lambda: _("hard"),
    FacilityReading.AIM: lambda: _("as it should be"),
    FacilityReading.EASY: lambda: _("easy"),
    FacilityReading.SAYS_LITTLE: lambda: _("nearly everybody: it says little"),
}


def _reading(reading: Reading) -> str:
    match reading:
        case Reading.VERY_GOOD:
            return _("very good")
        case Reading.GOOD:
            return _("good")
        case Reading.FAIR:
            return _("fair")
        case Reading.WEAK:
            return _("weak: it hardly tells them apart")
        case Reading.ALARM:
            return _("the wrong way round: those who know less do better")


def _at_first_words(value: float, later: Figure, options: int, flags: Sequence[Weighed]) -> str:
    reading = read_facility(value, options)
    if reading is not FacilityReading.CHECK_KEY:
        return FACILITY_WORDS[reading]()
    if any(one.weight is Weight.LOOK and one.flag.why in (Why.LOW_FACILITY, Why.NEAR_CHANCE) for one in flags):
        return FACILITY_WORDS[reading]()
    if isinstance(later, Estimate) and later.value >= KEPT:
        return _("new to most at first, and learned since")
    return _("new to most at first, which is normal before it has been taught")


def _later_words(value: float) -> str:
    if value >= 0.85:
        return _("well kept")
    return _("kept") if value >= KEPT else _("often forgotten")


def option_lines(rows: Sequence[OptionRow], texts: Sequence[str]) -> list[OptionLine]:
    """The distractor table, with the text of each answer choice."""
    return [
        OptionLine(
            text=texts[row.option],
            key=row.role is Role.KEY,
            shown=row.shown,
            chosen=row.chosen,
            share=value_of(row.share),
            interval=interval_of(row.share),
            rest=value_of(row.rest),
            rest_interval=interval_of(row.rest),
            rest_n=row.rest.n,
            others="" if row.rest_of_others is None or not row.rest.told else percent(row.rest_of_others),
            role=_role_words(row),
            alarming=row.role in (Role.STRONGER, Role.DEAD),
        )
        for row in rows
    ]


def _role_words(row: OptionRow) -> str:
    match row.role:
        case Role.KEY:
            return _("the right answer")
        case Role.FUNCTIONAL:
            return _("does its work: weaker students take it")
        case Role.DEAD:
            return _("hardly anybody takes it: a better one could stand here")
        case Role.RARE:
            return _("rarely taken")
        case Role.NOT_WEAKER:
            return _("taken by strong students as much as by weak ones")
        case Role.STRONGER:
            return _("taken by stronger students than the right answer: check the answer")
        case Role.UNTOLD:
            return few_words(row.share) if isinstance(row.share, Untold) else _("too few have taken it to tell more")
