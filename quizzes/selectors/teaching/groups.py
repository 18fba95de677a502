"""The groups of a class, and who is in which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.models import Cohort, CohortGroup
from quizzes.selectors.teaching.people import person_name
from quizzes.selectors.teaching.reading import enrolled


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group with how many students it has."""

    id: int
    name: str
    students: int


@dataclass(frozen=True, slots=True)
class GroupedStudent:
    """One student with the group they are in; `here` if that is the one of the page."""

    user_id: int
    name: str
    group: str
    here: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """A class's groups as (id, name) by name, and each student's own by user id."""

    names: Sequence[tuple[int, str]]
    of: Mapping[int, int]

    def __bool__(self) -> bool:
        return bool(self.names)

    def id_of(self, user_id: int) -> int:
        """The id of the student's group, 0 for none."""
        return self.of.get(user_id, 0)

    def name_of(self, user_id: int) -> str:
        """The name of the student's group, empty for none."""
        return dict(self.names).get(self.id_of(user_id), "")


NO_GROUPS = Groups((), {})


def groups_of(cohort: Cohort) -> Groups:
    """Who is in which group; one query where there are no groups, else two."""
    names = list(cohort.groups.order_by("name", "pk").values_list("pk", "name"))
    rows = enrolled([cohort]).filter(group__isnull=False) if names else None
    return Groups(names, dict(rows.values_list("user_id", "group_id")) if rows is not None else {})


def group_lines(groups: Groups) -> list[GroupLine]:
    """Each group with its size."""
    held = list(groups.of.values())
    return [GroupLine(pk, name, held.count(pk)) for pk, name in groups.names]


def grouped_students(cohort: Cohort, group: CohortGroup) -> list[GroupedStudent]:
    """The class's students, those of the group first; one query."""
    rows = enrolled([cohort]).select_related("user", "group")
    found = [
        GroupedStudent(
            row.user_id, person_name(row.user), row.group.name if row.group else "", row.group_id == group.pk
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.here, one.name.casefold(), one.user_id))
