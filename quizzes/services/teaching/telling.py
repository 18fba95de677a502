"""Telling people that an instructor has put them into a class, what is seen of them there, and how to leave."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models import Cohort, Message, MessageCopy, User


@transaction.atomic
def tell_enrolled(
    *, cohort: Cohort, students: Sequence[User], by: User, base_url: str, now: datetime
) -> Message | None:
    """Queue an e-mail to those who were put into a class without asking; it stands in the class's record.

    Only addresses that are surely theirs get one. None where nobody has such an address, or the site sends no e-mail.
    """
    owned = EmailAddress.objects.filter(user__in=students, verified=True).order_by("primary", "pk")
    addresses = dict(owned.values_list("user_id", "email"))
    if not (settings.SENDS_MAIL and addresses):
        return None
    leave = f"{base_url.rstrip('/')}{reverse('class-leave', args=[cohort.pk])}"
    message = Message.objects.create(
        cohort=cohort,
        sender=by,
        subject=(_("You are in the class %s") % cohort.name)[:200],
        body=render_to_string("teaching/email/enrolled.txt", {"cohort": cohort, "leave": leave}).strip(),
        created_at=now,
    )
    MessageCopy.objects.bulk_create(
        MessageCopy(message=message, user_id=user_id, address=email, next_try_at=now)
        for user_id, email in addresses.items()
    )
    return message
