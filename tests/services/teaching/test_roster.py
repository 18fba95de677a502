from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.models import (
    CohortGroup,
    DeckStudy,
    Enrolment,
    Invitation,
    Message,
    MessageCopy,
    Profile,
    RosterUpload,
    User,
)
from quizzes.selectors.study.students import get_student
from quizzes.selectors.teaching.roster import plan_of, read_upload
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.invitations import accept, revoke
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.study.joining import join_deck, leave_deck
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.enrolling import enrol as enrol_one
from quizzes.services.teaching.enrolling import enrol_invited, leave_class
from quizzes.services.teaching.groups import create_group
from quizzes.services.teaching.roster import (
    KEPT,
    ArchivedClassError,
    StaleRosterError,
    enrol_roster,
    forget_roster,
    keep_roster,
)
from tests.factories import NOW, CohortFactory, UserFactory, elements
from tests.people import enrol, person

pytestmark = pytest.mark.django_db
SITE = "https://quiz.example/"


@pytest.fixture
def deck(cohort):
    cohort.decks.add(made := elements())
    return made


def account(username, *, email="", number="", verified=True):
    user = UserFactory(username=username)
    if email:
        keep_address(user=user, email=email, verified=verified)
    if number:
        set_number(user, number)
    return user


def set_number(user, number):
    note_time_zone(user=user, time_zone="")
    Profile.objects.filter(user=user).update(external_id=number)


def number_of(user):
    return Profile.objects.get(user=user).external_id


def upload(cohort, by, *lines, name=""):
    return keep_roster(cohort=cohort, name=name, data="\n".join(lines).encode(), by=by, now=NOW)


def version(kept):
    return plan_of(kept.cohort, read_upload(bytes(kept.data)), now=NOW).version


def confirm(kept, *, seen=None, now=NOW):
    return enrol_roster(upload=kept, version=seen or version(kept), base_url=SITE, now=now)


def bring(cohort, by, *lines):
    return confirm(upload(cohort, by, *lines)).result["counts"]


def students(cohort):
    rows = cohort.enrolments.filter(role="student", left_at=None)
    return set(rows.values_list("user__username", flat=True))


def test_accounts_are_enrolled_with_the_decks_and_others_invited(cohort, ada, ivy, deck):
    kim = account("kim", email="kim@example.org")
    counts = bring(cohort, ivy, "e-mail,first name,last name", "KIM@example.org,,", "lu@example.org,Lu,Xun")
    assert counts == {"enrolled": 1, "invited": 1, "waiting": 0, "present": 0, "refused": 0}
    assert students(cohort) == {"ada", "kim"}
    assert DeckStudy.objects.filter(user=kim, deck=deck).exists()
    made = Invitation.objects.get()
    assert (made.email, made.role, made.cohort, made.made_by) == ("lu@example.org", "student", cohort, ivy)
    assert (made.first_name, made.last_name, made.base_url) == ("Lu", "Xun", SITE)


def test_an_address_that_somebody_only_says_is_theirs_does_not_get_them_in(cohort, ada, ivy):
    account("squatter", email="kim@example.org", verified=False)
    User.objects.filter(pk=account("other").pk).update(email="kim@example.org")
    assert bring(cohort, ivy, "kim@example.org")["invited"] == 1
    assert students(cohort) == {"ada"}


def test_an_address_waiting_to_be_confirmed_does_not_get_somebody_in(cohort, ada, ivy):
    kim = account("kim", email="kim@example.org")
    EmailAddress.objects.create(user=kim, email="lu@example.org", verified=False, primary=False)
    assert bring(cohort, ivy, "lu@example.org")["invited"] == 1
    assert students(cohort) == {"ada"}


def test_a_number_finds_its_owner_and_is_set_where_there_is_none(cohort, ivy):
    account("kim", email="kim@private.example", number="K1")
    lu = account("lu", email="lu@example.org")
    bring(cohort, ivy, "e-mail,number", "kim@example.org,K1", "lu@example.org,L1")
    assert students(cohort) == {"kim", "lu"}
    assert number_of(lu) == "L1"


