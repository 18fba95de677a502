"""A list of students in a real browser: sent, looked at, confirmed; groups by ticking; wide and on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Cohort, Enrolment, Invitation
from quizzes.services.people.addresses import keep_address
from quizzes.services.teaching.enrolling import enrol
from quizzes.services.teaching.groups import create_group
from tests.classes import class_of
from tests.factories import AssignmentFactory, QuizFactory, UserFactory, elements
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)
SIZES = {"phone": {"width": 390, "height": 844}, "wide": {"width": 1280, "height": 900}}
ROWS = """Vorname;Nachname;E-Mail;Matrikelnummer;Gruppe
Kim;Lee;kim@example.org;K1;Monday
Lu;Xun;lu@example.org;L1;Monday
מרים;כהן;miriam@example.org;M1;יום שני
Wolfeschlegelsteinhausenbergerdorff;Adolph-Blaine-Charles-David-Earl;wolfe@example.org;W1;Donaudampfschifffahrtsgruppe
Mo;Ny;mo@;;
Lu;Xun;LU@example.org;;
"""


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(ivy):
    made = class_of(elements(), ivy, name="Chemistry", join_code="KQ7MPX")
    for name in ("ada", "zoe"):
        enrol(user=UserFactory(username=name), cohort=made, now=timezone.now())
    return made


@pytest.fixture
def kim(db):
    user = UserFactory(username="kim")
    keep_address(user=user, email="kim@example.org", verified=True)
    return user


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_is_sent_looked_at_and_confirmed(new_context, klass, ivy, kim, sign_in, axe, size, scheme):
    page = new_context(viewport=SIZES[size], color_scheme=scheme).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/")
    page.get_by_role("link", name="Add students").click()
    axe(page)
    fits(page)
    file = {"name": "students.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at what it would do").click()
    expect(page.get_by_role("heading", name="Nothing is done yet")).to_be_visible()
    expect(page.locator(".outcomes .refused")).to_have_text(re.compile("^2 refused"))
    expect(page.locator(".rows.refused")).to_contain_text("The same person stands in line 3.")
    axe(page)
    fits(page)
    assert not Enrolment.objects.filter(user=kim).exists()
    page.get_by_role("button", name="Enrol and invite them").click()
    expect(page.get_by_role("status").first).to_contain_text("1 student is enrolled, 3 are invited.")
    axe(page)
    fits(page)
    page.get_by_role("link", name="See who is invited").click()
    expect(page.locator(".link-to-copy")).to_have_count(3)
    axe(page)
    fits(page)
    page.get_by_label("Lu Xun").check()
    page.get_by_role("button", name="Take back those ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("1 link no longer works.")
    assert Enrolment.objects.get(user=kim).group.name == "Monday"
    page.goto(f"/classes/{klass.pk}/")
    page.get_by_label("Group", exact=True).select_option("Monday")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".heat tbody tr")).to_have_count(1)
    axe(page)
    fits(page)


def test_a_link_that_was_handed_out_brings_a_student_in(new_context, klass, ivy, sign_in):
    page = new_context(viewport=SIZES["wide"]).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/roster/")
    page.get_by_label("or lines").fill("Lu Xun <lu@example.org>")
    page.get_by_role("button", name="Look at what it would do").click()
    page.get_by_role("button", name="Enrol and invite them").click()
    page.get_by_role("link", name="See who is invited").click()
    link = page.locator(".link-to-copy").text_content()
    phone = new_context(viewport=SIZES["phone"]).new_page()
    phone.goto(link)
    phone.get_by_label("User name").fill("lu")
    phone.get_by_label("Password", exact=True).fill("long enough for all")
    phone.get_by_label("Password once more").fill("long enough for all")
    phone.locator("form button.primary").click()
    expect(phone.locator("h1")).to_be_visible()
    assert Enrolment.objects.get(user__username="lu", cohort=klass).role == "student"
    assert Invitation.objects.get().used_by.get_full_name() == "Lu Xun"


@pytest.mark.parametrize("size", SIZES)
def test_groups_are_filled_and_the_class_copied(new_context, klass, ivy, sign_in, axe, size):
    AssignmentFactory(cohort=klass, deck=klass.decks.get(), opens_at=timezone.now(), closes_at=timezone.now() + WEEK)
    QuizFactory(cohort=klass, deck=klass.decks.get(), title="Donaudampfschifffahrtsgesellschaft" * 3)
    create_group(cohort=klass, name="Tuesday")
    page = new_context(viewport=SIZES[size]).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/groups/")
    axe(page)
    fits(page)
    page.get_by_label("Name of the group").fill("Monday")
    page.get_by_role("button", name="Make a group").click()
    page.get_by_label("ada").check()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".decks li").first).to_contain_text("1 student")
    page.goto(f"/classes/{klass.pk}/copy/")
    axe(page)
    fits(page)
    page.get_by_label("Name of the new class").fill("Chemistry, summer")
    page.get_by_label("First day").fill("2027-04-05")
    page.get_by_role("button", name="Make the new class").click()
    expect(page.get_by_role("heading", name="Chemistry, summer")).to_be_visible()
    assert Cohort.objects.get(name="Chemistry, summer").quizzes.get().published_at is None


def test_a_list_works_without_scripts(page_without_scripts, klass, ivy, sign_in):
    page = page_without_scripts
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/roster/")
    page.get_by_label("or lines").fill("lu@example.org")
    page.get_by_role("button", name="Look at what it would do").click()
    page.get_by_role("button", name="Enrol and invite them").click()
    assert Invitation.objects.get().email == "lu@example.org"
