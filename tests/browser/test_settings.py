"""Settings in a real browser: the effect of a choice before it is saved, looks, the browser's zone, no JavaScript."""

import pytest
from playwright.sync_api import expect

from quizzes.models import Profile, StudySettings
from tests.factories import elements
from tests.study import IRON, begin, learn

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def student(ada, db):
    begin(ada, elements())
    learn(ada, IRON)
    return ada


def section(page, name):
    return page.locator(f"#{name}")


def save(page, name):
    section(page, name).get_by_role("button", name="Save").click()
    expect(section(page, name).locator("#saved")).to_contain_text("Saved.")


def row(user):
    return StudySettings.objects.get(user=user)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_settings_are_accessible(new_context, student, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, student)
    page.goto("/settings/")
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.get_by_label("Steps of a new card").fill("10m 1m")
    section(page, "memory").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("“1m” is not longer than “10m” before it.")
    axe(page)


def test_settings_of_somebody_without_history_are_accessible(page, max, sign_in, axe):
    sign_in(page, max)
    page.goto("/settings/")
    expect(page.get_by_text("You study no deck yet.")).to_be_visible()
    expect(page.get_by_text("You have not learned any cards yet")).to_be_visible()
    axe(page)


def test_the_effect_follows_the_slider_and_nothing_is_saved_before_saving(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    expect(page.get_by_role("button", name="Show the effect")).to_be_hidden()
    slider = page.locator("#retention-slider")
    slider.focus()
    for _step in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#id_retention")).to_have_value("95")
    expect(page.locator("#effect figcaption")).to_contain_text("At 95 %")
    expect(page.locator("#effect-said")).to_contain_text("1 card you have learned")
    assert row(student).desired_retention == 0.9
    save(page, "memory")
    assert row(student).desired_retention == 0.95


def test_a_typed_retention_moves_the_slider_and_an_impossible_one_is_told(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    page.locator("#id_retention").fill("80")
    expect(page.locator("#retention-slider")).to_have_value("80")
    expect(page.locator("#effect figcaption")).to_contain_text("At 80 %")
    page.locator("#id_retention").fill("30")
    expect(page.locator("#effect")).to_contain_text("70 or more")


def test_looks_are_taken_at_once(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    page.get_by_label("Dark").check()
    page.get_by_label("No movement on pages").check()
    page.get_by_label("Single keys on the study page").uncheck()
    save(page, "looks")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/study/")
    expect(page.locator("html")).to_have_attribute("data-motion", "reduced")
    expect(page.locator("#session")).to_have_attribute("data-shortcuts", "off")
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgb(16, 22, 21)"


def test_the_zone_follows_the_browser_or_is_chosen_by_typing_a_city(new_context, student, sign_in):
    page = new_context(timezone_id="Asia/Tokyo").new_page()
    sign_in(page, student)
    page.goto("/settings/")
    expect(page.locator("#browser-says")).to_have_text("Your browser says Asia/Tokyo.")
    save(page, "day")
    expect(section(page, "day")).to_contain_text("In use now: Asia/Tokyo")
    page.get_by_label("Time zone to use").fill("rome")
    expect(page.get_by_label("Always use this one")).to_be_checked()
    save(page, "day")
    expect(section(page, "day")).to_contain_text("In use now: Europe/Rome")
    assert Profile.objects.get(user=student).time_zone_chosen


def test_the_list_of_zones_comes_when_its_field_is_entered(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    expect(page.locator("#zones option")).to_have_count(0)
    page.get_by_label("Time zone to use").focus()
    expect(page.locator("#zones option[value='Europe/London']")).to_have_count(1)


def test_a_section_is_saved_by_keyboard_and_the_focus_goes_to_the_word_that_it_is(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    page.locator("#id_buttons_0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(section(page, "questions").locator("#saved")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == "saved"
    assert row(student).four_buttons


def test_an_error_leads_to_its_field(page, student, sign_in):
    sign_in(page, student)
    page.goto("/settings/")
    page.get_by_label("Steps of a new card").fill("soon")
    section(page, "memory").get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_learning_steps"


def test_everything_works_without_javascript(page_without_scripts, student, sign_in):
    page = page_without_scripts
    sign_in(page, student)
    page.goto("/settings/")
    expect(page.locator("#slider")).to_be_hidden()
    page.locator("#id_retention").fill("80")
    page.get_by_role("button", name="Show the effect").click()
    expect(page.locator("#effect figcaption")).to_contain_text("At 80 %")
    assert row(student).desired_retention == 0.9
    save(page, "memory")
    assert row(student).desired_retention == 0.8
    page.get_by_label("Typed: I write the answer").check()
    save(page, "questions")
    page.get_by_label("Always use this one").check()
    page.get_by_label("Time zone to use").fill("london")
    save(page, "day")
    assert (row(student).format_preference, Profile.objects.get(user=student).time_zone) == ("typed", "Europe/London")
