import pytest

from quizzes.core.memory import (
    DEFAULT_PARAMETERS,
    SCHEDULER_VERSION,
    chance_known,
    next_memory,
    next_memory_after_choice,
)
from quizzes.core.specs import Format
from quizzes.models import Card, CardProgress, CardTally, DailyStudy, DeckTally, ItemSnapshot, ReviewLog, StudySession
from quizzes.selectors.study.asked import BadTokenError, sign, unsign
from quizzes.selectors.study.students import NotAStudentError
from quizzes.services.study.answering import Given, StaleQuestionError, UnreadableAnswerError
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import (
    ALUMINIUM,
    COPPER,
    DAY,
    HELIUM,
    IRON,
    MINUTE,
    asked_now,
    begin,
    events,
    given,
    holds,
    hurry,
    learn,
    memory,
    press,
    progress,
    put,
    rate,
    waiting,
)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


@pytest.mark.parametrize("way", Format)
@pytest.mark.parametrize("right", [True, False])
def test_an_answer_moves_the_memory_and_is_logged_in_full(student, way, right):
    asked = put(student, IRON, way)
    row = press(student, asked, right=right).row
    kept = progress(student, IRON)
    assert (row.correct, row.format, row.item_hash, row.order) == (right, way, asked.item_hash, list(asked.order))
    assert (row.seq, row.client_id.hex, row.revision_before) == (1, asked.client_id.replace("-", ""), 0)
    assert (row.study_day, row.time_zone, row.rollover_hour) == (NOW.date(), "UTC", 4)
    assert (row.answered_at, row.received_at, row.duration_ms) == (NOW, NOW, 4_000)
    assert (row.learning_steps, row.relearning_steps, row.desired_retention) == ([1, 10], [10], 0.9)
    assert (row.meaning_version, row.scheduler_version, row.source) == (1, SCHEDULER_VERSION, "study")
    assert row.parameter_set.values == list(DEFAULT_PARAMETERS)
    assert row.predicted_recall is None
    assert (kept.phase, kept.reps, kept.revision, kept.due_at) == ("learning", 1, 1, row.due_at)
    assert holds()


@pytest.mark.parametrize(("rating", "phase"), [(1, "learning"), (2, "learning"), (3, "learning"), (4, "review")])
def test_a_flashcard_counts_as_it_was_rated(student, rating, phase):
    rate(student, IRON, rating)
    expected = next_memory(None, rating, 0, DEFAULT_PARAMETERS)
    kept = progress(student, IRON)
    assert (kept.phase, kept.stability, kept.difficulty) == (phase, expected.stability, expected.difficulty)


def test_a_right_choice_of_a_new_card_is_weighed_by_what_the_deck_showed(student):
    row = press(student, put(student, IRON, Format.CHOICE)).row
    chance = chance_known(0.3, 4)
    expected = next_memory_after_choice(None, chance, 0, DEFAULT_PARAMETERS)
    assert (row.evidence, row.k, row.known_before, row.chance_known) == ("choice", 4, 0.3, chance)
    assert progress(student, IRON).stability == expected.stability


def test_a_right_choice_in_review_is_weighed_by_the_predicted_recall(student):
    learn(student, IRON)
    row = press(student, put(student, IRON, Format.CHOICE, now=NOW + 9 * DAY), now=NOW + 9 * DAY).row
    assert row.predicted_recall == pytest.approx(0.9, abs=0.02)
    assert row.chance_known == chance_known(row.predicted_recall, 4)


def test_the_share_known_at_first_sight_is_frozen_with_the_question(student):
    deck = Card.objects.get(key=IRON).deck
    asked = put(student, IRON, Format.CHOICE)
    DeckTally.objects.create(deck=deck, known_share=0.8, made_at=NOW)
    assert press(student, asked).row.known_before == 0.3
    assert put(student, COPPER, Format.CHOICE).known_before == 0.8
    assert holds()


def test_a_wrong_choice_is_again_and_says_what_was_taken_for_what(student):
    asked = put(student, IRON, Format.CHOICE)
    row = press(student, asked, right=False).row
    assert (row.evidence, row.rating, row.correct) == ("graded", 1, False)
    assert row.taken_for.code != "uses/1"
    assert progress(student, IRON).confusions == {row.taken_for.code: [1, 0]}


def test_an_answer_goes_on_to_the_next_card(student):
    asked = asked_now(student)
    done = press(student, asked)
    assert done.asked.card_id != asked.card_id
    assert asked_now(student) == done.asked


def test_every_day_is_counted_in_all_and_by_deck(student):
    press(student, put(student, IRON))
    press(student, put(student, COPPER), right=False)
    learn(student, ALUMINIUM, now=NOW - DAY)
    rate(student, ALUMINIUM, 3)
    today = DailyStudy.objects.get(user=student, day=NOW.date())
    assert (today.answers, today.correct, today.duration_ms) == (3, 2, 12_000)
    assert list(today.decks.values()) == [[2, 1, 0, 3, 1, 1]]
    assert holds()


@pytest.mark.parametrize("way", Format)
def test_the_same_answer_sent_twice_counts_once_and_answers_the_same(student, way):
    asked = put(student, IRON, way)
    first = press(student, asked)
    again = press(student, asked, right=False, now=NOW + MINUTE)
    assert again.row == first.row
    assert again.row.correct is True
    assert again.asked == first.asked
    assert (events(student), progress(student, IRON).revision) == (["answer"], 1)
    assert DailyStudy.objects.get(user=student).answers == 1
    assert holds()


def test_an_answer_sent_again_when_it_was_the_last_card_answers_the_same(ada):
    begin(ada, elements(), limits={"new_per_day": 1})
    asked = put(ada, IRON)
    press(ada, asked, Given(rating=4))
    again = press(ada, asked, Given(rating=1))
    assert (again.asked, again.row.rating) == (None, 4)
    assert events(ada) == ["answer"]


