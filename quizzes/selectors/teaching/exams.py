"""The coming exams of a class, as its assignments tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Assignment, Cohort
from quizzes.selectors.teaching.figures import ClassSection

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam on a day, over whole decks and single sections; `ahead` days from the reader's today."""

    on: date
    ahead: int
    decks: frozenset[int]
    sections: frozenset[int]

    def covered(self, sections: Sequence[ClassSection]) -> set[int]:
        """The ids of the sections that are asked."""
        return {one.id for one in sections if one.deck_id in self.decks or one.id in self.sections}

    @property
    def day(self) -> str:
        """“9 Dec”."""
        return date_format(self.on, "j M")

    @property
    def words(self) -> str:
        """“on exam day, 9 Dec (in 9 days)”."""
        if not self.ahead:
            return _("on exam day, today")
        words = ngettext("on exam day, %(day)s (in %(n)d day)", "on exam day, %(day)s (in %(n)d days)", self.ahead)
        return words % {"day": self.day, "n": self.ahead}


def coming_exams(cohort: Cohort, zone: ZoneInfo, *, now: datetime) -> list[Exam]:
    """The next exams of published assignments, one for each day, the first four; one query."""
    today = now.astimezone(zone).date()
    rows = Assignment.objects.filter(cohort=cohort, published_at__isnull=False, exam_on__gte=today).order_by("exam_on")
    found: dict[date, tuple[set[int], set[int]]] = {}
    for on, deck_id, section_id in rows.values_list("exam_on", "deck_id", "sections"):
        assert on is not None
        decks, sections = found.setdefault(on, (set(), set()))
        if section_id is None:
            decks.add(deck_id)
        else:
            sections.add(section_id)
    return [
        Exam(on, (on - today).days, frozenset(decks), frozenset(sections))
        for on, (decks, sections) in list(found.items())[:SHOWN]
    ]


def exam_wanted(exams: Sequence[Exam], on: str) -> Exam | None:
    """The one that the address asks for; None for today."""
    return next((one for one in exams if one.on.isoformat() == on), None)
