"""Lengths of time and reasons as people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.queueing import EndReason
from quizzes.selectors.study.asked import NEW_STUDY_DAY, Promise


def interval_words(promise: Promise | None) -> str:
    """When a card comes back, short enough for a button: “10 min”, “5 d”, “1.5 mo”, “2 y”; empty without a promise."""
    if promise is None:
        return ""
    if promise.minutes is not None:
        return minutes_words(promise.minutes)
    return days_words(promise.interval_days)


def minutes_words(minutes: float) -> str:
    """Minutes, or hours from one on."""
    if minutes < 1:
        return _("%(n)d s") % {"n": round(minutes * 60)}
    if minutes < 60:
        return _("%(n)d min") % {"n": round(minutes)}
    return _("%(n)s h") % {"n": _short(minutes / 60)}


def days_words(days: int) -> str:
    """Days, months from 31 days on, years from a year on."""
    if days < 31:
        return _("%(n)d d") % {"n": days}
    if days < 365:
        return _("%(n)s mo") % {"n": _short(days / 30.4)}
    return _("%(n)s y") % {"n": _short(days / 365.25)}


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def comes_back(promise: Promise | None) -> str:
    """When a card comes back, as a sentence under the button."""
    words = interval_words(promise)
    return _("comes back in %(interval)s") % {"interval": words} if words else ""


def end_words(reason: EndReason, minutes: int | None) -> tuple[str, str]:
    """Headline and explanation of the finished page."""
    match reason:
        case EndReason.LEARNING_LATER:
            return _("A short pause"), _wait_words(minutes or 1)
        case EndReason.REVIEW_LIMIT:
            why = _("You have reached your limit of reviews a day. The rest waits for you.")
            return _("That was today's limit"), why
        case EndReason.NEW_LIMIT:
            return _("Done for today"), _("Everything due is done, and you have met your new cards of the day.")
        case EndReason.SIBLINGS:
            return _("Done for today"), _("What is left asks about facts you have seen today. It comes tomorrow.")
        case _:
            return _("All done"), _("Nothing is due now, and you have met every card.")


def _wait_words(minutes: int) -> str:
    words = ngettext(
        "The next card you are learning comes in %d minute.",
        "The next card you are learning comes in %d minutes.",
        minutes,
    )
    return words % minutes


def due_notice(reason: str) -> str:
    """What to say of an answer whose card is not due when its page said."""
    if reason != NEW_STUDY_DAY:
        return ""
    return _("A new study day has begun since that question was shown, so its interval was worked out again.")
