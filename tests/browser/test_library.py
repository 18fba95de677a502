"""The library in a real browser: by mouse, by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import DeckStudy
from quizzes.services.study.joining import join_deck, pause_deck
from tests.factories import NOW, DeckFactory, elements
from tests.study import IRON, begin, learn

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def deck(db):
    return elements(description="What elements are used for.", source="A wall chart.")


@pytest.fixture
def student(ada, deck):
    begin(ada, deck)
    learn(ada, IRON)
    return ada


@pytest.fixture
def many(ada, student):
    """Decks in every state, and more than fit on a page."""
    for number in range(24):
        DeckFactory(title=f"A deck with a long title about {number} things", description="Many words. " * 20)
    paused = DeckFactory(slug="paused", title="Paused one")
    join_deck(user=ada, deck=paused, now=NOW)
    pause_deck(user=ada, deck=paused, now=NOW)
    ada.enrolments.get().cohort.decks.add(DeckFactory(title="Of the class", language="ar"))


def study(user, slug="elements"):
    return DeckStudy.objects.get(user=user, deck__slug=slug)


def of_elements(words):
    """A button's name, with the deck's behind it for those who do not see where it stands."""
    return re.compile(f"^{words} ?: Chemical elements$")


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_the_library_is_accessible(new_context, student, many, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, student)
    for address in ("/library/", "/library/?q=nothing-has-this", "/library/elements/", "/library/elements/leave/"):
        page.goto(address)
        axe(page)
        assert not sideways(page), address
    page.goto("/library/")
    page.locator(".limits summary").first.click()
    axe(page)


def test_an_empty_library_is_accessible_and_says_what_to_do(page, max, sign_in, axe):
    sign_in(page, max)
    page.goto("/library/")
    expect(page.get_by_text("No deck has been published yet.")).to_be_visible()
    axe(page)


def test_a_student_joins_pauses_goes_on_and_leaves(page, ben, deck, sign_in):
    sign_in(page, ben)
    page.goto("/")
    page.get_by_role("link", name="Decks", exact=True).click()
    page.get_by_role("button", name=of_elements("Join")).click()
    expect(page.get_by_text("You study “Chemical elements” now")).to_be_visible()
    page.get_by_role("button", name=of_elements("Pause")).click()
    expect(page.locator(".badge.warn")).to_have_text("Paused")
    page.get_by_role("button", name=of_elements("Go on")).click()
    page.get_by_role("link", name=of_elements("Leave")).click()
    page.get_by_role("link", name="Keep it").click()
    assert study(ben).left_at is None
    page.get_by_role("link", name=of_elements("Leave")).click()
    page.get_by_role("button", name="Leave the deck").click()
    expect(page.get_by_text("You have left “Chemical elements”.")).to_be_visible()
    expect(page.get_by_role("button", name=of_elements("Join again"))).to_be_visible()
    assert study(ben).left_at is not None


def test_limits_are_edited_in_place_by_keyboard_alone(page, student, sign_in):
    sign_in(page, student)
    page.goto("/library/")
    page.locator(".limits summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved; it holds from now on.")).to_be_visible()
    expect(page.locator(".due")).to_contain_text(" 7 new")
    expect(page.locator(".limits summary")).to_contain_text("Up to 7 new cards and 200 reviews a day")
    assert page.evaluate("document.activeElement.id") == "elements-new_per_day", "the focus stays where it was"
    assert page.url.endswith("/library/")
    assert study(student).new_per_day == 7


def test_limits_that_cannot_be_are_told_in_place(page, student, sign_in, axe):
    sign_in(page, student)
    page.goto("/library/elements/")
    page.get_by_label("Reviews a day").fill("")
    page.get_by_role("button", name="Save limits").click()
    expect(page.get_by_text("Enter how many reviews a day may bring; 0 for none.")).to_be_visible()
    axe(page)
    assert study(student).reviews_per_day == 200


def test_everything_works_without_javascript(page_without_scripts, student, many, sign_in):
    page = page_without_scripts
    sign_in(page, student)
    page.goto("/library/")
    page.get_by_label("Search the decks").fill("elements")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("1 deck has “elements” in it.")).to_be_visible()
    page.locator(".limits summary").click()
    page.get_by_label("New cards a day").fill("3")
    page.get_by_role("button", name="Save limits").click()
    expect(page.get_by_text("The limits of “Chemical elements” are saved.")).to_be_visible()
    assert study(student).new_per_day == 3
    page.get_by_role("link", name="Chemical elements", exact=True).click()
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("is paused. None of its cards come until you go on.")).to_be_visible()
    assert study(student).paused_at is not None


def test_a_paused_deck_says_so_where_its_session_was_bookmarked(page, student, deck, sign_in, axe):
    pause_deck(user=student, deck=deck, now=NOW)
    sign_in(page, student)
    page.goto("/study/deck/elements/")
    expect(page.get_by_role("heading", name="You are not studying this deck now")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="To the library").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Study", exact=False).first).to_be_visible()
    assert study(student).paused_at is None
