"""A term's first week in a real browser: a class is made, set work, sits a quiz on telephones, and is graded."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from quizzes.models import Attempt, Cohort, Profile, Quiz
from quizzes.services.people.addresses import keep_address
from quizzes.services.teaching.results import make_results
from tests.factories import NOW, UserFactory, elements
from tests.people import person
from tests.sitting import place

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OPENS, CLOSES = NOW + 60 * MINUTE, NOW + 120 * MINUTE
LIST = """name;e-mail;matriculation number;group
Abe Adams;abe@example.org;A-1;Monday
Bea Brown;bea@example.org;B-2;Monday
Cy Clark;cy@example.org;C-3;Tuesday
Dot Doe;dot@;D-4;Tuesday
Di Dunn;di@example.org;D-5;Tuesday
Eve Ellis;eve@example.org;E-6;Monday
Bea Brown;BEA@example.org;B-2;Monday
"""
COLUMNS = (
    "student id", "group", "mean of marks so far (%)", "First quiz (%)", "First quiz: state", "Metals first (%)",
    "Metals first: state",
)  # fmt: skip


@pytest.fixture
def clock():
    """Runs on from NOW; `clock.move_to(...)` moves it. Browsers keep their own."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def desk(clock, page, sign_in):
    """A new instructor's browser, and a deck to teach."""
    elements()
    ina = person("ina", "instructor")
    Profile.objects.update_or_create(user=ina, defaults={"time_zone": "UTC"})
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "UTC"})
    sign_in(page, ina)
    return page


@pytest.fixture
def phones(clock, new_context, sign_in):
    """`phones(name)`: the telephone of a student who has an account already."""
    for name in ("abe", "bea", "cy", "di"):
        user = UserFactory(username=name)
        keep_address(user=user, email=f"{name}@example.org", verified=True)

    def phone(name):
        page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
        sign_in(page, Profile.objects.get(user__username=name).user)
        return page

    return phone


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


def make_class(desk):
    desk.goto("/classes/")
    desk.get_by_role("link", name="New class").click()
    desk.get_by_label("Name").fill("Chemistry, spring")
    desk.get_by_label("Chemical elements").check()
    desk.get_by_role("button", name="Make the class").click()
    expect(desk.locator(".big-code")).to_be_visible()
    return Cohort.objects.get()


def bring_list(desk):
    """Returns the link of the only one who has no account."""
    desk.get_by_role("link", name="Students", exact=True).click()
    desk.get_by_role("link", name="or bring a list of students").click()
    file = {"name": "students.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    desk.get_by_label("File", exact=True).set_input_files(file)
    desk.get_by_role("button", name="Look at what it would do").click()
    expect(desk.locator(".outcomes .refused")).to_have_text(re.compile("^2 refused"))
    expect(desk.locator(".rows.refused li")).to_have_text([re.compile("line 5.*dot@"), re.compile("line 8.*line 3")])
    desk.get_by_role("button", name="Enrol and invite them").click()
    expect(desk.get_by_role("status").first).to_contain_text("4 students are enrolled, 1 is invited.")
    desk.get_by_role("link", name="See who is invited").click()
    return desk.locator(".link-to-copy").text_content()


def set_assignment(desk, klass):
    desk.goto(f"/classes/{klass.pk}/")
    desk.get_by_role("link", name="New assignment").click()
    desk.get_by_label("Title").fill("Metals first")
    desk.get_by_label("Elements", exact=True).check()
    desk.get_by_label("Opens", exact=True).fill(f"{NOW - DAY:%Y-%m-%dT%H:%M}")
    desk.get_by_label("Closes", exact=True).fill(f"{NOW + DAY:%Y-%m-%dT%H:%M}")
    desk.get_by_label("Days needed").fill("1")
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("status")).to_contain_text("Published")


