"""“Which is which?” in a real browser: by keys alone, on a phone, in the dark, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import CardProgress, ReviewLog
from quizzes.selectors.study.memories import clear_cache
from tests.factories import elements
from tests.study import IRON, begin, learn, progress

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def student(ada):
    begin(ada, elements(), format_preference="choice")
    learn(ada, IRON)
    return ada


@pytest.fixture
def url(student):
    return f"/study/contrast/elements/?fact=uses/1&fact=uses/2&card={progress(student, IRON).card_id}"


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def place(page, text):
    """The key that picks the option of this text."""
    options = page.locator("#answer .option").all_inner_texts()
    return str([text in option for option in options].index(True) + 1)


def test_it_is_answered_asked_again_and_left_by_keys_alone(page, student, url, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    stem = page.locator("#stem").inner_text()
    page.goto(url)
    page.keyboard.press(place(page, "copper"))
    expect(page.locator("#session[data-state=feedback] .verdict")).to_contain_text("Not right")
    expect(page.locator(".verdict")).to_be_focused()
    expect(page.get_by_text("Then ask again")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#session[data-state=question]")).to_be_visible()
    page.keyboard.press("AB"[int(place(page, "iron")) - 1].lower())
    expect(page.locator(".verdict")).to_contain_text("Right")
    page.keyboard.press("Space")
    expect(page.locator("#session[data-state=question] .stem")).to_have_text(stem)
    assert list(ReviewLog.objects.filter(source="practice").values_list("correct", flat=True)) == [False, True]


def test_a_double_click_counts_once(page, student, url, sign_in):
    sign_in(page, student)
    page.goto(url)
    page.locator("#answer .option").first.dblclick()
    expect(page.locator("#session[data-state=feedback]")).to_be_visible()
    assert ReviewLog.objects.filter(source="practice").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}])
def test_it_fits_and_is_accessible_before_and_after(new_context, student, url, sign_in, axe, scheme, size):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, student)
    page.goto(url)
    assert fits(page)
    axe(page)
    page.get_by_role("button", name="copper").click()
    expect(page.locator("#session[data-state=feedback]")).to_be_visible()
    assert fits(page)
    axe(page)


def test_without_scripts_it_goes_from_side_by_side_to_the_question_and_back(page_without_scripts, student, sign_in):
    page = page_without_scripts
    sign_in(page, student)
    page.goto("/compare/elements/?fact=uses/1&fact=uses/2")
    page.get_by_role("link", name="Ask me which is which").click()
    page.locator("#answer .option").first.click()
    expect(page.locator("table.compare")).to_be_visible()
    page.get_by_role("link", name="Ask again").click()
    expect(page.locator("#answer .option")).to_have_count(2)
    page.get_by_role("link", name="Back to your cards").click()
    expect(page).to_have_url(re.compile(r"/study/$"))


def test_why_a_card_comes_leads_to_it(page, student, sign_in):
    CardProgress.objects.filter(card__key=IRON).update(confusions={"uses/2": [2, 0]})
    clear_cache()
    sign_in(page, student)
    page.goto(f"/study/why/{progress(student, IRON).card_id}/")
    page.get_by_role("link", name="Practise which is which").click()
    expect(page.locator("#answer .option")).to_have_count(2)
