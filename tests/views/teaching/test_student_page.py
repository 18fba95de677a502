import re

from quizzes.core.specs import Format
from quizzes.models import Profile
from quizzes.services.teaching.enrolling import enrol
from tests.classes import USES, answer, class_of, join, know
from tests.factories import NOW, AssignmentFactory, DeckFactory
from tests.quiz_marks import frozen_quiz, take
from tests.study import DAY, IRON, hurry, practise, press, put


def page_of(response):
    assert response.status_code == 200
    return response.context["page"]


def test_recall_stands_with_its_interval_and_can_be_that_of_exam_day(desk, ada_url, klass, deck):
    today = page_of(desk.get(ada_url))
    assert today.days == []
    assert today.score.endswith("; expected score if the exam were today")
    exam = AssignmentFactory(cohort=klass, deck=deck, exam_on=(NOW + 30 * DAY).date()).exam_on
    later = page_of(desk.get(f"{ada_url}?on={exam}"))
    assert [(day.label, day.here) for day in later.days] == [("Today", False), ("Exam, 9 Apr", True)]
    shares = [int(page.plots[1][0].rows[0][1].removesuffix(" %")) for page in (today, later)]
    assert shares[1] < shares[0]
    low, high = map(int, later.plots[1][0].rows[0][2].removesuffix(" %").split("–"))
    assert low < shares[1] < high
    assert "weakest section on 9 Apr: " in later.sentence
    assert later.score.endswith("; expected score on exam day, 9 Apr (in 30 days)")
    assert re.match(r"\d+ % \(95 % interval \d+–\d+ %\) of \d+ cards, 12 of them begun", later.score)


def test_it_says_why_somebody_falls_behind(desk, ada_url, ada):
    page = page_of(desk.get(ada_url))
    assert page.reasons == ["last studied 8 days ago; 12 cards due"]
    know(ada, USES[:1])
    assert page_of(desk.get(ada_url)).reasons == []


def test_haste_is_told_to_the_instructor(desk, ada, ada_url):
    for _time in range(10):
        hurry(ada, IRON)
    answer(ada, USES[1:], days_ago=1)
    page = page_of(desk.get(ada_url))
    assert any("answers were faster than anybody reads" in reason for reason in page.reasons)


def test_recall_over_the_weeks_has_the_interval_of_the_students_own_answers(desk, ada, ada_url):
    for days_ago in (6, 5):
        answer(ada, USES, days_ago=days_ago)
    plot = page_of(desk.get(ada_url)).plots[1][1]
    assert plot.title.startswith("At reviews ")
    assert plot.rows[-1][3] == "16"
    low, _high = map(int, plot.rows[-1][2].removesuffix(" %").split("–"))
    assert low > 70, "all of 16 right, by Wilson"


def test_attempts_at_the_quizzes_of_this_class_lead_to_what_was_answered(desk, klass, deck, ada, ada_url):
    other = class_of(deck)
    enrol(user=ada, cohort=other, now=NOW)
    attempt = take(ada, frozen_quiz(deck, klass), True, False)
    take(ada, frozen_quiz(deck, other), True, True)
    (line,) = page_of(desk.get(ada_url)).attempts
    assert (line.number, line.mark) == (1, "25 %")
    assert str(attempt.public_id) in line.url
    assert desk.get(line.url).status_code == 200


def test_facts_taken_for_others_are_counted_the_most_often_taken_first(desk, ada, ada_url):
    taken = [
        press(ada, put(ada, key, Format.CHOICE, now=NOW - DAY), right=False, now=NOW - DAY).row.taken_for
        for key in (USES[0], USES[0], USES[1])
    ]
    rows = page_of(desk.get(ada_url)).taken
    assert {(row.asked, row.taken) for row in rows} == {
        ("iron", taken[0].term), ("iron", taken[1].term), ("copper", taken[2].term),
    }  # fmt: skip
    assert [row.times for row in rows] == sorted([row.times for row in rows], reverse=True)
    assert sum(row.times for row in rows) == 3
    assert {row.last for row in rows} == {"9 Mar"}
    assert desk.get(rows[0].url).status_code == 200


def test_what_was_taken_for_what_in_practice_is_nobodys_business(desk, ada, ada_url):
    practise(ada, USES[0], right=False, now=NOW)
    response = desk.get(ada_url)
    assert page_of(response).taken == []
    assert "No fact has been taken for another one." in response.content.decode()


def test_nothing_of_other_decks_is_shown(desk, klass, ada_url):
    klass.decks.set([DeckFactory()])
    page = page_of(desk.get(ada_url))
    assert (page.taken, page.hardest, page.plots, page.score) == ([], [], [], "")


def test_who_has_begun_nothing_has_a_page_without_figures(desk, klass, url):
    new = join(klass, now=NOW - 20 * DAY, first_name="אבג", last_name="<i>")
    Profile.objects.get_or_create(user=new)
    response = desk.get(url(f"students/{new.profile.public_id}/"))
    page = page_of(response)
    assert (page.plots, page.score, page.attempts) == ([], "", [])
    assert page.reasons == ["has not begun; 20 cards wait"]
    assert "<i>" not in response.content.decode()
