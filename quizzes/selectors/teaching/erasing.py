"""Why somebody cannot be erased yet."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.models import Cohort, Enrolment, User
from quizzes.models.people import INSTRUCTOR
from quizzes.selectors.people.roles import is_last_admin


def classes_left_alone(user: User) -> QuerySet[Cohort]:
    """The active classes that nobody else could change if the person were gone, by name."""
    held = Enrolment.objects.filter(role=Enrolment.Role.INSTRUCTOR, left_at=None)
    able = Q(user__groups__name=INSTRUCTOR) | Q(user__is_superuser=True)
    others = held.filter(able, cohort=OuterRef("pk")).exclude(user=user)
    theirs = Cohort.objects.filter(pk__in=held.filter(user=user).values("cohort"), archived_at=None)
    return theirs.filter(~Exists(others)).order_by("name", "pk")


def hindrances(user: User) -> Sequence[str]:
    """What has to be done first, each in a sentence; none if the person can be erased. Two queries."""
    found = [_("This is the last admin, without whom nobody could give roles. Make somebody else an admin first.")]
    words = _("Nobody else teaches the class “%s”. Add another instructor in its settings, or put it into the archive.")
    return [
        *(found if is_last_admin(user) else []),
        *(words % cohort.name for cohort in classes_left_alone(user)),
    ]
