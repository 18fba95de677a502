"""What is set for the demo's class: groups, an assignment, quizzes past, open and in draft, and a message."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from quizzes.models import Assignment, Cohort, Deck, Enrolment, Quiz, User
from quizzes.services.teaching.accommodations import Grant, grant
from quizzes.services.teaching.assignments import Terms, create_assignment, publish_assignment
from quizzes.services.teaching.forming import freeze_quiz
from quizzes.services.teaching.grading import excuse
from quizzes.services.teaching.groups import create_group, fill_group
from quizzes.services.teaching.messaging import write_message
from quizzes.services.teaching.quizzes import Plan, UnfitQuizError, create_quiz, publish_quiz

ONE_DAY = timedelta(days=1)
GROUPS = {
    "Tuesday": ("student", "crammer", "quick", "steady", "curious"),
    "Thursday": ("weekender", "fading", "struggling", "commuter", "thorough", "sociable"),
}
PAST_QUIZ = Plan(
    title="Quiz 1: what we have so far",
    instructions="Ten minutes, no notes. Choose something even where you are not sure.",
    picking=Quiz.Picking.DRAWN,
    blueprint=[{"section": "", "direction": "", "closeness": "mixed", "number": 10}],
    forms=Quiz.Forms.SAME,
    form_count=2,
    opens_at=datetime.min,
    closes_at=datetime.min,
    time_limit_minutes=10,
    attempts_allowed=1,
    counting=Quiz.Counting.BEST,
    feedback=Quiz.Feedback.AFTER,
    certainty=False,
    pass_mark=0.5,
    reminders=True,
)
OPEN_QUIZ = replace(
    PAST_QUIZ,
    title="Quiz 2: at your own time",
    instructions="Take it whenever it suits you; the better of two attempts counts.",
    time_limit_minutes=15,
    attempts_allowed=2,
    forms=Quiz.Forms.PARALLEL,
    pass_mark=0.6,
)
DRAFT_QUIZ = replace(
    PAST_QUIZ,
    title="Quiz 3: how sure are you?",
    instructions="For each answer you also say how sure you are.",
    time_limit_minutes=20,
    feedback=Quiz.Feedback.CLOSING,
    certainty=True,
)


@transaction.atomic
def set_work(*, cohort: Cohort, instructor: User, people: Mapping[str, User], deck: Deck, now: datetime) -> Quiz | None:
    """Set all of it; returns the quiz of the past, which is still to be taken. None if the deck is too small for it."""
    now = now.replace(minute=0, second=0, microsecond=0)
    _make_groups(cohort, people)
    _set_assignment(cohort, instructor, deck, now)
    _write(cohort, instructor, now - 2 * ONE_DAY)
    began = now - 14 * ONE_DAY
    longer = Grant(extra_time_percent=50, note="As agreed with student services.")
    grant(cohort=cohort, user=people["struggling"], thing=None, given=longer, by=instructor, now=began)
    past = _make_quiz(cohort, instructor, deck, _dated(PAST_QUIZ, now, -12, -5), began)
    put = _publish(past, began)
    _publish(_make_quiz(cohort, instructor, deck, _dated(OPEN_QUIZ, now, -1, 6), now - 2 * ONE_DAY), now - 2 * ONE_DAY)
    _make_quiz(cohort, instructor, deck, _dated(DRAFT_QUIZ, now, 14, 15), now - ONE_DAY)
    if not put:
        return None
    freeze_quiz(quiz=past, now=past.opens_at)
    why, late = "Joined the class when it was nearly over.", people["latecomer"]
    excuse(thing=past, user=late, reason=why, seen=0, by=instructor, now=now - 4 * ONE_DAY)
    return past


def _make_groups(cohort: Cohort, people: Mapping[str, User]) -> None:
    for name, members in GROUPS.items():
        group = create_group(cohort=cohort, name=name)
        fill_group(group=group, user_ids=[people[one].pk for one in members], shown=())


def _set_assignment(cohort: Cohort, instructor: User, deck: Deck, now: datetime) -> None:
    made = now - 9 * ONE_DAY
    terms = Terms(
        deck=deck,
        title="Meet the whole deck before the exam",
        instructions="A little every day is enough, and better than a lot at the end.",
        opens_at=now - 8 * ONE_DAY,
        closes_at=now + 5 * ONE_DAY,
        exam_on=(now + 9 * ONE_DAY).date(),
        counts=Assignment.Counts.INTRODUCED,
        pass_mark=0.6,
    )
    publish_assignment(assignment=create_assignment(cohort=cohort, user=instructor, terms=terms, now=made), now=made)


def _write(cohort: Cohort, instructor: User, now: datetime) -> None:
    everybody = cohort.enrolments.filter(role=Enrolment.Role.STUDENT).values_list("pk", flat=True)
    write_message(
        cohort=cohort,
        sender=instructor,
        enrolment_ids=list(everybody),
        subject="Quiz 2 opens tomorrow",
        body="It has ten questions and takes a quarter of an hour at most. You have two attempts.",
        form_id=uuid.uuid4(),
        now=now,
    )


def _make_quiz(cohort: Cohort, instructor: User, deck: Deck, plan: Plan, now: datetime) -> Quiz:
    seed = f"demo/{plan.title}"
    return create_quiz(user=instructor, cohort=cohort, deck=deck, plan=plan, seed=seed, now=now, form_id=uuid.uuid4())


def _dated(plan: Plan, now: datetime, opens: int, closes: int) -> Plan:
    """From and until so many days from now."""
    return replace(plan, opens_at=now + opens * ONE_DAY, closes_at=now + closes * ONE_DAY)


def _publish(quiz: Quiz, now: datetime) -> bool:
    """Whether the deck gives what the quiz asks for; else it stays a draft."""
    try:
        publish_quiz(quiz=quiz, now=now)
    except UnfitQuizError:
        return False
    quiz.refresh_from_db()
    return True
