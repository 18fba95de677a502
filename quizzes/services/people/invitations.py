"""Asking people to join, by links that work once."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from quizzes.models import User
from quizzes.models.people import Invitation
from quizzes.selectors.people.invitations import State, state_of
from quizzes.services.people.roles import give_role

LASTS = timedelta(days=14)


class InvitationGoneError(LookupError):
    """The link does not work: it was never given, was used, or has expired."""


@transaction.atomic
def invite(
    *, emails: Iterable[str], role: str, by: User | None, now: datetime, cohort_id: int | None = None
) -> list[Invitation]:
    """One invitation for each address, for 14 days; an address that is already invited gets a new link beside the old.

    Nothing is sent: see `send`.
    """
    given = _fields(role, by, now, cohort_id)
    return [Invitation.objects.create(token=_token(), email=email.lower(), **given) for email in emails]


@transaction.atomic
def invite_by_form(
    *, form_id: uuid.UUID, emails: Iterable[str], role: str, by: User, now: datetime, cohort_id: int | None = None
) -> list[tuple[Invitation, bool]]:
    """The same as `invite`, but the same form sent twice by the same person invites each address once.

    True stands with each invitation made now, False with one that the form had made before. With another role or class
    it is another form.
    """
    filled = uuid.uuid5(form_id, repr((by.pk, role, cohort_id)))
    given = _fields(role, by, now, cohort_id)
    return [
        Invitation.objects.get_or_create(form_id=filled, email=email.lower(), defaults={"token": _token(), **given})
        for email in emails
    ]


def _fields(role: str, by: User | None, now: datetime, cohort_id: int | None) -> dict[str, Any]:
    kept = {"made_by": by, "created_at": now, "expires_at": now + LASTS, "by_mail": settings.SENDS_MAIL}
    return {"role": role, "cohort_id": cohort_id, **kept}


def _token() -> str:
    return secrets.token_urlsafe(32)


@transaction.atomic
def accept(*, token: str, user: User, now: datetime) -> Invitation:
    """Use up an invitation: the person gets its role. Its class is for the caller to enrol them into.

    Raises InvitationGoneError; of two who come at once, one gets in.
    """
    invitation = Invitation.objects.select_for_update().filter(token=token).first()
    if invitation is None or state_of(invitation, now=now) is not State.OPEN:
        raise InvitationGoneError(token)
    give_role(user=user, role=invitation.role)
    invitation.used_by, invitation.used_at = user, now
    invitation.save(update_fields=["used_by", "used_at"])
    return invitation


def renew(*, invitation: Invitation, now: datetime) -> None:
    """Let the same link work for another 14 days. Raises InvitationGoneError if it was used."""
    _set_end(invitation, now + LASTS)


def revoke(*, invitation: Invitation, now: datetime) -> None:
    """Let the link work no longer. Raises InvitationGoneError if it was used."""
    _set_end(invitation, now)


def _set_end(invitation: Invitation, expires_at: datetime) -> None:
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(expires_at=expires_at):
        raise InvitationGoneError(invitation.token)
    invitation.expires_at = expires_at


def draft(*, email: str, role: str, by: User, now: datetime, cohort_id: int) -> Invitation:
    """An invitation as `invite` makes it, not saved yet."""
    return Invitation(token=_token(), email=email.lower(), **_fields(role, by, now, cohort_id))


def freshen(*, invitation: Invitation, base_url: str, now: datetime) -> None:
    """Make it work for another 14 days, its e-mail queued where the site sends any; the columns FRESH change, unsaved.

    `base_url` is where links lead. Where the link was handed out otherwise before, the e-mail brings a new one: whoever
    follows what came by e-mail has proved that the address is theirs.
    """
    invitation.expires_at, invitation.base_url = now + LASTS, base_url
    invitation.tries, invitation.trouble = 0, ""
    if settings.SENDS_MAIL:
        invitation.delivery, invitation.next_try_at = Invitation.Delivery.QUEUED, now
        if not invitation.by_mail:
            invitation.token, invitation.by_mail = _token(), True


FRESH = ("expires_at", "base_url", "tries", "trouble", "delivery", "next_try_at", "token", "by_mail")


def invite_afresh(*, invitation: Invitation, base_url: str, now: datetime) -> None:
    """Send an invitation that was not used again: see `freshen`. Raises InvitationGoneError if it was used."""
    token = invitation.token
    freshen(invitation=invitation, base_url=base_url, now=now)
    fields = {name: getattr(invitation, name) for name in FRESH}
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(**fields):
        raise InvitationGoneError(token)


def send(*, invitation: Invitation, link: str, connection: BaseEmailBackend | None = None) -> None:
    """Send the link by e-mail. Raises OSError, which covers what mail servers answer, if it could not be handed in."""
    about = {"invitation": invitation, "link": link}
    send_mail(
        _("[calcquiz] You are invited"),
        render_to_string("account/email/invitation.txt", about),
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
        connection=connection,
    )
