"""A pair given to a class: each student is asked once, as the scheduled answer of one card."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.core.specs import Format
from quizzes.models import (
    Card,
    CardProgress,
    ClassContrast,
    ContrastAnswer,
    DeckStudy,
    Enrolment,
    Fact,
    ReviewLog,
    StudySession,
)
from quizzes.selectors.study.home import home_page
from quizzes.selectors.study.items import get_item
from quizzes.services.content.facts import bring_deck_up_to_date
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.contrasting import give_contrast, withdraw_contrast
from quizzes.services.teaching.enrolling import enrol, leave_class
from tests.factories import NOW, CohortFactory, elements
from tests.study import (
    COPPER,
    DAY,
    IRON,
    MINUTE,
    asked_now,
    begin,
    given,
    holds,
    learn,
    memory,
    press,
    progress,
    put,
    rate,
    waiting,
)  # fmt: skip

LATER = NOW + 2 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, cohort, deck):
    """Ada, in a class that studies the deck; she has met iron and copper, and they are not due for some days."""
    cohort.decks.add(deck)
    begin(ada, deck)
    learn(ada, IRON)
    learn(ada, COPPER)
    return ada


@pytest.fixture
def give(cohort, deck, ivy):
    """`give()`: the class is to tell iron, taken for copper, apart."""

    def give(asked="uses/1", taken_for="uses/2", *, of=None, ends_on=date(2026, 3, 24), now=NOW):
        one, other = (Fact.objects.get(deck=deck, code=code) for code in (asked, taken_for))
        return give_contrast(cohort=of or cohort, asked=one, taken_for=other, by=ivy, now=now, ends_on=ends_on)

    return give


def is_of(asked, pair):
    """Whether a question is that of the pair: two choices, which are the pair's facts."""
    if asked is None or asked.given != pair.pk:
        return False
    codes = {option["code"] for option in get_item(asked.item_hash)["options"]}
    return asked.format is Format.CHOICE and len(asked.order) == 2 and codes == {"uses/1", "uses/2"}


def test_it_comes_first_and_counts_as_the_cards_own_answer_among_two(student, give):
    pair = give()
    before = memory(student, IRON)
    asked = asked_now(student, now=LATER)
    assert is_of(asked, pair)
    assert Card.objects.get(pk=asked.card_id).key == IRON
    assert asked.promises
    assert not asked.practice
    row = press(student, asked, now=LATER).row
    assert (row.source, row.evidence, row.k, row.detail["given"]) == ("study", "choice", 2, pair.pk)
    assert 0.5 < row.chance_known < 1
    assert memory(student, IRON) != before
    assert holds()


def test_each_student_is_asked_once(student, give):
    pair = give()
    press(student, asked_now(student, now=LATER), now=LATER)
    answer = ContrastAnswer.objects.get(user=student, contrast=pair)
    assert (answer.correct, answer.seq) == (True, ReviewLog.objects.filter(user=student).latest("seq").seq)
    for later in (LATER + MINUTE, LATER + DAY, LATER + 5 * DAY):
        asked = asked_now(student, now=later)
        assert asked is None or not asked.given


def test_until_it_is_asked_no_schedule_and_no_log_knows_of_it(student, give):
    def kept():
        return [list(model.objects.order_by("pk").values()) for model in (CardProgress, ReviewLog, StudySession)]

    before = kept()
    give()
    assert kept() == before


def test_a_due_card_of_the_pair_is_asked_instead_of_its_usual_question(student, give):
    due = max(progress(student, IRON).due_on, progress(student, COPPER).due_on)
    at = NOW + (due - NOW.date()).days * DAY
    rate(student, IRON, 4, now=at - DAY)
    pair = give(ends_on=due)
    assert COPPER in waiting(student, now=at)
    assert IRON not in waiting(student, now=at)
    asked = asked_now(student, now=at)
    assert is_of(asked, pair)
    assert Card.objects.get(pk=asked.card_id).key == COPPER
    press(student, asked, now=at)
    assert COPPER not in waiting(student, now=at)
    assert holds()


