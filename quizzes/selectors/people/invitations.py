"""Invitations: found by their link, and how they stand."""

from datetime import datetime
from enum import StrEnum

from quizzes.models.people import Invitation


class State(StrEnum):
    """How an invitation stands."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


def state_of(invitation: Invitation, *, now: datetime) -> State:
    """Used beats expired."""
    if invitation.used_at:
        return State.USED
    return State.OPEN if now < invitation.expires_at else State.EXPIRED


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state, with its class; None if there never was one."""
    return Invitation.objects.select_related("cohort").filter(token=token).first()


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The invitation of a link that still works, else None."""
    found = find_invitation(token) if token else None
    return found if found and state_of(found, now=now) is State.OPEN else None
