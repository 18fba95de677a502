"""Pages for what goes wrong: they say what happened and what to do, and need nothing that may be broken."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client
from django.urls import path
from django.views.defaults import permission_denied, server_error

from quizzes.models import Deck


def fail(request: HttpRequest) -> None:
    raise RuntimeError("broken")


def test_a_page_that_is_not_there_leads_home(client, ada):
    client.force_login(ada)
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert b"There is no such page" in response.content
    assert b'href="/"' in response.content


@pytest.mark.django_db
def test_the_page_for_what_is_not_there_works_without_a_sign_in(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert b"There is no such page" in response.content
    assert b"Sign out" not in response.content


def test_a_deck_that_may_not_be_seen_looks_like_one_that_is_not_there(client, ada):
    Deck.objects.create(slug="hidden", title="Hidden", status=Deck.Status.DRAFT)
    client.force_login(ada)
    hidden, missing = client.get("/study/deck/hidden/"), client.get("/study/deck/missing/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert b"There is no such page" in hidden.content


def test_a_person_without_the_right_is_told_whom_to_ask(rf, ada):
    request = rf.get("/")
    request.user = ada
    response = permission_denied(request, PermissionDenied())
    assert response.status_code == 403
    assert b"ask whoever runs this site" in response.content


def test_a_form_from_an_old_page_says_that_nothing_was_counted(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    response = client.post("/study/undo/")
    assert response.status_code == 403
    assert b"Nothing was counted or changed" in response.content


def test_the_page_for_a_fault_needs_neither_database_nor_static_files_manifest(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"The fault is the site" in response.content
    assert "{%" not in get_template("500.html").template.source


class Faulty:
    """Addresses with one that breaks."""

    urlpatterns = [path("broken/", fail)]


def test_a_fault_shows_that_page_and_nothing_of_the_code(ada, settings):
    settings.ROOT_URLCONF = Faulty
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
    assert b"RuntimeError" not in response.content
