"""The one door to every object: what a person may see. What is not in here answers 404."""

from django.db.models import Q, QuerySet

from quizzes.models import Cohort, Deck, Enrolment, User

TEACHERS = "instructor"
"""The group of those who may make classes and be an instructor of one."""


def visible_decks(user: User) -> QuerySet[Deck]:
    """Published decks; drafts too for those who edit."""
    if sees_drafts(user):
        return Deck.objects.all()
    return Deck.objects.filter(status=Deck.Status.PUBLISHED)


def sees_drafts(user: User) -> bool:
    """Whether the person edits decks, and so sees those not published."""
    return user.is_staff and user.has_perm("quizzes.change_deck")


def may_make_classes(user: User) -> bool:
    """Whether the person is an instructor or an admin."""
    return user.is_superuser or user.groups.filter(name=TEACHERS).exists()


def taught_classes(user: User) -> QuerySet[Cohort]:
    """Classes whose students the person may look at: those they teach or assist; an admin all."""
    return _classes(user, [Enrolment.Role.INSTRUCTOR, Enrolment.Role.ASSISTANT])


def edited_classes(user: User) -> QuerySet[Cohort]:
    """Classes that the person may change: those they teach; an admin all."""
    return _classes(user, [Enrolment.Role.INSTRUCTOR])


def own_classes(user: User) -> QuerySet[Cohort]:
    """Classes that the person is a student of, archived ones included."""
    return Cohort.objects.filter(_enrolled(user, [Enrolment.Role.STUDENT]))


def _classes(user: User, roles: list[str]) -> QuerySet[Cohort]:
    return Cohort.objects.all() if user.is_superuser else Cohort.objects.filter(_enrolled(user, roles))


def _enrolled(user: User, roles: list[str]) -> Q:
    return Q(enrolments__user=user, enrolments__role__in=roles, enrolments__left_at=None)
