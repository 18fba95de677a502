"""A student's pages in a real browser: plots by mouse, finger and keyboard, on a phone, and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import CardProgress
from tests.factories import elements
from tests.study import COPPER, IRON, begin, learn, rate

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
OPEN_ALL = "document.querySelectorAll('main details').forEach(details => { details.open = true })"
BROKEN_WORDS = """cells => cells.filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const lines = new Set([...range.getClientRects()].map(box => box.top));
    return !cell.textContent.trim().includes(" ") && lines.size > 1;
}).map(cell => cell.textContent)"""
NOT_CLIPPED = """found => found.filter(one => getComputedStyle(one).clipPath === "none").map(one => one.textContent)"""
PAGES = ["/", "/progress/", "/progress/elements/", "/browse/elements/", "/browse/elements/uses/1/"]


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    """Some answers of the last weeks, from the browser's own now."""
    now = timezone.now()
    begin(ada, deck, now=now - timedelta(days=20))
    for key in (IRON, COPPER):
        learn(ada, key, now=now - timedelta(days=20))
        rate(ada, key, 1, now=now - timedelta(days=4))
        rate(ada, key, 4, now=now - timedelta(days=3))
    return ada


@pytest.fixture
def progress_page(page, student, sign_in):
    sign_in(page, student)
    page.goto("/progress/")
    return page


def exact_dates(page):
    """The exact dates that can be seen."""
    return [words.strip(", ") for words in page.locator(".when .exact").evaluate_all(NOT_CLIPPED)]


def test_a_tap_on_a_relative_date_shows_the_exact_one_and_a_tap_elsewhere_hides_it(
    new_context, student, sign_in, live_server
):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, student)
    page.goto(f"{live_server.url}/browse/elements/")
    first, second = (page.locator(".when").nth(at) for at in (0, 1))
    assert exact_dates(page) == []
    first.tap()
    (shown,) = exact_dates(page)
    assert shown.endswith((str(timezone.now().year), str(timezone.now().year + 1)))
    box = page.locator(".when .exact").first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    second.tap()
    assert len(exact_dates(page)) == 1
    page.get_by_role("heading", level=1).tap()
    assert exact_dates(page) == []


@pytest.mark.parametrize("url", ["/browse/elements/", "/browse/elements/uses/1/", "/progress/"])
def test_the_tab_key_reaches_the_exact_date_and_escape_puts_it_away(page, student, sign_in, url):
    sign_in(page, student)
    page.goto(url)
    date = page.locator(".when").first
    date.evaluate("found => found.scrollIntoView({block: 'center'})")
    date.focus()
    assert len(exact_dates(page)) == 1
    page.keyboard.press("Escape")
    assert exact_dates(page) == []
    page.keyboard.press("Tab")
    date.focus()
    assert len(exact_dates(page)) == 1


def test_a_screen_reader_hears_both_dates_and_no_exact_date_hides_in_a_title(page, student, sign_in):
    sign_in(page, student)
    page.goto("/browse/elements/uses/1/")
    spoken = page.locator(".when").first.aria_snapshot()
    assert any(word in spoken for word in ("in ", "today", "tomorrow"))
    assert str(timezone.now().year)[:3] in spoken
    assert page.locator("main dd[title], main .due[title]").count() == 0


def values(page):
    """The values that can be seen."""
    shown = page.locator(".plot .value")
    return [shown.nth(at).text_content() for at in range(shown.count()) if shown.nth(at).is_visible()]


def test_a_mark_under_the_mouse_shows_its_value(progress_page):
    assert values(progress_page) == []
    mark = progress_page.locator(".plot").first.locator(".mark").nth(2)
    mark.locator(".hit").hover(force=True)
    assert values(progress_page) == [mark.get_attribute("aria-label")]


