"""The library by a browser without JavaScript, and the fragments that htmx gets."""

import pytest

from quizzes.models import DeckStudy
from quizzes.services.study.joining import join_deck, leave_deck, pause_deck
from tests.factories import NOW, DeckFactory
from tests.study import IRON, learn, read_notice
from tests.views.pages import HX, send


def study(user):
    return DeckStudy.objects.get(user=user)


def text(response):
    return response.content.decode()


def test_joining_leads_back_with_a_word(signed_in, ben, deck):
    web = signed_in(ben)
    response = send(web, "/library/elements/join/")
    assert "You study “Chemical elements” now: up to 20 new cards and 200 reviews a day." in text(response)
    assert response.redirect_chain[-1][0] == "/library/"
    assert study(ben).paused_at is None


def test_from_a_decks_own_page_it_leads_back_there(web, student):
    response = send(web, "/library/elements/pause/", {"from": "deck"})
    assert response.redirect_chain[-1][0] == "/library/elements/"
    assert "is paused. None of its cards come until you go on." in text(response)
    assert study(student).paused_at == NOW
    send(web, "/library/elements/join/", {"from": "deck"})
    assert study(student).paused_at is None


def test_leaving_asks_first_and_says_what_stays(web, student):
    learn(student, IRON)
    response = web.get("/library/elements/leave/")
    assert "What you have learned stays: 1 of 20 cards begun." in text(response)
    assert study(student).left_at is None
    response = send(web, "/library/elements/leave/")
    assert "You have left “Chemical elements”." in text(response)
    assert study(student).left_at == NOW
    assert "Join again" in text(response)


@pytest.mark.parametrize("act", ["nothing", "left"])
def test_who_does_not_study_a_deck_is_not_asked_whether_to_leave_it(signed_in, ben, deck, act):
    if act == "left":
        join_deck(user=ben, deck=deck, now=NOW)
        leave_deck(user=ben, deck=deck, now=NOW)
    assert signed_in(ben).get("/library/elements/leave/").url == "/library/elements/"


def test_limits_are_saved_and_told(web, student):
    response = send(web, "/library/elements/limits/", {"new_per_day": "5", "reviews_per_day": "60"})
    assert (study(student).new_per_day, study(student).reviews_per_day) == (5, 60)
    assert "Up to 5 new cards and 60 reviews a day" in text(response)
    assert "The limits of “Chemical elements” are saved." in text(response)


def test_htmx_gets_the_form_alone(web, student):
    response = web.post("/library/elements/limits/", {"new_per_day": "5", "reviews_per_day": "60"}, headers=HX)
    assert text(response).lstrip().startswith("<details")
    assert "Saved; it holds from now on." in text(response)
    assert study(student).new_per_day == 5


@pytest.mark.parametrize("headers", [{}, HX])
def test_limits_that_cannot_be_are_told_beside_the_field_and_kept_there(web, student, headers):
    response = web.post("/library/elements/limits/", {"new_per_day": "-3", "reviews_per_day": "60"}, headers=headers)
    assert "New cards a day must be 0 or more." in text(response)
    assert 'value="-3" aria-invalid="true"' in text(response)
    assert response.status_code == (200 if headers else 422)
    assert study(student).new_per_day == 20


def test_limits_are_not_for_decks_one_does_not_study(signed_in, ben, deck):
    send(signed_in(ben), "/library/elements/limits/", {"new_per_day": "5", "reviews_per_day": "60"})
    assert not DeckStudy.objects.filter(user=ben).exists()


def test_going_to_the_session_of_a_paused_deck_ends_no_pause(web, student, deck):
    pause_deck(user=student, deck=deck, now=NOW)
    response = web.get("/study/deck/elements/")
    assert "You are not studying this deck now" in text(response)
    assert 'href="/library/"' in text(response)
    assert study(student).paused_at == NOW


def test_a_deck_never_begun_is_begun_from_its_own_page(signed_in, ben, deck):
    read_notice(ben, deck)
    assert send(signed_in(ben), "/study/deck/elements/begin/").redirect_chain[-1][0] == "/study/deck/elements/"
    assert study(ben).paused_at is None


def test_home_does_not_offer_to_begin_what_was_put_aside(web, student, deck):
    pause_deck(user=student, deck=deck, now=NOW)
    response = web.get("/")
    assert "Your decks are paused or left." in text(response)
    assert "/study/deck/elements/" not in text(response)


def test_the_session_of_all_decks_leads_to_the_library_when_none_is_studied(web, student, deck):
    leave_deck(user=student, deck=deck, now=NOW)
    assert 'href="/library/" data-keys="space enter"' in text(web.get("/study/"))


def test_a_search_is_kept_in_its_field_and_in_the_links_between_pages(web, student):
    for number in range(25):
        DeckFactory(title=f"Bones <{number}>")
    response = text(web.get("/library/?q=bones"))
    assert 'value="bones"' in response
    assert "?q=bones&amp;page=2#others" in response
    assert "Bones &lt;0&gt;" in response
    assert "Chemical" not in response


def test_a_search_with_the_one_character_that_no_database_keeps_finds_without_it(web, student):
    assert web.get("/library/", {"q": "chem\x00ical", "page": "\x00"}).status_code == 200