def test_it_waits_until_both_facts_have_been_met(ada, cohort, deck, give):
    cohort.decks.add(deck)
    begin(ada, deck)
    learn(ada, IRON)
    pair = give()
    assert not asked_now(ada, now=LATER).given
    learn(ada, COPPER, now=LATER)
    assert is_of(asked_now(ada, now=LATER + DAY), pair)


@pytest.mark.parametrize(("minutes", "comes"), [(9, False), (10, True)])
def test_it_rests_while_one_of_the_two_has_just_been_answered(student, give, minutes, comes):
    pair = give()
    rate(student, COPPER, 3, now=LATER)
    StudySession.objects.update(prompt=None)
    assert is_of(asked_now(student, now=LATER + minutes * MINUTE), pair) is comes


def test_it_is_counted_in_the_days_work_although_nothing_is_due(student, give):
    DeckStudy.objects.update(new_per_day=0)
    assert asked_now(student, now=LATER) is None
    give()
    page = home_page(student, now=LATER)
    assert page.headline == "1 card for now"
    assert page.decks[0].sentence == "1 to review"


def test_it_is_no_part_of_practice_and_waits_in_the_session_of_its_deck(student, give):
    pair = give()
    assert not asked_now(student, scope="elements//1", now=LATER).given
    assert is_of(asked_now(student, scope="elements", now=LATER), pair)


def test_a_reload_shows_it_as_it_was(student, give):
    give()
    asked = asked_now(student, now=LATER)
    assert asked_now(student, now=LATER + MINUTE) == asked


def test_who_leaves_the_class_is_asked_no_more_not_even_what_is_on_the_page(student, cohort, give):
    pair = give()
    assert is_of(asked_now(student, now=LATER), pair)
    leave_class(user=student, cohort=cohort, now=LATER)
    assert not asked_now(student, now=LATER).given


@pytest.mark.parametrize("how", ["withdrawn", "over", "archived"])
def test_what_the_class_no_longer_has_is_asked_no_more(student, cohort, give, how):
    pair = give(ends_on=LATER.date())
    assert is_of(asked_now(student, now=LATER), pair)
    if how == "withdrawn":
        assert withdraw_contrast(contrast=pair, now=LATER)
        assert not withdraw_contrast(contrast=pair, now=LATER)
    if how == "archived":
        cohort.archived_at = LATER
        cohort.save()
    assert not asked_now(student, now=LATER + (DAY if how == "over" else MINUTE)).given


def test_students_of_other_classes_are_not_asked(student, ben, deck, give):
    begin(ben, deck)
    learn(ben, IRON)
    learn(ben, COPPER)
    give()
    assert not asked_now(ben, now=LATER).given


def test_instructors_of_the_class_are_not_asked(student, ivy, deck, give):
    begin(ivy, deck)
    learn(ivy, IRON)
    learn(ivy, COPPER)
    give()
    assert not asked_now(ivy, now=LATER).given


def test_undo_takes_the_answer_back_and_asks_it_again_as_it_was(student, give):
    pair = give()
    before = memory(student, IRON)
    asked = asked_now(student, now=LATER)
    press(student, asked, right=False, now=LATER)
    _desk, again = undo_last(user=student, scope="", now=LATER + MINUTE)
    assert (again.item_hash, again.order, again.given) == (asked.item_hash, asked.order, pair.pk)
    assert not ContrastAnswer.objects.exists()
    assert memory(student, IRON) == before
    press(student, again, now=LATER + 2 * MINUTE)
    assert ContrastAnswer.objects.get().correct
    assert holds()


def test_i_guessed_keeps_it_answered(student, give):
    give()
    row = press(student, asked_now(student, now=LATER), now=LATER).row
    guessed_after_all(user=student, client_id=row.client_id, now=LATER)
    assert ContrastAnswer.objects.get().seq == ReviewLog.objects.get(evidence="guessed").seq
    asked = asked_now(student, now=LATER + DAY)
    assert asked is None or not asked.given
    assert holds()


