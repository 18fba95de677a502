"""The parameters that a student's predictions are made from, in plain words: which, and why these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.guarded_fit import ENOUGH_REVIEWS
from quizzes.models import MemoryFit, ParameterSet
from quizzes.selectors.study.course_words import Effects, effects_of
from quizzes.selectors.study.days import full_day
from quizzes.selectors.study.students import Student


@dataclass(frozen=True, slots=True)
class ParameterPage:
    """Sentences on which parameters are in use and why, and what they do."""

    sentences: Sequence[str]
    effects: Effects


def parameter_page(student: Student, reviews: int) -> ParameterPage:
    """The parameters in use; `reviews` are the student's answers on later days, in all decks. Two queries."""
    used = ParameterSet.objects.select_related("parent").get(pk=student.parameter_set_id)
    tried = MemoryFit.objects.filter(user_id=student.user_id).order_by("-pk").first()
    parent = used.parent if used.scope != ParameterSet.Scope.DEFAULT else None
    sentences = [_which(used, student), *_quality(used, parent), *_why(used, tried, reviews, student)]
    return ParameterPage(sentences, effects_of(student.config, parent))


def _which(used: ParameterSet, student: Student) -> str:
    if used.scope == ParameterSet.Scope.DEFAULT:
        return _("They are made with the published numbers of the model FSRS-6, which come from many people's reviews.")
    words = {"version": used.version, "day": _day(used.created_at, student), "n": _count(used.fitted_on)}
    if used.scope == ParameterSet.Scope.CLASS:
        return (
            _("They are made with numbers fitted to your class: version %(version)d, of %(day)s, from %(n)s.") % words
        )
    return _("They are made with numbers of your own: version %(version)d, of %(day)s, from %(n)s.") % words


def _why(used: ParameterSet, tried: MemoryFit | None, reviews: int, student: Student) -> list[str]:
    """Why these and no others, where that is not plain."""
    day = {"day": _day(tried.tried_at, student)} if tried else {}
    match tried.verdict if tried else "":
        case MemoryFit.Verdict.IN_USE:
            words = _(
                "Numbers fitted to you were tried on %(day)s and predicted your later answers no better, so these stay."
            )
            return [words % day]
        case MemoryFit.Verdict.PARENT:
            return [_("On %(day)s they predicted your later answers better than numbers of your own.") % day]
    if used.scope == ParameterSet.Scope.PERSON:
        return []
    if reviews >= ENOUGH_REVIEWS:
        return [_("You have enough answers for numbers of your own. They are tried out by themselves, as time allows.")]
    counts = {"n": reviews, "enough": ENOUGH_REVIEWS}
    words = ngettext(
        "You have %(n)d of about %(enough)d answers on later days that numbers of your own need.",
        "You have %(n)d of about %(enough)d answers on later days that numbers of your own need.",
        reviews,
    )
    return [words % counts]


def _quality(used: ParameterSet, parent: ParameterSet | None) -> list[str]:
    """What the held-out answers showed: the typical chance given to what came, the exponential of mean log loss."""
    held, before, after = (used.quality.get(name) for name in ("held_out", "loss_parent", "loss_fitted"))
    if parent is None or not held or before is None or after is None:
        return []
    words = {"n": f"{held:,}", "after": _tenths(exp(-after)), "before": _tenths(exp(-before))}
    said = _(
        "Tried on the last %(n)s answers, which they had not seen, they gave what really came a chance of %(after)s on "
        "average; the published numbers gave it %(before)s."
    )
    if parent.scope != ParameterSet.Scope.DEFAULT:
        said = _(
            "Tried on the last %(n)s answers, which they had not seen, they gave what really came a chance of "
            "%(after)s on average; those of your class gave it %(before)s."
        )
    return [said % words]


def _count(fitted_on: Mapping[str, Any]) -> str:
    count = int(fitted_on.get("reviews", 0))
    return ngettext("%(n)s answer on a later day", "%(n)s answers on later days", count) % {"n": f"{count:,}"}


def _tenths(share: float) -> str:
    return f"{100 * share:.1f} %"


def _day(at: datetime, student: Student) -> str:
    return full_day(at.astimezone(student.zone).date())
