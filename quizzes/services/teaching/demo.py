"""A class to try the site with: students of different habits, each with a past of their own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from quizzes.core.minds import Ability, Mind
from quizzes.models import Cohort, Deck, DeckStudy, Quiz, User
from quizzes.services.study.demo import Habit, study_for_days
from quizzes.services.teaching.classes import create_class
from quizzes.services.teaching.demo_quiz import Sitting, sit_quiz
from quizzes.services.teaching.enrolling import enrol

MOST_ANSWERS = 2_600
CLASS_DAYS = 36
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DemoStudent:
    """Somebody of the class: how long ago they joined, how much they answer when they study, how they study,
    when they took the quiz, and whether they doubt the key of one of its questions."""

    username: str
    days: int
    answers_a_day: int
    habit: Habit
    new_per_day: int = 20
    quiz: Sitting | None = None
    doubts: bool = False


def _weekends(_ago: int, start: datetime) -> float:
    return 1.0 if start.weekday() >= SATURDAY else 0.0


def _workdays(_ago: int, start: datetime) -> float:
    return 0.9 if start.weekday() < SATURDAY else 0.0


def _crams(ago: int, _start: datetime) -> float:
    return 1.0 if ago <= 4 or ago == 20 else 0.0


def _fades(ago: int, _start: datetime) -> float:
    return max(0.0, (ago - 9) / 20)


def _often(_ago: int, _start: datetime) -> float:
    return 0.6


STUDENTS = (
    DemoStudent("student", 22, 40, Habit(), new_per_day=5, quiz=Sitting(9, 34), doubts=True),
    DemoStudent("weekender", 30, 26, Habit(_weekends, Ability(0.2, 2.2, 2.4)), quiz=Sitting(11, 29), doubts=True),
    DemoStudent("crammer", 21, 45, Habit(_crams, Ability(0.15, 1.2, 1.9), hours=19), quiz=Sitting(6, 95)),
    DemoStudent("fading", 30, 18, Habit(_fades), quiz=Sitting(10, 41)),
    DemoStudent("struggling", 24, 17, Habit(ability=Ability(0.05, 0.5, 1.5), hours=16), 10, Sitting(8, 75)),
    DemoStudent("quick", 26, 20, Habit(_often, Ability(0.45, 4.0, 3.0), hours=21), 10, Sitting(7, 14), doubts=True),
    DemoStudent("steady", 20, 9, Habit(ability=Ability(0.3, 3.0, 2.8), hours=17), 5, Sitting(8, 21), doubts=True),
    DemoStudent("commuter", 23, 8, Habit(_workdays, Ability(0.25, 2.4, 2.5), hours=8), 5, Sitting(10, 27), doubts=True),
    DemoStudent("curious", 16, 11, Habit(_often, Ability(0.35, 3.4, 2.9), hours=22), 5, Sitting(9, 18), doubts=True),
    DemoStudent("thorough", 19, 8, Habit(ability=Ability(0.3, 3.2, 2.7), hours=18), 5, Sitting(6, 33), doubts=True),
    DemoStudent("sociable", 18, 9, Habit(_often, Ability(0.15, 1.6, 2.1), hours=20), 5, Sitting(7, 30), doubts=True),
    DemoStudent("latecomer", 5, 14, Habit(ability=Ability(0.2, 1.8, 2.2), hours=20)),
    DemoStudent("silent", 12, 0, Habit()),
)


@transaction.atomic
def make_class(
    *, instructor: User, people: Mapping[str, User], deck: Deck, below: Callable[[int], int], now: datetime
) -> Cohort:
    """A class of the deck with the demo's students in it, as they joined one by one in the weeks before."""
    began = now - timedelta(days=CLASS_DAYS)
    name = f"{deck.title}, evening group"
    cohort = create_class(user=instructor, name=name, decks=[deck], closes_at=None, below=below, now=began)
    for one in STUDENTS:
        enrol(user=people[one.username], cohort=cohort, now=now - timedelta(days=one.days + 1))
        DeckStudy.objects.filter(user=people[one.username]).update(new_per_day=one.new_per_day)
    return cohort


def make_pasts(*, people: Mapping[str, User], until: datetime, quiz: Quiz | None) -> Iterator[tuple[str, int]]:
    """Let each of them study up to now, and take the quiz meanwhile if there is one.

    Gives name and answers of each when done, those of the quiz included; at most MOST_ANSWERS in all. The second
    question of the quiz is one whose key the better students do not accept, so that its figures say: look at this one.
    """
    left, disputed = MOST_ANSWERS, disputed_cards(quiz)
    for one in STUDENTS:
        given = study_for_days(
            user=people[one.username],
            days=one.days,
            answers_a_day=one.answers_a_day,
            until=until,
            seed=f"demo/{one.username}",
            tell=_silently,
            habit=one.habit,
            most=left,
            first=_quiz_of(one, people[one.username], quiz, until),
            doubted=disputed if one.doubts else (),
        )
        left -= given
        yield one.username, given


def disputed_cards(quiz: Quiz | None) -> frozenset[int]:
    """The card of the quiz whose key some of them doubt."""
    form = quiz.question_forms.order_by("number").first() if quiz else None
    return frozenset([form.items[1]["card"]] if form else [])


def _quiz_of(one: DemoStudent, user: User, quiz: Quiz | None, until: datetime) -> Callable[[int, Mind], int]:
    """What they do before they study on a day: on one of them, take the quiz."""

    def first(ago: int, mind: Mind) -> int:
        if quiz is None or one.quiz is None or ago != one.quiz.ago:
            return 0
        return sit_quiz(quiz=quiz, user=user, mind=mind, sitting=one.quiz, until=until, seed=f"demo/{one.username}")

    return first


def _silently(_line: str) -> None:
    """Days are too short to tell of."""
