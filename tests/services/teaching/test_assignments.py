"""Assignments made, changed, published, withdrawn and deleted."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from quizzes.models import Accommodation, Assignment, GradeChange, Section
from quizzes.services.teaching.assignments import (
    DatesError,
    ForeignDeckError,
    HasResultsError,
    Terms,
    change_assignment,
    create_assignment,
    delete_assignment,
    publish_assignment,
    withdraw_assignment,
)
from quizzes.services.teaching.results import make_results
from tests.classes import class_of, join
from tests.factories import NOW, DeckFactory, SectionFactory, elements
from tests.study import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy)


@pytest.fixture
def uses(deck):
    return Section.objects.get(slug="uses")


@pytest.fixture
def terms(deck, uses):
    return Terms(deck=deck, sections=[uses], title="Week 1", opens_at=NOW, closes_at=NOW + 7 * DAY)


def create(klass, ivy, terms, **more):
    return create_assignment(cohort=klass, user=ivy, terms=terms, now=NOW, **more)


def test_a_new_assignment_is_a_draft_with_its_terms(klass, ivy, terms, uses):
    made = create(klass, ivy, replace(terms, exam_on=date(2026, 6, 1), counts="recall", pass_mark=0.7))
    made = Assignment.objects.get(pk=made.pk)
    assert (made.title, made.published_at, made.created_by, made.created_at) == ("Week 1", None, ivy, NOW)
    assert (made.exam_on, made.counts, made.pass_mark, list(made.sections.all())) == (
        date(2026, 6, 1),
        "recall",
        0.7,
        [uses],
    )


def test_the_same_form_sent_twice_is_one_assignment(klass, ivy, terms, deck, eve):
    form_id = uuid.uuid4()
    first, second = (create(klass, ivy, terms, form_id=form_id) for _ in range(2))
    assert first == second
    assert create(klass, eve, terms, form_id=form_id) != first
    assert create(class_of(deck), ivy, terms, form_id=form_id) != first
    assert create(klass, ivy, terms) != create(klass, ivy, terms)


def test_deck_and_sections_must_be_of_the_class(klass, ivy, terms):
    other = DeckFactory()
    with pytest.raises(ForeignDeckError):
        create(klass, ivy, replace(terms, deck=other, sections=[]))
    with pytest.raises(ForeignDeckError):
        create(klass, ivy, replace(terms, sections=[SectionFactory(deck=other)]))
    assert not Assignment.objects.exists()


def test_it_closes_after_it_opens_and_passes_with_a_share(klass, ivy, terms):
    with pytest.raises(DatesError):
        create(klass, ivy, replace(terms, closes_at=NOW))
    with pytest.raises(ValidationError):
        create(klass, ivy, replace(terms, pass_mark=1.1))
    with pytest.raises(ValidationError):
        create(klass, ivy, replace(terms, days_needed=0))


def test_it_is_published_once_and_withdrawn(klass, ivy, terms):
    made = create(klass, ivy, terms)
    publish_assignment(assignment=made, now=NOW)
    publish_assignment(assignment=made, now=NOW + DAY)
    assert Assignment.objects.get().published_at == NOW
    withdraw_assignment(assignment=made)
    assert Assignment.objects.get().published_at is None


def closed(klass, ivy, terms):
    made = create(klass, ivy, terms)
    publish_assignment(assignment=made, now=NOW)
    student = join(klass, now=NOW - DAY)
    make_results(now=terms.closes_at)
    assert made.results.get().user == student
    return made


def test_with_results_what_counts_stays_and_everything_else_may_change(klass, ivy, terms):
    made = closed(klass, ivy, terms)
    for other in ({"counts": "recall"}, {"days_needed": 1}, {"sections": []}):
        with pytest.raises(HasResultsError):
            change_assignment(assignment=made, terms=replace(terms, **other))
    change_assignment(assignment=made, terms=replace(terms, title="Week one", pass_mark=0.5))
    made.refresh_from_db()
    assert (made.title, made.pass_mark, made.counts, made.sections.count()) == ("Week one", 0.5, "days", 1)
    assert made.results.exists()


def test_a_later_closing_opens_it_again_and_then_anything_may_change(klass, ivy, terms):
    made = closed(klass, ivy, terms)
    later = replace(terms, closes_at=terms.closes_at + DAY, counts="introduced")
    change_assignment(assignment=made, terms=later)
    assert not made.results.exists()
    assert make_results(now=later.closes_at) == 1


def test_another_closing_leaves_the_results_of_those_with_their_own(klass, ivy, terms):
    made = create(klass, ivy, terms)
    publish_assignment(assignment=made, now=NOW)
    zoe, yan = join(klass, now=NOW - DAY), join(klass, now=NOW - DAY)
    Accommodation.objects.create(cohort=klass, user=zoe, assignment=made, closes_at=NOW + DAY, given_at=NOW)
    make_results(now=terms.closes_at)
    change_assignment(assignment=made, terms=replace(terms, closes_at=terms.closes_at + DAY))
    assert made.results.get().user == zoe
    assert yan


def test_only_what_has_no_results_is_deleted(klass, ivy, terms):
    made = create(klass, ivy, terms)
    delete_assignment(assignment=made)
    assert not Assignment.objects.exists()
    kept = closed(klass, ivy, terms)
    with pytest.raises(HasResultsError):
        delete_assignment(assignment=kept)
    kept.results.all().delete()
    GradeChange.objects.create(assignment=kept, user=ivy, kind="excuse", reason="ill", changed_at=NOW)
    with pytest.raises(HasResultsError):
        delete_assignment(assignment=kept)
