from collections import Counter

import pytest

from quizzes.models import Attempt, Enrolment, Fact, GradeChange, MessageCopy, Quiz, Response, ReviewLog
from quizzes.services.people.roles import INSTRUCTOR
from quizzes.services.teaching.attempting import start_attempt
from quizzes.services.teaching.demo import MOST_ANSWERS, STUDENTS, disputed_cards, make_class, make_pasts
from quizzes.services.teaching.demo_work import set_work
from tests.factories import NOW, UserFactory, elements, keep
from tests.people import person
from tests.study import DAY, holds


@pytest.fixture
def people(db):
    return {one.username: UserFactory(username=one.username) for one in STUDENTS}


@pytest.fixture
def past_quiz(people):
    """The class is made and its work set; the quiz that they are to have taken."""
    return set_up(people, elements())


def set_up(people, deck):
    instructor = person("instructor", INSTRUCTOR)
    cohort = make_class(instructor=instructor, people=people, deck=deck, below=lambda _n: 0, now=NOW)
    return set_work(cohort=cohort, instructor=instructor, people=people, deck=deck, now=NOW)


def days(user):
    """The days somebody studied on, quizzes left out, as days before now."""
    found = ReviewLog.objects.filter(user=user, kind="answer", source="demo").values_list("study_day", flat=True)
    return sorted({(NOW.date() - day).days for day in found})


def test_the_class_studies_each_in_their_way_up_to_now(people, past_quiz):
    given = dict(make_pasts(people=people, until=NOW, quiz=past_quiz))
    answers = Counter(ReviewLog.objects.filter(kind="answer").values_list("user__username", flat=True))
    assert {name: count for name, count in given.items() if count} == answers
    assert 0 < sum(given.values()) <= MOST_ANSWERS
    assert ReviewLog.objects.filter(answered_at__gte=NOW).count() == 0
    assert days(people["silent"]) == []
    assert 0 < min(days(people["crammer"])) <= 4
    assert not set(days(people["crammer"])) & set(range(5, 19))
    assert min(days(people["fading"])) >= 9
    assert {(NOW - ago * DAY).weekday() for ago in days(people["weekender"])} <= {5, 6}
    assert len(days(people["student"])) > 15
    assert holds()


def test_the_quiz_of_the_past_is_taken_by_most_and_its_answers_are_remembered(people, past_quiz):
    list(make_pasts(people=people, until=NOW, quiz=past_quiz))
    attempts = {one.user.username: one for one in past_quiz.attempts.select_related("user")}
    assert set(people) - set(attempts) == {"latecomer", "silent"}
    assert {name for name, one in attempts.items() if one.ended_by == Attempt.Ended.CLOCK} == {"crammer"}
    assert attempts["crammer"].responses.filter(chosen=None).exists()
    used = attempts["struggling"].submitted_at - attempts["struggling"].started_at
    assert used.total_seconds() > past_quiz.time_limit_minutes * 60
    assert len({one.mark for one in attempts.values()}) > 1
    assert all(one.submitted_at < past_quiz.closes_at < NOW for one in attempts.values())
    answered = Response.objects.filter(chosen__isnull=False).count()
    assert ReviewLog.objects.filter(kind="answer", source="quiz").count() == answered > 40
    excused = GradeChange.objects.get()
    assert (excused.user, excused.kind, excused.quiz) == (people["latecomer"], "excuse", past_quiz)


def test_the_better_students_do_not_accept_the_key_of_one_question(people, past_quiz):
    list(make_pasts(people=people, until=NOW, quiz=past_quiz))
    (card,) = disputed_cards(past_quiz)
    doubting = [people[one.username] for one in STUDENTS if one.doubts]
    first = Response.objects.filter(card_id=card, chosen__isnull=False)
    assert first.count() >= 10
    assert first.filter(correct=True).count() / first.count() < 0.3
    later = ReviewLog.objects.filter(card_id=card, user__in=doubting, kind="answer", source="demo")
    assert later.filter(correct=True).count() < later.count() / 2


def test_more_is_open_in_draft_and_in_the_record(people, past_quiz):
    still_open, draft = past_quiz.cohort.quizzes.exclude(pk=past_quiz.pk)
    assert still_open.opens_at < NOW < still_open.closes_at
    assert len(start_attempt(quiz=still_open, user=people["student"], now=NOW).responses.all()) == 10
    assert still_open.time_limit_minutes == 15
    assert draft.published_at is None
    assert past_quiz.cohort.assignments.get(published_at__lt=NOW).closes_at > NOW
    assert set(MessageCopy.objects.values_list("user__username", flat=True)) == set(people)
    assert Counter(Enrolment.objects.values_list("group__name", flat=True)) == {None: 3, "Tuesday": 5, "Thursday": 6}


def test_quizzes_of_a_deck_that_is_too_small_stay_drafts(people):
    deck = elements()
    Fact.objects.filter(code__startswith="gases/").update(status="retired")
    keep(deck)
    assert set_up(people, deck) is None
    assert set(Quiz.objects.values_list("published_at", flat=True)) == {None}
    assert sum(dict(make_pasts(people=people, until=NOW, quiz=None)).values()) > 0


def test_everybody_is_a_student_of_the_class(people, past_quiz):
    assert set(Enrolment.objects.filter(role="student").values_list("user__username", flat=True)) == set(people)
    assert Enrolment.objects.get(role="instructor").user.username == "instructor"
