"""An instructor makes a quiz in a real browser: drawn, looked at, published; and one picked by hand."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Quiz
from tests.classes import class_of
from tests.factories import QuizFactory, elements
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(ivy):
    return class_of(elements(), ivy, name="Chemistry, evening group", join_code="KQ7MPX")


@pytest.fixture
def quiz(klass):
    """A draft with all that can stand on its pages: a long title, one from right to left in it, two forms."""
    return QuizFactory(
        cohort=klass,
        deck=klass.decks.get(),
        title="Donaudampfschifffahrtsgesellschaftskapitänsprüfung " + "كيمياء",
        instructions="Calm down.\n\nTake your time.",
        forms=Quiz.Forms.PARALLEL,
        published_at=None,
        opens_at=timezone.now() + timedelta(days=1),
        closes_at=timezone.now() + timedelta(days=3),
    )


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


def test_an_instructor_makes_a_quiz_on_a_phone_looks_at_it_and_publishes_it(new_context, klass, ivy, sign_in):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/quizzes/")
    page.get_by_role("link", name="New quiz").tap()
    page.get_by_label("Title").fill("Week 3")
    opens = timezone.now() + timedelta(days=1)
    page.get_by_label("Opens", exact=True).fill(f"{opens:%Y-%m-%dT%H:%M}")
    page.get_by_label("Closes", exact=True).fill(f"{opens + timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.get_by_role("spinbutton", name="Questions").first.fill("3")
    page.get_by_role("button", name="Add a row").tap()
    expect(page.get_by_role("group", name="Row 4")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Week 3")
    row = page.get_by_role("group", name="Row 4")
    row.get_by_label("Questions").fill("2")
    row.get_by_label("From").select_option("gases")
    fits(page)
    page.get_by_role("button", name="Save as a draft").tap()
    expect(page.locator(".finding")).to_contain_text("A draft")
    page.get_by_role("link", name="Preview").tap()
    expect(page.locator(".questions > li")).to_have_count(5)
    stems = page.locator(".questions .stem").all_inner_texts()
    page.get_by_role("button", name="Draw again").tap()
    expect(page.get_by_role("status")).to_contain_text("Drawn again")
    assert page.locator(".questions .stem").all_inner_texts() != stems
    fits(page)
    page.get_by_role("link", name="Week 3").tap()
    page.get_by_role("button", name="Publish").tap()
    expect(page.get_by_role("status")).to_contain_text("Published")
    assert Quiz.objects.get().published_at is not None


def test_questions_are_picked_by_hand_without_scripts(page_without_scripts, quiz, ivy, sign_in):
    page = page_without_scripts
    Quiz.objects.update(picking="picked", forms="same")
    sign_in(page, ivy)
    page.goto(f"/classes/{quiz.cohort_id}/quizzes/{quiz.pk}/")
    expect(page.get_by_role("note")).to_contain_text("No question has been picked yet")
    page.get_by_role("link", name="Pick questions").click()
    page.get_by_role("link", name="Elements", exact=True).click()
    page.locator(".cards > li > a").first.click()
    page.get_by_role("button", name="Add this question").first.click()
    expect(page.get_by_role("heading", name="1 question picked")).to_be_visible()
    expect(page.get_by_text("It would break a rule: Questions 1 and 2 ask about the same fact.").first).to_be_visible()
    page.locator(".cards > li > a").nth(4).click()
    page.get_by_role("button", name="Add this question").first.click()
    first = page.locator(".decks summary").first.inner_text()
    page.get_by_role("button", name="Move question 1 down").click()
    expect(page.locator(".decks summary").nth(1)).to_have_text(re.compile(re.escape(first[2:].strip())))
    page.get_by_role("button", name=re.compile("^Remove")).first.click()
    expect(page.get_by_role("heading", name="1 question picked")).to_be_visible()
    fits(page)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_quiz_is_accessible_and_fits(new_context, quiz, ivy, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, ivy)
    base = f"/classes/{quiz.cohort_id}/quizzes/"

    def look(path):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        fits(page)

    for path in ("", "new/", *(f"{quiz.pk}/{rest}" for rest in ("", "edit/", "preview/?form=2", "delete/"))):
        look(base + path)
    page.goto(base + "new/")
    page.get_by_label("Title").fill("x")
    page.get_by_label("Opens", exact=True).fill("")
    page.get_by_role("button", name="Save as a draft").evaluate("button => { button.form.noValidate = true }")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    Quiz.objects.update(picking="picked", forms="same")
    look(f"{base}{quiz.pk}/pick/?section=uses")
    page.locator(".cards > li > a").first.click()
    for _ in range(2):
        page.get_by_role("button", name="Add this question").first.click()
    axe(page)
    fits(page)
    look(f"{base}{quiz.pk}/")
