"""Cards that earlier students forgot sooner, and what is kept of that for students to come."""

import pytest

from quizzes.models import CardShift, Deck, DeckTally
from quizzes.selectors.content.decks import card_shifts
from quizzes.selectors.study import card_knowledge
from quizzes.services.study import card_learning
from quizzes.services.study.card_learning import learn_changed, learn_deck
from quizzes.services.study.tallying import tally_deck
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, UserFactory, elements
from tests.study import ALUMINIUM, COPPER, DAY, IRON, begin, put, rate

KNOWN, FORGOTTEN = (3, 3, 3), (3, 1, 1)
LATER = NOW + 30 * DAY


@pytest.fixture
def deck(db):
    return elements()


def study(deck, answers, *, start=NOW):
    """A new student's ratings of cards, five days apart."""
    user = begin(UserFactory(), deck, now=start)
    for key, ratings in answers.items():
        for number, rating in enumerate(ratings):
            rate(user, key, rating, now=start + number * 5 * DAY)
    return user


def shift_of(key):
    return next(iter(CardShift.objects.filter(card__key=key).order_by("-version")), None)


def mixed(deck, students):
    return [study(deck, {IRON: FORGOTTEN, COPPER: KNOWN}) for _ in range(students)]


def test_a_card_that_is_forgotten_sooner_starts_with_shorter_intervals(deck):
    mixed(deck, 4)
    learned = learn_deck(deck=deck, now=LATER)
    hard, easy = shift_of(IRON), shift_of(COPPER)
    assert hard.ln_stability < -0.1 < 0.1 < easy.ln_stability
    assert (hard.students, hard.answers, hard.version, hard.made_at) == (4, 8, 1, LATER)
    assert (learned.cards, learned.changed, learned.version) == (2, 2, 1)


def test_the_next_question_of_a_new_student_starts_from_it(deck, ada):
    mixed(deck, 4)
    begin(ada, deck)
    assert put(ada, IRON).shift.version == 0
    learn_deck(deck=deck, now=LATER)
    assert put(ada, IRON).shift == card_shifts(deck.pk)[shift_of(IRON).card_id]
    assert put(ada, IRON).shift.ln_stability < 0
    assert put(ada, ALUMINIUM).shift.version == 0


def test_only_cards_that_changed_get_a_new_version(deck):
    mixed(deck, 4)
    learn_deck(deck=deck, now=LATER)
    again = learn_deck(deck=deck, now=LATER + DAY)
    assert (again.cards, again.changed, again.version) == (2, 0, 1)
    for _ in range(3):
        study(deck, {ALUMINIUM: FORGOTTEN}, start=LATER)
    third = learn_deck(deck=deck, now=LATER + 30 * DAY)
    assert third.version == 2
    assert CardShift.objects.filter(card__key=IRON, version=1).exists()
    assert shift_of(ALUMINIUM).version == 2


def test_answers_that_start_from_a_shift_do_not_feed_the_next_one(deck):
    mixed(deck, 4)
    learn_deck(deck=deck, now=LATER)
    first = shift_of(IRON).ln_stability
    for _ in range(4):
        study(deck, {IRON: FORGOTTEN, COPPER: KNOWN}, start=LATER)
    learn_deck(deck=deck, now=LATER + 30 * DAY)
    found = CardShift.objects.get(card__key=IRON, version=2).ln_stability
    CardShift.objects.all().erase()
    DeckTally.objects.all().delete()
    learn_deck(deck=deck, now=LATER + 30 * DAY)
    assert CardShift.objects.get(card__key=IRON).ln_stability == pytest.approx(found)
    assert found < first


def test_what_was_taken_back_says_nothing(deck):
    for user in mixed(deck, 1):
        for _ in range(6):
            undo_last(user=user, scope="", now=LATER)
    learned = learn_deck(deck=deck, now=LATER)
    assert (learned.cards, learned.version) == (0, 0)
    assert not CardShift.objects.exists()


def test_a_deck_nobody_has_studied_learns_nothing(deck):
    assert learn_deck(deck=deck, now=NOW).version == 0


def test_other_decks_answers_play_no_part(deck):
    mixed(deck, 3)
    other = elements(slug="other", title="Other")
    assert learn_deck(deck=other, now=LATER).cards == 0


def test_the_newest_students_are_taken_where_there_are_many(deck, monkeypatch):
    monkeypatch.setattr(card_knowledge, "MOST_STUDENTS_OF_A_CARD", 2)
    for start in (NOW, NOW + DAY):
        study(deck, {IRON: FORGOTTEN, COPPER: FORGOTTEN}, start=start)
    for start in (NOW + 2 * DAY, NOW + 3 * DAY):
        study(deck, {IRON: KNOWN, COPPER: FORGOTTEN}, start=start)
    learn_deck(deck=deck, now=LATER)
    assert (shift_of(IRON).students, shift_of(COPPER).students) == (2, 2)
    assert shift_of(IRON).ln_stability > 0


def test_many_cards_are_learned_some_at_a_time(deck, monkeypatch):
    mixed(deck, 3)
    monkeypatch.setattr(card_knowledge, "CARDS_AT_ONCE", 1)
    assert learn_deck(deck=deck, now=LATER).cards == 2


def test_of_two_at_the_same_time_the_later_is_dropped(deck, monkeypatch):
    mixed(deck, 3)
    found = list(card_knowledge.card_knowledge(deck.pk))

    def meanwhile(_deck_id):
        monkeypatch.setattr(card_learning, "card_knowledge", lambda _: iter(found))
        learn_deck(deck=deck, now=LATER)
        return iter(found)

    monkeypatch.setattr(card_learning, "card_knowledge", meanwhile)
    assert learn_deck(deck=deck, now=LATER).changed == 0
    assert CardShift.objects.filter(card__key=IRON).count() == 1


def test_the_counts_of_a_deck_stay_and_are_made_where_there_are_none(deck):
    mixed(deck, 2)
    learn_deck(deck=deck, now=LATER)
    before = DeckTally.objects.get()
    tally_deck(deck=deck, now=LATER + DAY)
    after = DeckTally.objects.get()
    assert (before.first_answers, before.shift_version) == (4, 1)
    assert (after.shift_version, after.shift_answers, after.version) == (1, before.shift_answers, before.version + 1)


def test_the_worker_learns_once_enough_students_have_come_back_and_again_after_a_fifth_more(deck, monkeypatch):
    monkeypatch.setattr(card_knowledge, "ENOUGH_STUDENTS", 3)
    mixed(deck, 2)
    study(deck, {IRON: (3,)})
    assert learn_changed(now=LATER) == []
    mixed(deck, 1)
    assert [one.version for one in learn_changed(now=LATER)] == [1]
    assert learn_changed(now=LATER) == []
    study(deck, {IRON: KNOWN})
    assert learn_changed(now=LATER) == []
    study(deck, {IRON: KNOWN})
    assert [one.deck for one in learn_changed(now=LATER)] == [Deck.objects.get()]


def test_the_worker_stops_when_told_to(deck, monkeypatch):
    monkeypatch.setattr(card_knowledge, "ENOUGH_STUDENTS", 1)
    mixed(deck, 1)
    assert learn_changed(now=LATER, stop=lambda: True) == []
