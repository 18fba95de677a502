"""A line for one thing that a student has to do for a class, whatever kind of thing it is."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.core.windows import State, Window
from quizzes.selectors.teaching.moments import exact_moment, moment_words

TO_DO = (State.OPEN, State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do for a class, as a list prints it.

    `said` is its state in a few words, `when` the date that matters next and `when_exact` the same in full; `exam` is a
    sentence, or empty. `share` is how far it is, in whole percent; None where that says nothing. `button` leads to the
    next step; empty where there is none.
    """

    kind: str
    title: str
    url: str
    class_name: str
    state: State
    said: str
    when: str
    when_exact: str
    opens_at: datetime
    closes_at: datetime
    tone: str = ""
    exam: str = ""
    exam_on: date | None = None
    share: int | None = None
    button: str = ""
    button_url: str = ""


def when_words(window: Window, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    """The date that matters next, short and in full."""
    if not window.has_opened(now):
        return _("opens %s") % moment_words(window.opens_at, zone, now), exact_moment(window.opens_at, zone)
    words = _("until %s") if window.is_open(now) else _("closed %s")
    return words % moment_words(window.closes_at, zone, now), exact_moment(window.closes_at, zone)
