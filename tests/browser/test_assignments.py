"""Assignments in a real browser: one is set and granted by keyboard and mouse, done on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Accommodation, Assignment, GradeChange
from quizzes.services.teaching.enrolling import enrol
from quizzes.services.teaching.results import make_results
from tests.classes import class_of
from tests.factories import AssignmentFactory, QuizFactory, UserFactory, elements
from tests.people import person
from tests.study import DAY, given, press, put

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 2
ARABIC = "علم الأمراض: التكلسات في الأنسجة الرخوة"


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(deck, ivy, max):
    found = class_of(deck, ivy, name="Chemistry, evening group", join_code="KQ7MPX")
    enrol(user=max, cohort=found, now=timezone.now() - 9 * DAY)
    return found


@pytest.fixture
def works(klass, deck, max):
    """One in each state for max; others have done some."""
    now = timezone.now()
    dates = {
        "open": (-1, 3),
        "over": (-5, -1),
        "later": (3, 6),
        "excused": (-1, 4),
        "done": (-1, 5),
        "passed": (-8, -2),
    }
    found = {
        name: AssignmentFactory(
            cohort=klass, deck=deck, title=title, opens_at=now + opens * DAY, closes_at=now + closes * DAY,
            exam_on=(now + 20 * DAY).date(), pass_mark=0.0 if name in ("done", "passed") else 0.8,
        )
        for (name, (opens, closes)), title in zip(
            dates.items(), ("Week 2", "Week 1", LONG, ARABIC, "Week 3", "Week 0"), strict=True
        )
    }  # fmt: skip
    GradeChange.objects.create(assignment=found["excused"], user=max, kind="excuse", reason="ill", changed_at=now)
    for number in range(3):
        student = UserFactory(username=f"student{number}", first_name=LONG[:30] if number else ARABIC[:20])
        enrol(user=student, cohort=klass, now=now - 9 * DAY)
        asked = put(student, "uses/1/purpose_to_term", now=now - timedelta(hours=1))
        press(student, asked, given(asked), now=now - timedelta(hours=1))
    make_results(now=now)
    return found


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_an_instructor_is_accessible_and_fits(
    new_context, klass, works, deck, ivy, max, sign_in, axe, size, scheme
):
    QuizFactory(cohort=klass, deck=deck, title=ARABIC, time_limit_minutes=20)
    Accommodation.objects.create(
        cohort=klass, user=max, assignment=works["open"], closes_at=timezone.now() + 9 * DAY, note=LONG,
        given_at=timezone.now(),
    )  # fmt: skip
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, ivy)
    paths = [f"assignments/{one.pk}/" for one in works.values()]
    paths += [f"assignments/{works['open'].pk}/{rest}/" for rest in ("edit", "delete")]
    for path in ("", "assignments/new/", *paths, f"students/{max.profile.public_id}/accommodations/"):
        page.goto(f"/classes/{klass.pk}/{path}")
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        fits(page)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_student_is_accessible_and_fits(new_context, works, max, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, max)
    states = []
    for path in ("/", "/work/", *(f"/assignments/{one.pk}/" for one in works.values())):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        states += page.locator("[data-state]").evaluate_all("found => found.map(one => one.dataset.state)")
        axe(page)
        fits(page)
    assert states == ["open", "overdue", "not_open", "excused", "submitted", "closed"]


def test_the_study_button_stays_in_sight_on_a_phone_and_the_only_one(new_context, works, max, sign_in):
    page = new_context(viewport=PHONE).new_page()
    sign_in(page, max)
    page.goto("/")
    main = page.locator(".now .primary").bounding_box()
    assert main["y"] + main["height"] <= PHONE["height"]
    assert page.locator(".set li").count() == 3
    assert page.locator(".set .button").count() == 0


def test_an_assignment_is_set_done_on_a_phone_and_seen(new_context, page, klass, ivy, max, sign_in):
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/")
    page.get_by_role("link", name="New assignment").click()
    page.get_by_label("Title").fill("Metals first")
    page.get_by_label("Elements", exact=True).check()
    page.get_by_label("Opens").fill((timezone.now() - DAY).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Days needed").fill("1")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Published")
    expect(page.locator(".finding")).to_have_text("0 of 1 have reached the pass mark; 1 has not begun.")
    assert Assignment.objects.get().sections.get().slug == "uses"
    phone = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(phone, max)
    phone.goto("/")
    phone.get_by_role("link", name="Metals first", exact=True).tap()
    expect(phone.get_by_role("heading", name="Not begun yet")).to_be_visible()
    phone.get_by_role("link", name="Study").tap()
    phone.get_by_role("button", name="I understand, begin").tap()
    phone.locator(".option").first.tap()
    expect(phone.locator(".verdict")).to_be_visible()
    phone.goto(f"/assignments/{Assignment.objects.get().pk}/")
    expect(phone.get_by_role("heading", name="Done: you have reached the pass mark")).to_be_visible()
    sign_in(page, ivy)
    page.reload()
    expect(page.locator(".finding")).to_have_text("1 of 1 has reached the pass mark.")
    page.get_by_role("link", name="max").click()
    page.get_by_role("link", name="Accommodations").click()
    page.get_by_label("Extra time, %").fill("25")
    page.get_by_role("button", name=re.compile("^Save.*All quizzes")).click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    expect(page.get_by_text("25 % extra time")).to_be_visible()


def test_setting_an_assignment_needs_no_scripts(page_without_scripts, klass, ivy, sign_in):
    page = page_without_scripts
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/assignments/new/")
    page.get_by_label("Title").fill("Metals first")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("A draft: students do not see it")).to_be_visible()
