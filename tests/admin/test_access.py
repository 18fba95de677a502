import gc
import warnings

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from quizzes.models import Deck, Fact, ProblemReport, Section, User
from quizzes.services.people.invitations import invite
from quizzes.services.people.roles import ADMIN
from tests.factories import NOW, DeckFactory, ReportFactory, SectionFactory, UserFactory, elements
from tests.people import person

CONTENT = {"quizzes_deck", "quizzes_section", "quizzes_fact"}
REPORTS = {"quizzes_problemreport_changelist", "quizzes_problemreport_change", "quizzes_problemreport_history"}
CLOSED = {"quizzes_problemreport_add", "quizzes_problemreport_delete"}
SENT = {"quizzes_fact_preview", "quizzes_fact_preview_new", "quizzes_section_preview", "quizzes_section_preview_new"}
RESTORE = "quizzes_fact_restore"
OF_DECKS = {
    "quizzes_deck_export",
    "quizzes_deck_import",
    "quizzes_deck_import_new",
    "quizzes_deck_pairs",
    "quizzes_deck_pairs_undo",
    "quizzes_deck_quality",
    "quizzes_deck_upload",
    "quizzes_deck_work_left",
}
"""Pages of a deck that tests/views/matrix.py tries as everybody."""
ACCOUNTS = {"quizzes_user", "quizzes_invitation"}
KINDS = ("changelist", "add", "change", "history", "delete")
FIGURES = {f"quizzes_cardstatistics_{kind}" for kind in KINDS}
"""Figures of cards; tests/views/matrix.py tries their pages as everybody."""
SITE = {"index", "password_change", "jsi18n", "app_list", "autocomplete"}
ELSEWHERE = {"login", "logout", "password_change_done", "view_on_site", "auth_user_password_change"}


@pytest.fixture
def root(db):
    """Somebody with every right."""
    return person("root", ADMIN)


@pytest.fixture
def rows(root):
    """A row of each kind that may be changed, looked at and deleted."""
    deck = elements()
    return {
        "quizzes_deck": DeckFactory(),
        "quizzes_section": SectionFactory(deck=deck),
        "quizzes_fact": Fact.objects.get(code="uses/1"),
        "quizzes_user": UserFactory(),
        "quizzes_invitation": invite(emails=["kim@example.org"], role="student", by=root, now=NOW)[0],
    }


def pages(rows, models):
    """Every page of these models, by name."""
    found = {}
    for name in models:
        for kind in KINDS:
            args = [] if kind in {"changelist", "add"} else [rows[name].pk]
            found[f"{name}_{kind}"] = reverse(f"admin:{name}_{kind}", args=args)
    return found


def site_pages():
    field = "?app_label=quizzes&model_name=overlap&field_name=offered&term=iron"
    return {
        "index": reverse("admin:index"),
        "app_list": reverse("admin:app_list", args=["quizzes"]),
        "password_change": reverse("admin:password_change"),
        "jsi18n": reverse("admin:jsi18n"),
        "autocomplete": reverse("admin:autocomplete") + field,
    }


def statuses(client, addresses):
    return {name: client.get(page).status_code for name, page in addresses.items()}


def test_no_page_of_the_admin_is_missing_here(rows):
    patterns = [pattern for entry in admin.site.get_urls() for pattern in getattr(entry, "url_patterns", [entry])]
    names = {pattern.name for pattern in patterns if pattern.name}
    known = set(pages(rows, CONTENT | ACCOUNTS)) | SITE | ELSEWHERE
    assert names == known | REPORTS | CLOSED | FIGURES | SENT | OF_DECKS | {RESTORE}


def test_an_editor_opens_every_page_of_the_content_and_none_of_the_accounts(client, eve, rows):
    client.force_login(eve)
    assert set(statuses(client, pages(rows, CONTENT) | site_pages()).values()) == {200}
    assert set(statuses(client, pages(rows, ACCOUNTS)).values()) == {403}


@pytest.fixture
def handling(rows):
    """The pages of reports and of versions."""
    report = ReportFactory()
    found = {
        name: reverse(f"admin:{name}", args=[] if name.endswith("changelist") else [report.pk]) for name in REPORTS
    }
    return found | {RESTORE: reverse(f"admin:{RESTORE}", args=[rows["quizzes_fact"].pk, 1])}


