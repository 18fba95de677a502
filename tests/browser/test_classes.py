"""Classes in a real browser: a student joins by code on a phone and studies; their instructor sees who studied."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Cohort, DeckStudy, Enrolment, ReviewLog, StudySettings
from quizzes.services.teaching.enrolling import enrol
from tests.classes import class_of
from tests.factories import UserFactory, elements
from tests.people import person
from tests.study import DAY, given, press, put

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy, name="Chemistry, evening group", join_code="KQ7MPX")


@pytest.fixture
def busy(klass):
    """The class has six students who studied two days ago, each less than the one before; the last did nothing."""
    now = timezone.now()
    for number in range(6):
        student = UserFactory(username=f"student{number}")
        enrol(user=student, cohort=klass, now=now - 9 * DAY)
        for card in range(1, 9 - number if number < 5 else 1):
            asked = put(student, f"uses/{card}/purpose_to_term", now=now - 2 * DAY)
            press(student, asked, given(asked, right=card > 2), now=now - 2 * DAY)
    return klass


@pytest.fixture
def phone(new_context):
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


def test_a_student_signs_in_on_a_phone_joins_by_code_and_studies_to_the_end(phone, max, klass):
    phone.goto("/sign-in/")
    phone.get_by_label("User name or e-mail").fill("max")
    phone.get_by_label("Password", exact=True).fill("password")
    phone.get_by_role("button", name="Sign in").tap()
    phone.get_by_role("link", name="Join the class").tap()
    phone.get_by_label("Join code").fill("kq7 mpx")
    phone.get_by_role("button", name="Find the class").tap()
    expect(phone.get_by_role("heading", name="Chemistry, evening group")).to_be_visible()
    expect(phone.get_by_role("heading", name="What the instructors of this class will see")).to_be_visible()
    fits(phone)
    phone.get_by_role("button", name="Join the class").tap()
    expect(phone.get_by_role("status")).to_contain_text("You are in Chemistry, evening group")
    DeckStudy.objects.filter(user=max).update(new_per_day=10)
    StudySettings.objects.filter(user=max).update(format_preference="choice", learning_steps=[], relearning_steps=[])
    phone.reload()
    phone.get_by_role("link", name=re.compile("^Study, about")).tap()
    phone.get_by_role("button", name="I understand, begin").tap()
    for _card in range(10):
        phone.locator(".option").first.tap()
        expect(phone.locator(".verdict")).to_be_visible()
        fits(phone)
        phone.get_by_role("link", name="Next").tap()
        expect(phone.locator(".verdict")).to_have_count(0)
    expect(phone.locator("#session[data-state=finished]")).to_be_visible()
    fits(phone)
    assert ReviewLog.objects.filter(user=max, kind="answer").values("card").distinct().count() == 10


def test_a_long_name_of_a_class_stays_within_the_home_page(phone, max, klass, sign_in):
    Cohort.objects.filter(pk=klass.pk).update(name="Donaudampfschiff" * 6)
    sign_in(phone, max)
    phone.goto("/join/KQ7-MPX/")
    phone.get_by_role("button", name="Join the class").tap()
    expect(phone.locator(".badge.name")).to_be_visible()
    fits(phone)


def test_a_link_leads_back_to_the_class_after_signing_in(phone, max, klass):
    phone.goto("/join/KQ7-MPX/")
    phone.locator("#id_username, #id_login").fill("max")
    phone.locator("#id_password").fill("password")
    phone.get_by_role("button", name="Sign in").tap()
    phone.get_by_role("button", name="Join the class").tap()
    expect(phone.get_by_role("status")).to_contain_text("You are in Chemistry, evening group")


def test_an_instructor_makes_a_class_by_keyboard_alone_and_shows_its_code(page, ivy, deck, sign_in):
    sign_in(page, ivy)
    page.goto("/classes/")
    page.get_by_role("link", name="New class").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("Metals")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".big-code")).to_have_text(re.compile(r"^[B-Z3479]{3}-[B-Z3479]{3}$"))
    assert Enrolment.objects.get(user=ivy, cohort__name="Metals").role == "instructor"


def test_an_instructor_sees_who_studied_sorts_and_opens_a_student(page, busy, ivy, sign_in):
    sign_in(page, ivy)
    page.goto("/classes/")
    page.get_by_role("link", name="Chemistry, evening group").click()
    expect(page.locator(".finding")).to_contain_text("1 of 6 has not studied this week")
    rows = page.locator(".heat tbody tr:not(.total)")
    expect(rows).to_have_count(6)
    page.get_by_role("link", name="Who studied when").click()
    page.get_by_role("link", name="Begun", exact=True).click()
    expect(rows.first.locator("th")).to_have_text("student5")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("^Begun"))
    page.locator(".finding a").first.click()
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Everybody").click()
    page.get_by_role("link", name="student1").click()
    expect(page.get_by_role("heading", name="student1")).to_be_visible()
    expect(page.locator(".finding")).to_contain_text("Studied on 1 of the last 7 days")


def test_a_student_is_removed_and_gone(page, busy, ivy, sign_in):
    sign_in(page, ivy)
    page.goto(f"/classes/{busy.pk}/")
    page.get_by_role("link", name="student2").click()
    page.get_by_role("link", name="Remove from the class").click()
    page.get_by_label("and make a new join code").check()
    page.get_by_role("button", name="Remove from the class").click()
    expect(page.get_by_role("status")).to_contain_text("student2 is no longer in this class")
    expect(page.locator(".heat tbody tr:not(.total)")).to_have_count(5)


PAGES = (
    "",
    "?view=days",
    "?cells=short",
    "behind/",
    "code/",
    "edit/",
    "students/{student}/",
    "students/{student}/remove/",
)


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_an_instructor_is_accessible_and_fits(new_context, busy, ivy, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, ivy)
    student = Enrolment.objects.filter(role="student").first().user.profile.public_id
    for path in (
        "/classes/",
        "/classes/new/",
        *(f"/classes/{busy.pk}/{rest.format(student=student)}" for rest in PAGES),
    ):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_student_is_accessible_and_fits(new_context, max, klass, sign_in, axe, scheme):
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    sign_in(page, max)
    for path in ("/classes/", "/join/", "/join/KQ7-MPX/", "/join/WWW-WWW/"):
        page.goto(path)
        axe(page)
        fits(page)
    enrol(user=max, cohort=klass, now=timezone.now())
    for path in ("/classes/", f"/classes/{klass.pk}/leave/", "/join/KQ7-MPX/"):
        page.goto(path)
        axe(page)
        fits(page)


def test_the_head_and_the_names_of_a_long_table_stay_in_sight(new_context, busy, ivy, sign_in):
    page = new_context(viewport={"width": 390, "height": 400}).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{busy.pk}/")
    region = page.get_by_role("region", name="Table of the students")
    region.evaluate("region => region.scrollTo(300, 120)")
    box = region.bounding_box()
    head, name = (
        page.locator(".heat thead th").first.bounding_box(),
        page.locator(".heat tbody th").nth(5).bounding_box(),
    )
    assert abs(head["x"] - box["x"]) < 3
    assert abs(head["y"] - box["y"]) < 3
    assert abs(name["x"] - box["x"]) < 3


def test_classes_work_without_scripts(page_without_scripts, busy, ivy, sign_in):
    page = page_without_scripts
    sign_in(page, ivy)
    page.goto(f"/classes/{busy.pk}/")
    page.get_by_label("Show").select_option("new")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".heat tbody tr")).to_have_count(1)


def test_the_list_of_who_falls_behind_leads_by_keyboard_to_a_message_to_those_ticked(page, busy, ivy, sign_in):
    Enrolment.objects.filter(cohort=busy).update(joined_at=timezone.now() - 9 * DAY)
    sign_in(page, ivy)
    page.goto(f"/classes/{busy.pk}/")
    page.locator(".views").get_by_role("link", name="Who falls behind").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name="student5")
    expect(box).to_have_accessible_description(re.compile("has not begun"))
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Write to those ticked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Subject")).to_have_value("Shall we pick it up again?")
    expect(page.get_by_role("checkbox", name=re.compile("student5"))).to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("student0"))).not_to_be_checked()


def test_a_class_on_paper_has_its_table_whole_and_no_buttons(page, busy, ivy, sign_in):
    sign_in(page, ivy)
    page.goto(f"/classes/{busy.pk}/")
    page.emulate_media(media="print")
    expect(page.locator(".views").first).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".tones")).to_be_visible()
    region = page.get_by_role("region", name="Table of the students")
    assert region.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), "nothing is cut off"
