from datetime import timedelta

import pytest

from quizzes.models import Invitation
from quizzes.services.people.invitations import LASTS, InvitationGoneError, accept, invite, renew, revoke
from quizzes.services.people.roles import EDITOR, STUDENT
from tests.factories import NOW

LATER = NOW + LASTS


@pytest.fixture
def invitation(db):
    return invite(emails=["Kim@Example.org"], role=EDITOR, by=None, now=NOW)[0]


def test_each_address_gets_a_link_of_its_own(db):
    made = invite(emails=["a@x.org", "b@x.org", "a@x.org"], role=STUDENT, by=None, now=NOW)
    assert len({one.token for one in made}) == 3
    assert min(len(one.token) for one in made) >= 40


def test_accepting_gives_the_role_and_uses_the_link_up(invitation, max, ada):
    accept(token=invitation.token, user=max, now=NOW)
    max.refresh_from_db()
    assert (max.is_staff, max.groups.get().name) == (True, EDITOR)
    with pytest.raises(InvitationGoneError):
        accept(token=invitation.token, user=ada, now=NOW)
    assert not ada.groups.filter(name=EDITOR).exists()


def test_a_link_works_until_the_fourteenth_day_ends(invitation, max):
    with pytest.raises(InvitationGoneError):
        accept(token=invitation.token, user=max, now=LATER)
    accept(token=invitation.token, user=max, now=LATER - timedelta(seconds=1))


def test_a_link_that_was_never_given_is_refused(db, max):
    for token in ("", "nonsense"):
        with pytest.raises(InvitationGoneError):
            accept(token=token, user=max, now=NOW)


def test_renewing_opens_an_expired_link_and_revoking_closes_it(invitation, max):
    renew(invitation=invitation, now=LATER)
    assert Invitation.objects.get().expires_at == LATER + LASTS
    revoke(invitation=invitation, now=LATER)
    with pytest.raises(InvitationGoneError):
        accept(token=invitation.token, user=max, now=LATER)


def test_a_used_link_is_neither_renewed_nor_revoked(invitation, max):
    accept(token=invitation.token, user=max, now=NOW)
    for change in (renew, revoke):
        with pytest.raises(InvitationGoneError):
            change(invitation=invitation, now=NOW)