def test_a_student_in_the_class_gets_number_and_group_and_nothing_twice(cohort, ada, ivy):
    keep_address(user=ada, email="ada@example.org", verified=True)
    assert bring(cohort, ivy, "mail,no,group", "ada@example.org,A9,Monday")["present"] == 1
    assert (number_of(ada), Enrolment.objects.get(user=ada).group.name) == ("A9", "Monday")
    assert Enrolment.objects.filter(user=ada).count() == 1


def test_somebody_who_left_comes_back(cohort, ada, ivy):
    keep_address(user=ada, email="ada@example.org", verified=True)
    leave_class(user=ada, cohort=cohort, now=NOW)
    assert bring(cohort, ivy, "ada@example.org")["enrolled"] == 1
    assert students(cohort) == {"ada"}


def test_who_teaches_the_class_and_who_may_not_sign_in_stay_as_they_are(cohort, ivy):
    keep_address(user=ivy, email="ivy@example.org", verified=True)
    User.objects.filter(pk=account("kim", email="kim@example.org").pk).update(is_active=False)
    assert bring(cohort, ivy, "ivy@example.org", "kim@example.org")["refused"] == 2
    assert Enrolment.objects.get(user=ivy).role == "instructor"
    assert students(cohort) == set()


def test_refused_rows_are_kept_with_line_and_reason_and_the_list_itself_forgotten(cohort, ivy):
    done = confirm(upload(cohort, ivy, "mail", "kim@", "lu@example.org", "LU@example.org"))
    assert [(row[0], row[4], row[5]) for row in done.result["refused"]] == [(2, "malformed", 0), (4, "repeated", 3)]
    assert (bytes(done.data), done.done_at) == (b"", NOW)


def test_groups_are_made_once_whatever_the_spelling(cohort, ivy):
    tuesday = create_group(cohort=cohort, name="Tuesday")
    lines = ["a@x.org,Monday", "b@x.org,MONDAY", "c@x.org,tuesday", "d@,Friday"]
    bring(cohort, ivy, "mail,group", *lines)
    assert [group.name for group in cohort.groups.all()] == ["Monday", "Tuesday"]
    assert Invitation.objects.get(email="c@x.org").group == tuesday


def test_confirmed_twice_is_once(cohort, ivy):
    kept = upload(cohort, ivy, "a@x.org", "b@x.org")
    seen = version(kept)
    assert confirm(kept, seen=seen).result == confirm(kept, seen=seen).result
    assert Invitation.objects.count() == 2


def test_what_has_changed_since_it_was_looked_at_is_not_done(cohort, ivy):
    kept = upload(cohort, ivy, "a@x.org", "kim@example.org")
    seen = version(kept)
    account("kim", email="kim@example.org")
    with pytest.raises(StaleRosterError):
        confirm(kept, seen=seen)
    assert (Invitation.objects.count(), students(cohort)) == (0, set())
    assert confirm(kept).result["counts"]["enrolled"] == 1


def test_a_failure_in_the_middle_leaves_nothing_behind(cohort, ivy, monkeypatch):
    account("kim", email="kim@example.org")
    kept = upload(cohort, ivy, "mail,group", "kim@example.org,Monday", "a@x.org,Monday")

    def fail(**_about):
        raise RuntimeError

    monkeypatch.setattr("quizzes.services.teaching.roster.freshen", fail)
    with pytest.raises(RuntimeError):
        confirm(kept)
    assert (students(cohort), Invitation.objects.count(), CohortGroup.objects.count()) == (set(), 0, 0)
    assert RosterUpload.objects.get().done_at is None