def set_quiz(desk):
    desk.get_by_role("link", name="Quizzes", exact=True).click()
    desk.get_by_role("link", name="New quiz").first.click()
    desk.get_by_label("Title").fill("First quiz")
    desk.get_by_label("Opens", exact=True).fill(f"{OPENS:%Y-%m-%dT%H:%M}")
    desk.get_by_label("Closes", exact=True).fill(f"{CLOSES:%Y-%m-%dT%H:%M}")
    desk.get_by_label("Minutes for an attempt").fill("20")
    desk.get_by_label("Pass mark, in percent").fill("60")
    row = desk.get_by_role("group", name="Row 1")
    row.get_by_label("Questions").fill("4")
    row.get_by_label("From").select_option("uses")
    desk.get_by_role("button", name="Save as a draft").click()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("status")).to_contain_text("Published")
    return Quiz.objects.get()


def grant_time(desk, klass, name):
    desk.goto(f"/classes/{klass.pk}/")
    desk.get_by_role("link", name=name, exact=True).click()
    desk.get_by_role("link", name="Accommodations").click()
    desk.get_by_role("spinbutton", name="Extra time, %").first.fill("50")
    desk.get_by_role("button", name=re.compile("^Save.*All quizzes")).click()
    expect(desk.get_by_text("50 % extra time")).to_be_visible()


def take_up(link, new_context):
    """The one who was invited makes an account on a telephone."""
    phone = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    phone.goto(link)
    phone.get_by_label("User name").fill("eve")
    phone.get_by_label("Password", exact=True).fill("long enough for all")
    phone.get_by_label("Password once more").fill("long enough for all")
    phone.locator("form button.primary").click()
    expect(phone.get_by_role("link", name="First quiz")).to_be_visible()
    return phone


def start(phone):
    phone.goto("/")
    phone.get_by_role("link", name="First quiz").tap()
    phone.get_by_role("button", name="Start the quiz").tap()
    expect(phone.get_by_text("Question 1 of 4")).to_be_visible()
    fits(phone)


def kept(name, position):
    return Attempt.objects.get(user__username=name).responses.get(position=position)


def choose(phone, name, position, *, right=True):
    phone.locator(f"label[for=q{position}-{place(kept(name, position), right=right)}]").tap()


def saved(phone):
    expect(phone.locator("#saved")).to_have_text("Saved")


def go_on(phone):
    phone.locator(".question:visible .bar").get_by_role("button", name=re.compile("^Next|^To the end")).tap()


def answer(phone, name, *rights, first=1):
    """Answer from this question on, right or wrong or (None) not at all; the last step leads on."""
    for position, right in enumerate(rights, start=first):
        expect(phone.get_by_text(f"Question {position} of 4")).to_be_visible()
        if right is not None:
            choose(phone, name, position, right=right)
            saved(phone)
        go_on(phone)


def hand_in(phone, mark):
    phone.get_by_role("button", name=re.compile("^Hand in")).tap()
    expect(phone.get_by_role("heading", name=mark)).to_be_visible()
    fits(phone)


def plain(text):
    return " ".join(text.split())


def verdicts(phone):
    return [*map(plain, phone.locator(".reviewed .verdict").all_inner_texts())]


def lose_connection(phone):
    """Cy answers two questions without a connection, and gets it back."""
    start(phone)
    phone.context.set_offline(True)
    for position in (1, 2):
        choose(phone, "cy", position)
        expect(phone.locator("#saved")).to_contain_text("Not saved yet")
        go_on(phone)
    assert kept("cy", 1).chosen is None
    phone.context.set_offline(False)
    saved(phone)
    answer(phone, "cy", True, True, first=3)
    hand_in(phone, "100 %")
    assert verdicts(phone) == ["✓ Right"] * 4


def read_work(phone):
    """Cy's quiz was work of the day that the assignment asks for, and Cy's own pages say what came of both."""
    phone.goto("/work/")
    expect(phone.get_by_role("heading", name="Done, still open")).to_be_visible()
    phone.get_by_role("link", name="Metals first", exact=True).tap()
    expect(phone.get_by_role("heading", name="Done: you have reached the pass mark")).to_be_visible()
    phone.goto("/grades/")
    expect(phone.locator(".own .result", has_text="100 %")).to_contain_text("passed")
    fits(phone)


