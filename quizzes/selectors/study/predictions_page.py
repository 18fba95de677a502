"""The page on how well predictions fit one student's answers in a deck, and what they are made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from quizzes.core.calibration import NEUTRAL
from quizzes.formats.plots import Plot
from quizzes.models import Deck, User
from quizzes.selectors.study.answers import hidden_answers
from quizzes.selectors.study.calibration_plot import LEAST_ANSWERS, fit_finding, predicted_plot, times
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.parameter_words import ParameterPage, parameter_page
from quizzes.selectors.study.predicted import Predicted, later_day_answers, read_predicted
from quizzes.selectors.study.students import Student, find_student, has_begun

TYPICAL_DAYS, TYPICAL_REPS = 10.0, 6.0


@dataclass(frozen=True, slots=True)
class PredictionsPage:
    """How well it fits. Without `parameters` the deck has not been begun; without a plot there are too few answers.

    `latest` tells how the latest answers move the predictions that are shown, where they do.
    """

    deck: Deck
    finding: str
    notes: Sequence[str] = ()
    plot: Plot | None = None
    parameters: ParameterPage | None = None
    latest: str = ""


def predictions_page(user: User, deck: Deck, *, now: datetime) -> PredictionsPage:
    """The page of a person for a deck that they may see. A constant number of queries."""
    student = find_student(user.pk)
    if student is None or not has_begun(user.pk, deck.pk):
        return PredictionsPage(
            deck, _("Here you will see how well calcquiz predicts what you know. Begin with the first card.")
        )
    hidden = frozenset(hidden_answers(user.pk, now=now).values_list("seq", flat=True))
    found = read_predicted(user.pk, deck, hidden=hidden)
    parameters = parameter_page(student, later_day_answers(user.pk).count())
    latest = _latest(student)
    if len(found) < LEAST_ANSWERS:
        words = {"n": len(found), "enough": LEAST_ANSWERS}
        finding = _("Not enough answers yet to say how well the predictions fit you: %(n)d of %(enough)d.") % words
        return PredictionsPage(deck, finding, parameters=parameters, latest=latest)
    plot, strays = predicted_plot(found)
    notes = [one for one in (_since(found, student), strays) if one]
    return PredictionsPage(deck, fit_finding(found.whole), notes, plot, parameters, latest)


def _since(found: Predicted, student: Student) -> str:
    """The same of the parameters in use alone, where others came before them."""
    recent = found.by(student.parameter_set_id)
    if not LEAST_ANSWERS <= len(recent) < len(found):
        return ""
    words = {**times(recent.whole), "n": f"{len(recent):,}"}
    return (
        _("With the numbers in use now, over %(n)s answers, it expected %(expected)s and you were right %(share)s.")
        % words
    )


def _latest(student: Student) -> str:
    """What the weights learned from the student's answers do to a typical card, if anyone could see it."""
    given = student.forecaster.recall(TYPICAL_DAYS, TYPICAL_DAYS, TYPICAL_REPS, 0.0)
    bare = replace(student.forecaster, weights=NEUTRAL).recall(TYPICAL_DAYS, TYPICAL_DAYS, TYPICAL_REPS, 0.0)
    words = {"n": int(TYPICAL_REPS), "given": percent(bare), "shown": percent(given)}
    if words["given"] == words["shown"]:
        return ""
    return (
        _(
            "And your latest answers move the shown predictions: a card answered %(n)d times and never forgotten, "
            "which these numbers put at %(given)s, is shown as %(shown)s. The dates of cards keep to these numbers."
        )
        % words
    )
