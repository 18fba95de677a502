import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, CardTally, DeckTally, PairTally
from quizzes.services.study.answering import Given
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.tallying import known_share, tally_changed, tally_deck
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, DeckFactory, elements
from tests.study import COPPER, DAY, HELIUM, IRON, MINUTE, begin, given, hurry, press, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def students(ada, ben, deck):
    return [begin(user, deck) for user in (ada, ben)]


def choose(user, key, *, right=True, now=NOW, elapsed_ms=4_000):
    asked = put(user, key, Format.CHOICE, now=now)
    return press(user, asked, given(asked, right=right, elapsed_ms=elapsed_ms), now=now).row


def test_a_deck_nobody_studies_is_assumed_to_be_known_as_any_other(deck):
    tally = tally_deck(deck=deck, now=NOW)
    assert (tally.first_answers, tally.known_share, tally.version, tally.made_at) == (0, 0.3, 1, NOW)
    assert not PairTally.objects.exists()


def test_the_first_answer_of_each_student_to_each_card_counts(deck, students):
    for user in students:
        choose(user, IRON)
        choose(user, IRON, now=NOW + DAY)
        choose(user, COPPER)
    assert tally_deck(deck=deck, now=NOW).first_answers == 4


def test_what_was_taken_back_does_not_count(deck, students):
    choose(students[0], IRON)
    undo_last(user=students[0], scope="", now=NOW)
    assert tally_deck(deck=deck, now=NOW).first_answers == 0
    assert not CardTally.objects.exists()


def test_practice_tells_how_long_a_question_takes_and_nothing_else(deck, students):
    press(students[0], put(students[0], HELIUM, Format.CHOICE, scope="elements//1"))
    assert tally_deck(deck=deck, now=NOW).first_answers == 0
    assert not PairTally.objects.exists()
    assert CardTally.objects.get().answers == 1


def test_an_answer_that_became_a_guess_counts_once(deck, students):
    row = choose(students[0], IRON)
    guessed_after_all(user=students[0], client_id=row.client_id, now=NOW)
    assert tally_deck(deck=deck, now=NOW).first_answers == 1


def test_the_median_time_of_each_card_is_kept(deck, students):
    for number, elapsed_ms in enumerate((3_000, 9_000, 5_000)):
        choose(students[0], IRON, now=NOW + number * DAY, elapsed_ms=elapsed_ms)
    choose(students[1], COPPER, elapsed_ms=None)
    tally_deck(deck=deck, now=NOW)
    tally = CardTally.objects.get()
    assert (tally.card.key, tally.answers, tally.median_ms) == (IRON, 3, 5_000)


def test_how_long_a_question_takes_is_not_told_by_those_who_hurry(deck, students):
    choose(students[1], IRON, elapsed_ms=15_000)
    for number in range(3):
        hurry(students[0], IRON, now=NOW + number * DAY)
    tally_deck(deck=deck, now=NOW)
    assert CardTally.objects.values_list("answers", "median_ms").get() == (1, 15_000)


def test_it_counts_which_fact_is_taken_for_which(deck, students):
    wrong = choose(students[0], IRON, right=False)
    taken, offered = wrong.taken_for.code, set(wrong.detail["offered"])
    tally_deck(deck=deck, now=NOW)
    pairs = PairTally.objects.values_list("asked__code", "offered__code", "shown", "chosen")
    assert set(pairs) == {("uses/1", code, 1, int(code == taken)) for code in offered - {"uses/1"}}


def test_a_flashcard_offers_nothing(deck, students):
    press(students[0], put(students[0], IRON), Given(rating=3))
    assert tally_deck(deck=deck, now=NOW).first_answers == 1
    assert not PairTally.objects.exists()


def test_counting_again_starts_from_the_log_and_is_a_new_version(deck, students):
    choose(students[0], IRON, right=False)
    versions = [tally_deck(deck=deck, now=NOW + day * DAY).version for day in range(3)]
    assert versions == [1, 2, 3]
    assert DeckTally.objects.get().made_at == NOW + 2 * DAY
    assert sum(PairTally.objects.values_list("chosen", flat=True)) == 1


def test_new_counts_reach_the_next_question(deck, students):
    choose(students[0], IRON, elapsed_ms=15_000)
    tally_deck(deck=deck, now=NOW)
    card = Card.objects.get(key=IRON)
    assert CardTally.objects.get(card=card).median_ms == 15_000
    assert choose(students[1], IRON, elapsed_ms=400).evidence == "none"


@pytest.mark.parametrize(("right", "wrong", "expected"), [
    (49, 0, 0.3),  # too few to tell
    (50, 0, 0.99),  # never certain
    (0, 50, 0.01),
    (40, 40, 0.333),  # half are right of four options: a third is known beyond guessing
])  # fmt: skip
def test_the_share_known_is_what_guessing_does_not_explain(right, wrong, expected):
    assert known_share([1.0] * right + [-1 / 3] * wrong) == pytest.approx(expected, abs=1e-3)


def test_only_decks_that_were_answered_in_since_are_counted_anew(deck, students):
    other = DeckFactory()
    choose(students[0], IRON)
    assert [tally.deck for tally in tally_changed(now=NOW + MINUTE)] == [deck]
    assert tally_changed(now=NOW + 2 * MINUTE) == []
    choose(students[1], IRON, now=NOW + 3 * MINUTE)
    assert [tally.first_answers for tally in tally_changed(now=NOW + 4 * MINUTE)] == [2]
    assert not DeckTally.objects.filter(deck=other).exists()


def test_an_answer_taken_back_is_counted_anew_too(deck, students):
    choose(students[0], IRON)
    tally_changed(now=NOW + MINUTE)
    undo_last(user=students[0], scope="", now=NOW + 2 * MINUTE)
    assert [tally.first_answers for tally in tally_changed(now=NOW + 3 * MINUTE)] == [0]


def test_counting_ends_between_decks_when_it_is_told_to_stop(deck, students):
    choose(students[0], IRON)
    assert tally_changed(now=NOW + MINUTE, stop=lambda: True) == []
    assert not DeckTally.objects.exists()
