"""The students of a class as they stand in its files: with names, or under pseudonyms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.models import Cohort
from quizzes.selectors.teaching.pseudonyms import pseudonym
from quizzes.selectors.teaching.reading import enrolled

COLUMNS = (
    "user_id", "user__first_name", "user__last_name", "user__username", "user__profile__public_id",
    "user__profile__external_id", "group_id", "group__name", "user__study_session__last_seq",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """One student: `cells` are who they are, `mark` is short and theirs alone within the file, `events` is how many
    rows their log has."""

    user_id: int
    mark: str
    cells: tuple[str, ...]
    events: int


def student_heads(*, pseudonymous: bool) -> list[str]:
    """The heads of a student's cells."""
    if pseudonymous:
        return [_("student"), _("group")]
    return [_("student"), _("student id"), _("name"), _("user name"), _("group")]


def exported_students(cohort: Cohort, *, pseudonymous: bool) -> list[Exported]:
    """The students of the class now, by name, or under pseudonyms in the order of these; one query.

    Pseudonyms stand for students and for groups, whose names may tell who is in them.
    """
    rows = enrolled([cohort]).order_by("user__last_name", "user__first_name", "user_id").values_list(*COLUMNS)
    found = [_exported(cohort.pk, row, pseudonymous=pseudonymous) for row in rows]
    return sorted(found, key=lambda one: one.mark) if pseudonymous else found


def _exported(cohort_id: int, row: Sequence[Any], *, pseudonymous: bool) -> Exported:
    user_id, first, last, username, public_id, external_id, group_id, group, last_seq = row
    events = last_seq or 0
    if pseudonymous:
        mark = pseudonym(cohort_id, "student", public_id or user_id)
        group = pseudonym(cohort_id, "group", group_id) if group_id else ""
        return Exported(user_id, mark, (mark, group), events)
    mark = _mark(public_id)
    name = f"{first} {last}".strip() or username
    return Exported(user_id, mark, (mark, external_id or "", name, username, group or ""), events)


def _mark(public_id: UUID | None) -> str:
    return str(public_id) if public_id else ""
