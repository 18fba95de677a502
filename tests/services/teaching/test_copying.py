import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.models import Assignment, Cohort, Enrolment, Quiz
from quizzes.selectors.access import edited_classes
from quizzes.services.teaching.copying import DeckLeftOutError, copy_class
from quizzes.services.teaching.groups import create_group, fill_group
from tests.classes import teach
from tests.factories import NOW, AssignmentFactory, DeckFactory, QuizFactory, SectionFactory
from tests.people import enrol, person

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
LATER = NOW + timedelta(days=150)


@pytest.fixture
def deck(cohort):
    return teach(cohort, DeckFactory()).decks.get()


def dice():
    """Whole numbers that never come twice."""
    numbers = iter(range(1, 10_000))
    return lambda below: next(numbers) % below


BELOW = dice()


def copy(cohort, user, **changes):
    about = {
        "user": user,
        "name": "Next term",
        "decks": list(cohort.decks.all()),
        "colleagues": list(cohort.enrolments.exclude(role="student")),
        "assignments": list(cohort.assignments.all()),
        "quizzes": list(cohort.quizzes.all()),
        "days": 182,
        "zone": BERLIN,
        "below": BELOW,
        "now": LATER,
        "form_id": uuid.UUID(int=1),
    }
    return copy_class(**{**about, **changes})


def test_the_copy_has_decks_and_instructors_and_no_students(cohort, ada, ivy, deck):
    enrol(person("tom"), cohort, Enrolment.Role.ASSISTANT)
    fill_group(group=create_group(cohort=cohort, name="Monday"), user_ids=[ada.pk], shown=[])
    made = copy(cohort, ivy)
    roles = dict(made.enrolments.values_list("user__username", "role"))
    assert roles == {"ivy": "instructor", "tom": "assistant"}
    assert (list(made.decks.all()), made.name, made.archived_at) == ([deck], "Next term", None)
    assert made.join_code != cohort.join_code
    assert edited_classes(ivy).filter(pk=made.pk).exists()
    assert Enrolment.objects.filter(cohort=cohort).count() == 3


def test_assignments_arrive_as_drafts_at_the_same_time_of_day(cohort, ivy, deck):
    section = SectionFactory(deck=deck)
    old = AssignmentFactory(
        cohort=cohort,
        deck=deck,
        title="Week 1",
        opens_at=datetime(2026, 3, 10, 8, tzinfo=UTC),
        closes_at=datetime(2026, 3, 31, 7, tzinfo=UTC),
        exam_on=date(2026, 7, 1),
        counts="recall",
        form_id=uuid.uuid4(),
    )
    old.sections.add(section)
    new = copy(cohort, ivy).assignments.get()
    assert (new.opens_at, new.closes_at) == (
        datetime(2026, 9, 8, 7, tzinfo=UTC),
        datetime(2026, 9, 29, 7, tzinfo=UTC),
    )
    assert (new.exam_on, new.published_at, new.form_id) == (date(2026, 12, 30), None, None)
    assert (new.title, new.counts, list(new.sections.all())) == ("Week 1", "recall", [section])
    assert (new.created_by, new.created_at) == (ivy, LATER)
    old.refresh_from_db()
    assert (old.cohort, old.published_at) == (cohort, NOW)


def test_quizzes_arrive_unfrozen_and_draw_anew(cohort, ivy, deck):
    old = QuizFactory(cohort=cohort, deck=deck, frozen_at=NOW, certainty=True, time_limit_minutes=20, forms="parallel")
    new = copy(cohort, ivy).quizzes.get()
    assert (new.frozen_at, new.published_at) == (None, None)
    assert (new.title, new.blueprint, new.certainty, new.time_limit_minutes, new.forms) == (
        *(old.title, old.blueprint, True, 20, "parallel"),
    )
    assert new.seed != old.seed
    assert len(new.seed) == 32


def test_each_copied_quiz_has_a_seed_of_its_own(cohort, ivy, deck):
    for _quiz in range(3):
        QuizFactory(cohort=cohort, deck=deck)
    made = copy(cohort, ivy)
    assert len(set(made.quizzes.values_list("seed", flat=True))) == 3


def test_only_what_is_chosen_is_copied(cohort, ivy, deck):
    first, _second = (AssignmentFactory(cohort=cohort, deck=deck) for _ in range(2))
    QuizFactory(cohort=cohort, deck=deck)
    enrol(person("tom"), cohort, Enrolment.Role.ASSISTANT)
    made = copy(cohort, ivy, colleagues=[], assignments=[first], quizzes=[])
    assert (made.assignments.get().title, made.quizzes.count(), made.enrolments.count()) == (first.title, 0, 1)


def test_the_same_form_sent_twice_is_one_class(cohort, ivy, deck):
    QuizFactory(cohort=cohort, deck=deck)
    assert copy(cohort, ivy) == copy(cohort, ivy)
    assert (Cohort.objects.count(), Quiz.objects.count()) == (2, 2)
    assert copy(cohort, ivy, name="Another") != copy(cohort, ivy)
    assert copy(cohort, ivy, days=7) != copy(cohort, ivy)


def test_nothing_is_copied_without_its_deck(cohort, ivy, deck):
    AssignmentFactory(cohort=cohort, deck=deck)
    with pytest.raises(DeckLeftOutError):
        copy(cohort, ivy, decks=[])
    assert (Cohort.objects.count(), Assignment.objects.count()) == (1, 1)


def test_an_admin_who_copies_a_class_teaches_the_copy(cohort, ivy, deck):
    made = copy(cohort, person("boss", "admin"))
    assert set(made.enrolments.values_list("user__username", "role")) == {("boss", "instructor"), ("ivy", "instructor")}