def test_the_same_answer_twice_counts_once(student, give):
    give()
    asked = asked_now(student, now=LATER)
    first = press(student, asked, now=LATER).row
    assert press(student, asked, now=LATER).row.seq == first.seq
    assert ContrastAnswer.objects.count() == 1


def test_once_answered_on_one_card_an_older_page_with_the_other_is_refused(student, give):
    give()
    older = asked_now(student, now=LATER)
    mark_card(user=student, asked=older, mark="bury", now=LATER)
    other = asked_now(student, now=LATER)
    assert Card.objects.get(pk=other.card_id).key == COPPER
    press(student, other, now=LATER)
    with pytest.raises(StaleQuestionError):
        press(student, older.again(revision=progress(student, IRON).revision), now=LATER + MINUTE)
    assert ContrastAnswer.objects.count() == 1
    assert holds()


def test_a_burying_that_is_undone_asks_it_again(student, give):
    pair = give()
    asked = asked_now(student, now=LATER)
    mark_card(user=student, asked=asked, mark="bury", now=LATER)
    _desk, again = undo_last(user=student, scope="", now=LATER)
    assert is_of(again, pair)
    assert again.order == asked.order
    press(student, again, now=LATER)
    assert ContrastAnswer.objects.exists()


def test_two_pairs_with_a_fact_in_common_are_asked_one_after_the_other(student, give):
    learn(student, "uses/3/purpose_to_term")
    first, second = give(), give("uses/2", "uses/3", now=NOW + MINUTE)
    assert asked_now(student, now=LATER).given == first.pk
    press(student, asked_now(student, now=LATER), now=LATER)
    assert asked_now(student, now=LATER + MINUTE).given == second.pk
    assert len(waiting(student, now=LATER)) == len(set(waiting(student, now=LATER)))


def test_a_student_of_two_classes_with_the_same_pair_is_asked_for_each(student, deck, ivy, give):
    other = CohortFactory()
    other.decks.add(deck)
    enrol(user=student, cohort=other, now=NOW)
    first, second = give(), give(of=other, now=NOW + MINUTE)
    press(student, asked_now(student, now=LATER), now=LATER)
    assert ContrastAnswer.objects.get().contrast_id == first.pk
    assert asked_now(student, now=LATER + DAY).given == second.pk


def test_a_pair_that_has_come_to_be_refused_is_passed_over(student, deck, give, eve):
    give()
    Fact.objects.filter(deck=deck, code="uses/2").update(purpose="to build bridges and rails")
    bring_deck_up_to_date(deck=deck, by=eve, now=NOW)
    assert not asked_now(student, now=LATER).given


def queries_of_an_answer(student, key):
    """Those for questions that nobody has been shown before apart."""
    asked = put(student, key, now=LATER)
    answer = given(asked)
    with CaptureQueriesContext(connection) as seen:
        press(student, asked, answer, now=LATER)
    return sum("itemsnapshot" not in query["sql"] for query in seen.captured_queries)


def test_an_answer_asks_the_database_once_more_while_a_pair_waits_and_not_before_and_after(student, give):
    queries_of_an_answer(student, "uses/4/purpose_to_term")
    usual = queries_of_an_answer(student, "uses/5/purpose_to_term")
    give("uses/1", "uses/8")
    assert queries_of_an_answer(student, "uses/6/purpose_to_term") == usual + 1
    ClassContrast.objects.all().delete()
    give()
    StudySession.objects.update(prompt=None)
    press(student, asked_now(student, now=LATER), now=LATER)
    assert queries_of_an_answer(student, "uses/7/purpose_to_term") == usual


def test_a_class_that_is_erased_takes_its_pairs_along_and_leaves_the_answers(student, cohort, give):
    give()
    asked = asked_now(student, now=LATER)
    Enrolment.objects.filter(cohort=cohort).delete()
    cohort.delete()
    assert press(student, asked, now=LATER).row.evidence == "choice"
    assert not ClassContrast.objects.exists()
    assert holds()
