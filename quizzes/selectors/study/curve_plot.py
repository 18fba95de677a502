"""A card's forgetting curve as a plot: past answers as dots, and what is to come if nothing is reviewed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from quizzes.core.curves import Stretch, coming_curve, falls_below, past_curve, recall_on
from quizzes.core.forecasting import Forecaster
from quizzes.formats.plots import Line, Plot, Reference, lines
from quizzes.selectors.study.answers import AnswerLine
from quizzes.selectors.study.days import coming_day, day_of_month, percent, short_day

LEAST_AHEAD_DAYS = 7
MOST_STRETCHES = 40


def curve_plot(
    history: Sequence[Stretch], answers: Sequence[AnswerLine], *, forecaster: Forecaster, target: float, today: date
) -> Plot | None:
    """None for a card without a memory; of a long history the last answers are drawn."""
    if not history:
        return None
    shown = list(history)[-MOST_STRETCHES:]
    last = shown[-1]
    drop = falls_below(last, target, today, forecaster)
    until = max(drop * 1.15, float(LEAST_AHEAD_DAYS), -0.15 * (shown[0].since - today).days)
    recall_now = recall_on(last, 0.0, today, forecaster)
    past = past_curve(shown, today, forecaster)
    ahead = [(0.0, recall_now), *([(drop, target)] if drop > 0 else [])]
    answered = [line for line in answers if line.day >= shown[0].since]
    return lines(
        _finding(recall_now, target, drop, today),
        [
            _answers(_("Predicted recall, right answers"), answered, True, today, past),
            _answers(_("Wrong answers"), answered, False, today, []),
            Line(
                _("Without a review"),
                ahead,
                style="dashed",
                path=coming_curve(last, today, until, forecaster),
                said=[_ahead_said(day, recall, today) for day, recall in ahead],
            ),
        ],
        x_label=_("Day"),
        y_label=_("Recall"),
        show_x=lambda day: _axis_day(round(day), today),
        reference=Reference(_("your aim, %(percent)s") % {"percent": percent(target)}, target),
        now=0.0,
    )


def _answers(
    name: str, found: Sequence[AnswerLine], correct: bool, today: date, path: Sequence[tuple[float, float]]
) -> Line:
    """Dots at what was predicted when the answer was given; several of one day are one, the last."""
    by_day = {line.day: line for line in found if line.correct is correct}
    points = [(float((day - today).days), 1.0 if line.recall is None else line.recall) for day, line in by_day.items()]
    said = [_answer_said(line) for line in by_day.values()]
    return Line(name, points, dots=True, style="solid" if path else "none", path=path, said=said)


def _answer_said(line: AnswerLine) -> str:
    words = {"day": short_day(line.day), "result": line.result}
    if line.recall is None:
        return _("%(day)s, first answer: %(result)s") % words
    return _("%(day)s: %(result)s, predicted %(recall)s") % {**words, "recall": percent(line.recall)}


def _ahead_said(day: float, recall: float, today: date) -> str:
    return _("%(day)s: %(recall)s") % {
        "day": coming_day(today + timedelta(days=round(day)), today),
        "recall": percent(recall),
    }


def _axis_day(day: int, today: date) -> str:
    return _("today") if day == 0 else day_of_month(today + timedelta(days=day))


def _finding(recall: float, target: float, drop: float, today: date) -> str:
    words = {"recall": percent(recall), "target": percent(target)}
    if words["recall"] == words["target"]:
        return _("Recall is %(recall)s today, at your aim of %(target)s") % words
    if drop < 0:
        return _("Recall is %(recall)s today, below your aim of %(target)s") % words
    if round(drop) == 0:
        return _("Recall is %(recall)s now and falls to %(target)s within a day") % words
    day = coming_day(today + timedelta(days=round(drop)), today)
    return _("Recall is %(recall)s today and falls to %(target)s by %(day)s") % {**words, "day": day}
