"""Why somebody cannot be erased yet."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.models import Cohort, Enrolment, User
from quizzes.models.people import INSTRUCTOR


def classes_left_alone(people: Collection[User]) -> QuerySet[Cohort]:
    """The active classes that nobody else could change if these people were gone, by name."""
    held = Enrolment.objects.filter(role=Enrolment.Role.INSTRUCTOR, left_at=None)
    able = Q(user__groups__name=INSTRUCTOR) | Q(user__is_superuser=True)
    others = held.filter(able, cohort=OuterRef("pk")).exclude(user__in=people)
    theirs = Cohort.objects.filter(pk__in=held.filter(user__in=people).values("cohort"), archived_at=None)
    return theirs.filter(~Exists(others)).order_by("name", "pk")


def leaves_no_admin(people: Collection[User]) -> bool:
    """Whether there is an admin who can sign in, but none would be left without these people."""
    admins = set(User.objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True))
    return bool(admins) and admins <= {person.pk for person in people}


def hindrances(people: Collection[User]) -> Sequence[str]:
    """What has to be done before these people can be erased, each in a sentence; none if they can. Two queries."""
    admin = _("The last admin stays, without whom nobody could give roles. Make somebody else an admin first.")
    words = _("Nobody else teaches the class “%s”. Add another instructor in its settings, or put it into the archive.")
    alone = [words % cohort.name for cohort in classes_left_alone(people)]
    return [admin, *alone] if leaves_no_admin(people) else alone
