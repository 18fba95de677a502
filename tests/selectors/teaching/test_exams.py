from datetime import timedelta

import numpy as np
import pytest

from quizzes.core.exam_scores import exam_scores
from quizzes.core.memory import DEFAULT_PARAMETERS, retrievability
from quizzes.core.prediction_doubt import TRIANGLE
from quizzes.models import Calibration, Card
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.teaching.exams import SHOWN, coming_exams, exam_wanted
from quizzes.selectors.teaching.expected import class_score_words, expected_scores
from quizzes.selectors.teaching.figures import UTC
from quizzes.selectors.teaching.reading import Reading, enrolled
from tests.classes import USES, answer, class_of, join, know
from tests.factories import NOW, AssignmentFactory, correct_predictions, elements

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def deck():
    return elements()


@pytest.fixture
def klass(deck):
    return class_of(deck)


def exam(klass, deck, days, *sections, **fields):
    made = AssignmentFactory(cohort=klass, deck=deck, exam_on=TODAY + timedelta(days=days), **fields)
    made.sections.set(deck.sections.filter(slug__in=sections))
    return made


def exams(klass):
    return coming_exams(klass, UTC, now=NOW)


def reading(klass):
    return Reading(enrolled([klass]), [deck.pk for deck in klass.decks.all()], now=NOW)


def test_exams_come_in_order_those_over_and_those_of_drafts_do_not(klass, deck):
    exam(klass, deck, 9)
    exam(klass, deck, 0)
    exam(klass, deck, -1)
    exam(klass, deck, 5, published_at=None)
    AssignmentFactory(cohort=klass, deck=deck)
    exam(class_of(deck), deck, 3)
    assert [(one.ahead, one.words) for one in exams(klass)] == [
        (0, "on exam day, today"),
        (9, "on exam day, 19 Mar (in 9 days)"),
    ]


def test_assignments_for_one_day_are_one_exam_over_all_they_cover(klass, deck):
    exam(klass, deck, 4, "uses")
    sections = reading(klass).sections
    assert len(exams(klass)[0].covered(sections)) == 1
    exam(klass, deck, 4, "gases")
    assert len(exams(klass)) == 1
    assert exams(klass)[0].covered(sections) == {one.id for one in sections}
    exam(klass, deck, 5)
    assert exams(klass)[1].covered(sections) == {one.id for one in sections}


def test_no_more_than_a_few_are_offered(klass, deck):
    for days in range(SHOWN + 2):
        exam(klass, deck, days)
    assert [one.ahead for one in exams(klass)] == list(range(SHOWN))


@pytest.mark.parametrize("nonsense", ["", "2026-03-11", "soon"])
def test_a_day_without_an_exam_is_today(klass, deck, nonsense):
    exam(klass, deck, 4)
    assert exam_wanted(exams(klass), nonsense) is None
    assert exam_wanted(exams(klass), "2026-03-14").ahead == 4


def test_recall_on_exam_day_is_that_of_each_memory_on_that_day(klass, deck):
    ada = join(klass)
    know(ada, USES[:3], days_ago=5)
    on = TODAY + timedelta(days=30)
    rows = [read_memories(ada.pk)[Card.objects.get(key=key).pk] for key in USES[:3]]
    expected = [retrievability(row.memory, (on - row.last_study_day).days, DEFAULT_PARAMETERS) for row in rows]
    later, now = (reading(klass).figures(day) for day in (on, None))
    assert later.recall[0, 0] == pytest.approx(sum(expected))
    assert later.recall[0, 0] < now.recall[0, 0]
    assert (later.on, now.on, later.learned.tolist()) == (on, None, now.learned.tolist())


def test_an_exam_that_is_over_somewhere_is_taken_as_today(klass, deck):
    join(klass)
    know(join(klass), USES[:3], days_ago=5)
    past, now = (reading(klass).figures(day) for day in (TODAY - timedelta(days=3), None))
    assert past.recall.tolist() == now.recall.tolist()


def recalled(ada, keys, day):
    rows = [read_memories(ada.pk)[Card.objects.get(key=key).pk] for key in keys]
    return np.array([retrievability(one.memory, (day - one.last_study_day).days, DEFAULT_PARAMETERS) for one in rows])


def test_the_expected_score_is_that_of_the_sections_examined_on_that_day(klass, deck):
    ada = join(klass)
    know(ada, USES[:3], days_ago=5)
    answer(ada, USES[3:4])
    exam(klass, deck, 4, "uses")
    found = expected_scores(reading(klass), exams(klass)[0])
    cards = Card.objects.filter(deck=deck, fact__section__slug="uses", status=Card.Status.ACTIVE)
    recall = recalled(ada, USES[:4], TODAY + timedelta(days=4))
    guess, guesses = np.full(4, 1 / 4), np.full(cards.count(), 1 / 4)
    own = exam_scores(np.zeros(4, int), recall, guess, students=1, guesses=guesses).of(0)
    assert set(cards.values_list("choices", flat=True)) == {4}
    assert (found.of.cards, found.of.begun.tolist()) == (cards.count(), [4])
    assert found.of.of(0).value == pytest.approx(own.value)
    assert found.of.of(0).low < own.low < own.high < found.of.of(0).high


def test_each_card_is_guessed_among_its_own_answer_choices_and_one_without_any_is_not(klass, deck):
    ada = join(klass)
    know(ada, USES[:3], days_ago=5)
    cards = Card.objects.filter(deck=deck, status=Card.Status.ACTIVE)
    for key, choices in {USES[0]: 3, USES[1]: 0, USES[4]: 3, USES[5]: 0}.items():
        cards.filter(key=key).update(choices=choices)
    found = expected_scores(reading(klass), None).of.of(0)
    first, second, third = recalled(ada, USES[:3], TODAY)
    begun = (first + (1 - first) / 3) + second + (third + (1 - third) / 4)
    assert found.value == pytest.approx((begun + 1 / 3 + 0 + (cards.count() - 5) / 4) / cards.count())


def test_the_interval_is_narrower_for_whom_more_is_known_of(klass, deck):
    ada, ben = join(klass), join(klass)
    for one in (ada, ben):
        know(one, USES, days_ago=5)
        correct_predictions(one)
    Calibration.objects.filter(user=ada).update(covariance=(np.eye(5) * 1e-4)[TRIANGLE].tolist())
    of = expected_scores(reading(klass), None).of
    assert of.mean[0] == pytest.approx(of.mean[1])
    assert of.high[0] - of.low[0] < of.high[1] - of.low[1] - 0.01


def test_without_an_exam_the_score_is_of_all_cards_today(klass, deck):
    know(join(klass), USES[:3], days_ago=5)
    found = expected_scores(reading(klass), None)
    assert found.of.cards == Card.objects.filter(deck=deck, status=Card.Status.ACTIVE).count()
    assert class_score_words(found).startswith("expected score if the exam were today: ")


def test_nothing_is_expected_of_a_class_that_has_begun_nothing_or_has_no_cards(klass):
    join(klass)
    assert class_score_words(expected_scores(reading(klass), None)) == ""
    klass.decks.clear()
    assert expected_scores(reading(klass), None) is None
    assert class_score_words(None) == ""


def test_the_score_of_a_class_has_the_interval_that_its_students_make(klass, deck):
    for known in (8, 4, 1):
        know(join(klass), USES[:known], days_ago=5)
    exam(klass, deck, 9)
    words = class_score_words(expected_scores(reading(klass), exams(klass)[0]))
    assert words.startswith("expected score on exam day, 19 Mar (in 9 days): ")
    assert "–" in words.split("(")[-1]