@pytest.fixture
def closed(handling):
    """Reports are neither made nor deleted in the admin."""
    return {
        "add": reverse("admin:quizzes_problemreport_add"),
        "delete": reverse("admin:quizzes_problemreport_delete", args=[ProblemReport.objects.get().pk]),
    }


def test_editors_and_admins_handle_reports_and_restore_versions(client, eve, root, handling, closed):
    for person_in in (eve, root):
        client.force_login(person_in)
        assert set(statuses(client, handling).values()) == {200}
        assert set(statuses(client, closed).values()) == {403}


@pytest.mark.parametrize("name", ["ada", "ivy", "max", None])
def test_others_handle_no_report_and_restore_nothing(client, handling, closed, request, name):
    if name:
        client.force_login(request.getfixturevalue(name))
    everywhere = handling | closed
    data = {"status": "fixed", "reply": "Done.", "post": "yes"}
    answers = [getattr(client, way)(page, data) for page in everywhere.values() for way in ("get", "post")]
    assert {answer.status_code for answer in answers} == {302}
    assert ProblemReport.objects.get().status == "open"


def test_somebody_who_may_only_look_handles_nothing(client, handling):
    kim = UserFactory(is_staff=True)
    kim.user_permissions.set(Permission.objects.filter(codename__in=["view_fact", "view_problemreport"]))
    client.force_login(kim)
    report = handling["quizzes_problemreport_change"]
    assert client.get(report).status_code == 200
    assert client.post(report, {"status": "fixed", "reply": "Done."}).status_code == 403
    assert [client.get(handling[RESTORE]).status_code, client.post(handling[RESTORE]).status_code] == [403, 403]
    assert ProblemReport.objects.get().status == "open"


def test_an_admin_opens_every_page(client, root, rows):
    client.force_login(root)
    assert set(statuses(client, pages(rows, CONTENT | ACCOUNTS) | site_pages()).values()) == {200}


@pytest.mark.parametrize("name", ["ada", "ivy", "max", None])
def test_others_are_led_to_the_sign_in(client, rows, request, name):
    if name:
        client.force_login(request.getfixturevalue(name))
    asked = pages(rows, CONTENT | ACCOUNTS) | {"index": reverse("admin:index")}
    answers = [client.get(page) for page in asked.values()]
    assert {answer.status_code for answer in answers} == {302}
    doors = {reverse("admin:login"), reverse("sign-in")}
    assert {answer["Location"].partition("?")[0] for answer in answers} <= doors


@pytest.mark.parametrize("name", ["ada", "ivy", "max", None])
def test_others_change_nothing(client, rows, request, name):
    if name:
        client.force_login(request.getfixturevalue(name))
    before = [list(model.objects.order_by("pk").values()) for model in (Deck, Section, Fact)]
    people = User.objects.count()
    for page in pages(rows, CONTENT | ACCOUNTS).values():
        client.post(page, {"post": "yes", "action": "delete_selected", "term": "gold", "title": "Gold"})
    assert [list(model.objects.order_by("pk").values()) for model in (Deck, Section, Fact)] == before
    assert User.objects.count() == people


def test_an_editor_does_not_make_anybody_an_admin(client, eve, ada):
    client.force_login(eve)
    page = reverse("admin:quizzes_user_change", args=[ada.pk])
    assert client.post(page, {"username": "ada", "is_superuser": "on", "is_staff": "on"}).status_code == 403
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_staff) == (False, False)


def test_an_editor_does_not_edit_what_is_made_from_facts(client, eve):
    assert not admin.site.is_registered(Fact._meta.get_field("cards").related_model)
    assert not any(eve.has_perm(f"quizzes.{verb}_card") for verb in ("add", "change", "delete"))
    assert not any(eve.has_perm(f"quizzes.{verb}_reviewlog") for verb in ("view", "add", "change", "delete"))


def test_the_pages_leave_nothing_open(client, eve, rows):
    client.force_login(eve)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        statuses(client, pages(rows, CONTENT) | site_pages())
        gc.collect()
    assert [str(warning.message) for warning in seen if issubclass(warning.category, ResourceWarning)] == []