def test_a_plot_is_one_stop_of_the_tab_key_and_arrows_reach_every_mark(progress_page):
    first, second = (progress_page.locator(".plot").nth(at) for at in (0, 1))
    first.locator(".mark").first.focus()
    labels = [mark.get_attribute("aria-label") for mark in first.locator(".mark").all()]
    seen = [*values(progress_page)]
    for _step in range(3):
        progress_page.keyboard.press("ArrowRight")
        seen += values(progress_page)
    assert seen == labels[:4]
    progress_page.keyboard.press("End")
    assert values(progress_page) == [labels[-1]]
    progress_page.keyboard.press("Home")
    progress_page.keyboard.press("ArrowLeft")
    assert values(progress_page) == [labels[0]]
    progress_page.keyboard.press("Tab")
    expect(first.locator("summary")).to_be_focused()
    progress_page.keyboard.press("Tab")
    expect(second.locator(".mark").first).to_be_focused()


def test_a_tap_shows_a_value_and_the_next_tap_another(new_context, student, sign_in, live_server):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, student)
    page.goto(f"{live_server.url}/progress/")
    marks = page.locator(".plot").first.locator(".mark")
    for at in (1, 5):
        marks.nth(at).locator(".hit").tap(force=True)
        assert values(page) == [marks.nth(at).get_attribute("aria-label")]


def test_without_javascript_values_and_tables_are_there(page_without_scripts, student, sign_in, live_server):
    page = page_without_scripts
    sign_in(page, student)
    page.goto(f"{live_server.url}/progress/")
    page.locator(".plot").first.locator(".mark").nth(1).locator(".hit").hover(force=True)
    assert len(values(page)) == 1
    page.locator(".plot summary").first.click()
    expect(page.locator(".plot table").first).to_be_visible()


def test_a_fact_is_found_read_and_its_card_set_aside_and_brought_back(page, student, sign_in):
    sign_in(page, student)
    page.goto("/")
    page.get_by_role("link", name="Browse").click()
    page.get_by_label("Search").fill("FERRUM")
    page.get_by_label("Search").press("Enter")
    page.get_by_role("link", name="iron").click()
    expect(page.get_by_role("heading", name="iron", exact=True)).to_be_visible()
    card = page.locator("section", has_text="Which element is used to build bridges")
    card.get_by_role("button", name="Suspend").click()
    expect(card.get_by_role("button", name="Bring back")).to_be_visible()
    page.goto("/browse/elements/")
    page.get_by_label("Your memory").select_option("suspended")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="iron").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("button", name="Bring back")).to_have_count(0)
    assert not CardProgress.objects.filter(suspended=True).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_is_accessible(page, student, sign_in, axe, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, student)
    for url in PAGES:
        page.goto(url)
        page.evaluate(OPEN_ALL)
        axe(page)


def test_pages_without_history_are_accessible_too(page, ben, deck, sign_in, axe):
    sign_in(page, ben)
    for url in PAGES:
        page.goto(url)
        axe(page)


def test_nothing_reaches_beyond_the_edge_of_a_phone(page, student, sign_in):
    page.set_viewport_size(PHONE)
    sign_in(page, student)
    for url in PAGES:
        page.goto(url)
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url


def test_words_in_tables_stay_whole_on_a_phone(page, student, sign_in):
    page.set_viewport_size(PHONE)
    sign_in(page, student)
    for url in ("/progress/", "/library/elements/"):
        page.goto(url)
        heads = page.locator(".sheet > .scroll thead th:visible, .pair .scroll thead th:visible")
        assert heads.count() > 2, url
        assert heads.evaluate_all(BROKEN_WORDS) == [], url


def test_a_page_with_plots_weighs_less_than_100_kb(page, student, sign_in):
    weights = {}
    sign_in(page, student)
    page.on("response", lambda response: weights.update({response.url: len(response.body())}))
    page.goto("/progress/")
    page.wait_for_load_state("networkidle")
    assert sum(weights.values()) < 100_000, weights
