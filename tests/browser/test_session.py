"""A study session in a real browser: by mouse, by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import Card, CardProgress, DeckStudy, Profile, ReviewLog, StudySettings
from tests.factories import elements, guide
from tests.study import begin, read_notice

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def prefer(user, format_preference):
    """Ask in this format alone; purposes cannot be typed, so their cards are left out of typed sessions."""
    StudySettings.objects.filter(user=user).update(format_preference=format_preference)
    if format_preference == "typed":
        Card.objects.filter(direction="term_to_purpose").update(status=Card.Status.RETIRED)


def state(page):
    return page.locator("#session").get_attribute("data-state")


def stem(page):
    return page.locator("#stem").inner_text()


def wait_for_a_change(page, before):
    """Until the session shows something else and no request is under way; evaluated here, since the page forbids it."""
    for _attempt in range(200):
        page.wait_for_load_state("load")
        if page.locator(".htmx-request").count() == 0 and page.locator("#session").inner_html() != before:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing changed")


def answers(user):
    return ReviewLog.objects.filter(user=user, kind="answer").count()


def test_the_zone_follows_a_device_that_travels_while_the_page_stays(new_context, ada, deck):
    """The clock moves on over midnight and rollover; the question on the page can still be answered."""
    ada.set_password("a long password")
    ada.save()
    begin(ada, deck)
    page = new_context().new_page()
    page.goto("/study/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#session")).to_be_visible()
    asked = stem(page)
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "Pacific/Kiritimati"})
    with page.expect_response("**/account/zone/") as told:
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert told.value.status == 204
    assert Profile.objects.get(user=ada).time_zone == "Pacific/Kiritimati"
    assert stem(page) == asked
    page.locator(".option").first.click()
    expect(page.locator("#session")).to_have_attribute("data-state", "feedback")
    assert ReviewLog.objects.get(user=ada, kind="answer").time_zone == "Pacific/Kiritimati"


def test_a_student_signs_in_and_answers_the_first_card_by_mouse(page, ada, deck):
    ada.set_password("a long password")
    ada.save()
    page.goto("/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
    page.get_by_role("button", name="I understand, begin").click()
    page.locator(".option").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    expect(page.locator(".option-result.key")).to_have_count(1)
    first = stem(page)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#stem")).not_to_have_text(first)
    assert answers(ada) == 1


def test_the_whole_day_is_studied_by_keyboard_alone(page, student, sign_in):
    DeckStudy.objects.update(new_per_day=3)
    sign_in(page, student)
    page.goto("/study/")
    for _step in range(30):
        if state(page) == "finished":
            break
        before = page.locator("#session").inner_html()
        key = "Enter" if state(page) == "feedback" else "1" if page.locator(".option").count() else "Space"
        if page.locator("#typed").count():
            page.keyboard.type("iron")
            key = "Enter"
        page.keyboard.press(key)
        wait_for_a_change(page, before)
    expect(page.locator("#session h1")).to_be_focused()
    assert state(page) == "finished"
    assert CardProgress.objects.filter(user=student).count() == 3


def test_a_flashcard_shows_its_answer_in_place_and_the_same_key_says_good(page, student, sign_in):
    prefer(student, "flashcard")
    sign_in(page, student)
    page.goto("/study/")
    expect(page.locator("#back")).to_be_hidden()
    page.keyboard.press("1")
    assert answers(student) == 0, "no rating key before the answer shows"
    page.keyboard.press("Space")
    expect(page.locator("#back")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#back")).to_be_hidden()
    assert ReviewLog.objects.get(user=student).rating == 3


def test_shortcuts_do_not_fire_while_typing(page, student, sign_in):
    prefer(student, "typed")
    sign_in(page, student)
    page.goto("/study/")
    page.locator("#typed").press_sequentially("subf 1234")
    expect(page.locator("#typed")).to_have_value("subf 1234")
    assert ReviewLog.objects.filter(user=student).count() == 0


def test_keys_pressed_while_an_answer_is_on_its_way_do_nothing(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    held, asked = [], []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.route("**/study/answer/", lambda route: held.append(route))
    for key in ("1", "1", "2", "f"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert len(asked) == len(held) == 1
    held[0].continue_()
    expect(page.locator(".verdict")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(0)


def test_shortcuts_can_be_switched_off(page, student, sign_in):
    StudySettings.objects.filter(user=student).update(shortcuts=False, format_preference="choice")
    sign_in(page, student)
    page.goto("/study/")
    page.locator("#stem").press("a")
    page.wait_for_timeout(300)
    assert answers(student) == 0


def test_undo_brings_the_same_question_back(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    asked, options = stem(page), page.locator(".option").all_inner_texts()
    page.keyboard.press("b") if page.locator(".option").count() < 2 else page.locator(".option").nth(1).click()
    expect(page.locator(".verdict")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#stem")).to_have_text(asked)
    expect(page.locator(".option")).to_have_count(len(options))
    assert page.locator(".option").all_inner_texts() == options
    assert CardProgress.objects.get(user=student).phase == "new"


def test_a_reload_resumes_the_same_question_with_the_same_options(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    asked, options = stem(page), page.locator(".option").all_inner_texts()
    page.reload()
    assert (stem(page), page.locator(".option").all_inner_texts()) == (asked, options)


def test_the_back_button_cannot_count_an_answer_twice(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    page.locator(".option").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    page.goto("/")
    page.go_back()
    assert state(page) == "question"
    assert answers(student) == 1


def test_two_tabs_on_the_same_question_count_one_answer(page, student, sign_in, new_context):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    other = page.context.new_page()
    other.goto("/study/")
    page.locator(".option").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    other.locator(".option").last.click()
    expect(other.locator(".verdict")).to_be_visible()
    assert answers(student) == 1


def test_a_double_click_counts_once(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    page.locator(".option").first.dblclick()
    expect(page.locator(".verdict")).to_be_visible()
    page.wait_for_timeout(300)
    assert answers(student) == 1


def test_everything_works_without_javascript(page_without_scripts, student, sign_in):
    page = page_without_scripts
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    page.locator(".option").first.click()
    expect(page).to_have_url(re.compile("/study/answered/"))
    expect(page.locator(".option-result.key")).to_have_count(1)
    page.get_by_role("link", name="Next").click()
    prefer(student, "flashcard")
    page.get_by_role("button", name="Bury").click()
    page.get_by_role("button", name="Show answer").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator("#session")).to_have_attribute("data-state", "question")
    page.get_by_role("button", name="Undo").click()
    assert answers(student) == 2
    assert CardProgress.objects.filter(user=student, phase="new").exists()


def test_a_lost_connection_is_told_and_the_answer_can_be_given_again(page, student, sign_in):
    prefer(student, "choice")
    sign_in(page, student)
    page.goto("/study/")
    page.context.set_offline(True)
    page.locator(".option").first.click()
    expect(page.locator("#trouble")).to_contain_text("has not been counted yet")
    page.context.set_offline(False)
    page.locator(".option").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    assert answers(student) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("way", ["choice", "flashcard", "typed"])
def test_every_state_of_a_session_is_accessible_on_a_phone(new_context, student, sign_in, axe, way, scheme):
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    prefer(student, way)
    sign_in(page, student)
    page.goto("/")
    axe(page)
    page.goto("/study/")
    axe(page)
    if way == "choice":
        page.locator(".option").first.click()
        expect(page.locator(".verdict")).to_be_visible()
    elif way == "flashcard":
        page.keyboard.press("Space")
    else:
        page.get_by_role("button", name="I don't know").click()
        expect(page.locator(".verdict")).to_be_visible()
    axe(page)
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider, "the page scrolls sideways"


def test_the_finished_page_and_sign_in_are_accessible(page, student, sign_in, axe):
    page.goto("/sign-in/")
    axe(page)
    DeckStudy.objects.update(new_per_day=0)
    sign_in(page, student)
    page.goto("/study/")
    expect(page.locator("#session")).to_have_attribute("data-state", "finished")
    axe(page)


def places(page):
    """Upper and lower edge of what stands under the card: the button that goes on, and the tools."""
    bar = page.locator("#session .bar")
    shown = {"on": bar.locator(".primary:visible").last, "bury": bar.get_by_text("Bury"), "why": bar.get_by_text("Why")}
    boxes = {name: one.bounding_box() for name, one in shown.items() if one.count()}
    return {name: (round(box["y"]), round(box["y"] + box["height"])) for name, box in boxes.items()}


def test_buttons_keep_their_place_from_card_to_card_on_a_phone(page, ada, sign_in):
    deck = guide()
    begin(ada, deck)
    read_notice(ada, deck)
    prefer(ada, "flashcard")
    sign_in(page, ada)
    page.set_viewport_size(PHONE)
    page.goto("/study/")
    covered = places(page)
    page.keyboard.press("Space")
    assert places(page) == covered
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert places(page) == covered
    prefer(ada, "choice")
    page.get_by_role("button", name="Bury").click()
    expect(page.locator(".option").first).to_be_visible()
    assert places(page) == {name: place for name, place in covered.items() if name != "on"}
    page.locator(".option").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    assert places(page) == covered


def test_the_first_deck_is_studied_with_its_notice_on_every_question(page, ada, sign_in):
    guide()
    sign_in(page, ada)
    page.goto("/study/deck/soft-tissue-calcifications/")
    expect(page.get_by_text("not medical advice")).to_be_visible()
    page.get_by_role("button", name="I understand, begin").click()
    expect(page.locator("p.foot")).to_contain_text("not medical advice")
    page.locator(".option").first.click()
    expect(page.locator("p.foot")).to_contain_text("not medical advice")
    expect(page.locator(".locator")).to_be_visible()


def test_on_a_phone_the_right_choice_and_ones_own_come_first_above_the_foot(new_context, ada, sign_in):
    guide()
    begin(ada, Card.objects.first().deck, format_preference="choice")
    page = new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    sign_in(page, ada)
    page.goto("/study/")
    page.locator(".option").last.click()
    expect(page.locator(".verdict")).to_be_visible()
    read = page.locator(".key, .option-result.wrong")
    foot = page.locator("details.foot")
    for at in range(read.count()):
        assert read.nth(at).locator(".text").bounding_box()["y"] < foot.bounding_box()["y"] - 24
    line = foot.bounding_box()["height"]
    assert line < 48
    foot.locator("summary").click()
    assert foot.bounding_box()["height"] > line
    assert page.get_by_text("not medical advice").filter(visible=True).count() == 1
