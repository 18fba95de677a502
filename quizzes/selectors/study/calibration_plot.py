"""How well predictions fit a student's answers: the finding in words, and the plot under it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.core.calibration_bins import CalibrationBin, calibration_bins, spread
from quizzes.formats.plots import CalibrationWords, Plot, calibration
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.predicted import Predicted

LEAST_ANSWERS = 30
"""With fewer a share has an interval as wide as anything that could be wrong with the predictions."""
LEAST_IN_A_GROUP = 25
NEAR, WORTH_TELLING = 0.03, 0.02


def fit_finding(whole: CalibrationBin) -> str:
    """What was expected of all answers, and what came."""
    said = _("When calcquiz expected you to be right %(expected)s, you were right %(share)s.") % times(whole)
    return f"{said} {_verdict(whole)}"


def times(one: CalibrationBin) -> dict[str, str]:
    """“9 times in 10”, or in 100 where tenths would hide a difference."""
    whole = 10 if _tenths_tell(one) else 100
    return {name: _times_in(value, whole) for name, value in (("expected", one.predicted), ("share", one.share))}


def _times_in(value: float, whole: int) -> str:
    """What is not certain is not said to be."""
    least, most = int(value > 0), whole - int(value < 1)
    return _("%(n)d times in %(whole)d") % {"n": min(max(round(whole * value), least), most), "whole": whole}


def _tenths_tell(one: CalibrationBin) -> bool:
    """Whether both lie near the same tenth, and the difference is nothing but chance."""
    expected, share = (10 * value for value in (one.predicted, one.share))
    near = max(abs(value - round(value)) for value in (expected, share)) <= 10 * NEAR
    return near and 0 < round(expected) == round(share) < 10 and not one.strays()


def _verdict(whole: CalibrationBin) -> str:
    low, high = (percent(edge) for edge in whole.interval)
    words = {"n": f"{whole.n:,}", "low": low, "high": high}
    if not whole.strays():
        said = _("The predictions fit you, as far as %(n)s answers can tell: your share is likely %(low)s to %(high)s.")
    elif not _matters(whole):
        said = _("Over %(n)s answers that is less than 2 in 100 apart.")
    elif whole.share < whole.predicted:
        said = _("It expects too much of you: over %(n)s answers your share is likely %(low)s to %(high)s.")
    else:
        said = _("You know more than it expects: over %(n)s answers your share is likely %(low)s to %(high)s.")
    return said % words


def _matters(one: CalibrationBin) -> bool:
    """Whether a difference is large enough to speak of; among many answers the smallest one is no chance."""
    return abs(one.predicted - one.share) >= WORTH_TELLING


def _stray(bins: Sequence[CalibrationBin]) -> list[CalibrationBin]:
    return [one for one in bins if one.strays(looks=len(bins)) and _matters(one)]


def strays_words(bins: Sequence[CalibrationBin]) -> str:
    """Where predictions are off by more than chance explains; empty if nowhere."""
    stray = _stray(bins)
    if not stray or len(bins) < 2:
        return ""
    worst = max(stray, key=lambda one: abs(one.predicted - one.share))
    words = {"expected": percent(worst.predicted), "share": percent(worst.share), "n": f"{worst.n:,}"}
    return (
        _("It is furthest off where it expected %(expected)s: there you were right %(share)s of %(n)s times.") % words
    )


def predicted_plot(found: Predicted) -> tuple[Plot, str]:
    """Expected chance against share right, under its finding; and where it is off."""
    bins = calibration_bins(found.expected, found.right, least=LEAST_IN_A_GROUP)
    return calibration(_title(found.whole, bins), bins, spread(found.expected), words=_words()), strays_words(bins)


def _title(whole: CalibrationBin, bins: Sequence[CalibrationBin]) -> str:
    stray = len(_stray(bins))
    if whole.strays() and _matters(whole):
        words = {"share": percent(whole.share), "expected": percent(whole.predicted)}
        return _("Right %(share)s of the time, where %(expected)s was expected") % words
    if stray:
        said = _("In %(stray)d of %(n)d groups your answers differ from what was expected")
    elif len(bins) == 1:
        said = _("Your answers agree with what was expected")
    else:
        said = _("In all %(n)d groups your answers agree with what was expected")
    return said % {"stray": stray, "n": len(bins)}


def _say(one: CalibrationBin) -> str:
    words = {"expected": percent(one.predicted), "share": percent(one.share), "n": f"{one.n:,}"}
    return _("expected %(expected)s: right %(share)s of %(n)s") % words


def _words() -> CalibrationWords:
    return CalibrationWords(
        x_label=_("expected chance of a right answer"),
        y_label=_("right"),
        diagonal=_("as expected"),
        observed=_("Share right, with its 95 % interval"),
        counts=_("How many answers"),
        columns=(_("Expected"), _("Right"), _("95 % interval"), _("Answers")),
        say=_say,
        between=lambda low, high: _("%(low)s to %(high)s") % {"low": low, "high": high},
        show=percent,
    )
