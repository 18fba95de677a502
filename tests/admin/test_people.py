import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from quizzes.models import ReviewLog, User
from quizzes.services.people.roles import ADMIN, EDITOR, INSTRUCTOR, STUDENT
from tests.admin.forms import address, faults, save, send
from tests.factories import NOW, UserFactory, elements
from tests.people import enrol, person
from tests.study import IRON, begin, rate

LIST = reverse("admin:quizzes_user_changelist")


@pytest.fixture
def root(db, client):
    user = person("root", ADMIN)
    client.force_login(user)
    return user


def do(client, action, *people):
    """Tick people in the list and choose an action."""
    return client.post(LIST, {"action": action, "_selected_action": [user.pk for user in people]}, follow=True)


def test_an_admin_makes_an_editor_who_can_then_edit(client, root, max, eve):
    save(client, address(User, max.pk), roles=[EDITOR])
    client.force_login(max)
    assert client.get(reverse("admin:quizzes_fact_changelist")).status_code == 200


def test_taking_the_role_of_an_editor_away_takes_the_way_into_the_admin(client, root, eve):
    save(client, address(User, eve.pk), roles=[STUDENT])
    eve.refresh_from_db()
    assert (eve.is_staff, [group.name for group in eve.groups.all()]) == (False, [STUDENT])


def test_an_admin_adds_somebody_with_roles_and_an_address_that_counts(client, root):
    page, words = address(User, kind="add"), "long-enough-for-kim"
    save(client, page, username="kim", email="Kim@Example.org", password1=words, password2=words, roles=[INSTRUCTOR])
    kim = User.objects.get(username="kim")
    assert kim.check_password(words)
    assert (kim.is_staff, kim.groups.get().name) == (False, INSTRUCTOR)
    assert EmailAddress.objects.get(user=kim, verified=True, primary=True).email == kim.email == "kim@example.org"


def test_an_address_that_somebody_has_is_refused_with_their_name(client, root, max, ada):
    save(client, address(User, ada.pk), email="ada@example.org")
    assert "“ada” has this address" in faults(send(client, address(User, max.pk), email="ADA@example.org"))["email"][0]


def test_the_last_admin_stays_one(client, root, eve):
    page = address(User, root.pk)
    assert "last admin" in faults(send(client, page, roles=[EDITOR]))["roles"][0]
    assert "last admin" in faults(send(client, page, is_active=""))["is_active"][0]
    person("second", ADMIN)
    save(client, page, roles=[EDITOR])
    root.refresh_from_db()
    assert (root.is_superuser, root.is_staff) == (False, True)


def test_the_last_admin_is_not_deleted_alone_or_with_others(client, root, eve):
    page = reverse("admin:quizzes_user_delete", args=[root.pk])
    assert client.post(page, {"post": "yes"}).status_code == 403
    shown = client.post(LIST, {"action": "delete_selected", "_selected_action": [root.pk, eve.pk], "post": "yes"})
    assert "without whom nobody could give roles" in shown.content.decode()
    assert User.objects.filter(pk__in=[root.pk, eve.pk]).count() == 2


def test_the_boxes_say_what_each_role_gives_and_show_what_the_person_has(client, root, eve):
    page = client.get(address(User, eve.pk)).content.decode()
    assert "writes decks, sections and facts here" in page
    assert page.count("checked") >= 2  # editor, and the account is in use
    assert "is_superuser" not in page


def test_the_list_is_searched_and_filtered_by_role_and_last_sign_in(client, root, eve, ada, max):
    User.objects.filter(pk=ada.pk).update(last_login=NOW)

    def names(**query):
        return {user.username for user in client.get(LIST, query).context["cl"].result_list}

    assert names(role=EDITOR) == {"eve"}
    assert names(role=ADMIN) == {"root"}
    assert names(role="none") == {"max"}
    assert names(seen="never") == {"eve", "max"}
    assert names(q="ad") == {"ada"}


def test_the_list_asks_as_often_for_many_as_for_few(client, root, django_assert_max_num_queries):
    UserFactory.create_batch(20)
    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_an_admin_lets_somebody_in_again(client, root, ada):
    AccessAttempt.objects.create(username="ada", ip_address="127.0.0.1", failures_since_start=8, attempt_time=NOW)
    do(client, "let_in_again", ada)
    assert not AccessAttempt.objects.exists()


def test_an_admin_takes_a_lost_second_factor_off(client, root, ada):
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    do(client, "take_second_factor", ada)
    assert not Authenticator.objects.filter(user=ada).exists()


def test_an_editor_sees_no_people_and_no_invitations(client, eve):
    client.force_login(eve)
    pages = [LIST, reverse("admin:quizzes_invitation_changelist"), reverse("admin:quizzes_invitation_add")]
    assert [client.get(page).status_code for page in pages] == [403] * 3


def test_deleting_somebody_erases_them_as_they_would_themselves(client, root, ada):
    rate(begin(ada, elements()), IRON, 3)
    page = reverse("admin:quizzes_user_delete", args=[ada.pk])
    assert "everything they have studied" in client.get(page).content.decode()
    assert client.post(page, {"post": "yes"}, follow=True).status_code == 200
    assert not User.objects.filter(username="ada").exists()
    assert not ReviewLog.objects.exists()
    assert not LogEntry.objects.filter(object_repr="ada").exists()


def test_several_are_erased_together_or_none(client, root, ada, ben, ivy):
    do(client, "delete_selected", ada, ivy)
    chosen = {"action": "delete_selected", "_selected_action": [ada.pk, ivy.pk], "post": "yes"}
    assert "Nobody else teaches the class" in client.post(LIST, chosen).content.decode()
    assert User.objects.filter(pk__in=[ada.pk, ivy.pk]).count() == 2
    client.post(LIST, {**chosen, "_selected_action": [ada.pk, ben.pk]})
    assert not User.objects.filter(pk__in=[ada.pk, ben.pk]).exists()


def test_two_who_teach_a_class_together_are_not_erased_together(client, root, cohort, ivy):
    jo = person("jo", INSTRUCTOR)
    enrol(jo, cohort, "instructor")
    client.post(LIST, {"action": "delete_selected", "_selected_action": [jo.pk, ivy.pk], "post": "yes"})
    assert User.objects.filter(pk__in=[jo.pk, ivy.pk]).count() == 2
