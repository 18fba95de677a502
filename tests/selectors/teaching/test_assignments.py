"""Where students are in assignments: what is kept and what is counted anew, in a constant number of queries."""

from datetime import timedelta

import pytest

from quizzes.core.windows import State
from quizzes.models import Accommodation, Assignment, AssignmentCount, DeckStudy, Section
from quizzes.selectors.teaching import assignment_list
from quizzes.selectors.teaching.assignments import read_places
from quizzes.selectors.teaching.reading import enrolled, read_students
from quizzes.services.teaching.results import keep_counts, make_results
from tests.classes import USES, class_of, join
from tests.factories import NOW, AssignmentFactory, elements
from tests.study import DAY, MINUTE, learn, practise

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck):
    return class_of(deck)


@pytest.fixture
def zoe(klass):
    return join(klass, now=NOW - 30 * DAY)


def assign(klass, deck, **fields):
    return AssignmentFactory(
        **{"cohort": klass, "deck": deck, "opens_at": NOW - DAY, "closes_at": NOW + 7 * DAY, **fields}
    )


def place_of(work, user, *, now=NOW, **how):
    return read_places([work], read_students(enrolled([work.cohort]), now=now), now=now, **how)[work.pk, user.pk]


def test_days_are_as_kept_until_the_log_moves(klass, deck, zoe):
    work = assign(klass, deck)
    learn(zoe, USES[0], now=NOW)
    keep_counts(now=NOW, most=100)
    AssignmentCount.objects.update(days=3)
    assert place_of(work, zoe).effort.days == 3, "as kept"
    learn(zoe, USES[1], now=NOW + DAY)
    assert place_of(work, zoe, now=NOW + DAY).effort.days == 2, "counted anew"


@pytest.mark.parametrize("change", ["limit", "dates", "sections", "own dates"])
def test_what_is_kept_does_not_outlive_what_it_was_counted_over(klass, deck, zoe, change):
    work = assign(klass, deck)
    learn(zoe, USES[0], now=NOW)
    keep_counts(now=NOW, most=100)
    AssignmentCount.objects.update(days=3)
    match change:
        case "limit":
            DeckStudy.objects.update(reviews_per_day=5)
        case "dates":
            Assignment.objects.update(closes_at=NOW + 8 * DAY)
            work.refresh_from_db()
        case "sections":
            work.sections.set([Section.objects.get(slug="uses")])
        case _:
            Accommodation.objects.create(cohort=klass, user=zoe, assignment=work, closes_at=NOW + 8 * DAY, given_at=NOW)
    assert place_of(work, zoe).effort.days == 1


def test_only_cards_of_the_sections_count(klass, deck, zoe):
    work = assign(klass, deck, counts="introduced")
    work.sections.set([Section.objects.get(slug="gases")])
    learn(zoe, USES[0], now=NOW)
    place = place_of(work, zoe)
    assert (place.effort.introduced, place.effort.cards, place.state, place.last) == (0, 4, State.OPEN, 0)


def test_practice_is_no_beginning(klass, deck, zoe):
    work = assign(klass, deck)
    practise(zoe, USES[0], now=NOW)
    assert place_of(work, zoe).state is State.OPEN


def test_introduced_now_is_what_the_result_says_at_the_closing(klass, deck, zoe):
    for counts in ("introduced", "recall", "days"):
        assign(klass, deck, counts=counts, title=counts, closes_at=NOW + 3 * DAY)
    for at, key in enumerate(USES[:3]):
        learn(zoe, key, now=NOW + at * DAY)
    before = NOW + 3 * DAY - timedelta(microseconds=1)
    running = {work.title: place_of(work, zoe, now=before).mark for work in Assignment.objects.all()}
    make_results(now=NOW + 4 * DAY)
    kept = {work.title: place_of(work, zoe, now=NOW + 4 * DAY).mark for work in Assignment.objects.all()}
    assert kept == pytest.approx(running)
    assert running["days"] == 0.6


def test_a_result_for_another_closing_counts_as_none(klass, deck, zoe):
    work = assign(klass, deck, closes_at=NOW)
    make_results(now=NOW)
    assert not place_of(work, zoe).pending
    Accommodation.objects.create(cohort=klass, user=zoe, assignment=work, closes_at=NOW + MINUTE, given_at=NOW)
    late = place_of(work, zoe, now=NOW + 2 * MINUTE)
    assert (late.pending, late.mark, late.state, late.own_dates) == (True, None, State.OVERDUE, True)


@pytest.mark.parametrize(("students", "works"), [(1, 1), (6, 4)])
def test_it_takes_as_many_queries_for_many_as_for_one(klass, deck, django_assert_num_queries, students, works):
    for _ in range(students):
        learn(join(klass, now=NOW - 30 * DAY), USES[0], now=NOW)
    found = [assign(klass, deck) for _ in range(works)]
    people = read_students(enrolled([klass]), now=NOW)
    read_places(found, people, now=NOW)
    with django_assert_num_queries(9):
        read_places(found, people, now=NOW)


def test_a_page_reads_few_logs_and_leaves_the_rest_to_the_worker(klass, deck):
    first, second = (join(klass, now=NOW - 30 * DAY) for _ in range(2))
    work = assign(klass, deck)
    for student in (first, second):
        learn(student, USES[0], now=NOW)
    assert (place_of(work, first, most_counted=1).pending, place_of(work, first, most_counted=1).effort.days) == (
        False,
        1,
    )
    waiting = place_of(work, second, most_counted=1)
    assert (waiting.pending, waiting.mark, waiting.state) == (True, None, State.UNDER_WAY)
    assert keep_counts(now=NOW, most=1) == keep_counts(now=NOW, most=1) == 1
    assert keep_counts(now=NOW, most=1) == 0
    assert place_of(work, second, most_counted=1).effort.days == 1
    for student in (first, second):
        learn(student, USES[1], now=NOW + DAY)
    assert place_of(work, second, now=NOW + DAY, most_counted=1).effort.days == 1, "as last counted"


def test_the_list_of_a_class_reads_fewer_logs_still(klass, deck, ivy, monkeypatch):
    monkeypatch.setattr(assignment_list, "LOGS_READ", 1)
    for student in [join(klass, now=NOW - 30 * DAY) for _ in range(2)]:
        learn(student, USES[0], now=NOW)
    assign(klass, deck, days_needed=1)
    people = read_students(enrolled([klass]), now=NOW)

    def said():
        (line,) = assignment_list.assignment_list(ivy, klass, people, now=NOW)
        return line.sentence

    assert said() == "1 of 2 has reached the pass mark; 1 is still being worked out."
    keep_counts(now=NOW, most=100)
    assert said() == "2 of 2 have reached the pass mark."
