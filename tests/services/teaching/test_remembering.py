"""The answers of a quiz in the student's log: one memory per card, and nothing told before its time."""

from datetime import date

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, Shift, next_memory
from quizzes.core.snapshots import snapshot
from quizzes.core.specs import Direction
from quizzes.models import (
    Accommodation,
    Card,
    CardProgress,
    CardTally,
    DailyStudy,
    Fact,
    ItemRuling,
    ItemSnapshot,
    QuizForm,
    ReviewLog,
    StudySession,
)
from quizzes.selectors.content import decks
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.browse import Wanted, browse_page
from quizzes.selectors.study.fact import fact_page, find_fact
from quizzes.selectors.study.finished import finished_page
from quizzes.selectors.study.home import home_page
from quizzes.selectors.study.practice import read_round
from quizzes.selectors.study.practice_choice import practice_choices
from quizzes.selectors.study.progress import progress_page
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.asking import keep_snapshot
from quizzes.services.study.contrasting import NoContrastError, ask_contrast
from quizzes.services.study.marks import UnknownMarkError, mark_by_card
from quizzes.services.study.undoing import NothingToUndoError, undo_last
from quizzes.services.teaching.attempting import end_overdue
from quizzes.services.teaching.remembering import set_aside_longer
from tests.factories import NOW, elements, keep
from tests.people import enrol
from tests.shifts import shift_card
from tests.sitting import HOUR, MINUTE, choose, hand_in, newcomer, place, quiz_of, response, sit, take
from tests.study import DAY, IRON, begin, given, holds, learn, press, progress, put, rate, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(deck, ada, cohort):
    begin(ada, deck)
    return quiz_of(deck, cohort=cohort)


def log_of(user):
    return list(ReviewLog.objects.filter(user=user, kind="answer", source="quiz").order_by("part"))


def asking(quiz, *keys):
    """Let the quiz ask these cards."""
    content, items = deck_content(quiz.deck), []
    for key in keys:
        place_of = next(one for one in content.cards.values() if one.spec.key == key)
        drawn = content.bank.draw(place_of.spec, "a seed")
        kept = snapshot(content.slug, drawn.card, drawn.stem, drawn.options, locator=drawn.locator)
        keep_snapshot(kept, NOW)
        items.append({"card": place_of.id, "hash": kept.hash, "section": "uses"})
    QuizForm.objects.create(quiz=quiz, number=1, items=items, seed="a seed", made_at=NOW)
    quiz.frozen_at = NOW
    quiz.save()
    return quiz


def test_each_answered_question_is_an_answer_of_the_log_and_the_others_are_not(ada, quiz):
    attempt = take(ada, quiz, True, False, None, True)
    rows = log_of(ada)
    assert [row.part for row in rows] == [1, 2, 4]
    assert [row.correct for row in rows] == [True, False, True]
    assert {row.client_id for row in rows} == {attempt.public_id}
    assert [row.answered_at for row in rows] == [NOW + n * MINUTE for n in (1, 2, 4)]
    assert {row.format for row in rows} == {"choice"}
    assert [row.order for row in rows] == [response(attempt, n).order for n in (1, 2, 4)]
    assert holds()


def test_it_counts_on_the_day_without_using_up_a_limit(ada, quiz):
    take(ada, quiz, True, False)
    day = DailyStudy.objects.get(user=ada)
    assert (day.answers, day.correct, day.duration_ms) == (2, 1, 8_000)
    assert day.decks[str(quiz.deck_id)][:2] == [0, 0]


def test_no_answer_enters_learning_steps(ada, quiz):
    take(ada, quiz, True, False)
    cards = CardProgress.objects.filter(user=ada).order_by("lapses")
    assert {(one.phase, one.step, one.due_at) for one in cards} == {("review", 0, None)}
    assert all(one.due_on > date(2026, 3, 10) for one in cards)
    assert {tuple(row.learning_steps) for row in log_of(ada)} == {()}
    assert {row.due_reason for row in log_of(ada)} == {"quiz"}


def test_a_wrong_answer_to_a_known_card_is_a_lapse_that_skips_relearning(ada, quiz):
    learn(ada, IRON, now=NOW - 30 * DAY)
    take(ada, asking(quiz, IRON), False)
    assert (progress(ada, IRON).phase, progress(ada, IRON).lapses) == ("review", 1)
    assert holds()


