import pytest

from quizzes.core.specs import Format
from quizzes.models import DeckStudy, StudySettings
from quizzes.models.people import Profile
from quizzes.selectors.study.progress import progress_page
from tests.factories import NOW, elements
from tests.study import (
    ALUMINIUM,
    COPPER,
    DAY,
    HELIUM,
    IRON,
    USE_OF_IRON,
    begin,
    learn,
    practise,
    press,
    put,
    rate,
)

LATER = NOW + 30 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def plot(page, at):
    return page.plots[at]


FORECAST, DAYS, RETENTION, WEEKS, RECALL, STABILITY, AGES, CALENDAR = range(8)


def test_it_begins_with_what_would_be_recalled_and_what_is_due(student):
    learn(student, IRON)
    learn(student, COPPER)
    page = progress_page(student, None, now=LATER)
    assert page.finding == "Today you would recall about 2 of the 2 cards you have learned. 2 cards are due today."


def test_it_says_which_of_the_cards_due_wait_for_another_day(student):
    learn(student, IRON)
    learn(student, USE_OF_IRON)
    learn(student, COPPER)
    finding = progress_page(student, None, now=LATER).finding
    assert "3 cards are due today. 1 of the cards due today comes on another day, so that cards of one fact" in finding
    DeckStudy.objects.update(reviews_per_day=1)
    finding = progress_page(student, None, now=LATER).finding
    assert finding.endswith("1 of the cards due today is over your limit of reviews a day and waits.")
    StudySettings.objects.update(bury_siblings=False)
    assert "another day" not in progress_page(student, None, now=LATER).finding


def test_practice_is_no_answer_of_the_day_in_one_deck_or_all(student, deck):
    learn(student, IRON, now=NOW - DAY)
    practise(student, IRON, now=NOW)
    for page in (progress_page(student, None, now=NOW), progress_page(student, deck, now=NOW)):
        assert plot(page, DAYS).title.startswith("Studied on 1 of the last 28 days")
        assert plot(page, CALENDAR).title == "1 day of study in half a year"


def test_the_forecast_keeps_left_overs_apart(student):
    due_on = learn(student, IRON).due_on
    page = progress_page(student, None, now=NOW)
    rows = plot(page, FORECAST).rows
    assert len(rows) == 14
    assert [row[1:] for row in rows if row[1] != "0"] == [["1", "0"]]
    assert rows[(due_on - NOW.date()).days][1] == "1"
    late = plot(progress_page(student, None, now=LATER), FORECAST)
    assert (late.rows[0][1:], late.title) == (["0", "1"], "Most work today: 1 card")


def test_days_show_right_and_wrong_and_the_calendar_all_of_them(student):
    rate(student, IRON, 3)
    rate(student, COPPER, 1)
    page = progress_page(student, None, now=NOW)
    assert plot(page, DAYS).rows[-1] == ["Tuesday 10 March 2026", "1", "1"]
    assert plot(page, DAYS).title == "Studied on 1 of the last 28 days, 50 % of the answers right"
    assert plot(page, CALENDAR).rows[-1] == ["2026-03-09", "", "2", *[""] * 5]


def test_what_is_retained_needs_ten_answers_to_be_told(student):
    learn(student, IRON)
    rate(student, IRON, 3, now=LATER)
    page = progress_page(student, None, now=LATER)
    assert plot(page, RETENTION).rows[-1] == ["All", "1", "1", "not enough answers yet", ""]
    assert "Too few" in plot(page, RETENTION).title
    assert plot(page, WEEKS).rows == []


def test_what_is_retained_is_told_with_its_interval(student):
    StudySettings.objects.update(desired_retention=0.9)
    for at in range(12):
        now = NOW + at * 2 * DAY
        for key in (IRON, COPPER):
            rate(student, key, 1 if at == 5 else 4, now=now)
            rate(student, key, 4, now=now)
    page = progress_page(student, None, now=NOW + 24 * DAY)
    _name, right, n, share, interval = plot(page, RETENTION).rows[-1]
    assert (right, n, share) == ("20", "22", "91 %")
    assert interval == "72 % to 97 %"
    assert plot(page, RETENTION).title == "You recall 91 % of what comes back, about your aim of 90 %"


def test_sections_tell_of_cards_met_and_not_yet_met(student):
    learn(student, IRON)
    press(student, put(student, HELIUM, Format.CHOICE))
    rows = {row[0]: row[1:] for row in plot(progress_page(student, None, now=NOW), RECALL).rows}
    assert rows["Elements"][1:] == ["1", "0", "15"]
    assert rows["Gases"] == ["none learned yet", "0", "1", "3"]


def test_cards_not_met_are_counted_even_if_one_was_only_suspended(student):
    learn(student, IRON)
    rows = {row[0]: row[1] for row in plot(progress_page(student, None, now=NOW), AGES).rows}
    assert sum(map(int, rows.values())) == 20
    assert rows["Not yet met"] == "19"


def test_the_hardest_facts_lead_to_their_pages(student):
    learn(student, IRON)
    rate(student, IRON, 1, now=LATER)
    learn(student, ALUMINIUM)
    (fact,) = progress_page(student, None, now=LATER).hardest
    assert (fact.term, fact.url, fact.lapses) == ("iron", "/browse/elements/uses/1/", 1)


def test_before_the_first_answer_it_says_what_will_be_here(ada, deck):
    assert "Begin with the first card" in progress_page(ada, None, now=NOW).finding
    begin(ada, deck)
    page = progress_page(ada, None, now=NOW)
    assert "After your first answers" in page.finding
    assert page.plots == ()


def test_of_a_deck_not_begun_nothing_is_shown(student, deck):
    learn(student, IRON)
    other = elements(slug="other", title="Other")
    assert progress_page(student, other, now=NOW).plots == ()


def test_several_decks_can_be_told_apart(student, deck):
    learn(student, IRON)
    begin(student, elements(slug="other", title="Other elements"))
    page = progress_page(student, deck, now=NOW)
    assert [(tab.title, tab.here) for tab in page.tabs] == [
        ("All decks", False),
        ("Chemical elements", True),
        ("Other elements", False),
    ]
    every = progress_page(student, None, now=NOW)
    assert [row[0] for row in plot(every, RECALL).rows] == ["Chemical elements · Elements"]


@pytest.mark.parametrize(("zone", "day"), [("UTC", "10 March"), ("Pacific/Kiritimati", "11 March")])
def test_the_days_are_the_student_s_own(student, zone, day):
    Profile.objects.filter(user=student).update(time_zone=zone)
    at = NOW.replace(hour=20)
    rate(student, IRON, 3, now=at)
    assert day in plot(progress_page(student, None, now=at), DAYS).rows[-1][0]


def test_before_rollover_it_is_still_yesterday(student):
    at = NOW.replace(hour=3, minute=59)
    rate(student, IRON, 3, now=at)
    assert "9 March" in plot(progress_page(student, None, now=at), DAYS).rows[-1][0]
    assert "10 March" in plot(progress_page(student, None, now=NOW.replace(hour=4, minute=0)), DAYS).rows[-1][0]