def test_a_number_given_away_in_the_same_moment_makes_it_stale(cohort, ivy, monkeypatch):
    kim = account("kim", email="kim@example.org")
    kept = upload(cohort, ivy, "mail,no", "kim@example.org,N1")

    def meanwhile(**about):
        set_number(account("other"), "N1")

    monkeypatch.setattr("quizzes.services.teaching.roster.enrol_all", meanwhile)
    with pytest.raises(StaleRosterError):
        confirm(kept)
    assert not Profile.objects.filter(user=kim, external_id="N1").exists()


def test_nobody_is_put_into_an_archived_class(cohort, ivy):
    kept = upload(cohort, ivy, "a@x.org")
    archive_class(cohort=cohort, now=NOW)
    with pytest.raises(ArchivedClassError):
        confirm(kept)


def test_a_list_that_is_gone_is_stale(cohort, ivy):
    kept = upload(cohort, ivy, "a@x.org")
    seen = version(kept)
    forget_roster(upload=kept)
    with pytest.raises(StaleRosterError):
        confirm(kept, seen=seen)


def test_lists_are_forgotten_after_a_day(cohort, ivy):
    upload(cohort, ivy, "a@x.org")
    keep_roster(cohort=cohort, name="", data=b"b@x.org", by=ivy, now=NOW + KEPT)
    assert RosterUpload.objects.count() == 2
    keep_roster(cohort=cohort, name="", data=b"b@x.org", by=ivy, now=NOW + KEPT + timedelta(seconds=1))
    assert RosterUpload.objects.count() == 2


def test_an_invitation_that_waits_keeps_its_link_and_learns_the_rest(cohort, ivy):
    bring(cohort, ivy, "mail,name", "kim@example.org,Kim Lee")
    token = Invitation.objects.get().token
    assert bring(cohort, ivy, "mail,no,group", "kim@example.org,K1,Monday")["waiting"] == 1
    kept = Invitation.objects.get()
    assert (kept.token, kept.external_id, kept.group.name, kept.last_name) == (token, "K1", "Monday", "Lee")


def test_an_invitation_that_ended_works_again(cohort, ivy):
    bring(cohort, ivy, "kim@example.org")
    revoke(invitation=Invitation.objects.get(), now=NOW)
    assert bring(cohort, ivy, "kim@example.org")["invited"] == 1
    assert Invitation.objects.get().expires_at > NOW


def test_an_invitation_into_another_class_is_another_one(cohort, ivy):
    bring(cohort, ivy, "kim@example.org")
    assert bring(CohortFactory(), ivy, "kim@example.org")["invited"] == 1
    assert Invitation.objects.count() == 2


def come(cohort, ivy, *lines, user):
    bring(cohort, ivy, *lines)
    used = accept(token=Invitation.objects.get().token, user=user, now=NOW)
    enrol_invited(user=user, invitation=used, now=NOW)
    user.refresh_from_db()
    return user


def test_the_invited_get_group_number_and_name(cohort, ivy, max):
    come(cohort, ivy, "mail,no,group,name", "max@x.org,M1,Monday,Max Frei", user=max)
    assert (number_of(max), max.get_full_name()) == ("M1", "Max Frei")
    assert Enrolment.objects.get(user=max).group.name == "Monday"


def test_what_the_invited_have_already_stays(cohort, ivy, max):
    set_number(max, "OWN")
    User.objects.filter(pk=max.pk).update(first_name="Maxim")
    max.refresh_from_db()
    come(cohort, ivy, "mail,no,name", "max@x.org,M1,Max Frei", user=max)
    assert (number_of(max), max.get_full_name()) == ("OWN", "Maxim")


def test_a_number_that_somebody_else_got_meanwhile_is_left_to_them(cohort, ivy, max):
    bring(cohort, ivy, "mail,no", "max@x.org,M1")
    set_number(person("first"), "M1")
    enrol_invited(user=max, invitation=Invitation.objects.get(), now=NOW)
    assert (number_of(max), students(cohort)) == ("", {"max"})


