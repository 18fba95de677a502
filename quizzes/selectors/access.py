"""The one door to every object: what a person may see. What is not in here answers 404."""

from django.db.models import Q, QuerySet

from quizzes.models import Assignment, Attempt, Cohort, Deck, Enrolment, Quiz, User
from quizzes.models.people import INSTRUCTOR


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
    return user.is_superuser or user.groups.filter(name=INSTRUCTOR).exists()


def taught_classes(user: User) -> QuerySet[Cohort]:
    """Classes whose students the person may look at: those they teach or assist; an admin all.

    Who has lost the instructor's role teaches none, whatever they taught.
    """
    if user.is_superuser:
        return Cohort.objects.all()
    held = _held(user).filter(_as_instructor(user) | Q(role=Enrolment.Role.ASSISTANT))
    return Cohort.objects.filter(pk__in=held.values("cohort"))


def edited_classes(user: User) -> QuerySet[Cohort]:
    """Classes that the person may change: those they teach, while they are an instructor; an admin all."""
    if user.is_superuser:
        return Cohort.objects.all()
    return Cohort.objects.filter(pk__in=_held(user).filter(_as_instructor(user)).values("cohort"))


def own_classes(user: User) -> QuerySet[Cohort]:
    """Classes that the person is a student of, archived ones included."""
    return Cohort.objects.filter(pk__in=_held(user).filter(role=Enrolment.Role.STUDENT).values("cohort"))


def is_teaching(user: User) -> bool:
    """Whether the person is entered as somebody who teaches or assists a class, with or without the role for it."""
    return _held(user).exclude(role=Enrolment.Role.STUDENT).exists()


def _held(user: User) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(user=user, left_at=None)


def _as_instructor(user: User) -> Q:
    with_role = User.objects.filter(pk=user.pk, groups__name=INSTRUCTOR)
    return Q(role=Enrolment.Role.INSTRUCTOR, user__in=with_role)


def own_assignments(user: User) -> QuerySet[Assignment]:
    """Assignments that the person is to do: published ones of active classes that they are a student of."""
    return Assignment.objects.filter(cohort__in=_attended(user), published_at__isnull=False)


def own_quizzes(user: User) -> QuerySet[Quiz]:
    """Quizzes that the person may take: published ones of active classes that they are a student of."""
    return Quiz.objects.filter(cohort__in=_attended(user), published_at__isnull=False)


def own_attempts(user: User) -> QuerySet[Attempt]:
    """The person's own attempts, those at quizzes of classes they have left included."""
    return Attempt.objects.filter(user=user)


def _attended(user: User) -> QuerySet[Cohort]:
    return own_classes(user).filter(archived_at=None)
