"""Django's admin under our Content Security Policy: the watch fails on anything blocked."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("root", password="password")


def test_sign_in_leads_to_the_index(page, superuser):
    page.goto(reverse("admin:index"))
    page.get_by_label("User name").fill("root")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your workplace")).to_be_visible()


def test_every_list_and_form_opens_without_a_blocked_part(page, superuser, sign_in):
    sign_in(page, superuser)
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    opened = [page.goto(reverse(f"{name}_{kind}")).status for name in names for kind in ("changelist", "add")]
    assert set(opened) <= {200, 403}
    assert opened.count(200) >= len(names)
