import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from quizzes.models import (
    Card,
    CardProgress,
    DailyStudy,
    DeckStudy,
    ItemSnapshot,
    MemoryFit,
    ParameterSet,
    ReviewLog,
    StudySession,
    StudySettings,
)
from quizzes.models.append_only import AppendOnlyError
from tests.factories import NOW, elements
from tests.study import COPPER, IRON, begin, events, learn

HOT = [CardProgress, ReviewLog, DailyStudy]


@pytest.fixture
def student(ada):
    begin(ada, elements())
    learn(ada, IRON)
    return ada


def a_row(**changes):
    """Another row of the log, a copy of the last one."""
    last = ReviewLog.objects.order_by("seq").values().last()
    return ReviewLog(**{**last, "seq": last["seq"] + 1, "client_id": uuid.uuid4(), **changes})


def refused(create, *args, **kwargs):
    with pytest.raises(IntegrityError), transaction.atomic():
        create(*args, **kwargs)
    return True


@pytest.mark.parametrize("model", [ReviewLog, ItemSnapshot])
def test_history_is_neither_changed_nor_deleted(student, model):
    rows = model.objects.all()
    before = list(rows.values())
    for write in (
        rows.delete,
        model.objects.filter(pk=rows[0].pk).delete,
        lambda: rows.update(pk=None),
        lambda: rows.bulk_update([rows[0]], [model._meta.fields[-1].name]),
    ):
        with pytest.raises(AppendOnlyError, match=model.__name__), transaction.atomic():
            write()
    assert list(model.objects.values()) == before


def test_history_is_erased_for_a_person_who_asks(student):
    assert ReviewLog.objects.filter(user=student).erase() == 1
    assert events(student) == []


def test_an_answer_counts_once_per_student_id_and_part(student, ben):
    row = ReviewLog.objects.get()
    assert refused(ReviewLog.objects.bulk_create, [a_row(client_id=row.client_id)])
    ReviewLog.objects.bulk_create([a_row(client_id=row.client_id, part=1)])
    ReviewLog.objects.bulk_create([a_row(client_id=row.client_id, user_id=ben.pk)])


def test_every_event_of_a_student_has_its_own_number(student, ben):
    assert refused(ReviewLog.objects.bulk_create, [a_row(seq=1)])
    ReviewLog.objects.bulk_create([a_row(seq=1, user_id=ben.pk)])


@pytest.mark.parametrize("changes", [
    {"card_id": None},
    {"parameter_set_id": None},
    {"rating": 0},
    {"rating": 5},
    {"kind": "undo", "target_seq": None},
])  # fmt: skip
def test_the_log_refuses_rows_that_cannot_be(student, changes):
    assert refused(ReviewLog.objects.bulk_create, [a_row(**changes)])


def test_the_log_takes_events_without_a_card_or_rating(student):
    ReviewLog.objects.bulk_create([a_row(kind="adopt_parameters", card_id=None, rating=None)])
    assert events(student) == ["answer", "adopt_parameters"]


def test_a_studied_card_has_a_stability(student):
    assert refused(CardProgress.objects.filter(user=student).update, stability=0)
    assert refused(CardProgress.objects.filter(user=student).update, stability=None)


def test_a_student_has_one_progress_per_card_and_one_row_per_day(student):
    progress = CardProgress.objects.get()
    assert refused(CardProgress.objects.bulk_create, [CardProgress(user=student, card_id=progress.card_id)])
    assert refused(DailyStudy.objects.bulk_create, [DailyStudy(user=student, day=NOW.date())])
    DailyStudy.objects.bulk_create([DailyStudy(user=student, day=NOW.date() + timedelta(days=1))])


@pytest.mark.parametrize("changes", [{"desired_retention": 0.69}, {"desired_retention": 1.0}, {"rollover_hour": 24}])
def test_settings_stay_within_what_works(student, changes):
    assert refused(StudySettings.objects.update, **changes)


def test_a_deck_is_studied_once(student):
    study = DeckStudy.objects.get()
    assert refused(DeckStudy.objects.create, user=student, deck=study.deck, joined_at=NOW)


def test_a_version_of_the_published_parameters_exists_once(student):
    assert refused(ParameterSet.objects.create, scope="default", values=[], created_at=NOW)
    ParameterSet.objects.create(scope="default", version=2, values=[], created_at=NOW)
    ParameterSet.objects.create(scope="person", user=student, values=[], created_at=NOW)
    assert refused(ParameterSet.objects.create, scope="person", user=student, values=[], created_at=NOW)


def test_a_fit_is_of_a_person_or_of_a_class(student, cohort):
    fit = {"tried_at": NOW, "answers": 1, "verdict": "too_few"}
    assert refused(MemoryFit.objects.create, **fit)
    assert refused(MemoryFit.objects.create, **fit, user=student, cohort=cohort)
    MemoryFit.objects.create(**fit, user=student)
    MemoryFit.objects.create(**fit, cohort=cohort)


def test_a_card_with_a_memory_cannot_be_deleted(student):
    with pytest.raises(ProtectedError):
        Card.objects.get(key=IRON).delete()
    Card.objects.get(key=COPPER).delete()


@pytest.mark.parametrize("model", HOT)
def test_hot_tables_are_keyed_by_student_first(model):
    key = model._meta.pk
    assert isinstance(key, models.CompositePrimaryKey)
    assert key.field_names[0] == "user_id"
    assert all(index.fields[0] == "user" for index in model._meta.indexes)
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    assert all(one.fields[0] == "user" for one in unique)
    assert not [field for field in model._meta.fields if field.db_index and not field.primary_key]


@pytest.mark.parametrize("model", HOT)
def test_nothing_points_at_a_hot_table(model):
    assert not model._meta.related_objects


def test_each_row_says_what_it_is(student):
    card = Card.objects.get(key=IRON).pk
    assert str(CardProgress.objects.get()) == f"{student.pk} on {card}: review"
    assert str(ReviewLog.objects.get()) == f"{student.pk}/1 answer"
    assert str(DailyStudy.objects.get()) == f"{student.pk} on 2026-03-10: 1"
    assert str(ParameterSet.objects.get()) == "fsrs6 default v1"
    assert str(MemoryFit(verdict="fitted", tried_at=NOW)) == "fitted at 2026-03-10"
    assert str(StudySession.objects.get()) == f"study session of {student.pk}"
    assert str(StudySettings.objects.get()) == f"study settings of {student.pk}"
    assert str(DeckStudy.objects.get()) == f"{student.pk} studies {DeckStudy.objects.get().deck_id}"
