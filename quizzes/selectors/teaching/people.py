"""The people of a class, and people to be found for one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from quizzes.models import Cohort, Enrolment, Profile, User
from quizzes.models.people import INSTRUCTOR

TEACHING = (Enrolment.Role.INSTRUCTOR, Enrolment.Role.ASSISTANT)


@dataclass(frozen=True, slots=True)
class Instructor:
    """Somebody who teaches a class, or looks at it only."""

    user_id: int
    name: str
    username: str
    role: str
    role_name: str


def person_name(user: User) -> str:
    """What a person is called on pages."""
    return user.get_full_name() or user.get_username()


def instructors_of(cohorts: Iterable[Cohort]) -> Mapping[int, list[Instructor]]:
    """Those who teach each class, by its id, instructors first; one query."""
    found: dict[int, list[Instructor]] = {cohort.pk: [] for cohort in cohorts}
    rows = Enrolment.objects.filter(cohort__in=list(found), role__in=TEACHING, left_at=None).select_related("user")
    for row in rows.order_by("-role", "joined_at", "pk"):
        label = str(Enrolment.Role(row.role).label)
        instructor = Instructor(row.user_id, person_name(row.user), row.user.get_username(), row.role, label)
        found[row.cohort_id].append(instructor)
    return found


def instructor_names(instructors: Iterable[Instructor]) -> str:
    """The instructors' names between commas; those who only look are not among them."""
    return ", ".join(one.name for one in instructors if one.role == Enrolment.Role.INSTRUCTOR)


def find_person(who: str) -> User | None:
    """The account of this user name, or the only instructor's with this e-mail address; None if there is none.

    By address nobody else is found: anybody can sign up with an address that is not theirs.
    """
    active = User.objects.filter(is_active=True)
    if found := active.filter(username=who).first():
        return found
    may_teach = Q(groups__name=INSTRUCTOR) | Q(is_superuser=True)
    found_by_mail = list(active.filter(may_teach, email__iexact=who).distinct()[:2]) if "@" in who else []
    return found_by_mail[0] if len(found_by_mail) == 1 else None


def zone_of(user: User) -> ZoneInfo:
    """The person's own zone."""
    return ZoneInfo(Profile.objects.filter(user=user).values_list("time_zone", flat=True).first() or "UTC")
