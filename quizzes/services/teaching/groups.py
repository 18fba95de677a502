"""Groups of a class: made, named, filled and taken away. A student is in one at most."""

from collections.abc import Collection

from django.db import transaction

from quizzes.core.rosters import group_key
from quizzes.models import Cohort, CohortGroup, Enrolment


class GroupNameTakenError(ValueError):
    """The class has a group of this name."""


@transaction.atomic
def create_group(*, cohort: Cohort, name: str) -> CohortGroup:
    """Make a group. Raises GroupNameTakenError, whatever the capitals."""
    _refuse_taken(cohort, name)
    return CohortGroup.objects.create(cohort=cohort, name=" ".join(name.split()))


@transaction.atomic
def rename_group(*, group: CohortGroup, name: str) -> None:
    """Give a group another name. Raises GroupNameTakenError."""
    _refuse_taken(group.cohort, name, but=group.pk)
    group.name = " ".join(name.split())
    group.save(update_fields=["name"])


@transaction.atomic
def delete_group(*, group: CohortGroup) -> None:
    """Take a group away; its students stay in the class, in no group."""
    CohortGroup.objects.filter(pk=group.pk).delete()


@transaction.atomic
def fill_group(*, group: CohortGroup, user_ids: Collection[int], shown: Collection[int]) -> None:
    """Put these students of the class into the group, and take out those others that were `shown` in it.

    Who was in another group is in this one alone from then on. Whoever joined the group after the page was opened
    stays in it.
    """
    Cohort.objects.select_for_update().get(pk=group.cohort_id)
    students = Enrolment.objects.filter(cohort=group.cohort_id, role=Enrolment.Role.STUDENT, left_at=None)
    students.filter(group=group, user__in=set(shown) - set(user_ids)).update(group=None)
    students.filter(user__in=user_ids).exclude(group=group).update(group=group)


def _refuse_taken(cohort: Cohort, name: str, but: int = 0) -> None:
    """One change of the class's groups at a time, so that two names cannot come to differ by capitals alone."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    others = cohort.groups.exclude(pk=but)
    if group_key(name) in {group_key(group.name) for group in others}:
        raise GroupNameTakenError(name)
