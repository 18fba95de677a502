"""Quizzes as they are told of to those who take them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from quizzes.core.default_wording import NEGATIONS
from quizzes.core.specs import Direction
from quizzes.models import Attempt, Quiz

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def moment(at: datetime, zone: ZoneInfo) -> str:
    """“Tuesday 10 March 2026, 14:05”, in the reader's zone."""
    return date_format(at.astimezone(zone), pgettext("a moment in full", "l j F Y, H:i"))


def moment_with_seconds(at: datetime, zone: ZoneInfo) -> str:
    """“10 March 2026, 14:05:09”."""
    return date_format(at.astimezone(zone), pgettext("a moment to the second", "j F Y, H:i:s"))


def left_words(left: timedelta) -> str:
    """“12 min”, “1 h 5 min”, “45 s”, “3 days”: whole ones, rounded up within the last minutes."""
    seconds = max(0, -int(-left.total_seconds() // 1))
    if seconds < MINUTE:
        return _("%d s") % seconds
    if seconds < HOUR:
        return _("%d min") % -(-seconds // MINUTE)
    if seconds < DAY:
        return _("%(h)d h %(m)d min") % {"h": seconds // HOUR, "m": seconds % HOUR // MINUTE}
    return ngettext("%d day", "%d days", seconds // DAY) % (seconds // DAY)


def questions_words(count: int) -> str:
    """“1 question”, “20 questions”."""
    return ngettext("%d question", "%d questions", count) % count


def limit_words(quiz: Quiz, extra_percent: int) -> str:
    """How long an attempt may take, the student's own extra time told apart."""
    if quiz.time_limit_minutes is None:
        return _("no limit but the closing")
    minutes = ngettext("%d minute", "%d minutes", quiz.time_limit_minutes) % quiz.time_limit_minutes
    if not extra_percent:
        return minutes
    more = f"{quiz.time_limit_minutes * extra_percent / 100:.1f}".removesuffix(".0")
    return _("%(minutes)s, and %(more)s more for you") % {"minutes": minutes, "more": more}


def feedback_words(quiz: Quiz) -> str:
    """When the student learns what was right."""
    return {
        Quiz.Feedback.DURING: _("after each question, once you have it checked; a checked answer stands"),
        Quiz.Feedback.AFTER: _("when you have handed in"),
        Quiz.Feedback.CLOSING: _("when the quiz has closed for everybody"),
    }[Quiz.Feedback(quiz.feedback)]


def counting_words(quiz: Quiz) -> str:
    """Which of several attempts makes the mark."""
    return {
        Quiz.Counting.BEST: _("your best attempt counts"),
        Quiz.Counting.LAST: _("your last attempt counts"),
        Quiz.Counting.FIRST: _("your first attempt counts"),
        Quiz.Counting.MEAN: _("the mean of your attempts counts"),
    }[Quiz.Counting(quiz.counting)]


def mark_words(mark: float | None) -> str:
    """A mark in percent, with a decimal where there is one; a dash for none."""
    return "–" if mark is None else f"{100 * mark:.1f}".removesuffix(".0") + " %"


def points_words(score: float | None, score_of: float | None) -> str:
    """“7 of 12 points”; empty without."""
    if score is None or score_of is None:
        return ""
    return _("%(score)s of %(most)s points") % {"score": points(score), "most": points(score_of)}


def points(score: float) -> str:
    """A number of points as short as it can be, with a real minus sign."""
    return f"{score:.1f}".removesuffix(".0").replace("-", "\u2212")


def ended_words(attempt: Attempt, zone: ZoneInfo) -> str:
    """When an attempt was handed in, and by whom."""
    assert attempt.submitted_at is not None
    when = moment_with_seconds(attempt.submitted_at, zone)
    if attempt.ended_by == Attempt.Ended.CLOCK:
        return _("handed in by the clock when the time was over, %s") % when
    return _("handed in %s") % when


def stem_parts(item: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The question in pieces, each with whether it is to stand out: the NOT of a question that has one."""
    stem: str = item["stem"]
    if item["direction"] != Direction.NOT_MEMBER:
        return [(stem, False)]
    return [(word, word in NEGATIONS) for word in re.split(r"(\s+)", stem) if word]
