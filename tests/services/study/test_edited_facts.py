"""What an editor does while a question is on a student's page."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, Deck, DeckStudy, Fact, ItemSnapshot, ReviewLog, Section
from quizzes.selectors.study.items import get_item
from quizzes.services.content.facts import remove_fact
from quizzes.services.study.answering import Given
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements, keep
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
    place_of,
    press,
    progress,
    put,
    rate,
    waiting,
)

LATER = NOW + 2 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def edit(deck, code, *, change="wording", **content):
    Fact.objects.filter(deck=deck, code=code).update(**content)
    keep(deck, change=change)


def retire(deck, code):
    edit(deck, code, status=Fact.Status.RETIRED)


@pytest.mark.parametrize("way", Format)
def test_the_question_shown_stays_as_it_was_when_its_wording_is_edited(student, deck, way):
    asked = put(student, IRON, way)
    before = get_item(asked.item_hash)
    edit(deck, "uses/1", term="wrought iron", purpose="to build towers")
    assert asked_now(student) == asked
    row = press(student, asked).row
    assert (row.correct, row.meaning_version) == (True, 1)
    assert ItemSnapshot.objects.get(hash=row.item_hash).content == before
    assert holds()


def test_the_next_question_of_an_edited_fact_is_as_edited(student, deck):
    old = put(student, IRON)
    edit(deck, "uses/1", purpose="to build towers")
    assert get_item(put(student, IRON).item_hash)["stem"] == "Which element is used to build towers?"
    assert get_item(old.item_hash)["stem"] == "Which element is used to build bridges and rails?"


def test_a_typed_answer_is_marked_by_what_the_fact_said_when_it_was_asked(student, deck):
    asked = put(student, COPPER, Format.TYPED)
    edit(deck, "uses/2", term="zinc", aliases=[], examples=[])
    done = press(student, asked, Given(typed="brass"))
    assert done.asked.attempt == 2
    assert press(student, done.asked, Given(typed="copper")).row.correct is True
    assert press(student, put(student, COPPER, Format.TYPED), Given(typed="zinc")).row.correct is True
    assert holds()


def test_an_edit_that_keeps_the_meaning_brings_nothing_back(student, deck):
    learn(student, IRON)
    edit(deck, "uses/1", purpose="to build towers")
    asked_now(student, now=LATER)
    assert events(student) == ["answer"]
    assert DeckStudy.objects.get(user=student).content_version_seen == Deck.objects.get().content_version


def test_a_fact_that_means_something_else_comes_back_for_review_today(student, deck):
    learn(student, IRON)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    before = progress(student, IRON)
    asked_now(student, now=LATER)
    after = progress(student, IRON)
    assert (after.due_on, after.due_at, after.meaning_version) == (LATER.date(), None, 2)
    assert (after.stability, after.phase, after.reps) == (before.stability, "review", before.reps)
    row = ReviewLog.objects.get(user=student, kind="return")
    assert (row.due_reason, row.due_on, row.card.key) == ("meaning_changed", LATER.date(), IRON)
    assert IRON in waiting(student, now=LATER)
    asked_now(student, now=LATER + DAY)
    assert events(student) == ["answer", "return"]
    assert holds()


def test_every_studied_card_of_that_fact_comes_back_and_no_other(student, deck):
    learn(student, IRON)
    learn(student, "uses/1/term_to_purpose")
    learn(student, COPPER)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    asked_now(student, now=LATER)
    returned = ReviewLog.objects.filter(kind="return").values_list("card__key", flat=True)
    assert sorted(returned) == [IRON, "uses/1/term_to_purpose"]


def test_a_new_card_of_a_changed_fact_is_asked_anew_on_reload(student, deck):
    asked = put(student, IRON)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    again = asked_now(student)
    assert (again.card_id == asked.card_id, again.item_hash == asked.item_hash) == (False, False)
    press(student, put(student, IRON))
    assert progress(student, IRON).meaning_version == 2
    assert events(student) == ["answer"]


@pytest.mark.parametrize("learned", [False, True])
def test_an_answer_to_the_old_meaning_counts_and_the_card_comes_back(student, deck, learned):
    if learned:
        learn(student, IRON, now=NOW - DAY)
    asked = put(student, IRON)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    row = press(student, asked, Given(rating=4)).row
    assert row.meaning_version == 1
    assert events(student)[-2:] == ["answer", "return"]
    assert (progress(student, IRON).meaning_version, progress(student, IRON).due_on) == (2, NOW.date())
    assert holds()


def test_an_answer_to_the_old_meaning_comes_back_though_the_change_was_pulled_before(student, deck):
    asked = put(student, IRON)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    press(student, put(student, COPPER))
    press(student, asked, Given(rating=4))
    assert events(student) == ["answer", "answer", "return"]
    assert progress(student, IRON).meaning_version == 2
    assert holds()


def test_undo_shows_the_new_meaning_rather_than_the_old_question(student, deck):
    asked = put(student, IRON, Format.CHOICE)
    press(student, asked)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    _desk, again = undo_last(user=student, scope="", now=NOW + MINUTE)
    assert again.card_id == asked.card_id
    assert get_item(again.item_hash)["stem"] == "Which element is used to build towers?"
    assert holds()


def test_undoing_a_mark_keeps_the_return_that_came_after_it(student, deck):
    learn(student, IRON)
    mark_card(user=student, asked=put(student, IRON), mark="flag", now=NOW)
    edit(deck, "uses/1", purpose="to build towers", change="meaning")
    asked_now(student, now=LATER)
    undo_last(user=student, scope="", now=LATER)
    assert progress(student, IRON).due_on == LATER.date()
    assert holds()


@pytest.mark.parametrize("way", Format)
def test_a_fact_retired_while_it_is_asked_can_still_be_answered(student, deck, way):
    asked = put(student, COPPER, way)
    retire(deck, "uses/2")
    done = press(student, asked)
    assert done.row.correct is True
    assert done.asked.card_id != asked.card_id
    assert COPPER not in waiting(student)
    assert holds()


def test_a_reload_goes_on_when_the_card_on_the_page_was_retired(student, deck):
    asked = put(student, COPPER)
    retire(deck, "uses/2")
    assert asked_now(student).card_id != asked.card_id


def test_undo_of_an_answer_to_a_retired_card_goes_on_with_another(student, deck):
    asked = put(student, COPPER)
    retire(deck, "uses/2")
    press(student, asked)
    _desk, again = undo_last(user=student, scope="", now=NOW)
    assert again.card_id != asked.card_id
    assert holds()


def test_a_retired_card_that_comes_back_has_kept_its_memory(student, deck):
    learn(student, COPPER)
    before = progress(student, COPPER).stability
    retire(deck, "uses/2")
    assert asked_now(student, now=NOW + 30 * DAY).card_id != progress(student, COPPER).card_id
    edit(deck, "uses/2", status=Fact.Status.ACTIVE)
    assert COPPER in waiting(student, now=NOW + 30 * DAY)
    assert progress(student, COPPER).stability == before


def test_a_fact_moved_to_another_section_keeps_its_card_and_memory(student, deck):
    asked = put(student, IRON)
    Fact.objects.filter(code="uses/1").update(section=Section.objects.get(slug="gases"), position=99)
    keep(deck)
    press(student, asked)
    assert Card.objects.get(key=IRON).status == Card.Status.RETIRED
    assert put(student, "uses/1/membership", Format.CHOICE).card_id != asked.card_id
    Fact.objects.filter(code="uses/1").update(section=Section.objects.get(slug="uses"), position=1)
    keep(deck)
    assert put(student, IRON, now=LATER).card_id == asked.card_id
    assert progress(student, IRON).reps == 1
    assert holds()


def test_a_distractor_removed_since_is_retired_and_can_still_be_chosen(student, deck):
    asked = put(student, IRON, Format.CHOICE)
    place = place_of(asked, right=False)
    code = get_item(asked.item_hash)["options"][asked.order[place]]["code"]
    fact = Fact.objects.get(code=code)
    assert not remove_fact(fact=fact)
    row = press(student, asked, Given(place=place)).row
    assert (row.correct, row.taken_for) == (False, fact)
    assert fact.versions.exists()
    assert holds()


def test_a_deck_that_became_a_draft_can_still_be_answered_and_then_ends(student, deck):
    asked = put(student, IRON)
    Deck.objects.update(status=Deck.Status.DRAFT)
    done = press(student, asked)
    assert (done.row.correct, done.asked) == (True, None)
    assert waiting(student) == []
    assert holds()


def test_a_deck_with_another_address_can_still_be_answered(student, deck):
    asked = put(student, IRON, Format.TYPED, scope="elements")
    Deck.objects.update(slug="chemical-elements")
    assert press(student, asked).row.correct is True
    assert holds()


def test_a_rating_of_a_retired_card_is_scheduled_like_any_other(student, deck):
    learn(student, COPPER)
    asked = put(student, COPPER, now=NOW + 9 * DAY)
    retire(deck, "uses/2")
    row = press(student, asked, Given(rating=3), now=NOW + 10 * DAY).row
    assert (row.due_reason, row.interval_days > 9) == ("new_study_day", True)
    assert rate(student, IRON, 3, now=NOW + 10 * DAY).due_reason == "promised"