def test_a_right_choice_counts_by_the_chance_that_it_was_known(ada, quiz):
    take(ada, quiz, True)
    row = log_of(ada)[0]
    assert (row.evidence, row.rating, row.k) == ("choice", 3, len(row.order))
    assert row.known_before == 0.3
    assert 0.3 < row.chance_known < 1


def test_a_card_that_a_quiz_asks_first_starts_from_what_others_showed(ada, quiz):
    shift_card(IRON, -0.7, 1.5)
    take(ada, asking(quiz, IRON), False)
    hard = next_memory(None, 1, 0, DEFAULT_PARAMETERS, Shift(-0.7, 1.5))
    assert ReviewLog.objects.get(card__key=IRON).prior_shift["version"] == 1
    assert (progress(ada, IRON).stability, progress(ada, IRON).difficulty) == (hard.stability, hard.difficulty)
    assert holds()


def test_an_answer_at_a_quiz_that_comes_in_late_brings_what_was_known_by_then(ada, quiz):
    shift_card(IRON, -0.7)
    attempt = sit(ada, asking(quiz, IRON))
    choose(attempt, right=False, now=NOW + MINUTE)
    rate(ada, IRON, 3, now=NOW + DAY)
    shift_card(IRON, 0.4, version=2)
    hand_in(attempt, now=NOW + 2 * DAY)
    first = next_memory(None, 1, 0, DEFAULT_PARAMETERS, Shift(0.4))
    assert progress(ada, IRON).stability == next_memory(first, 3, 1, DEFAULT_PARAMETERS).stability
    assert holds()


def test_the_first_answer_of_a_card_and_day_is_evidence_whichever_asked_it(ada, quiz):
    learn(ada, IRON, now=NOW - HOUR)
    before = progress(ada, IRON)
    take(ada, asking(quiz, IRON), False)
    assert log_of(ada)[0].evidence == "none"
    after = progress(ada, IRON)
    assert (after.stability, after.due_on, after.reps) == (before.stability, before.due_on, before.reps)
    assert holds()


def test_the_second_attempt_on_a_day_is_no_evidence_and_on_the_next_it_is(ada, quiz):
    quiz.attempts_allowed = 3
    asking(quiz, IRON)
    take(ada, quiz, True)
    take(ada, quiz, True, now=NOW + HOUR)
    take(ada, quiz, True, now=NOW + DAY)
    rows = ReviewLog.objects.filter(user=ada, source="quiz").order_by("seq")
    assert [row.evidence for row in rows] == ["choice", "none", "choice"]
    assert holds()


def test_an_answer_that_study_overtook_takes_its_place_in_time_and_leaves_due_alone(ada, quiz):
    asking(quiz, IRON)
    attempt = sit(ada, quiz)
    choose(attempt, 1, right=False, now=NOW + MINUTE)
    learn(ada, IRON, now=NOW + DAY)
    due = progress(ada, IRON).due_on
    hand_in(attempt, now=NOW + DAY + HOUR)
    assert (progress(ada, IRON).due_on, progress(ada, IRON).reps) == (due, 2)
    assert log_of(ada)[0].evidence == "graded"
    assert holds()


def test_answers_on_both_sides_of_rollover_belong_to_their_days(ada, quiz):
    quiz.opens_at = NOW - 10 * HOUR
    attempt = sit(ada, quiz, now=NOW - 7 * HOUR)  # 03:00
    choose(attempt, 1, now=NOW - 6 * HOUR - MINUTE)
    choose(attempt, 2, now=NOW - 6 * HOUR)
    hand_in(attempt, now=NOW - 5 * HOUR)
    assert [row.study_day for row in log_of(ada)] == [date(2026, 3, 9), date(2026, 3, 10)]
    assert DailyStudy.objects.filter(user=ada).count() == 2
    assert holds()


def test_what_came_within_the_grace_was_answered_at_the_end(ada, quiz):
    attempt = sit(ada, quiz)
    choose(attempt, now=attempt.due_at + MINUTE / 12)
    hand_in(attempt, now=attempt.due_at + MINUTE)
    assert log_of(ada)[0].answered_at == attempt.due_at


def test_what_the_worker_ends_is_remembered_too(ada, quiz):
    attempt = sit(ada, quiz)
    choose(attempt)
    end_overdue(now=attempt.due_at + HOUR)
    assert len(log_of(ada)) == 1
    assert holds()


