import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from quizzes.core.specs import Format
from quizzes.models import Card, Deck, DeckStudy, Fact, ItemSnapshot, StudySession, StudySettings
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import NotAStudentError, get_student, studied_decks
from quizzes.services.content import cards
from quizzes.services.study.answering import Given
from quizzes.services.study.joining import allow_more_new
from quizzes.services.study.marks import mark_card
from tests.factories import NOW, DeckFactory, FactFactory, SectionFactory, elements, keep
from tests.study import (
    COPPER,
    DAY,
    HELIUM,
    IRON,
    MINUTE,
    USE_OF_IRON,
    asked_now,
    begin,
    events,
    holds,
    learn,
    press,
    progress,
    put,
    rate,
    waiting,
)


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def end(user, *, now=NOW):
    desk = read_desk(get_student(user.pk), studied_decks(user), now=now)
    assert desk.queue.next_id is None
    return desk.queue.reason


def finish_new(user, *, now=NOW):
    """Answer everything that is there, new cards at once into review."""
    while asked := asked_now(user, now=now):
        way = Given(rating=4) if asked.format == Format.FLASHCARD else None
        press(user, asked, way, now=now)


def test_a_reload_resumes_the_same_card_with_the_same_options_in_the_same_order(student):
    asked = asked_now(student)
    assert asked.format == Format.CHOICE
    assert asked_now(student, now=NOW + 15 * MINUTE) == asked


def test_a_reload_writes_nothing(student):
    asked_now(student)
    with CaptureQueriesContext(connection) as queries:
        asked_now(student)
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_question_lost_by_the_session_is_drawn_the_same_again(student):
    asked = asked_now(student)
    StudySession.objects.update(prompt=None)
    again = asked_now(student)
    assert (again.item_hash, again.order, again.client_id == asked.client_id) == (asked.item_hash, asked.order, False)


def test_a_question_of_another_version_of_the_site_is_put_anew(student):
    asked = asked_now(student)
    StudySession.objects.update(prompt={"client_id": asked.client_id, "card": 1})
    assert asked_now(student).item_hash == asked.item_hash


def test_a_new_study_day_puts_the_question_anew(student):
    asked = put(student, IRON)
    again = asked_now(student, now=NOW + DAY)
    assert (again.study_day, again.client_id == asked.client_id) == ((NOW + DAY).date().isoformat(), False)


def test_two_students_have_a_question_each(student, ben, deck):
    begin(ben, deck)
    one, other = [put(user, IRON, Format.CHOICE) for user in (student, ben)]
    assert one.client_id != other.client_id
    assert [StudySession.objects.get(user=user).prompt["client_id"] for user in (student, ben)] == [
        one.client_id, other.client_id,
    ]  # fmt: skip


def test_a_card_gets_other_options_when_it_comes_again(student):
    hashes = set()
    for number in range(6):
        asked = put(student, IRON, Format.CHOICE, now=NOW + number * MINUTE)
        hashes.add(asked.item_hash)
        press(student, asked, now=NOW + number * MINUTE)
    assert 1 < len(hashes) <= 6


def test_only_a_dozen_questions_are_kept_of_a_card(student):
    for number in range(40):
        press(student, put(student, IRON, Format.CHOICE, now=NOW + number * DAY), now=NOW + number * DAY)
    kept = [content for content in ItemSnapshot.objects.values_list("content", flat=True) if content["card"] == IRON]
    assert 1 < len(kept) <= 12


def test_nobody_is_asked_before_they_have_begun(ben):
    with pytest.raises(NotAStudentError):
        asked_now(ben)


def test_a_deck_not_begun_or_paused_is_not_asked(student, deck):
    DeckFactory(slug="other")
    assert asked_now(student, scope="other") is None
    DeckStudy.objects.update(paused_at=NOW)
    assert asked_now(student) is None


def test_a_new_card_is_recognised_first_and_recalled_in_learning(ada, deck):
    begin(ada, deck, limits={"new_per_day": 1})
    asked = asked_now(ada)
    press(ada, asked)
    again = asked_now(ada, now=NOW + 10 * MINUTE)
    assert again.card_id == asked.card_id
    assert (asked.format, again.format) == (Format.CHOICE, Format.FLASHCARD)


@pytest.mark.parametrize("way", Format)
def test_a_student_may_choose_the_format(ada, deck, way):
    begin(ada, deck, format_preference=way)
    learn(ada, IRON)
    StudySettings.objects.update(format_preference=way)
    assert put(ada, COPPER, way).format == way


def test_a_fact_taken_for_the_right_one_is_offered_more_often_until_told_apart_twice(student):
    code = press(student, put(student, IRON, Format.CHOICE), right=False).row.taken_for.code
    confused = times_offered(student, code)
    while progress(student, IRON).confusions[code][1] < 2:
        press(student, put(student, IRON, Format.CHOICE))
    assert confused >= 14 > times_offered(student, code)


def times_offered(student, code):
    """In how many of 24 questions about iron the fact is among the options."""
    found = 0
    for _ in range(12):
        for mark in ("flag", "unflag"):
            asked = put(student, IRON, Format.CHOICE)
            found += code in {option["code"] for option in get_item(asked.item_hash)["options"]}
            mark_card(user=student, asked=asked, mark=mark, now=NOW)
    return found


def test_cards_of_one_fact_are_not_asked_on_one_day(student):
    assert USE_OF_IRON in waiting(student)
    assert IRON not in waiting(student)
    rate(student, USE_OF_IRON, 4)
    assert IRON not in waiting(student)
    assert IRON in waiting(student, now=NOW + DAY)


