"""Taking a quiz in a real browser: on a phone, without a connection, in two tabs, without scripts, without a mouse."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt, Response
from tests.browser.keyboard import Keys
from tests.factories import QuizFactory, elements
from tests.sitting import quiz_of

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(deck, ada, cohort):
    return a_quiz(deck, cohort)


def a_quiz(deck, cohort, **fields):
    now = timezone.now()
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=5), "time_limit_minutes": 30}
    return quiz_of(deck, cohort=cohort, title="Metals and gases", **{**window, **fields})


@pytest.fixture
def phone(new_context, ada, sign_in):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, ada)
    return page


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


def start(page, quiz):
    page.goto(f"/quizzes/{quiz.pk}/")
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.locator(".stem:visible")).to_be_visible()


def choose(page, letter):
    page.locator(f".question:visible .choice label:has(.letter:text-is('{letter}'))").click()


def saved(page):
    expect(page.locator("#saved")).to_have_text("Saved")


def kept(position=1):
    return Response.objects.get(position=position)


def letter_of(response):
    return None if response.chosen is None else "ABCD"[response.order.index(response.chosen)]


def stored(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('calcquiz.attempt'))")


def test_a_student_takes_a_quiz_on_a_phone(phone, quiz, axe):
    start(phone, quiz)
    fits(phone)
    axe(phone)
    expect(phone.locator("#left")).to_have_text(re.compile("30 min|29 min"))
    for position in range(1, 5):
        expect(phone.get_by_text(f"Question {position} of 4")).to_be_visible()
        choose(phone, "B")
        saved(phone)
        phone.locator(".question:visible").get_by_role("button", name=re.compile("^Next|^To the end")).tap()
    expect(phone.get_by_role("heading", name="Hand in?")).to_be_visible()
    fits(phone)
    axe(phone)
    phone.get_by_role("button", name="Hand in").tap()
    expect(phone.get_by_role("heading", name=re.compile(r"\d+ %"))).to_be_visible()
    fits(phone)
    axe(phone)
    assert {letter_of(one) for one in Response.objects.all()} == {"B"}
    assert Attempt.objects.get().ended_by == "student"


def test_what_is_chosen_without_a_connection_is_sent_when_it_is_back(phone, quiz):
    start(phone, quiz)
    phone.context.set_offline(True)
    choose(phone, "A")
    expect(phone.locator("#saved")).to_have_text("Not saved yet: no connection. Trying again…")
    phone.locator(".question:visible").get_by_role("button", name="Next").tap()
    expect(phone.get_by_text("Question 2 of 4")).to_be_visible()
    choose(phone, "C")
    phone.locator(".question:visible").get_by_role("button", name="Flag for later").tap()
    assert len(stored(phone)) == 2
    assert kept(1).chosen is None
    phone.context.set_offline(False)
    saved(phone)
    assert (letter_of(kept(1)), letter_of(kept(2)), kept(2).flagged) == ("A", "C", True)
    assert stored(phone) == []


def test_what_could_not_be_sent_survives_the_page_and_is_sent_on_the_next_load(phone, quiz):
    start(phone, quiz)
    address = phone.url
    phone.context.set_offline(True)
    choose(phone, "D")
    expect(phone.locator("#saved")).to_contain_text("Not saved yet")
    context = phone.context
    phone.close()
    context.set_offline(False)
    later = context.new_page()
    later.goto(address)
    saved(later)
    assert letter_of(kept()) == "D"
    expect(later.locator(".question:visible .choice:has(:checked) .letter")).to_have_text("D")
    assert stored(later) == []


def test_the_end_page_waits_for_what_is_not_saved(phone, quiz):
    start(phone, quiz)
    phone.context.set_offline(True)
    choose(phone, "A")
    phone.locator(".navigator summary").tap()
    phone.get_by_role("button", name="To the end of the quiz").tap()
    expect(phone.locator("#saved")).to_contain_text("No connection")
    expect(phone.get_by_text("Question 1 of 4")).to_be_visible()
    phone.context.set_offline(False)
    saved(phone)
    phone.get_by_role("button", name="To the end of the quiz").tap()
    expect(phone.get_by_text("1 of 4 answered.")).to_be_visible()
    expect(phone.get_by_text("3 questions have no answer")).to_be_visible()
    phone.locator(".numbers a").first.tap()
    expect(phone.get_by_text("Question 2 of 4")).to_be_visible()


def test_a_save_whose_reply_was_lost_is_no_conflict_with_oneself(phone, quiz):
    start(phone, quiz)

    def lose(route):
        route.fetch()
        route.abort()

    phone.route("**/save/", lose)
    choose(phone, "A")
    expect(phone.locator("#saved")).to_contain_text("Not saved yet")
    assert letter_of(kept()) == "A"
    phone.unroute("**/save/")
    choose(phone, "B")
    saved(phone)
    assert letter_of(kept()) == "B"
    expect(phone.locator(".question:visible .conflict")).to_be_hidden()


def test_of_two_tabs_the_one_that_is_older_is_told_and_overwrites_nothing(phone, quiz):
    start(phone, quiz)
    other = phone.context.new_page()
    other.goto(phone.url)
    choose(other, "C")
    saved(other)
    choose(phone, "A")
    expect(phone.locator(".question:visible .conflict")).to_contain_text("You answered this question in another tab")
    expect(phone.locator(".question:visible .conflict")).to_contain_text("Not saved was:")
    expect(phone.locator(".question:visible .choice:has(:checked) .letter")).to_have_text("C")
    assert letter_of(kept()) == "C"
    choose(phone, "A")
    saved(phone)
    assert letter_of(kept()) == "A"


def test_an_attempt_goes_on_from_another_device_in_the_same_order(phone, quiz, new_context, ada, sign_in):
    start(phone, quiz)
    choose(phone, "B")
    saved(phone)
    texts = phone.locator(".question:visible .choice .text").all_text_contents()
    desk = new_context().new_page()
    sign_in(desk, ada)
    desk.goto(f"/quizzes/{quiz.pk}/")
    desk.get_by_role("link", name="Continue").click()
    assert desk.locator(".question:visible .choice .text").all_text_contents() == texts
    expect(desk.locator(".question:visible .choice:has(:checked) .letter")).to_have_text("B")


def test_what_is_chosen_before_the_script_has_come_is_saved_when_it_comes(phone, quiz):
    phone.route("**/attempt*.js", lambda route: held.append(route))
    held = []
    phone.goto(f"/quizzes/{quiz.pk}/")
    phone.get_by_role("button", name="Start the quiz").click(no_wait_after=True)
    expect(phone.locator(".question:visible")).to_have_count(1)
    choose(phone, "C")
    held[0].continue_()
    saved(phone)
    assert letter_of(kept()) == "C"


def test_struck_choices_flags_and_cleared_answers_are_kept(phone, quiz):
    start(phone, quiz)
    strike = phone.locator(".question:visible").get_by_role("button", name=re.compile("^Strike out A"))
    strike.tap()
    saved(phone)
    expect(strike).to_have_attribute("aria-pressed", "true")
    choose(phone, "B")
    saved(phone)
    phone.reload()
    expect(strike).to_have_attribute("aria-pressed", "true")
    phone.locator(".question:visible").get_by_role("button", name="Clear my choice").tap()
    saved(phone)
    assert (kept().chosen, kept().struck) == (None, [kept().order[0]])


def test_the_navigator_tells_by_words_what_is_answered_and_flagged(phone, quiz):
    start(phone, quiz)
    choose(phone, "A")
    phone.locator(".question:visible").get_by_role("button", name="Flag for later").tap()
    saved(phone)
    phone.locator(".navigator summary").tap()
    expect(phone.get_by_role("button", name="Question 1 , answered, flagged")).to_have_attribute("aria-current", "true")
    phone.get_by_role("button", name=re.compile("Question 3")).tap()
    expect(phone.get_by_text("Question 3 of 4")).to_be_visible()
    assert phone.evaluate("document.activeElement.className") == "stem"
    phone.go_back()
    expect(phone.get_by_text("Question 1 of 4")).to_be_visible()


def test_when_the_time_is_over_the_page_says_so_and_what_was_saved_is_handed_in(phone, quiz):
    start(phone, quiz)
    choose(phone, "A")
    saved(phone)
    Attempt.objects.update(due_at=timezone.now() + timedelta(seconds=4))
    phone.reload()
    expect(phone.get_by_text("Your time is over").first).to_be_visible(timeout=15_000)
    expect(phone.get_by_role("heading", name=re.compile(r"\d+ %"))).to_be_visible(timeout=20_000)
    assert Attempt.objects.get().ended_by == "clock"


def test_an_answer_that_came_too_late_is_told_of(phone, quiz):
    start(phone, quiz)
    phone.context.set_offline(True)
    choose(phone, "A")
    expect(phone.locator("#saved")).to_contain_text("Not saved yet")
    Attempt.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    phone.context.set_offline(False)
    expect(phone.locator("#unsent")).to_contain_text("1", timeout=15_000)
    assert stored(phone) == []


def test_the_minutes_left_are_announced(phone, quiz):
    start(phone, quiz)
    Attempt.objects.update(due_at=timezone.now() + timedelta(minutes=5, seconds=9))
    phone.reload()
    expect(phone.locator("#announce")).to_have_text("5 minutes left", timeout=20_000)


def test_certainty_is_chosen_after_the_answer_and_feedback_comes_when_checked(phone, deck, ada, cohort, axe):
    quiz = a_quiz(deck, cohort, certainty=True, feedback="during")
    phone.goto(f"/quizzes/{quiz.pk}/")
    axe(phone)
    start(phone, quiz)
    choose(phone, "A")
    phone.locator(".question:visible .levels label", has_text="very sure").tap()
    saved(phone)
    assert kept().certainty == 3
    phone.get_by_role("button", name="Check my answer").locator("visible=true").tap()
    expect(phone.locator(".question:visible .verdict")).to_be_visible()
    axe(phone)
    fits(phone)
    assert kept().checked_at is not None
    phone.locator(".question:visible").get_by_role("button", name="Flag for later").tap()
    saved(phone)


def test_a_quiz_can_be_taken_without_scripts(page_without_scripts, quiz, ada, sign_in):
    page = page_without_scripts
    sign_in(page, ada)
    start(page, quiz)
    page.locator(".question:visible .strike").nth(2).click()
    page.locator(".question:visible input[type=radio]").nth(1).check()
    page.get_by_role("button", name="Next").locator("visible=true").click()
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    page.locator(".question:visible input[type=radio]").nth(0).check()
    page.get_by_role("button", name="Flag for later").locator("visible=true").click()
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    page.locator(".navigator summary").click()
    page.get_by_role("button", name="To the end of the quiz").click()
    expect(page.get_by_text("2 of 4 answered.")).to_be_visible()
    page.get_by_role("button", name="Hand in all the same").click()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ %"))).to_be_visible()
    assert [letter_of(kept(n)) for n in (1, 2, 3)] == ["B", "A", None]
    assert kept(1).struck == [kept(1).order[2]]
    assert kept(2).flagged


def test_a_quiz_can_be_taken_by_keyboard_alone(page, quiz, ada, sign_in):
    sign_in(page, ada)
    page.goto(f"/quizzes/{quiz.pk}/")
    keys = Keys(page)
    keys.go("Start the quiz")
    page.locator(".question:visible input[type=radio]").first.focus()
    page.keyboard.press("Space")
    saved(page)
    page.keyboard.press("ArrowDown")
    saved(page)
    keys.press("^Next$")
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    keys.press("Flag for later")
    saved(page)
    keys.press("^Next$")
    keys.press("^Next$")
    keys.go("^To the end$")
    keys.go("Hand in all the same")
    assert letter_of(kept(1)) == "B"
    assert kept(2).flagged


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_quiz_are_accessible(new_context, quiz, ada, sign_in, axe, scheme):
    page = new_context(color_scheme=scheme).new_page()
    sign_in(page, ada)
    page.goto(f"/quizzes/{quiz.pk}/")
    axe(page)
    start(page, quiz)
    choose(page, "A")
    page.locator(".question:visible .strike").nth(2).click()
    page.locator(".question:visible").get_by_role("button", name="Flag for later").click()
    saved(page)
    axe(page)
    page.get_by_role("button", name="To the end of the quiz").click()
    expect(page.get_by_role("heading", name="Hand in?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Hand in all the same").click()
    expect(page.get_by_role("button", name="Practise the wrong ones")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Report a problem with question 1").click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    axe(page)


def test_a_wrong_question_is_reported_from_the_review_and_practised(page, quiz, ada, sign_in):
    sign_in(page, ada)
    start(page, quiz)
    page.get_by_role("button", name="To the end of the quiz").click()
    page.get_by_role("button", name="Hand in all the same").click()
    page.get_by_role("link", name="Report a problem with question 2").click()
    page.get_by_label("The question is unclear").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    page.get_by_role("button", name="Practise the wrong ones").click()
    page.get_by_role("button", name="I understand, begin").click()
    expect(page.locator("#session")).to_be_visible()


def test_a_long_and_a_foreign_quiz_stay_within_the_phone(phone, deck, ada, cohort):
    long = QuizFactory(
        cohort=cohort, deck=deck, title="Donaudampfschifffahrt" * 6, opens_at=timezone.now() - timedelta(hours=1),
        closes_at=timezone.now() + timedelta(days=1), instructions="ש" * 300,
    )  # fmt: skip
    start(phone, long)
    fits(phone)
    phone.goto(f"/quizzes/{long.pk}/")
    fits(phone)
