from threading import Event

import pytest

from quizzes.core.specs import Format
from quizzes.management.jobs import roll_up_answers
from quizzes.models import Card, CardStatistics, ReviewLog, Rollup
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.rolling_up import SOONEST, roll_up, roll_up_changed
from tests.classes import USES, answer, class_of, join
from tests.factories import NOW, elements
from tests.study import DAY, IRON, given, hurry, practise, press, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def cohort(deck, ivy):
    return class_of(deck, ivy)


def rolled(deck, cohort=None, *, now=NOW):
    return roll_up(deck=deck, cohort=cohort, now=now, clock=lambda: 0.0)


def iron(rollup):
    return rollup.cards.get(card__key=IRON)


def changed(*, now=NOW):
    return roll_up_changed(now=now, seconds=60, clock=lambda: 0.0)


def test_the_first_answer_of_each_student_counts_and_later_days_tell_what_is_kept(deck, cohort):
    for right in [True] * 4 + [False] * 8:
        student = join(cohort)
        answer(student, [IRON], days_ago=3, right=right)
        answer(student, [IRON], days_ago=1, right=True)
    row = iron(rolled(deck, cohort))
    assert (row.n, row.facility, row.later, row.discrimination) == (12, 4 / 12, 1.0, None)
    assert row.values["curve"][0][:3] == [0, 12, 0]


def test_answers_of_others_count_for_the_deck_and_not_for_the_class(deck, cohort):
    answer(join(cohort), [IRON])
    answer(join(class_of(deck)), [IRON])
    assert (iron(rolled(deck, cohort)).n, iron(rolled(deck)).n) == (1, 2)


def test_practice_and_what_was_too_quick_or_taken_back_are_no_first_answers(deck, cohort):
    student = join(cohort)
    practise(student, IRON)
    hurry(student, IRON)
    answer(student, [IRON])
    undo_last(user=student, scope="", now=NOW)
    assert not rolled(deck, cohort).cards.exists()


def test_what_was_offered_and_chosen_is_counted_of_choices_at_first_meetings(deck, cohort):
    chosen = []
    for right in (True, False, False):
        student = join(cohort)
        asked = put(student, IRON, Format.CHOICE)
        chosen.append(press(student, asked, given(asked, right=right)).row)
        asked = put(student, IRON, Format.CHOICE, now=NOW + DAY)
        press(student, asked, given(asked, right=right), now=NOW + DAY)
    kept = {code: counts for code, _hash, *counts in iron(rolled(deck, cohort)).values["options"]}
    assert next(iter(kept)) == "uses/1"
    for code, (shown, taken, *_rest) in kept.items():
        assert shown == sum(code in row.detail["offered"] for row in chosen)
        assert taken == sum(row.detail["offered"][row.chosen] == code for row in chosen)


def test_the_question_that_most_met_first_is_shown(deck, cohort):
    answer(join(cohort), [IRON])
    row = iron(rolled(deck, cohort))
    assert row.shown == ReviewLog.objects.get(card__key=IRON).item_hash
    assert row.stem == "Which element is used to build bridges and rails?"


def test_rolling_up_again_leaves_nothing_of_before(deck, cohort):
    student = join(cohort)
    answer(student, USES[:2])
    rolled(deck, cohort)
    undo_last(user=student, scope="", now=NOW)
    assert rolled(deck, cohort).cards.count() == 1
    assert Rollup.objects.count() == 1


def test_the_worker_makes_what_has_changed_and_leaves_the_rest(deck, cohort):
    student = join(cohort)
    answer(student, [IRON])
    assert changed() is False
    assert {(one.cohort, one.deck) for one in Rollup.objects.all()} == {(cohort, deck), (None, deck)}
    changed(now=NOW + DAY)
    assert set(Rollup.objects.values_list("made_at", flat=True)) == {NOW}
    answer(student, USES[1:2])
    changed(now=NOW + DAY)
    assert set(Rollup.objects.values_list("made_at", flat=True)) == {NOW + DAY}


def test_the_worker_lets_figures_rest_that_are_new_or_were_dear(deck, cohort):
    student = join(cohort)
    answer(student, [IRON])
    changed()
    Rollup.objects.filter(cohort=None).update(took_seconds=3600)
    answer(student, USES[1:2])
    changed(now=NOW + SOONEST / 2)
    assert set(Rollup.objects.values_list("made_at", flat=True)) == {NOW}
    changed(now=NOW + SOONEST)
    assert dict(Rollup.objects.values_list("cohort", "made_at")) == {None: NOW, cohort.pk: NOW + SOONEST}


def test_a_student_who_leaves_is_out_of_the_figures(deck, cohort):
    leaves = join(cohort)
    for student in (leaves, join(cohort)):
        answer(student, [IRON])
    changed()
    leaves.enrolments.update(left_at=NOW)
    changed(now=NOW + DAY)
    assert iron(Rollup.objects.get(cohort=cohort)).n == 1


def test_classes_in_the_archive_and_decks_taken_away_are_not_rolled_up(deck, cohort):
    answer(join(cohort), [IRON])
    cohort.archived_at = NOW
    cohort.save()
    changed()
    assert not Rollup.objects.filter(cohort=cohort).exists()
    rolled(deck, cohort)
    changed()
    assert Rollup.objects.filter(cohort=cohort).exists()
    cohort.decks.remove(deck)
    changed()
    assert not Rollup.objects.filter(cohort=cohort).exists()


def test_a_worker_told_to_stop_writes_nothing_and_one_short_of_time_says_that_there_is_more(deck, cohort):
    answer(join(cohort), [IRON])
    stop = Event()
    stop.set()
    assert roll_up_answers(NOW, stop) is False
    assert not Rollup.objects.exists()
    ticks = iter(range(0, 10_000, 10))
    assert roll_up_changed(now=NOW, seconds=5, clock=lambda: float(next(ticks))) is True


def test_a_card_that_students_have_answered_can_still_lose_its_figures_with_its_class(deck, cohort):
    answer(join(cohort), [IRON])
    rolled(deck, cohort)
    Rollup.objects.all().delete()
    assert not CardStatistics.objects.exists()
    assert Card.objects.filter(key=IRON).exists()
