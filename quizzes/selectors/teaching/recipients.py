"""Who in a class can be written to, and whom no e-mail reaches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from quizzes.models import Cohort, MessageCopy, User
from quizzes.selectors.teaching.class_page import class_figures, class_head
from quizzes.selectors.teaching.class_table import students_wanted
from quizzes.selectors.teaching.groups import groups_of
from quizzes.selectors.teaching.reading import enrolled
from quizzes.selectors.teaching.table import Wanted


@dataclass(frozen=True, slots=True)
class Recipient:
    """A student of a class; `no_mail` says why no e-mail reaches them, empty if one does."""

    enrolment_id: int
    user_id: int
    public_id: UUID | None
    name: str
    username: str
    address: str
    group_id: int | None
    no_mail: str


ROW = (
    "pk", "user_id", "user__profile__public_id", "user__first_name", "user__last_name", "user__username",
    "user__email", "user__is_active", "group_id",
)  # fmt: skip


def recipients_of(cohort: Cohort) -> list[Recipient]:
    """The students in the class now, by name; one query."""
    found = []
    for pk, user_id, public_id, first, last, username, email, is_active, group_id in enrolled([cohort]).values_list(
        *ROW
    ):
        name = f"{first} {last}".strip() or username
        why = why_no_mail(address=email, is_active=is_active)
        found.append(Recipient(pk, user_id, public_id, name, username, email, group_id, why))
    return sorted(found, key=lambda one: (one.name.casefold(), one.user_id))


def why_no_mail(*, address: str, is_active: bool) -> str:
    """Why nothing can be sent to somebody; empty if it can."""
    if not settings.SENDS_MAIL:
        return _("This site sends no e-mail.")
    if not is_active:
        return _("The account is closed.")
    return "" if address else _("There is no e-mail address.")


def of_table(user: User, cohort: Cohort, wanted: Wanted, *, now: datetime) -> Collection[int]:
    """The ids of those whom the table of the class shows, all pages together."""
    figures = class_figures(class_head(user, cohort, now=now), cohort, now=now)
    return students_wanted(figures, wanted, groups_of(cohort))


def not_reached(message_id: int) -> Collection[int]:
    """The ids of those whose copy of a message was not sent; one query."""
    failed = MessageCopy.objects.filter(message=message_id, state=MessageCopy.State.FAILED)
    return set(failed.values_list("user_id", flat=True))
