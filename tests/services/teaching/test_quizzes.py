"""Quizzes through their states, and what may change in each."""

import uuid
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from quizzes.management.jobs import freeze_quizzes
from quizzes.models import Attempt, Quiz, QuizForm
from quizzes.services.teaching import quizzes as services
from quizzes.services.teaching.forming import form_for, freeze_due, freeze_quiz
from quizzes.services.teaching.quizzes import FROZEN, PLANNED, Plan
from tests.factories import NOW, QuizFactory, elements

DAY = timedelta(days=1)
ROW = {"section": "", "direction": "", "closeness": "mixed", "number": 4}


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(cohort, deck):
    """Published, open from NOW, not frozen."""
    return QuizFactory(cohort=cohort, deck=deck)


def plan_of(quiz, **fields):
    """The quiz as it is, but for some fields."""
    return replace(Plan(**{name: getattr(quiz, name) for name in PLANNED}), **fields)


def again(quiz):
    return Quiz.objects.get(pk=quiz.pk)


def never():
    return False


def start(quiz, user, **fields):
    form = form_for(quiz=quiz, user=user, number=1, now=NOW)
    return Attempt.objects.create(quiz=quiz, user=user, number=1, form=form, started_at=NOW, due_at=NOW, **fields)


def test_a_form_makes_one_quiz_and_changed_another(quiz, ivy, cohort, deck):
    form_id, plan = uuid.uuid4(), plan_of(quiz)

    def make(plan, seed):
        about = {"user": ivy, "cohort": cohort, "deck": deck, "now": NOW, "form_id": form_id}
        return services.create_quiz(plan=plan, seed=seed, **about)

    first = make(plan, "a")
    assert make(plan, "b") == first
    assert (again(first).seed, first.published_at, plan_of(first)) == ("a", None, plan)
    assert make(replace(plan, title="Another"), "c") != first


CHANGES = {
    "picking": "picked",
    "blueprint": [ROW | {"number": 2}],
    "forms": "parallel",
    "form_count": 5,
    "certainty": True,
}


def test_what_stands_fast_once_frozen_is_tried_below():
    assert set(CHANGES) == set(FROZEN)


@pytest.mark.parametrize("name", FROZEN)
def test_the_questions_of_a_frozen_quiz_cannot_change(quiz, name):
    freeze_quiz(quiz=quiz, now=NOW)
    with pytest.raises(services.FrozenQuizError):
        services.change_quiz(quiz=quiz, plan=plan_of(again(quiz), **{name: CHANGES[name]}))
    assert plan_of(again(quiz)) == plan_of(quiz)


def test_all_else_of_a_frozen_quiz_can(quiz, ada):
    start(quiz, ada)
    plan = plan_of(
        again(quiz), title="B", instructions="C", opens_at=NOW - DAY, closes_at=NOW + 30 * DAY, time_limit_minutes=5,
        attempts_allowed=3, counting="last", feedback="closing", pass_mark=0.5, reminders=False,
    )  # fmt: skip
    services.change_quiz(quiz=quiz, plan=plan)
    assert plan_of(again(quiz)) == plan


def test_a_published_quiz_stays_one_that_can_be_drawn(quiz):
    with pytest.raises(services.UnfitQuizError) as refused:
        services.change_quiz(quiz=quiz, plan=plan_of(quiz, blueprint=[]))
    assert refused.value.reasons == ("The quiz asks for no questions yet: say how many, and from where.",)
    assert again(quiz).blueprint == [ROW]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"blueprint": [ROW | {"number": 13}]}, "Row 1 (all sections, any kind) asks for 13 questions"),
        ({"blueprint": [ROW, ROW | {"direction": "not_member", "number": 1}]}, "At most one question in ten may: 0"),
        ({"picking": "picked"}, "No question has been picked yet."),
        ({"picking": "picked", "picks": [{"card": 1, "hash": "gone"}]}, "1 question can no longer be read"),
    ],
)
def test_what_cannot_be_put_is_not_published(quiz, fields, reason):
    Quiz.objects.update(published_at=None, **fields)
    with pytest.raises(services.UnfitQuizError) as refused:
        services.publish_quiz(quiz=quiz, now=NOW)
    assert reason in " ".join(refused.value.reasons)
    assert again(quiz).published_at is None


def test_publishing_twice_keeps_the_first_moment(quiz):
    services.publish_quiz(quiz=quiz, now=NOW + DAY)
    assert again(quiz).published_at == NOW


def test_a_quiz_is_published_until_the_moment_it_closes(quiz):
    Quiz.objects.update(published_at=None)
    with pytest.raises(services.OverQuizError):
        services.publish_quiz(quiz=quiz, now=quiz.closes_at)
    services.publish_quiz(quiz=quiz, now=quiz.closes_at - timedelta(seconds=1))
    assert again(quiz).published_at is not None


def test_a_withdrawn_quiz_is_a_draft_whose_forms_are_gone(quiz):
    freeze_quiz(quiz=quiz, now=NOW)
    services.withdraw_quiz(quiz=quiz)
    assert (again(quiz).published_at, again(quiz).frozen_at, QuizForm.objects.count()) == (None, None, 0)


@pytest.mark.parametrize("submitted", [None, NOW])
def test_a_started_quiz_is_neither_withdrawn_nor_deleted(quiz, ada, submitted):
    start(quiz, ada, submitted_at=submitted)
    with pytest.raises(services.StartedQuizError):
        services.withdraw_quiz(quiz=quiz)
    with pytest.raises(services.PublishedQuizError):
        services.delete_quiz(quiz=quiz)
    assert (again(quiz).published_at, QuizForm.objects.count()) == (NOW, 1)


def test_other_questions_are_drawn_only_before_freezing(quiz):
    services.draw_again(quiz=quiz, seed="other")
    freeze_quiz(quiz=quiz, now=NOW)
    with pytest.raises(services.FrozenQuizError):
        services.draw_again(quiz=quiz, seed="third")
    assert again(quiz).seed == "other"


@pytest.mark.parametrize(("at", "frozen"), [(-1, False), (0, True), (7 * 86400 - 1, True), (7 * 86400, False)])
def test_the_worker_freezes_a_quiz_from_the_moment_it_opens_until_it_closes(quiz, at, frozen):
    freeze_quizzes(quiz.opens_at + timedelta(seconds=at), Event())
    assert (again(quiz).frozen_at is not None) is frozen


def test_the_worker_passes_over_drafts_archived_classes_and_what_cannot_be_drawn(cohort, deck, caplog):
    broken = QuizFactory(cohort=cohort, deck=deck, blueprint=[ROW | {"number": 99}])
    draft = QuizFactory(cohort=cohort, deck=deck, published_at=None)
    put_away = QuizFactory(deck=deck, cohort__archived_at=NOW)
    fine = QuizFactory(cohort=cohort, deck=deck)
    assert freeze_due(now=NOW, stop=never) == 1
    assert [again(one).frozen_at for one in (broken, draft, put_away, fine)] == [None, None, None, NOW]
    assert f"Quiz {broken.pk} cannot be drawn" in caplog.text
    assert freeze_due(now=NOW, stop=never) == 0