def test_cards_of_one_fact_may_be_asked_on_one_day_by_those_who_want_it(student):
    StudySettings.objects.update(bury_siblings=False)
    assert {USE_OF_IRON, IRON} <= set(waiting(student))


def test_a_session_ends_with_the_siblings_left_for_tomorrow(student):
    finish_new(student, now=NOW)
    finish_new(student, now=NOW + 30 * MINUTE)
    assert end(student, now=NOW + 30 * MINUTE) == "siblings"
    assert holds()


def test_a_session_ends_at_the_limit_of_new_cards_and_goes_on_with_ten_more(ada, deck):
    begin(ada, deck, limits={"new_per_day": 2}, format_preference=Format.FLASHCARD)
    finish_new(ada)
    assert end(ada) == "new_limit"
    allow_more_new(user=ada, deck=deck, now=NOW)
    assert len(waiting(ada)) == 10
    finish_new(ada)
    assert end(ada) == "siblings"
    by_choices = [key for key in waiting(ada, now=NOW + DAY) if key.startswith("gases")]
    assert len(by_choices) == 4
    assert len(waiting(ada, now=NOW + DAY)) == 2 + len(by_choices)
    assert holds()


def test_a_limit_of_no_new_cards_ends_at_once(ada, deck):
    begin(ada, deck, limits={"new_per_day": 0})
    assert asked_now(ada) is None
    assert end(ada) == "new_limit"


def test_a_session_ends_at_the_limit_of_reviews(ada, deck):
    begin(ada, deck, limits={"new_per_day": 0, "reviews_per_day": 2})
    for key in ("uses/1/purpose_to_term", "uses/2/purpose_to_term", "uses/3/purpose_to_term"):
        learn(ada, key)
    due = NOW + 40 * DAY
    for _ in range(2):
        assert rate(ada, waiting(ada, now=due)[0], 3, now=due)
    assert end(ada, now=due) == "review_limit"


def test_a_session_pauses_for_a_card_in_learning(ada, deck):
    begin(ada, deck, limits={"new_per_day": 1}, learning_steps=[30])
    rate(ada, USE_OF_IRON, 3)
    rate(ada, COPPER, 1)
    assert end(ada) == "learning_later"
    assert waiting(ada, now=NOW + 10 * MINUTE) == [COPPER]


def test_a_session_ends_when_nothing_is_due(student, deck):
    for number in range(1, 9):
        learn(student, f"uses/{number}/purpose_to_term")
        learn(student, f"uses/{number}/term_to_purpose")
    StudySettings.objects.update(format_preference="mixed")
    finish_new(student)
    finish_new(student, now=NOW + 15 * MINUTE)
    assert end(student, now=NOW + 15 * MINUTE) == "nothing_due"


def test_the_limits_are_each_decks_own(student, ben):
    other = DeckFactory(slug="metals")
    section = SectionFactory(deck=other, wording={"purpose_to_term": "Which metal is used {purpose}?"})
    for term in ("gold", "silver", "lead", "tin"):
        FactFactory(section=section, term=term, purpose=f"to make {term}smiths glad")
    keep(other)
    begin(student, other, limits={"new_per_day": 1})
    assert sum(key.startswith("section") for key in waiting(student)) == 1
    assert len(waiting(student)) == 13
    assert asked_now(student, scope="metals").scope == "metals"
    assert Card.objects.get(pk=asked_now(student, scope="metals").card_id).deck == other


def test_learning_comes_before_reviews_and_reviews_beside_new_cards(student):
    learn(student, "uses/5/purpose_to_term")
    due = NOW + 30 * DAY
    rate(student, IRON, 1, now=due)
    order = waiting(student, now=due + MINUTE)
    assert order[0] == IRON
    assert "uses/5/purpose_to_term" in order


def test_no_event_is_logged_by_asking(student):
    for _ in range(3):
        asked_now(student)
    assert events(student) == []


@pytest.fixture
def crowded_out(student, deck, monkeypatch):
    """The question on helium has no clean answer choices any more, which the worker has not found out yet."""
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 5)
    Fact.objects.filter(code__startswith="uses/").update(aliases=["helium"])
    keep(deck)
    Card.objects.filter(key=HELIUM).update(order=0)
    helium = Card.objects.get(key=HELIUM)
    assert (helium.status, helium.stale, helium.choice_refusal) == ("active", True, "")
    return student


def test_a_card_that_gives_no_question_before_the_worker_knows_is_passed_over(crowded_out):
    Card.objects.exclude(key__in=[HELIUM, IRON]).update(status="retired")
    Deck.objects.update(content_version=F("content_version") + 1)
    assert waiting(crowded_out) == [HELIUM, IRON]
    assert Card.objects.get(pk=asked_now(crowded_out).card_id).key == IRON


def test_a_session_of_nothing_but_such_cards_ends(crowded_out):
    Card.objects.exclude(key=HELIUM).update(status="retired")
    Deck.objects.update(content_version=F("content_version") + 1)
    assert asked_now(crowded_out) is None
    assert asked_now(crowded_out, scope="elements/gases/1") is None


def test_a_card_without_clean_choices_is_a_flashcard_before_the_worker_knows(student, deck, monkeypatch):
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 5)
    monkeypatch.setattr(cards, "CHANGED_AT_ONCE", 0)
    Fact.objects.filter(code__startswith="uses/").exclude(code="uses/1").update(aliases=["iron"])
    keep(deck)
    assert Card.objects.get(key=USE_OF_IRON).stale
    StudySettings.objects.update(format_preference="choice")
    Card.objects.exclude(key=USE_OF_IRON).update(status="retired")
    Deck.objects.update(content_version=F("content_version") + 1)
    assert asked_now(student).format == Format.FLASHCARD
