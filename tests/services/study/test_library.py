"""Joining, pausing, leaving and coming back, with several decks at once."""

import pytest
from django.db import IntegrityError

from quizzes.models import CardProgress, DeckStudy, Fact, ReviewLog
from quizzes.selectors.study.students import studied_decks
from quizzes.services.study.joining import change_limits, join_deck, leave_deck, open_deck, pause_deck
from tests.factories import NOW, FactFactory, SectionFactory, elements, keep
from tests.study import (
    COPPER,
    DAY,
    IRON,
    MINUTE,
    asked_now,
    begin,
    events,
    holds,
    learn,
    memories,
    press,
    progress,
    put,
    rate,
    waiting,
)  # fmt: skip


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


@pytest.fixture
def metals(student):
    """A second deck of the student, of six facts."""
    section = SectionFactory(
        deck__slug="metals", deck__title="Metals", wording={"purpose_to_term": "Which metal is used {purpose}?"}
    )
    for number in range(6):
        FactFactory(section=section, term=f"metal{number}", purpose=f"to build thing {number}")
    keep(section.deck)
    section.deck.refresh_from_db()
    begin(student, section.deck)
    return section.deck


def study_of(user, deck):
    return DeckStudy.objects.get(user=user, deck=deck)


def test_a_paused_deck_brings_no_cards_and_going_on_brings_them_back(student, deck, metals):
    before = waiting(student)
    assert pause_deck(user=student, deck=deck, now=NOW)
    assert set(waiting(student)) == {key for key in before if not key.startswith(("uses", "gases"))}
    join_deck(user=student, deck=deck, now=NOW + MINUTE)
    assert waiting(student) == before


def test_pausing_twice_keeps_the_first_time(student, deck):
    pause_deck(user=student, deck=deck, now=NOW)
    assert not pause_deck(user=student, deck=deck, now=NOW + DAY)
    assert study_of(student, deck).paused_at == NOW


def test_leaving_keeps_every_memory_and_the_log(student, deck):
    learn(student, IRON)
    rate(student, COPPER, 3)
    before = memories(student), events(student)
    assert leave_deck(user=student, deck=deck, now=NOW + MINUTE)
    assert (memories(student), events(student)) == before
    assert [study.deck.slug for study in studied_decks(student)] == []
    assert holds()


def test_joining_again_goes_on_where_it_was(student, deck):
    begin(student, deck, limits={"new_per_day": 7, "reviews_per_day": 70})
    row = learn(student, IRON)
    leave_deck(user=student, deck=deck, now=NOW + DAY)
    join_deck(user=student, deck=deck, now=row.answered_at + 30 * DAY)
    study = study_of(student, deck)
    assert (study.left_at, study.paused_at, study.joined_at) == (None, None, NOW)
    assert (study.new_per_day, study.reviews_per_day) == (7, 70)
    assert progress(student, IRON).due_on == row.due_on
    assert IRON in waiting(student, now=NOW + 30 * DAY)
    rate(student, IRON, 3, now=NOW + 30 * DAY)
    assert progress(student, IRON).reps == 2
    assert holds()


def test_a_change_of_meaning_while_away_is_pulled_on_coming_back(student, deck):
    learn(student, IRON)
    leave_deck(user=student, deck=deck, now=NOW)
    Fact.objects.filter(code="uses/1").update(purpose="to magnetise needles")
    keep(deck, change="meaning")
    deck.refresh_from_db()
    join_deck(user=student, deck=deck, now=NOW + DAY)
    asked_now(student, now=NOW + DAY)
    assert progress(student, IRON).due_on == (NOW + DAY).date()
    assert events(student)[-1] == "return"
    assert holds()


def test_leaving_a_paused_deck_keeps_when_it_was_paused(student, deck):
    pause_deck(user=student, deck=deck, now=NOW)
    leave_deck(user=student, deck=deck, now=NOW + DAY)
    assert (study_of(student, deck).paused_at, study_of(student, deck).left_at) == (NOW, NOW + DAY)