def test_handing_in_twice_remembers_once(ada, quiz):
    attempt = take(ada, quiz, True)
    hand_in(attempt, now=NOW + HOUR)
    assert len(log_of(ada)) == 1


def test_a_rapid_guess_is_logged_and_updates_nothing(ada, quiz):
    CardTally.objects.bulk_create(
        [CardTally(card=card, answers=9, median_ms=12_000) for card in Card.objects.filter(deck=quiz.deck)]
    )
    decks.clear_cache()
    attempt = sit(ada, quiz)
    choose(attempt, 1, elapsed_ms=900)
    choose(attempt, 2, elapsed_ms=1_100)
    hand_in(attempt)
    assert [row.evidence for row in log_of(ada)] == ["none", "choice"]
    assert [response(attempt, n).rapid for n in (1, 2)] == [True, False]
    assert response(attempt, 1).mark == 1, "a mark is a mark"
    assert holds()


def test_a_choice_of_a_wrong_fact_is_kept_as_a_confusion_but_not_of_a_question_with_not(ada, quiz):
    take(ada, asking(quiz, IRON), False)
    assert len(progress(ada, IRON).confusions) == 1
    other = asking(quiz_of(quiz.deck, cohort=quiz.cohort), "uses/2/purpose_to_term")
    line = other.question_forms.get().items[0]
    content = ItemSnapshot.objects.get(pk=line["hash"]).content
    negative = ItemSnapshot.objects.create(
        hash="n" * 64, content={**content, "direction": Direction.NOT_MEMBER.value}, created_at=NOW
    )
    QuizForm.objects.filter(quiz=other).erase()
    QuizForm.objects.create(quiz=other, number=1, items=[{**line, "hash": negative.pk}], seed="", made_at=NOW)
    take(ada, other, False)
    assert progress(ada, "uses/2/purpose_to_term").confusions == {}
    assert ReviewLog.objects.get(user=ada, item_hash=negative.pk).detail["offered"] == []


def test_a_fact_that_changed_its_meaning_since_comes_back_for_review(ada, quiz):
    attempt = sit(ada, asking(quiz, IRON))
    choose(attempt)
    Fact.objects.filter(code="uses/1").update(purpose="to build ships")
    keep(quiz.deck, change="meaning")
    hand_in(attempt, now=NOW + HOUR)
    assert ReviewLog.objects.filter(user=ada, kind="return", card__key=IRON).exists()
    assert log_of(ada)[0].meaning_version < Fact.objects.get(code="uses/1").meaning_version
    assert holds()


def test_somebody_who_studies_nothing_yet_is_remembered_all_the_same(quiz, ben, cohort):
    StudySession.objects.filter(user=ben).delete()
    enrol(ben, cohort)
    take(ben, quiz, True, False)
    assert len(log_of(ben)) == 2
    assert holds()


def test_a_quiz_is_not_undone_from_the_study_page(ada, quiz):
    learn(ada, IRON, now=NOW - DAY)
    take(ada, quiz, True)
    undo_last(user=ada, scope="", now=NOW + HOUR)
    with pytest.raises(NothingToUndoError):
        undo_last(user=ada, scope="", now=NOW + HOUR)
    assert len(log_of(ada)) == 1
    assert holds()


@pytest.fixture
def secret(quiz):
    """Its feedback comes when it has closed for everybody, which is a day later for one of them."""
    quiz.feedback = "closing"
    quiz.save()
    late = newcomer(quiz)
    Accommodation.objects.create(cohort=quiz.cohort, user=late, quiz=quiz, closes_at=quiz.closes_at + DAY, given_at=NOW)
    return asking(quiz, IRON)


def test_until_a_quiz_tells_what_was_right_study_does_not_ask_it(ada, secret):
    learn(ada, IRON, now=NOW - 30 * DAY)
    take(ada, secret, False)
    last = secret.closes_at + DAY
    assert progress(ada, IRON).buried_until == date(2026, 3, 19)
    assert IRON not in waiting(ada, now=last)
    assert IRON in waiting(ada, now=last + DAY)
    assert holds()


def test_setting_aside_leaves_due_as_it_was_decided(ada, secret):
    take(ada, secret, True)
    answer = log_of(ada)[0]
    bury = ReviewLog.objects.get(user=ada, kind="bury")
    assert (bury.due_on, bury.due_reason, bury.source) == (answer.due_on, "quiz", "quiz")
    assert progress(ada, IRON).due_on == answer.due_on


