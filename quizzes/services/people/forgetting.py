"""Taking a person's account away, once nothing else of theirs is left; what is not tied to its row included."""

from allauth.account.models import EmailAddress
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q
from django.db.models.functions import Lower

from quizzes.models import Invitation, User


def forget_account(*, user: User) -> None:
    """Delete the account with its addresses, second factors, invitations, sign-ins, and what the admin's lists say.

    Within a transaction of its caller, who has taken away what is theirs elsewhere: what Django would otherwise take
    along goes here, and rows of others lose the name.
    """
    addresses = {email.lower() for email in EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    addresses |= {user.email.lower()} - {""}
    sent = Invitation.objects.annotate(address=Lower("email")).filter(Q(used_by=user) | Q(address__in=addresses))
    _forget_entries(Invitation, list(sent.values_list("pk", flat=True)))
    _forget_entries(User, [user.pk])
    sent.delete()
    AxesProxyHandler.reset_attempts(username=user.get_username().lower())
    _end_sessions(user)
    user.delete()


def _forget_entries(model: type[Model], ids: list[int]) -> None:
    """What the admin's history says about these rows, which names them."""
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(one) for one in ids]).delete()


def _end_sessions(user: User) -> None:
    """Sign out everywhere: a session holds the name that was signed in with."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