def test_two_tabs_with_the_same_question_count_the_first_answer(student):
    first, second = asked_now(student), asked_now(student)
    assert first == second
    press(student, first)
    assert press(student, second, right=False).row.correct is True
    assert events(student) == ["answer"]


def test_two_tabs_with_different_questions_count_both(student):
    one, other = put(student, IRON), put(student, COPPER)
    press(student, one)
    press(student, other)
    assert events(student) == ["answer", "answer"]
    assert holds()


def test_an_older_page_of_a_card_is_refused(student):
    older, newer = put(student, IRON), put(student, IRON)
    press(student, newer)
    with pytest.raises(StaleQuestionError):
        press(student, older)
    assert events(student) == ["answer"]
    assert holds()


def test_a_page_from_before_an_undo_is_refused_and_its_answer_not_counted_again(student):
    other, counted = put(student, IRON), put(student, IRON)
    press(student, counted)
    undo_last(user=student, scope="", now=NOW)
    assert press(student, counted).row.client_id.hex == counted.client_id.replace("-", "")
    with pytest.raises(StaleQuestionError):
        press(student, other)
    assert events(student) == ["answer", "undo"]
    assert progress(student, IRON).phase == "new"


def test_an_answer_that_fits_no_question_is_refused_and_the_question_stays(student):
    for way, answer in [(Format.CHOICE, Given(place=4)), (Format.CHOICE, Given(rating=3)), (Format.FLASHCARD, Given())]:
        asked = put(student, IRON, way)
        with pytest.raises(UnreadableAnswerError):
            press(student, asked, answer)
        assert asked_now(student) == asked
    with pytest.raises(UnreadableAnswerError):
        press(student, put(student, IRON), Given(rating=5))
    assert events(student) == []


def test_somebody_who_studies_nothing_cannot_answer(student, ben):
    with pytest.raises(NotAStudentError):
        press(ben, put(student, IRON))


def test_a_token_is_good_for_its_student_alone(student, ben):
    asked = put(student, IRON)
    assert unsign(sign(asked, student.pk), student.pk) == asked
    with pytest.raises(BadTokenError):
        unsign(sign(asked, student.pk), ben.pk)


def test_an_answer_writes_no_row_of_another_student(student, ben):
    begin(ben, Card.objects.get(key=IRON).deck)
    press(ben, put(ben, IRON))
    before = owned_by(ben)
    for _ in range(5):
        press(student, asked_now(student))
    assert owned_by(ben) == before


def owned_by(user):
    models = CardProgress, ReviewLog, DailyStudy, StudySession
    return [list(model.objects.filter(user=user).values()) for model in models]


def test_a_rapid_guess_is_logged_moves_nothing_and_comes_again(student):
    asked = asked_now(student)
    card = Card.objects.get(pk=asked.card_id)
    CardTally.objects.create(card=card, answers=30, median_ms=12_000)
    DeckTally.objects.create(deck=card.deck, made_at=NOW)
    done = press(student, asked, given(asked, elapsed_ms=900))
    assert (done.row.evidence, done.row.rating, done.row.due_on, done.row.correct) == ("none", None, None, True)
    assert done.row.detail["rapid"] is True
    assert {name: value for name, value in memory(student, card.key).items() if value} == {
        "phase": "new",
        "last_answered_at": NOW,
    }
    assert waiting(student)[-1] == card.key
    assert not DailyStudy.objects.exists()
    assert holds()


@pytest.mark.parametrize("learned", [False, True])
def test_a_card_answered_too_quickly_comes_again_after_others(student, learned):
    first, later = waiting(student)[0], NOW + 2 * MINUTE
    if learned:
        rate(student, first, 1)
    assert waiting(student, now=later)[0] == first
    hurry(student, first, now=later)
    assert waiting(student, now=later)[0] != first
    assert waiting(student, now=later + MINUTE)[0] == first


def test_a_card_answered_too_quickly_comes_at_once_where_it_is_the_only_one(ada):
    begin(ada, elements(), limits={"new_per_day": 1})
    only = waiting(ada)
    hurry(ada, *only)
    assert waiting(ada) == only


def test_what_was_too_quick_to_count_is_taken_back_without_a_trace_in_the_day(student):
    rate(student, COPPER, 3)
    before = DailyStudy.objects.values().get()
    hurry(student, IRON)
    assert DailyStudy.objects.values().get() == before
    undo_last(user=student, scope="", now=NOW)
    assert DailyStudy.objects.values().get() == before
    assert holds()


@pytest.mark.parametrize(("elapsed_ms", "median_ms"), [(1_000, 12_000), (900, 9_000), (900, None), (None, 12_000)])
def test_what_is_not_rapid_counts(student, elapsed_ms, median_ms):
    if median_ms:
        CardTally.objects.create(card=Card.objects.get(key=IRON), answers=30, median_ms=median_ms)
    asked = put(student, IRON, Format.CHOICE)
    assert press(student, asked, given(asked, elapsed_ms=elapsed_ms)).row.evidence == "choice"


def test_a_membership_choice_is_answered_like_any_other(student):
    row = press(student, put(student, HELIUM, Format.CHOICE)).row
    assert (row.correct, row.k) == (True, 4)


def test_every_question_answered_is_kept_by_the_hash_of_its_content(student):
    asked = asked_now(student)
    press(student, asked)
    assert ItemSnapshot.objects.filter(hash=asked.item_hash).exists()


def test_clocks_that_go_back_do_not_break_the_fold(student):
    rate(student, IRON, 3)
    rate(student, IRON, 3, now=NOW - MINUTE)
    assert progress(student, IRON).reps == 2
    assert holds()
