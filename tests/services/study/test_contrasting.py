"""“Which is which?”: practice beside the session, or the scheduled answer of the card on the page."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, CardProgress, DailyStudy, ItemSnapshot, PairTally, ReviewLog, StudySession
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.memories import clear_cache
from quizzes.services.content.facts import bring_deck_up_to_date
from quizzes.services.study.answering import Given, StaleQuestionError
from quizzes.services.study.contrasting import NoContrastError, ask_contrast
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.joining import pause_deck
from quizzes.services.study.tallying import tally_deck
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import (
    ALUMINIUM,
    COPPER,
    DAY,
    IRON,
    MINUTE,
    USE_OF_IRON,
    asked_now,
    begin,
    events,
    given,
    holds,
    learn,
    memory,
    press,
    progress,
    put,
)  # fmt: skip

A_IRON, A_COPPER = "uses/1", "uses/2"
MOVED = ("phase", "stability", "difficulty", "due_on", "due_at", "reps", "lapses", "interval_days", "last_study_day")


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


@pytest.fixture
def contrast(student, deck):
    """`contrast()`: what iron is, with copper as the other choice, as the student is asked now."""

    def contrast(asked=A_IRON, other=A_COPPER, *, card=IRON, now=NOW):
        card_id = Card.objects.get(key=card).pk if card else 0
        return ask_contrast(user=student, deck=deck, asked=asked, taken_for=other, card_id=card_id, now=now)[1]

    return contrast


def schedule(user):
    """All that decides when cards come back."""
    return list(CardProgress.objects.filter(user=user).exclude(phase="new").order_by("card_id").values(*MOVED))


def options(asked):
    """The texts in the order shown."""
    item = get_item(asked.item_hash)
    return [item["options"][number]["text"] for number in asked.order]


def test_two_choices_are_put_and_kept_and_a_reload_shows_them_again(student, contrast):
    asked = contrast()
    assert (asked.format, asked.beside, asked.practice, asked.promises) == (Format.CHOICE, True, True, {})
    assert sorted(options(asked)) == ["copper", "iron"]
    assert ItemSnapshot.objects.filter(hash=asked.item_hash).exists()
    again = contrast()
    assert (again.item_hash, again.order, again.card_id) == (asked.item_hash, asked.order, asked.card_id)


@pytest.mark.parametrize("right", [True, False])
def test_practice_moves_neither_memory_nor_due_nor_day_and_leaves_the_question_on_the_page(student, contrast, right):
    learn(student, IRON)
    on_page = asked_now(student)
    before, days = schedule(student), list(DailyStudy.objects.values())
    done = press(student, contrast(), right=right)
    assert (done.row.source, done.row.evidence, done.row.rating, done.row.k) == ("practice", "none", None, 2)
    assert (done.row.correct, done.row.detail["contrast"]) == (right, A_COPPER)
    assert done.asked == on_page == asked_now(student)
    assert schedule(student) == before
    assert list(DailyStudy.objects.values()) == days
    assert holds()


def test_the_same_answer_twice_counts_once_and_an_older_page_is_refused(student, contrast):
    learn(student, IRON)
    asked, other_tab = contrast(), contrast()
    first = press(student, asked).row
    assert press(student, asked).row.seq == first.seq
    with pytest.raises(StaleQuestionError):
        press(student, other_tab)
    assert events(student) == ["answer", "answer"]


def test_asked_again_the_order_is_drawn_anew(student, contrast):
    learn(student, IRON)
    shown = []
    for _ in range(12):
        asked = contrast()
        shown.append(tuple(options(asked)))
        press(student, asked)
    assert len(set(shown)) == 2
    assert holds()


def test_undo_takes_it_back_and_asks_it_again_as_it_was(student, contrast):
    learn(student, IRON)
    on_page = asked_now(student)
    before = memory(student, IRON)
    asked = contrast()
    press(student, asked, right=False)
    assert progress(student, IRON).confusions == {A_COPPER: [1, 0]}
    _desk, again = undo_last(user=student, scope="", now=NOW)
    assert (again.item_hash, again.order, again.contrast, again.beside) == (
        asked.item_hash, asked.order, A_COPPER, True,
    )  # fmt: skip
    assert memory(student, IRON) == before
    assert asked_now(student) == on_page
    assert contrast().order == asked.order
    assert holds()


def test_telling_two_facts_apart_twice_retires_the_confusion(student, contrast):
    learn(student, IRON)
    for minute, right in ((1, False), (2, True), (3, True)):
        now = NOW + minute * MINUTE
        press(student, contrast(now=now), right=right, now=now)
    assert progress(student, IRON).confusions == {A_COPPER: [1, 2]}
    assert holds()


def test_the_card_on_the_page_is_answered_by_it_as_a_choice_among_two(student, contrast):
    learn(student, IRON)
    later = NOW + 30 * DAY
    put(student, IRON, now=later)
    asked = contrast(now=later)
    assert (asked.beside, asked.practice, len(asked.order)) == (False, False, 2)
    assert asked_now(student, now=later) == asked
    row = press(student, asked, now=later).row
    assert (row.source, row.evidence, row.k) == ("study", "choice", 2)
    assert row.chance_known == pytest.approx(row.predicted_recall / (1 - (1 - row.predicted_recall) / 2))
    assert (progress(student, IRON).reps, progress(student, IRON).due_on) == (2, row.due_on)
    assert holds()


def test_another_card_of_the_same_fact_is_practised_meanwhile(student, contrast):
    learn(student, IRON)
    put(student, USE_OF_IRON)
    assert contrast(card=IRON).beside is True


def test_asked_twice_the_question_on_the_page_stays_the_same(student, contrast):
    put(student, IRON)
    assert contrast() == contrast()


def test_undone_it_is_on_the_page_again_with_both_choices(student, contrast):
    put(student, IRON)
    asked = contrast()
    press(student, asked)
    _desk, again = undo_last(user=student, scope="", now=NOW)
    assert (again.item_hash, again.order, again.contrast, again.beside) == (
        asked.item_hash, asked.order, A_COPPER, False,
    )  # fmt: skip
    assert memory(student, IRON)["phase"] == "new"
    assert press(student, again).row.k == 2
    assert holds()


def test_after_a_hint_the_right_choice_counts_as_a_guess(student, contrast):
    learn(student, IRON)
    later = NOW + 30 * DAY
    asked = press(student, put(student, IRON, Format.TYPED, now=later), Given(wants_hint=True), now=later).asked
    assert asked.hints == 1
    row = press(student, contrast(now=later), now=later).row
    assert (row.evidence, row.correct) == ("guessed", True)
    assert holds()


def test_i_guessed_works_after_it(student, contrast):
    learn(student, IRON)
    later = NOW + 30 * DAY
    put(student, IRON, now=later)
    row = press(student, contrast(now=later), now=later).row
    guessed_after_all(user=student, client_id=row.client_id, now=later)
    last = ReviewLog.objects.filter(user=student).order_by("seq").last()
    assert (last.evidence, last.detail["contrast"]) == ("guessed", A_COPPER)
    assert holds()


def test_a_question_of_a_practice_round_stays_practice(student, contrast):
    asked = asked_now(student, scope="elements/uses/1")
    key = get_item(asked.item_hash)["card"]
    code = key.rpartition("/")[0]
    put_beside = contrast(code, A_COPPER if code == A_IRON else A_IRON, card=key)
    assert put_beside.beside is True
    press(student, put_beside)
    assert asked_now(student, scope="elements/uses/1").card_id == asked.card_id


def test_the_card_that_was_taken_for_the_other_fact_is_the_one_asked(student, contrast):
    learn(student, USE_OF_IRON)
    CardProgress.objects.filter(card__key=USE_OF_IRON).update(confusions={A_COPPER: [2, 0]})
    clear_cache()
    assert contrast(card=None).card_id == progress(student, USE_OF_IRON).card_id


def test_a_pair_that_is_not_asked_says_why_and_changes_nothing(student, deck, contrast):
    put(student, IRON)
    before = StudySession.objects.get().prompt
    for pair in [(A_IRON, "gases/1"), (A_IRON, "uses/99"), ("uses/99", A_IRON), (A_IRON, A_IRON)]:
        with pytest.raises(NoContrastError, match=r"\w+ \w+"):
            contrast(*pair)
    pause_deck(user=student, deck=deck, now=NOW)
    with pytest.raises(NoContrastError, match="do not study"):
        contrast()
    assert StudySession.objects.get().prompt == before


def test_what_two_choices_tell_stays_out_of_the_counts_over_all_students(student, deck, contrast):
    put(student, IRON)
    press(student, contrast(), right=False)
    press(student, put(student, ALUMINIUM, Format.CHOICE))
    tally_deck(deck=deck, now=NOW)
    assert set(PairTally.objects.values_list("asked__code", flat=True)) == {"uses/3"}
    assert not PairTally.objects.filter(chosen__gt=0).exists()


def test_a_changed_fact_still_comes_back_after_it_was_practised(student, deck, contrast):
    learn(student, IRON)
    fact = deck.facts.get(code=A_IRON)
    fact.purpose = "to forge swords and anchors"
    fact.save()
    bring_deck_up_to_date(deck=deck, by=None, now=NOW, change="meaning")
    deck.refresh_from_db()
    press(student, contrast())
    assert ReviewLog.objects.filter(kind="return", card__key=IRON).count() == 1
    assert progress(student, IRON).due_on == NOW.date()
    assert holds()


def test_another_card_keeps_its_memory(student, contrast):
    learn(student, COPPER)
    before = memory(student, COPPER)
    press(student, contrast(), given(contrast(), right=False))
    assert memory(student, COPPER) == before
