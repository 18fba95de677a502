"""The page of own work: what is to be done, what is done or not open yet, what is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.windows import State
from quizzes.selectors.teaching.work_lines import TO_DO, WorkLine

OVER = (State.CLOSED, State.OVERDUE, State.EXCUSED)


@dataclass(frozen=True, slots=True)
class WorkPage:
    """All own work; `groups` are (name for anchors, title, lines), empty ones left out."""

    sentence: str
    groups: Sequence[tuple[str, str, Sequence[WorkLine]]]


def work_page(lines: Sequence[WorkLine]) -> WorkPage:
    """The lines, which are in order of closing, in their groups; what is over newest first."""
    to_do = [line for line in lines if line.state in TO_DO]
    groups = [
        ("to-do", _("To do"), to_do),
        ("later", _("Not open yet"), [line for line in lines if line.state is State.NOT_OPEN]),
        ("done", _("Done, still open"), [line for line in lines if line.state is State.SUBMITTED]),
        ("over", _("Over"), [line for line in lines if line.state in OVER][::-1]),
    ]
    return WorkPage(_sentence(lines, to_do), [group for group in groups if group[2]])


def _sentence(lines: Sequence[WorkLine], to_do: Sequence[WorkLine]) -> str:
    if not lines:
        return ""
    if not to_do:
        return _("Nothing is to be done for your classes now.")
    said = ngettext("%(n)d thing to do; the next is open %(when)s.", "%(n)d things to do; the next is open %(when)s.",
                    len(to_do))  # fmt: skip
    return said % {"n": len(to_do), "when": to_do[0].when}