def test_leaving_twice_or_what_was_never_joined_does_nothing(student, deck, ben):
    leave_deck(user=student, deck=deck, now=NOW)
    assert not leave_deck(user=student, deck=deck, now=NOW + DAY)
    assert not leave_deck(user=ben, deck=deck, now=NOW)
    assert not pause_deck(user=ben, deck=deck, now=NOW)
    assert study_of(student, deck).left_at == NOW
    assert not DeckStudy.objects.filter(user=ben).exists()


def test_the_table_holds_no_deck_left_that_is_not_paused(student, deck):
    with pytest.raises(IntegrityError):
        DeckStudy.objects.filter(user=student).update(left_at=NOW)


def test_opening_a_deck_joins_it_once_and_ends_no_pause(ben, deck):
    assert open_deck(user=ben, deck=deck, now=NOW).paused_at is None
    pause_deck(user=ben, deck=deck, now=NOW)
    assert open_deck(user=ben, deck=deck, now=NOW + DAY).paused_at == NOW
    leave_deck(user=ben, deck=deck, now=NOW + DAY)
    assert open_deck(user=ben, deck=deck, now=NOW + DAY).left_at == NOW + DAY


def test_an_answer_to_a_deck_paused_meanwhile_counts_and_ends_no_pause(student, deck):
    asked = put(student, IRON)
    pause_deck(user=student, deck=deck, now=NOW)
    done = press(student, asked)
    assert done.row.rating == 3
    assert done.asked is None
    assert study_of(student, deck).paused_at == NOW
    assert holds()


def test_the_question_of_a_deck_left_is_no_longer_on_the_page(student, deck, metals):
    first = asked_now(student)
    left = deck if first.scope == "" and first.card_id in deck.cards.values_list("pk", flat=True) else metals
    leave_deck(user=student, deck=left, now=NOW)
    assert asked_now(student).card_id not in left.cards.values_list("pk", flat=True)


def test_each_deck_keeps_to_its_own_limits(student, deck, metals):
    change_limits(user=student, deck=deck, new_per_day=3, reviews_per_day=200)
    change_limits(user=student, deck=metals, new_per_day=1, reviews_per_day=200)
    keys = waiting(student)
    own = set(metals.cards.values_list("key", flat=True)) - set(deck.cards.values_list("key", flat=True))
    assert len(keys) == 4
    assert len([key for key in keys if key in own]) == 1


def test_what_one_deck_used_up_leaves_the_other_deck_its_limit(student, deck, metals):
    change_limits(user=student, deck=deck, new_per_day=1, reviews_per_day=200)
    change_limits(user=student, deck=metals, new_per_day=2, reviews_per_day=200)
    learn(student, IRON)
    keys = waiting(student)
    assert len(keys) == 2
    assert set(keys) <= set(metals.cards.values_list("key", flat=True))


def test_limits_are_for_decks_of_the_student(student, deck, ben):
    assert change_limits(user=student, deck=deck, new_per_day=0, reviews_per_day=9_999)
    assert not change_limits(user=ben, deck=deck, new_per_day=1, reviews_per_day=1)
    assert (study_of(student, deck).new_per_day, study_of(student, deck).reviews_per_day) == (0, 9_999)
    leave_deck(user=student, deck=deck, now=NOW)
    assert not change_limits(user=student, deck=deck, new_per_day=5, reviews_per_day=5)


@pytest.mark.parametrize("limits", [(-1, 10), (10, -1), (10_000, 10), (10, 10_000)])
def test_limits_out_of_range_are_refused(student, deck, limits):
    with pytest.raises(ValueError, match="0 to 9999"):
        change_limits(user=student, deck=deck, new_per_day=limits[0], reviews_per_day=limits[1])


def test_no_history_is_touched_by_any_of_it(student, deck):
    learn(student, IRON)
    rows = list(ReviewLog.objects.values())
    cards = list(CardProgress.objects.values())
    pause_deck(user=student, deck=deck, now=NOW)
    leave_deck(user=student, deck=deck, now=NOW)
    join_deck(user=student, deck=deck, now=NOW)
    change_limits(user=student, deck=deck, new_per_day=1, reviews_per_day=1)
    assert list(ReviewLog.objects.values()) == rows
    assert list(CardProgress.objects.values()) == cards
