"""The notice of a deck, once and before its first question."""

import pytest

from quizzes.models import Deck, DeckStudy, Profile
from quizzes.services.study.joining import join_deck
from tests.factories import NOW, DeckFactory
from tests.study import read_notice
from tests.views.pages import HX, page_of, send


def test_the_first_question_of_a_deck_comes_after_its_notice(ben, deck, signed_in):
    web = signed_in(ben)
    assert web.get("/study/deck/elements/").url == "/welcome/elements/"
    assert not DeckStudy.objects.filter(user=ben).exists(), "nothing is begun yet"
    page = web.get("/welcome/elements/").content.decode()
    assert "Not for chemists." in page
    assert "None of the facts has been checked yet." in page
    assert web.post("/welcome/elements/").url == "/study/deck/elements/"
    assert web.get("/study/deck/elements/").status_code == 200
    assert Profile.objects.get(user=ben).notices_seen == {"elements": NOW.isoformat()}


def test_the_next_sign_in_does_not_show_it_again(ben, deck, signed_in):
    read_notice(ben, deck)
    web = signed_in(ben)
    assert web.post("/study/deck/elements/begin/").url == "/study/deck/elements/"
    assert web.get("/study/deck/elements/").status_code == 200


def test_beginning_a_deck_leads_to_its_notice_first(ben, deck, signed_in):
    assert signed_in(ben).post("/study/deck/elements/begin/").url == "/welcome/elements/"
    assert not DeckStudy.objects.exists()


def test_all_decks_at_once_lead_to_each_unread_notice_and_back(student, signed_in):
    other = DeckFactory(slug="other", disclaimer="Careful.")
    join_deck(user=student, deck=other, now=NOW)
    web = signed_in(student)
    assert web.get("/study/").url == "/welcome/other/?scope="
    assert web.post("/welcome/other/?scope=").url == "/study/"
    assert web.get("/study/").status_code == 200


def test_a_deck_joined_later_is_noticed_in_the_same_session(student, web):
    web.get("/study/")
    join_deck(user=student, deck=DeckFactory(slug="other", disclaimer="Careful."), now=NOW)
    assert web.get("/study/").url == "/welcome/other/?scope="


def test_practice_is_noticed_and_goes_on(ben, deck, signed_in):
    web = signed_in(ben)
    way = web.get("/study/practice/elements/uses/").url
    assert way == "/welcome/elements/?scope=elements%2Fuses%2F1"
    assert web.post(way).url == "/study/practice/elements/uses/"
    assert web.get("/study/practice/elements/uses/").url == "/study/practice/"
    assert not DeckStudy.objects.exists(), "practice begins no deck"


@pytest.mark.parametrize("scope", ["hidden", "elements/no-such/1", "a b"])
def test_a_way_on_that_is_not_there_is_not_found(ben, deck, signed_in, scope):
    assert signed_in(ben).post("/welcome/elements/", query_params={"scope": scope}).status_code == 404


def test_htmx_is_led_there_too(ben, deck, signed_in):
    answer = signed_in(ben).get("/study/deck/elements/", headers=HX)
    assert answer.headers["HX-Redirect"] == "/welcome/elements/"


def test_a_deck_without_a_notice_begins_at_once(ben, deck, signed_in):
    Deck.objects.update(disclaimer="")
    web = signed_in(ben)
    assert page_of(send(web, "/study/deck/elements/begin/")).template == "study/_question.html"
    assert web.get("/welcome/elements/").url == "/study/deck/elements/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_has_no_page_for_students(ben, deck, signed_in, method):
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert getattr(signed_in(ben), method)("/welcome/elements/").status_code == 404


def test_the_page_takes_few_queries(ben, deck, signed_in, django_assert_num_queries):
    web = signed_in(ben)
    with django_assert_num_queries(4):
        web.get("/welcome/elements/")
