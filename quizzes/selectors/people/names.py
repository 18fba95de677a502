"""Whom somebody means who types a name at the sign-in."""

from allauth.account.models import EmailAddress

from quizzes.models import User


def account_name(typed: str) -> str:
    """The user name, in small letters, of whoever has this user name or e-mail address; else what was typed.

    So that all ways to type one account count as one.
    """
    typed = typed.strip().replace("\x00", "")[:255]
    found = User.objects.filter(username__iexact=typed).values_list("username", flat=True).first()
    if found is None and "@" in typed:
        found = _by_address(typed.lower())
    return (found or typed).lower()


def _by_address(email: str) -> str | None:
    names = (
        EmailAddress.objects.filter(email=email).order_by("-verified", "pk").values_list("user__username", flat=True)
    )
    return names.first() or User.objects.filter(email=email).values_list("username", flat=True).first()