def test_an_invitation_into_a_class_that_has_ended_puts_nobody_into_it(cohort, ivy, max):
    bring(cohort, ivy, "max@x.org")
    archive_class(cohort=cohort, now=NOW)
    assert enrol_invited(user=max, invitation=Invitation.objects.get(), now=NOW) is None
    assert students(cohort) == set()


def test_an_instructor_who_follows_a_students_link_stays_an_instructor(cohort, ivy):
    come(cohort, ivy, "mail,group", "ivy@x.org,Monday", user=ivy)
    kept = Enrolment.objects.get(user=ivy)
    assert (kept.role, kept.group) == ("instructor", None)


def test_those_enrolled_are_told_how_to_leave_and_it_stands_in_the_record(cohort, ada, ivy, mail_server):
    kim = account("kim", email="kim@example.org")
    lu = account("lu", number="L1")
    keep_address(user=ada, email="ada@example.org", verified=True)
    bring(cohort, ivy, "mail,no", "kim@example.org,", ",L1", "ada@example.org,", "new@example.org,")
    message = Message.objects.get()
    assert (message.sender, message.cohort) == (ivy, cohort)
    assert f"{SITE}classes/{cohort.pk}/leave/" in message.body
    assert list(MessageCopy.objects.values_list("user_id", "address")) == [(kim.pk, "kim@example.org")]
    assert students(cohort) == {"ada", "kim", lu.username}


def test_without_a_mail_server_nobody_is_written_to(cohort, ivy):
    account("kim", email="kim@example.org")
    bring(cohort, ivy, "kim@example.org", "lu@example.org")
    assert not Message.objects.exists()
    assert (Invitation.objects.get().delivery, Invitation.objects.get().by_mail) == ("", False)


def test_with_a_mail_server_invitations_wait_for_the_worker(cohort, ivy, mail_server):
    bring(cohort, ivy, "lu@example.org")
    kept = Invitation.objects.get()
    assert (kept.delivery, kept.by_mail, kept.next_try_at) == ("queued", True, NOW)


@pytest.mark.parametrize("n", [4, 40])
def test_a_list_is_done_in_as_many_queries_however_long_it_is(cohort, ivy, deck, n, mail_server):
    for number in range(n):
        account(f"p{number}", email=f"p{number}@x.org")
    lines = [f"{name}{number}@x.org,{name}{number},{number % 2}" for name in ("p", "q") for number in range(n)]
    kept = upload(cohort, ivy, "mail,no,group", *lines)
    seen = version(kept)
    with CaptureQueriesContext(connection) as asked:
        confirm(kept, seen=seen)
    assert len(asked) == 49


def test_many_are_enrolled_as_each_by_themselves(cohort, ivy, deck):
    one, other = account("one", email="one@x.org"), account("other", email="other@x.org")
    for user in (one, other):
        join_deck(user=user, deck=deck, now=NOW)
        leave_deck(user=user, deck=deck, now=NOW)
    bring(cohort, ivy, "one@x.org")
    enrol_one(user=other, cohort=cohort, now=NOW)
    rows = [
        (study.paused_at, study.left_at, study.joined_at)
        for study in DeckStudy.objects.filter(user__in=[one, other], deck=deck)
    ]
    assert rows == [(None, None, NOW)] * 2
    new = [account("new", email="new@x.org"), account("last")]
    bring(cohort, ivy, "new@x.org")
    enrol_one(user=new[1], cohort=cohort, now=NOW)
    first, second = (get_student(user.pk) for user in new)
    assert replace(first, user_id=0) == replace(second, user_id=0)


def test_a_student_in_two_classes_has_a_group_in_each(cohort, ada, ivy):
    other = CohortFactory()
    enrol(ada, other)
    keep_address(user=ada, email="ada@example.org", verified=True)
    bring(cohort, ivy, "mail,group", "ada@example.org,Monday")
    bring(other, ivy, "mail,group", "ada@example.org,Lab")
    assert {row.cohort: row.group.name for row in ada.enrolments.all()} == {cohort: "Monday", other: "Lab"}
