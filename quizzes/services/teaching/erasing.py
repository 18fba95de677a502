"""Erasing a person: everything of theirs goes, from all subjects, in one transaction; what belongs to others stays."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from quizzes.models import (
    Attempt,
    Cohort,
    GradeChange,
    Message,
    MessageCopy,
    ProblemReport,
    Quiz,
    QuizForm,
    User,
)
from quizzes.selectors.teaching.erasing import hindrances
from quizzes.services.people.forgetting import forget_account
from quizzes.services.study.forgetting import forget_study


class NotYetError(RuntimeError):
    """The person cannot be erased yet; `reasons` says in words what has to be done first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def erase_person(*, user: User) -> None:
    """Delete a person and all that is kept of them, for ever.

    What they made for others (decks, classes, quizzes, messages to students, rulings) stays without their name, and so
    does what they opened of others. Their reports of questions stay without name and words. Raises NotYetError for the
    last admin, and for whoever alone teaches a class that is not in the archive.
    """
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    list(Cohort.objects.select_for_update(of=("self",)).filter(enrolments__user=user).order_by("pk"))
    if reasons := hindrances([user]):
        raise NotYetError(reasons)
    forget_study(user=user)
    _forget_classroom(user)
    forget_account(user=user)


def _forget_classroom(user: User) -> None:
    """What needs more than to go with the account: own forms of quizzes, messages to nobody else, reports."""
    GradeChange.objects.filter(user=user).erase()
    fresh = QuizForm.objects.filter(quiz__forms=Quiz.Forms.FRESH, quiz__picking=Quiz.Picking.DRAWN)
    own_forms = list(fresh.filter(attempts__user=user).values_list("pk", flat=True))
    Attempt.objects.filter(user=user).delete()
    QuizForm.objects.filter(pk__in=own_forms).erase()
    copies = MessageCopy.objects.filter(message=OuterRef("pk"))
    alone = Message.objects.filter(Exists(copies.filter(user=user)), ~Exists(copies.exclude(user=user)))
    Message.objects.filter(pk__in=list(alone.values_list("pk", flat=True))).delete()
    ProblemReport.objects.filter(reporter=user).update(reporter=None, message="", answer="")
