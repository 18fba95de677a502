"""What a person's account page prints."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import User
from quizzes.models.people import ADMIN, EDITOR, INSTRUCTOR, STUDENT
from quizzes.selectors.people.roles import is_staff, roles_of

ROLE_NAMES = {
    STUDENT: gettext_lazy("Student"),
    INSTRUCTOR: gettext_lazy("Instructor"),
    EDITOR: gettext_lazy("Editor"),
    ADMIN: gettext_lazy("Admin"),
}


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A person's account. `unconfirmed` is an address that waits for its owner to follow the link sent to it."""

    username: str
    roles: str
    email: str
    unconfirmed: str
    second_factor: bool
    second_factor_required: bool
    codes_left: int


def account_page(user: User) -> AccountPage:
    """Four queries at most."""
    roles = roles_of(user)
    addresses = list(EmailAddress.objects.filter(user=user))
    factors = {factor.type: factor for factor in Authenticator.objects.filter(user=user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    waiting = [address.email for address in addresses if not address.verified and settings.SENDS_MAIL]
    return AccountPage(
        username=user.get_username(),
        roles=", ".join(str(ROLE_NAMES[role]) for role in roles) or _("none"),
        email=user.email if user.email not in waiting else "",
        unconfirmed=waiting[0] if waiting else "",
        second_factor=Authenticator.Type.TOTP in factors,
        second_factor_required=settings.STAFF_SECOND_FACTOR and is_staff(user, roles),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def has_second_factor(user: User) -> bool:
    """Whether signing in asks the person for a code as well."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())