def test_what_was_right_is_marked_to_be_hidden_until_the_last_has_closed(ada, secret):
    take(ada, secret, True)
    assert log_of(ada)[0].detail["hidden_until"] == (secret.closes_at + DAY).isoformat()


def test_handed_in_after_everybody_nothing_is_set_aside(ada, secret):
    attempt = sit(ada, secret)
    choose(attempt)
    hand_in(attempt, now=secret.closes_at + DAY)
    assert not ReviewLog.objects.filter(user=ada, kind="bury").exists()
    assert "hidden_until" not in log_of(ada)[0].detail


def test_a_question_on_the_study_page_that_the_quiz_answered_is_stale(ada, quiz):
    asking(quiz, IRON)
    asked = put(ada, IRON)
    take(ada, quiz, True)
    with pytest.raises(StaleQuestionError):
        press(ada, asked, given(asked), now=NOW + HOUR)
    assert rate(ada, "uses/2/purpose_to_term", 3, now=NOW + HOUR).correct


def test_the_option_said_to_be_right_by_a_ruling_is_right_for_the_memory(ada, quiz):
    attempt = sit(ada, asking(quiz, IRON))
    kept = response(attempt)
    wrong = kept.order[place(kept, right=False)]
    ItemRuling.objects.create(
        quiz=quiz, item_hash=kept.item_hash, kind="accept", accepted=[wrong], reason="also", ruled_at=NOW
    )
    choose(attempt, right=False)
    hand_in(attempt)
    assert log_of(ada)[0].correct
    assert progress(ada, IRON).confusions == {}


def test_a_question_left_out_of_the_quiz_tells_nothing_of_the_memory(ada, quiz):
    attempt = sit(ada, asking(quiz, IRON))
    hashed = response(attempt).item_hash
    ItemRuling.objects.create(quiz=quiz, item_hash=hashed, kind="drop", reason="wrong", ruled_at=NOW)
    choose(attempt, right=False)
    hand_in(attempt)
    assert log_of(ada)[0].evidence == "none"
    assert holds()


def test_study_tells_nothing_of_it_before_the_quiz_has_closed_and_everything_after(ada, secret):
    learn(ada, IRON, now=NOW - 30 * DAY)
    take(ada, secret, False)
    fact = find_fact(secret.deck, "uses/1")
    last = secret.closes_at + DAY

    def view(now):
        cards = fact_page(ada, secret.deck, fact, now=now).cards
        return next(card for card in cards if card.why and card.why.answers)

    before, after = view(last - MINUTE), view(last)
    assert [line.result for line in before.why.answers] == ["told when the quiz has closed", "right"]
    assert (before.why.recall, before.why.curve, before.marks, before.why.lapses) == ("", None, (), 0)
    assert before.badges == ["waits for a quiz to close"]
    assert after.why.answers[0].result.startswith("wrong")
    assert after.why.recall
    assert after.marks


def test_the_end_of_a_session_leaves_out_what_a_quiz_keeps(ada, secret):
    rate(ada, "uses/2/purpose_to_term", 3)
    take(ada, secret, False)

    def finished(now):
        return finished_page(read_desk(get_student(ada.pk), studied_decks(ada), now=now), "", now=now)

    page = finished(NOW + HOUR)
    assert (page.today.answers, page.today.percent, page.hardest) == (2, 100, [])
    assert [one.answers for one in page.by_section] == [1]


def test_practice_and_the_marks_of_a_card_wait_for_the_quiz_too(ada, secret):
    take(ada, secret, True)

    def practised(now):
        desk = read_desk(get_student(ada.pk), studied_decks(ada), now=now)
        return {place.spec.key for place in read_round(desk, read_scope("elements/uses/1")).cards}

    assert IRON not in practised(NOW + HOUR)
    assert IRON in practised(secret.closes_at + 2 * DAY)
    kept = progress(ada, IRON)
    with pytest.raises(UnknownMarkError):
        mark_by_card(user=ada, card_id=kept.card_id, mark="unbury", seen_revision=kept.revision, now=NOW + HOUR)


