from datetime import timedelta

import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, CardTally, Deck, DeckStudy, DeckTally
from quizzes.selectors.study.standing import (
    Day,
    decks_begun,
    read_answers,
    read_cards,
    read_days,
    read_days_of_deck,
)
from quizzes.selectors.study.students import get_student
from quizzes.services.study.answering import Given
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, correct_predictions, elements
from tests.study import ALUMINIUM, COPPER, DAY, IRON, begin, learn, practise, press, put, rate

TODAY = NOW.date()


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def answers(user, deck, *, now=NOW):
    """(key, interval before, recalled) of each answer of the last year."""
    found = read_answers(user.pk, [deck], since=now.date() - timedelta(days=365), until=now.date())
    keys = dict(Card.objects.values_list("pk", "key"))
    rows = zip(found.card_id.tolist(), found.interval_days.tolist(), found.recalled.tolist(), strict=True)
    return [(keys[card], interval or None, recalled) for card, interval, recalled in rows]


def test_each_answer_comes_with_the_interval_that_its_card_had(student, deck):
    given = learn(student, IRON).interval_days
    later = NOW + 30 * DAY
    rate(student, IRON, 1, now=later)
    assert answers(student, deck, now=later) == [(IRON, None, True), (IRON, given, False)]


def test_an_answer_taken_back_is_none_and_leaves_the_interval_from_before(student, deck):
    given = learn(student, IRON).interval_days
    later = NOW + 30 * DAY
    rate(student, IRON, 1, now=later)
    undo_last(user=student, scope="", now=later)
    rate(student, IRON, 3, now=later)
    assert answers(student, deck, now=later) == [(IRON, None, True), (IRON, given, True)]


def test_answers_that_are_no_evidence_and_those_of_other_decks_and_people_are_left_out(student, ben, deck):
    begin(ben, deck)
    rate(ben, COPPER, 3)
    press(student, put(student, ALUMINIUM, Format.CHOICE))
    CardTally.objects.create(card=Card.objects.get(key=IRON), answers=30, median_ms=12_000)
    DeckTally.objects.create(deck=deck, made_at=NOW)
    press(student, put(student, IRON, Format.CHOICE), Given(place=0, elapsed_ms=200))
    other = elements(slug="other", title="Other")
    assert [key for key, *_rest in answers(student, deck)] == [ALUMINIUM]
    assert answers(student, other) == []


def test_days_are_counted_over_all_decks_or_in_one(student, deck):
    rate(student, IRON, 3)
    rate(student, COPPER, 1)
    rate(student, ALUMINIUM, 3, now=NOW - DAY)
    span = {"since": TODAY - timedelta(days=7), "until": TODAY}
    expected = {TODAY: Day(2, 1), TODAY - timedelta(days=1): Day(1, 1)}
    assert read_days(student.pk, **span) == read_days_of_deck(student.pk, deck, **span) == expected
    assert read_days_of_deck(student.pk, elements(slug="other"), **span) == {}


def test_a_day_of_nothing_but_practice_was_no_day_of_study(student, deck):
    practise(student, IRON)
    span = {"since": TODAY, "until": TODAY}
    assert read_days(student.pk, **span) == read_days_of_deck(student.pk, deck, **span) == {}
    assert answers(student, deck) == []


def test_a_day_whose_only_answer_was_taken_back_was_no_day_of_study(student, deck):
    rate(student, IRON, 3)
    undo_last(user=student, scope="", now=NOW)
    span = {"since": TODAY, "until": TODAY}
    assert read_days(student.pk, **span) == read_days_of_deck(student.pk, deck, **span) == {}


def test_cards_are_grouped_by_section_and_know_their_fact(student, deck):
    learn(student, IRON)
    studied = read_cards(get_student(student.pk), [deck], today=TODAY)
    card_id = Card.objects.get(key=IRON).pk
    assert studied.cards.card_id.tolist() == [card_id]
    assert studied.section_title(int(studied.cards.group[0])) == "Elements"
    assert studied.entry_of(card_id)[1].term == "iron"
    assert sum(studied.asked.values()) == Card.objects.filter(status=Card.Status.ACTIVE).count()


def test_a_card_that_is_no_longer_asked_is_left_out(student, deck):
    learn(student, IRON)
    Card.objects.filter(key=IRON).update(status=Card.Status.RETIRED)
    assert read_cards(get_student(student.pk), [deck], today=TODAY).cards.card_id.tolist() == []


def test_a_paused_deck_still_counts_and_a_draft_does_not(student, deck):
    DeckStudy.objects.update(paused_at=NOW)
    assert decks_begun(student) == [deck]
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert decks_begun(student) == []


def test_recall_of_the_cards_is_as_the_students_own_answers_put_it_right(student, deck):
    learn(student, IRON)
    today = TODAY + timedelta(days=30)
    before = read_cards(get_student(student.pk), [deck], today=today).cards
    correct_predictions(student, constant=-1.5)
    after = read_cards(get_student(student.pk), [deck], today=today).cards
    assert after.recall.max() < before.recall.max() - 0.2
    assert after.due.tolist() == before.due.tolist()
