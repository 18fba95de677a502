"""The page that lists who of a class falls behind, by reason, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.falling_behind import Kind
from quizzes.models import Cohort, User
from quizzes.selectors.teaching.class_page import Choice, ClassHead, class_head, class_reading, class_views
from quizzes.selectors.teaching.due_work import read_due_work
from quizzes.selectors.teaching.falling_behind import Behind, falling_behind, kind_help, kind_words, reason_words
from quizzes.selectors.teaching.figures import Figures
from quizzes.selectors.teaching.reading import enrolled


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One student; the first of `reasons` is that of the list they stand in. `write_url` begins a message."""

    enrolment_id: int
    name: str
    url: str
    write_url: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class BehindList:
    """Those with the same most urgent reason; `ids` are those of their enrolments between commas."""

    kind: str
    title: str
    help: str
    lines: Sequence[BehindLine]
    ids: str
    button: str


@dataclass(frozen=True, slots=True)
class BehindPage:
    """Everybody who falls behind."""

    head: ClassHead
    students: int
    sentence: str
    views: Sequence[Choice]
    lists: Sequence[BehindList]


def behind_page(user: User, cohort: Cohort, *, now: datetime) -> BehindPage:
    """Everything on the page; fourteen queries, however large the class."""
    head = class_head(user, cohort, now=now)
    figures = class_reading(head, cohort, now=now).figures()
    found = falling_behind(cohort, figures, read_due_work(figures), now=now)
    enrolments = dict(enrolled([cohort]).values_list("user_id", "pk"))
    return BehindPage(
        head=head,
        students=len(figures.students),
        sentence=_sentence(found, figures),
        views=class_views(cohort.pk, None),
        lists=[
            _list(kind, [one for one in found if one.kind is kind], cohort.pk, figures, enrolments)
            for kind in dict.fromkeys(one.kind for one in found)
        ],
    )


def _sentence(found: Sequence[Behind], figures: Figures) -> str:
    if not found:
        return _("Nobody falls behind")
    words = ngettext("%(n)d of %(all)d falls behind", "%(n)d of %(all)d fall behind", len(found))
    kinds = dict.fromkeys(one.kind for one in found)
    parts = [f"{kind_words(kind).lower()} {sum(one.kind is kind for one in found)}" for kind in kinds]
    return f"{words % {'n': len(found), 'all': len(figures.students)}}: {', '.join(parts)}"


def _list(
    kind: Kind, found: Sequence[Behind], class_id: int, figures: Figures, enrolments: dict[int, int]
) -> BehindList:
    lines = [_line(one, class_id, figures, enrolments) for one in found]
    button = ngettext("Write to this student", "Write to all %d", len(lines))
    return BehindList(
        kind=kind.value,
        title=kind_words(kind),
        help=kind_help(kind),
        lines=lines,
        ids=",".join(str(one.enrolment_id) for one in lines),
        button=button % (() if len(lines) == 1 else len(lines)),
    )


def _line(one: Behind, class_id: int, figures: Figures, enrolments: dict[int, int]) -> BehindLine:
    student = figures.students[one.at]
    known = student.public_id is not None
    write = reverse("class-message-new", args=[class_id])
    return BehindLine(
        enrolment_id=enrolments[student.user_id],
        name=student.name,
        url=reverse("class-student", args=[class_id, student.public_id]) if known else "",
        write_url=f"{write}?to={student.public_id}&reason={one.kind.value}" if known else "",
        reasons=[reason_words(reason, figures) for reason in one.reasons],
    )