def test_what_was_missed_is_practised_card_by_card_and_nothing_else(ada, quiz):
    attempt = take(ada, quiz, True, False, None, True)
    scope = f"elements/@{attempt.public_id}/1"
    missed = {response(attempt, 2).card_id, response(attempt, 3).card_id}

    def left():
        desk = read_desk(get_student(ada.pk), studied_decks(ada), now=NOW + HOUR)
        return set(read_round(desk, read_scope(scope)).order)

    assert left() == missed
    key = Card.objects.get(pk=response(attempt, 2).card_id).key
    press(ada, put(ada, key, "choice", now=NOW + HOUR, scope="elements//1"), right=True, now=NOW + HOUR)
    assert left() == missed, "another round of practice does not count"
    asked = put(ada, key, "choice", now=NOW + HOUR, scope=scope)
    press(ada, asked, given(asked), now=NOW + HOUR)
    assert left() == {response(attempt, 3).card_id}


PAGES = {
    "browse": lambda user, deck, now: browse_page(user, deck, Wanted(), now=now),
    "home": lambda user, _deck, now: home_page(user, now=now),
    "practice": lambda user, _deck, now: practice_choices(user, now=now),
    "progress of a deck": lambda user, deck, now: progress_page(user, deck, now=now),
    "progress": lambda user, _deck, now: progress_page(user, None, now=now),
}


@pytest.fixture
def two(secret):
    """Two students who knew the card alike; one answered it rightly in the quiz, the other wrongly."""
    both = [begin(newcomer(secret), secret.deck) for _one in range(2)]
    for user, right in zip(both, (True, False), strict=True):
        learn(user, IRON, now=NOW - 30 * DAY)
        take(user, secret, right)
    return both


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_study_differs_by_how_it_was_answered_until_all_have_closed(two, secret, name):
    last = secret.closes_at + DAY
    for now in (NOW + HOUR, secret.closes_at, last - MINUTE):
        right, wrong = (repr(PAGES[name](user, secret.deck, now)) for user in two)
        assert right == wrong
    right, wrong = (repr(PAGES[name](user, secret.deck, last)) for user in two)
    assert right != wrong


def test_which_is_which_is_not_asked_of_a_card_that_waits_for_the_quiz(two, secret):
    about = {"user": two[1], "deck": secret.deck, "asked": "uses/1", "taken_for": "uses/2"}
    card = Card.objects.get(key=IRON).pk
    with pytest.raises(NoContrastError):
        ask_contrast(**about, card_id=card, now=NOW + HOUR)
    _desk, asked = ask_contrast(**about, card_id=card, now=secret.closes_at + 2 * DAY)
    assert asked.card_id == card


def test_a_closing_that_is_put_off_later_keeps_it_hidden_until_then(ada, secret):
    learn(ada, IRON, now=NOW - 30 * DAY)
    take(ada, secret, False)
    last = secret.closes_at + 3 * DAY
    Accommodation.objects.filter(quiz=secret).update(closes_at=last)
    fact = find_fact(secret.deck, "uses/1")

    def results(now):
        cards = fact_page(ada, secret.deck, fact, now=now).cards
        return [line.result for card in cards if card.why for line in card.why.answers]

    assert results(last - MINUTE)[0] == "told when the quiz has closed"
    assert results(last)[0].startswith("wrong")


def test_feedback_that_comes_earlier_after_all_is_not_kept_back_by_study(ada, secret):
    take(ada, secret, False)
    secret.feedback = "after"
    secret.save()
    fact = find_fact(secret.deck, "uses/1")
    cards = fact_page(ada, secret.deck, fact, now=NOW + HOUR).cards
    assert [line.correct for card in cards if card.why for line in card.why.answers] == [False]
    assert cards[0].badges != ["waits for a quiz to close"]


def test_a_closing_that_is_put_off_later_keeps_study_from_asking_it_until_then(ada, secret):
    learn(ada, IRON, now=NOW - 30 * DAY)
    take(ada, secret, False)
    last = secret.closes_at + 3 * DAY
    assert set_aside_longer(now=NOW + HOUR) == 0
    Accommodation.objects.filter(quiz=secret).update(closes_at=last)
    assert [set_aside_longer(now=NOW + HOUR) for _twice in range(2)] == [1, 0]
    assert IRON not in waiting(ada, now=last)
    assert IRON in waiting(ada, now=last + DAY)
    assert progress(ada, IRON).due_on == log_of(ada)[0].due_on
    assert holds()
