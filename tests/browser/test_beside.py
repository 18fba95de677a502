"""What stands beside the session, in a real browser: why a card is asked, covered choices, reports, practice."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import ProblemReport, ReviewLog
from tests.factories import NOW, elements
from tests.study import IRON, begin, learn

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def student(ada):
    return begin(ada, elements(), format_preference="choice")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_key_tells_why_this_card_and_escape_leads_back_to_it(page, student, sign_in, axe):
    learn(student, IRON, now=NOW)
    sign_in(page, student)
    page.goto("/study/")
    page.keyboard.press("i")
    dialog = page.get_by_role("dialog", name="Why this card now?")
    expect(dialog).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#session[data-state=question]")).to_be_visible()
    assert not ReviewLog.objects.exclude(card__key=IRON).exists()


def test_why_that_cannot_be_loaded_is_told_without_a_word_about_answers(page, student, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    page.keyboard.press("i")
    dialog = page.get_by_role("dialog", name="Why this card now?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.keyboard.press("i")
    expect(page.locator("#trouble")).to_contain_text("could not be loaded")
    expect(page.locator("#trouble")).not_to_contain_text("answer")
    expect(dialog).to_be_hidden()
    page.context.set_offline(False)
    page.keyboard.press("i")
    expect(dialog).to_be_visible()
    expect(page.locator("#trouble")).to_have_count(0)


def test_why_of_a_card_that_is_gone_never_shows_the_card_before_it(page, student, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    page.keyboard.press("i")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-why]").evaluate("link => { link.href = '/study/why/999999/'; }")
    page.keyboard.press("i")
    expect(page.locator("#trouble")).to_contain_text("could not be loaded")
    expect(page.locator("#why")).to_be_hidden()
    expect(page.locator("#why-body")).to_be_empty()


def test_why_after_signing_out_leads_to_the_sign_in_and_then_to_the_reasons(page, student, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/study/why/"))


def test_the_keys_are_listed_by_their_key_where_the_button_is_hidden_as_on_touch(page, student, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    page.get_by_role("button", name="Keys").evaluate("button => { button.hidden = true; }")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_without_javascript_there_is_no_button_for_keys(page_without_scripts, student, sign_in):
    sign_in(page_without_scripts, student)
    page_without_scripts.goto("/study/")
    expect(page_without_scripts.get_by_role("link", name="Why now?")).to_be_visible()
    expect(page_without_scripts.locator("[data-keys-help]")).to_be_hidden()


def test_without_javascript_why_is_a_page(page_without_scripts, student, sign_in):
    page = page_without_scripts
    sign_in(page, student)
    page.goto("/study/")
    page.get_by_role("link", name="Why now?").click()
    expect(page.get_by_role("heading", name="Why this card now?")).to_be_visible()
    page.get_by_role("link", name="Back to the question").click()
    expect(page.locator("#session[data-state=question]")).to_be_visible()


def test_recall_first_covers_the_choices_until_the_student_has_tried(page, student, sign_in):
    begin(student, student.deck_studies.get().deck, recall_first=True)
    sign_in(page, student)
    page.set_viewport_size(PHONE)
    page.goto("/study/")
    choices = page.locator("#answer .option")
    if page.get_by_role("button", name="Show the answer choices").is_hidden():
        pytest.fail("the choices are not covered")
    expect(choices.first).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator("#session[data-state=question]")).to_be_visible()
    page.keyboard.press("Space")
    expect(choices.first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#session[data-state=feedback]")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_that_looks_wrong_is_reported_in_place(new_context, student, sign_in, axe, scripts):
    page = new_context(java_script_enabled=scripts, viewport=PHONE).new_page()
    sign_in(page, student)
    page.goto("/study/")
    stem = page.locator("#stem").inner_text()
    page.get_by_role("button", name="Report").click()
    page.get_by_label("Another answer is right too").check()
    page.get_by_label("In your words").fill("steel fits as well")
    if scripts:
        assert fits(page)
        axe(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. An editor will look at it")).to_be_visible()
    expect(page.locator("#stem")).to_have_text(stem)
    assert ProblemReport.objects.get().message == "steel fits as well"


def test_a_section_is_practised_on_a_phone_to_the_end_of_its_round(page, student, sign_in, axe):
    page.set_viewport_size(PHONE)
    sign_in(page, student)
    page.goto("/study/practice/")
    assert fits(page)
    axe(page)
    page.get_by_role("link", name=re.compile("Practise.*Gases")).click()
    for left in (4, 3, 2, 1):
        expect(page.locator(".progress")).to_contain_text(f"{left} left")
        page.locator("#answer .option").first.click()
        page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="4 cards practised")).to_be_visible()
    assert set(ReviewLog.objects.values_list("source", "evidence")) == {("practice", "none")}


def test_two_facts_side_by_side_fit_a_phone(page, student, sign_in, axe):
    page.set_viewport_size(PHONE)
    sign_in(page, student)
    page.goto("/compare/elements/?fact=uses/1&fact=uses/2")
    assert fits(page)
    axe(page)
