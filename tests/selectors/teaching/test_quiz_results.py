"""How a quiz went: sentence, attempts, questions; what was corrected since; one attempt read with every choice."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.core.distractor_table import LEAST_SHOWINGS, OptionCounts, distractor_table
from quizzes.models import Fact, ItemRuling, Overlap
from quizzes.selectors.teaching.attempt_reading import attempt_page
from quizzes.selectors.teaching.quiz_corrections import read_corrections
from quizzes.selectors.teaching.quiz_items import read_contents
from quizzes.selectors.teaching.quiz_questions import option_lines
from quizzes.selectors.teaching.quiz_results import results_page
from quizzes.selectors.teaching.ruling_page import ruling_page
from quizzes.selectors.teaching.table import Wanted
from quizzes.services.content.facts import bring_deck_up_to_date
from tests.factories import NOW, UserFactory, elements
from tests.people import enrol
from tests.quiz_marks import KEYS, begin, frozen_quiz, hashes, key_of, options_of, take, wrong_of

LATER = NOW + timedelta(hours=2)
UTC = ZoneInfo("UTC")


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(deck, cohort):
    return frozen_quiz(deck, cohort, pass_mark=0.6)


def students(cohort, count):
    people = [UserFactory(username=f"s{number:02}") for number in range(count)]
    for user in people:
        enrol(user, cohort)
    return people


def page(ivy, cohort, quiz, *, every_question=False, **wanted):
    return results_page(ivy, cohort, quiz, Wanted(**wanted), every_question=every_question, now=LATER)


def correct(deck, code, by, change="meaning", **fields):
    fact = Fact.objects.get(deck=deck, code=code)
    for name, value in fields.items():
        setattr(fact, name, value)
    fact.save()
    bring_deck_up_to_date(deck=deck, by=by, now=LATER, change=change)


def corrections(quiz):
    return read_corrections(read_contents(hashes(quiz)), UTC)


def test_nine_marks_tell_no_mean_and_ten_do(ivy, cohort, quiz):
    people = students(cohort, 12)
    for user in people[:9]:
        take(user, quiz, True, True, True, True)
    begin(people[10], quiz)
    said = page(ivy, cohort, quiz).sentence
    assert said == ("9 of 12 have submitted; not enough answers yet to tell a mean; 9 of 9 passed; 1 attempt under way")
    take(people[9], quiz, False, False, True, True)
    said = page(ivy, cohort, quiz).sentence
    assert said == "10 of 12 have submitted; mean 95 %; 9 of 10 passed; 1 attempt under way"


def test_the_picture_comes_with_the_tenth_mark_and_has_its_table(ivy, cohort, quiz):
    for user in students(cohort, 10):
        assert page(ivy, cohort, quiz).plots == []
        take(user, quiz, True, True, True, False)
    plot = page(ivy, cohort, quiz).plots[0]
    assert plot.title == "Half of those who submitted have 75 % or more"
    assert ["70–79", "10"] in plot.rows


def test_each_attempt_has_its_state_time_mark_points_and_rapid_guesses(ivy, cohort, quiz):
    first, second = students(cohort, 2)
    take(first, quiz, True, False, True, True, rapid=True, used=timedelta(minutes=3, seconds=7), ended_by="clock")
    begin(second, quiz)
    done, under_way = page(ivy, cohort, quiz).table.rows
    assert (done.used, done.mark, done.passed, done.points) == ("3 min 07 s", "75 %", "passed", "3 of 4")
    assert (done.rapid, done.state.endswith("ended by the clock"), bool(done.url)) == ("4 rapid guesses", True, True)
    assert (under_way.state.startswith("under way"), under_way.mark, under_way.url) == (True, "–", "")


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"sort": "mark"}, ["s01", "s00", "s02"]),
        ({"sort": "-mark"}, ["s00", "s01", "s02"]),
        ({"sort": "-name"}, ["s02", "s01", "s00"]),
        ({"show": "submitted"}, ["s00", "s01"]),
        ({"show": "under_way"}, ["s02"]),
        ({"show": "rapid"}, ["s01"]),
        ({"search": "S01"}, ["s01"]),
    ],
)
def test_attempts_are_sorted_and_filtered(ivy, cohort, quiz, wanted, names):
    first, second, third = students(cohort, 3)
    take(first, quiz, True, True, True, True)
    take(second, quiz, True, rapid=True)
    begin(third, quiz)
    assert [row.name for row in page(ivy, cohort, quiz, **wanted).table.rows] == names


def test_a_question_says_who_was_right_and_what_was_taken_from_ten_answers_on(ivy, cohort, quiz):
    people = students(cohort, 10)
    for number, user in enumerate(people[:9]):
        take(user, quiz, number < 6, None, rapid=number == 8)
    first, second = page(ivy, cohort, quiz).questions[:2]
    assert (first.share, first.few, first.rapid) == ("not enough answers yet (9)", True, "1 rapid guess")
    assert {one.taken for one in first.options if one.right} == {"6 of 9"}
    assert {one.share for one in first.options} == {None}
    assert second.blank == "9 left it open"
    take(people[9], quiz, True)
    first = page(ivy, cohort, quiz).questions[0]
    assert (first.share, first.few) == ("70 % right, of 10", False)
    assert sorted(one.share for one in first.options) == [0, 0, 30, 70]
    assert not any(one.told for one in first.options)


def test_the_share_that_took_a_choice_is_told_where_the_distractor_table_tells_it():
    content = {"options": [{"text": "iron", "is_key": True}, {"text": "copper", "is_key": False}]}
    for n in (LEAST_SHOWINGS - 1, LEAST_SHOWINGS):
        lines, table = option_lines(content, None, {1: 20}, n), distractor_table([OptionCounts(n), OptionCounts(n)], 0)
        assert [one.told for one in lines] == [row.share.told for row in table] == [n == LEAST_SHOWINGS] * 2


def test_only_the_first_meeting_with_a_question_counts_in_its_figures(ivy, cohort, quiz):
    user = students(cohort, 1)[0]
    take(user, quiz, False, number=1)
    take(user, quiz, True, number=2)
    question = page(ivy, cohort, quiz).questions[0]
    assert question.n == 1
    assert [one.taken for one in question.options if one.right] == ["0 of 1"]


def test_a_fact_of_newer_meaning_is_pointed_out_with_its_words_before_and_after(deck, quiz, eve):
    assert corrections(quiz) == {}
    correct(deck, "uses/1", eve, purpose="to build ships")
    found = corrections(quiz)[hashes(quiz)[0]][0]
    assert (found.term, found.what, found.who, found.meaning) == ("iron", "meaning changed", "eve", True)
    assert found.when == "Tue 10 Mar 2026, 12:00"
    change = found.changes[0]
    assert "".join(piece.text for piece in change.before) == "to build bridges and rails"
    assert "".join(piece.text for piece in change.after) == "to build ships"


def test_a_fact_of_newer_wording_is_pointed_out_as_such(deck, quiz, eve):
    correct(deck, "uses/1", eve, change="wording", purpose="to build bridges and railways")
    found = corrections(quiz)[hashes(quiz)[0]][0]
    assert (found.what, found.meaning) == ("wording changed", False)


def test_a_wrong_answer_choice_whose_fact_changed_is_pointed_out_too(deck, quiz, eve):
    item_hash = hashes(quiz)[0]
    code = options_of(item_hash)[wrong_of(item_hash)]["code"]
    correct(deck, code, eve, purpose="to do something else")
    assert [one.term for one in corrections(quiz)[item_hash]] == [options_of(item_hash)[wrong_of(item_hash)]["text"]]


def test_a_question_without_a_changed_fact_is_not_pointed_out(deck, quiz, eve):
    shown = {option["code"] for item_hash in hashes(quiz) for option in options_of(item_hash)}
    other = next(f"gases/{n}" for n in range(1, 5) if f"gases/{n}" not in shown)
    correct(deck, other, eve, condition="in lamps")
    assert corrections(quiz) == {}


def judge(deck, item_hash, eve, **fields):
    options = options_of(item_hash)
    asked, offered = (
        Fact.objects.get(deck=deck, code=options[number]["code"]) for number in (key_of(item_hash), wrong_of(item_hash))
    )
    about = {"verdict": "right", "reason": "Both are.", "judged_by": eve, "judged_at": LATER, **fields}
    return Overlap.objects.create(asked=asked, offered=offered, **about)


def test_an_answer_choice_judged_right_since_is_pointed_out_and_ticked(deck, quiz, cohort, ivy, eve):
    item_hash = hashes(quiz)[0]
    judge(deck, item_hash, eve)
    found = corrections(quiz)[item_hash][0]
    assert (found.what, found.reason, found.also_right) == ("also right", "Both are.", wrong_of(item_hash))
    page = ruling_page(ivy, cohort, quiz, item_hash, now=LATER)
    assert (page.kind, page.accepted) == ("accept", sorted([key_of(item_hash), wrong_of(item_hash)]))


@pytest.mark.parametrize("fields", [{"verdict": "distinct"}, {"direction": "term_to_purpose"}])
def test_a_verdict_about_something_else_is_not_pointed_out(deck, quiz, eve, fields):
    judge(deck, hashes(quiz)[0], eve, **fields)
    assert corrections(quiz) == {}


def test_an_attempt_is_read_in_the_order_it_was_shown_with_every_choice(ivy, cohort, quiz):
    user = students(cohort, 1)[0]
    attempt = take(user, quiz, True, False, None, True)
    attempt.responses.filter(position=1).update(order=[3, 2, 1, 0])
    ItemRuling.objects.create(
        quiz=quiz, item_hash=hashes(quiz)[1], kind="accept", accepted=[wrong_of(hashes(quiz)[1])], reason="x",
        ruled_at=NOW,
    )  # fmt: skip
    found = attempt_page(ivy, cohort, quiz, attempt, now=LATER)
    first, second, third = found.questions[:3]
    assert [one.text for one in first.options] == [one["text"] for one in options_of(hashes(quiz)[0])][::-1]
    assert [one.tag for one in first.options if one.chosen] == ["✓ the student's answer"]
    assert [one.tag for one in second.options if one.chosen] == ["✓ the student's answer"]
    assert second.ruling.startswith("accepted as right: ")
    assert third.verdict == "Not answered"
    assert all(one.feedback for question in found.questions for one in question.options)


def test_a_question_that_the_quiz_does_not_have_has_no_page(ivy, cohort, quiz, deck):
    other = hashes(frozen_quiz(deck, cohort, ["uses/8/purpose_to_term"]))[0]
    assert ruling_page(ivy, cohort, quiz, other, now=LATER) is None
    assert ruling_page(ivy, cohort, quiz, "0" * 64, now=LATER) is None


@pytest.mark.parametrize("size", [2, 12])
def test_results_take_as_many_queries_whatever_their_size(ivy, cohort, deck, eve, django_assert_num_queries, size):
    quiz = frozen_quiz(deck, cohort, [*KEYS, "uses/5/purpose_to_term"])
    for user in students(cohort, size):
        take(user, quiz, True, False)
    for number in range(1, 2 if size == 2 else 5):
        correct(deck, f"uses/{number}", eve, purpose=f"to do thing {number}")
    with django_assert_num_queries(14):
        page(ivy, cohort, quiz)


def test_figures_of_the_quiz_are_told_from_the_tenth_mark_on(ivy, cohort, quiz):
    people = students(cohort, 10)
    for user in people[:9]:
        take(user, quiz, True, True, True, False)
    assert not page(ivy, cohort, quiz).told
    take(people[9], quiz, False, False, True, True)
    assert page(ivy, cohort, quiz).told
