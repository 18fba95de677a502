"""E-mail addresses that are kept without a check by e-mail."""

from allauth.account.models import EmailAddress
from django.db import transaction

from quizzes.models import User


@transaction.atomic
def keep_address(*, user: User, email: str, verified: bool) -> None:
    """Make this the person's one address; an empty one leaves them without.

    `verified` where somebody vouches for it, such as an admin who enters it.
    """
    email = email.strip().lower()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    if email:
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"primary": True, "verified": verified})
    if user.email != email:
        user.email = email
        user.save(update_fields=["email"])
