"""Every flow by keyboard alone: the focus is seen at each stop, never lost and never caught."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Card, Cohort, DeckStudy, Enrolment, Fact, ProblemReport, ReviewLog, StudySettings
from quizzes.services.teaching.enrolling import enrol
from tests.browser.keyboard import Keys
from tests.classes import class_of
from tests.factories import ReportFactory, UserFactory, elements
from tests.people import person
from tests.study import IRON, begin, learn, put, read_notice

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "a long enough one"


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    now = timezone.now()
    begin(ada, deck, now=now)
    learn(ada, IRON, now=now)
    StudySettings.objects.filter(user=ada).update(format_preference="choice")
    return ada


@pytest.fixture
def klass(deck):
    return class_of(deck, person("ivy2", "instructor"), name="Chemistry", join_code="KQ7MPX")


@pytest.fixture
def keys(page):
    return Keys(page)


@pytest.fixture
def instructor(page, klass, sign_in):
    """The browser of the instructor of a class of three."""
    for number in range(3):
        enrol(user=UserFactory(username=f"student{number}"), cohort=klass, now=timezone.now())
    sign_in(page, klass.enrolments.get(role="instructor").user)
    return klass


def study_to_the_end(page, keys):
    """Answer what is asked with the first choice, until the day is done; returns how many answers it took."""
    for answers in range(30):
        if page.locator("#session").get_attribute("data-state") == "finished":
            return answers
        keys.is_somewhere()
        page.keyboard.press("1")
        expect(page.locator(".verdict")).to_be_visible()
        keys.is_somewhere()
        page.keyboard.press("Enter")
        expect(page.locator(".verdict")).to_have_count(0)
    raise AssertionError("the day does not end")


@pytest.mark.parametrize("by", ["code", "link"])
def test_a_class_is_joined_and_ten_cards_are_studied(page, keys, max, klass, sign_in, by):
    sign_in(page, max)
    page.goto("/" if by == "code" else "/join/KQ7-MPX/")
    if by == "code":
        keys.go("^Join the class$")
        keys.fill("^Join code$", "kq7 mpx")
        keys.go("^Find the class$")
    keys.shows("What the instructors of this class will see")
    keys.go("^Join the class$")
    keys.shows("You are in Chemistry")
    DeckStudy.objects.filter(user=max).update(new_per_day=10)
    StudySettings.objects.filter(user=max).update(format_preference="choice", learning_steps=[], relearning_steps=[])
    page.goto("/")
    keys.go("^Study, about")
    keys.go("^I understand, begin$")
    expect(page.locator("#stem")).to_be_focused()
    assert study_to_the_end(page, keys) == 10
    assert ReviewLog.objects.filter(user=max, kind="answer").values("card").distinct().count() == 10


def test_a_section_is_practised(page, keys, student, sign_in):
    sign_in(page, student)
    page.goto("/")
    keys.go("^Practise a section$")
    keys.go("^Practise ?: Elements$")
    expect(page.locator("#stem")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator(".verdict")).to_be_focused()
    keys.press("^Next")
    expect(page.locator("#stem")).to_be_focused()
    assert ReviewLog.objects.filter(user=student, source="practice").count() == 1


def test_a_problem_is_reported_and_found_among_ones_reports(page, keys, student, sign_in):
    put(student, IRON, "choice", now=timezone.now())
    sign_in(page, student)
    page.goto("/study/")
    keys.press("^Report$")
    expect(page.get_by_role("heading", name="Report a problem")).to_be_focused()
    keys.tab()
    page.keyboard.press("Space")
    keys.fill("^In your words", "steel fits as well")
    keys.press("^Send$")
    keys.shows("Thank you. An editor will look at it")
    keys.is_somewhere()
    page.goto("/")
    keys.press("^ada$")
    keys.go("^Your reports$")
    keys.shows("steel fits as well")
    assert ProblemReport.objects.get().message == "steel fits as well"


def test_the_why_of_a_card_opens_and_closes_and_the_focus_comes_back(page, keys, student, sign_in):
    sign_in(page, student)
    page.goto("/study/")
    keys.press("^Why now")
    expect(page.locator("#why")).to_be_visible()
    keys.is_somewhere()
    page.keyboard.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    assert keys.where()["name"].startswith("Why now")


def test_an_editor_opens_a_report_changes_the_fact_and_closes_the_report(page, keys, eve, deck, sign_in):
    ReportFactory(card=Card.objects.get(key=IRON))
    sign_in(page, eve)
    page.goto("/admin/")
    keys.go("problem report is open$")
    keys.go("^iron$")
    keys.go("^Edit “iron”$")
    keys.fill("^Purpose", "to build towers")
    keys.go("^Save$")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    page.goto("/admin/")
    keys.go("problem report is open$")
    keys.go("^iron$")
    keys.to("^(open|fixed)")
    page.keyboard.press("ArrowDown")
    keys.fill("^Reply", "It says towers now.")
    keys.go("^Save$")
    expect(page.locator(".messagelist")).to_contain_text("No report is open any more.")
    assert Fact.objects.get(code="uses/1").purpose == "to build towers"
    assert ProblemReport.objects.get().status != "open"


def test_somebody_signs_up_reads_the_notice_and_begins(page, keys, deck, settings):
    settings.SIGN_UP = "open"
    page.goto("/sign-in/")
    keys.go("^Make an account$")
    for label, text in (("^E-mail", "kim@example.org"), ("^User name", "kim"), ("^Password$", WORDS)):
        keys.fill(label, text)
    keys.fill("^Password once more", WORDS)
    keys.go("^Make my account$")
    keys.go("^Chemical elements$")
    keys.shows("Before you begin")
    keys.go("^I understand, begin$")
    expect(page.locator("#stem")).to_be_focused()
    assert DeckStudy.objects.get().user.username == "kim"


def test_a_deck_is_joined_paused_and_left(page, keys, ben, deck, sign_in):
    sign_in(page, ben)
    page.goto("/")
    keys.go("^Decks$")
    keys.go("^Join ?: Chemical elements$")
    keys.shows("You study “Chemical elements” now")
    keys.go("^Pause ?: Chemical elements$")
    keys.shows("is paused")
    keys.go("^Leave ?: Chemical elements$")
    keys.go("^Leave the deck$")
    keys.shows("You have left “Chemical elements”.")
    assert DeckStudy.objects.get(user=ben).left_at is not None


def test_a_deck_is_begun_from_its_own_page(page, keys, ben, deck, sign_in):
    read_notice(ben, deck)
    sign_in(page, ben)
    page.goto("/study/deck/elements/")
    keys.go("^Begin ?: Chemical elements$")
    expect(page.locator("#stem")).to_be_focused()


def test_a_fact_is_searched_and_opened(page, keys, student, sign_in):
    sign_in(page, student)
    page.goto("/")
    keys.go("^Browse ?: Chemical elements$")
    keys.fill("^Search$", "iron")
    keys.go("^Show$")
    keys.shows("Show all")
    keys.go("^iron$")
    expect(page.get_by_role("heading", name="iron", exact=True)).to_be_visible()


def test_an_instructor_sorts_opens_a_student_and_removes_them(page, keys, instructor):
    page.goto("/classes/")
    keys.go("^Chemistry$")
    keys.go("^Recall$")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("^Recall"))
    keys.go("^student1$")
    keys.go("^Remove from the class$")
    expect(page.get_by_role("heading", name="Remove student1 from the class?")).to_be_visible()
    keys.press("^and make a new join code$", "Space")
    keys.go("^Remove from the class$")
    keys.shows("student1 is no longer in this class")
    assert Enrolment.objects.get(user__username="student1").left_at is not None


def test_an_instructor_adds_somebody_and_changes_the_code(page, keys, instructor):
    UserFactory(username="kim")
    page.goto(f"/classes/{instructor.pk}/edit/")
    keys.fill("user name|User name|e-mail", "kim")
    keys.go("^Add to the class$")
    expect(page.locator("main")).to_contain_text("kim")
    page.goto(f"/classes/{instructor.pk}/")
    keys.go("^Join code$")
    keys.go("^Make a new code$")
    expect(page.locator(".big-code")).not_to_have_text("KQ7-MPX")
    assert Cohort.objects.get(pk=instructor.pk).join_code != "KQ7MPX"


def test_somebody_signs_out(page, keys, student, sign_in):
    sign_in(page, student)
    page.goto("/")
    keys.press("^ada$")
    keys.go("^Sign out$")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


OWN = ("/", "/study/", "/library/", "/library/elements/", "/progress/", "/browse/elements/", "/settings/", "/account/")


def test_no_page_keeps_the_focus(page, keys, student, sign_in):
    sign_in(page, student)
    for address in OWN:
        page.goto(address)
        page.locator("body").evaluate("() => document.activeElement.blur()")
        assert len(keys.stops()) > 5, address


def test_no_page_of_the_admin_keeps_the_focus(page, keys, eve, deck, sign_in):
    report = ReportFactory(card=Card.objects.get(key=IRON))
    fact = Fact.objects.get(code="uses/1")
    sign_in(page, eve)
    for rest in ("", "fact/", f"fact/{fact.pk}/change/", "deck/", f"problemreport/{report.pk}/change/"):
        page.goto(f"/admin/{'quizzes/' if rest else ''}{rest}")
        assert len(keys.stops()) > 5, rest
