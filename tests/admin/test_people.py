import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from quizzes.services.people.roles import ADMIN, EDITOR
from tests.admin.forms import address, save
from tests.factories import UserFactory
from tests.people import person


@pytest.fixture
def root(db, client):
    user = person("root", ADMIN)
    client.force_login(user)
    return user


def test_an_admin_makes_an_editor_who_can_then_edit(client, root, max, eve):
    save(client, address(type(max), max.pk), groups=[Group.objects.get(name=EDITOR).pk])
    client.force_login(max)
    assert client.get(reverse("admin:quizzes_fact_changelist")).status_code == 200


def test_an_admin_adds_somebody(client, root):
    page = address(type(root), kind="add")
    save(client, page, username="kim", password1="long-enough-for-kim", password2="long-enough-for-kim")
    kim = type(root).objects.get(username="kim")
    assert kim.check_password("long-enough-for-kim")
    assert not kim.is_staff


def test_a_group_that_is_no_role_gives_nothing(client, root):
    somebody = UserFactory()
    save(client, address(type(root), somebody.pk), groups=[Group.objects.create(name="choir").pk])
    somebody.refresh_from_db()
    assert somebody.groups.get().name == "choir"
    assert not somebody.is_staff
