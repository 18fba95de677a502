import pytest

from quizzes.core.specs import Format
from quizzes.models import Fact, StudySettings
from quizzes.selectors.study.finished import finished_page
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, DeckFactory, elements, keep
from tests.study import COPPER, DAY, HELIUM, IRON, begin, hurry, learn, practise, press, put, rate


@pytest.fixture
def student(ada):
    return begin(ada, elements(), limits={"new_per_day": 0})


def page_of(user, *, scope="", now=NOW):
    desk = read_desk(get_student(user.pk), studied_decks(user, scope), now=now, last_seq=1)
    return finished_page(desk, scope, now=now)


def test_it_says_why_and_sums_the_day_up(student):
    rate(student, IRON, 1)
    rate(student, COPPER, 4)
    press(student, put(student, HELIUM, Format.CHOICE))
    page = page_of(student)
    assert (page.today.answers, page.today.percent, page.today.minutes) == (3, 67, 1)
    assert [(row.section, row.answers, row.right, row.percent) for row in page.by_section] == [
        ("elements", 2, 1, 50),
        ("gases", 1, 1, 100),
    ]
    assert page.hardest == ["iron: missed 1×"]


def test_one_answer_and_one_minute_are_said_in_the_singular(student):
    rate(student, IRON, 1)
    today = page_of(student).today
    assert (today.answers_word, today.minutes_word) == ("answer today", "minute")
    rate(student, COPPER, 4)
    assert page_of(student).today.answers_word == "answers today"


def test_practice_is_not_summed_up(student):
    rate(student, COPPER, 4)
    practise(student, IRON, right=False)
    page = page_of(student)
    assert (page.today.answers, [row.answers for row in page.by_section], page.hardest) == (1, [1], [])


def test_what_was_taken_back_is_left_out(student):
    rate(student, IRON, 1)
    undo_last(user=student, scope="", now=NOW)
    page = page_of(student)
    assert (page.today.answers, page.by_section, page.hardest) == (0, [], [])


def test_the_most_missed_come_first_and_five_at_most(student):
    for number in range(1, 8):
        rate(student, f"uses/{number}/purpose_to_term", 1)
    rate(student, COPPER, 1)
    assert page_of(student).hardest[0] == "copper: missed 2×"
    assert len(page_of(student).hardest) == 5


def test_what_was_too_quick_to_count_is_not_missed(student):
    hurry(student, IRON)
    page = page_of(student)
    assert (page.hardest, page.by_section, page.today.answers, page.progress.done) == ([], [], 0, 0)


def test_it_says_when_the_next_cards_come(student):
    assert page_of(student).coming == ""
    due_on = learn(student, IRON).due_on
    days = (due_on - NOW.date()).days
    assert page_of(student).coming == f"The next: 1 card in {days} d."
    assert page_of(student, now=NOW + (days - 1) * DAY).coming == "Tomorrow: 1 card."


def test_cards_that_do_not_come_are_not_announced(student):
    learn(student, IRON)
    Fact.objects.filter(code="uses/1").update(status=Fact.Status.RETIRED)
    keep(Fact.objects.get(code="uses/1").deck)
    assert page_of(student).coming == ""
    learn(student, COPPER)
    begin(student, DeckFactory(slug="other"))
    assert page_of(student, scope="other").coming == ""


def test_ten_more_new_cards_are_offered_where_their_limit_ended_it(student):
    assert page_of(student).headline == "Done for today"
    assert [(more.url, more.label) for more in page_of(student).more] == [
        ("/study/deck/elements/more/", "Ten more new cards")
    ]
    begin(student, DeckFactory(slug="other"))
    assert [(more.url, more.label) for more in page_of(student).more] == [
        ("/study/deck/elements/more/", "Ten more new cards: Chemical elements")
    ]
    assert page_of(student, scope="elements").more[0].label == "Ten more new cards"


def test_a_pause_for_learning_offers_to_look_again(student):
    StudySettings.objects.update(learning_steps=[25])
    rate(student, IRON, 1)
    page = page_of(student, scope="elements")
    assert (page.headline, page.again_url) == ("A short pause", "/study/deck/elements/")
    assert "25 minutes" in page.why


def test_without_a_deck_it_says_how_to_begin(ben):
    begin(ben, DeckFactory(slug="other"), limits={"paused_at": NOW})
    assert (page_of(ben).headline, page_of(ben).more) == ("No deck to study", [])