def use_two_tabs(phone):
    """Di answers the first question right in one tab; the other, which is older, must not make it wrong."""
    start(phone)
    other = phone.context.new_page()
    other.goto(phone.url)
    choose(other, "di", 1)
    saved(other)
    choose(phone, "di", 1, right=False)
    expect(phone.locator(".question:visible .conflict")).to_contain_text("You answered this question in another tab")
    go_on(phone)
    answer(phone, "di", True, False, None, first=2)
    expect(phone.get_by_text("1 question has no answer")).to_be_visible()
    hand_in(phone, "50 %")
    assert verdicts(phone) == ["✓ Right", "✓ Right", "✗ Not right", "– Not answered"]


def run_out(phone):
    """Abe has not handed in when the twenty minutes of all are over."""
    phone.reload()
    expect(phone.get_by_role("heading", name="25 %")).to_be_visible()
    expect(phone.get_by_text("by the clock")).to_be_visible()


def come_late(phone, quiz):
    """Eve opens the quiz when it has closed, and has a page with the button from before."""
    phone.get_by_role("button", name="Start the quiz").tap()
    expect(phone.get_by_text("This quiz cannot be started now. Nothing was begun.")).to_be_visible()
    expect(phone.get_by_role("button", name="Start the quiz")).to_have_count(0)
    assert phone.locator("[data-state]").get_attribute("data-state") == "overdue"
    fits(phone)


def book(desk):
    """The gradebook as its page tells it: name, mean and cells of each student."""
    rows = desk.locator(".book tbody tr").all()
    return {one.locator("th a").inner_text(): [*map(plain, one.locator("td").all_inner_texts())] for one in rows}


def sheet(desk, klass):
    """The gradebook as its file tells it."""
    reply = desk.request.get(f"/classes/{klass.pk}/grades/grades.csv")
    rows = csv.DictReader(io.StringIO(reply.text().lstrip("\ufeff")))
    return [[row[name] for name in COLUMNS] for row in rows]


def test_a_class_is_made_set_work_sits_a_quiz_and_is_graded_to_the_point(desk, phones, new_context, clock):
    klass = make_class(desk)
    link = bring_list(desk)
    set_assignment(desk, klass)
    quiz = set_quiz(desk)
    grant_time(desk, klass, "bea")
    eve = take_up(link, new_context)
    abe, bea, cy, di = (phones(name) for name in ("abe", "bea", "cy", "di"))

    clock.move_to(OPENS + MINUTE)
    eve.goto(f"/quizzes/{quiz.pk}/")
    for phone, name in ((abe, "abe"), (bea, "bea")):
        start(phone)
        answer(phone, name, True)
    lose_connection(cy)
    use_two_tabs(di)

    clock.move_to(OPENS + 22 * MINUTE)
    run_out(abe)
    answer(bea, "bea", True, True, False, first=2)
    hand_in(bea, "75 %")

    clock.move_to(CLOSES)
    come_late(eve, quiz)

    read_work(cy)
    clock.move_to(NOW + DAY)
    make_results(now=NOW + DAY)

    desk.goto(f"/classes/{klass.pk}/quizzes/{quiz.pk}/results/")
    expect(desk.locator(".finding")).to_contain_text("4 of 5 have submitted")
    expect(desk.locator(".finding")).to_contain_text("2 of 4 passed")
    desk.goto(f"/classes/{klass.pk}/grades/")
    assert book(desk) == {
        "abe": ["62.5 % of 2 marks", "25 % not passed", "100 %"],
        "bea": ["87.5 % of 2 marks", "75 %", "100 %"],
        "cy": ["100 % of 2 marks", "100 %", "100 %"],
        "di": ["75 % of 2 marks", "50 % not passed", "100 %"],
        "Eve Ellis": ["0 % of 2 marks", "0 % missing", "0 % not passed"],
    }
    assert sheet(desk, klass) == [
        ["A-1", "Monday", "62.5", "25", "marked, not passed", "100", "marked, passed"],
        ["B-2", "Monday", "87.5", "75", "marked, passed", "100", "marked, passed"],
        ["C-3", "Tuesday", "100", "100", "marked, passed", "100", "marked, passed"],
        ["D-5", "Tuesday", "75", "50", "marked, not passed", "100", "marked, passed"],
        ["E-6", "Monday", "0", "0", "missing, not passed", "0", "marked, not passed"],
    ]
