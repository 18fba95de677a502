import pytest

from quizzes.models import Card, CardProgress, Deck, Fact
from tests.factories import elements
from tests.study import IRON, asked_now, events, learn, press, progress, put
from tests.views.pages import page_of

IRON_PAGE = "/browse/elements/uses/1/"


def mark(client, row_or_card, name, *, revision=None, url=IRON_PAGE):
    card_id = getattr(row_or_card, "card_id", None) or row_or_card.pk
    seen = row_or_card.revision if revision is None else revision
    return client.post(url, {"card": card_id, "mark": name, "revision": seen}, follow=True)


def test_a_deck_is_browsed_and_searched(web):
    assert "12 facts" in web.get("/browse/elements/").content.decode()
    html = web.get("/browse/elements/?q=ferrum").content.decode()
    assert 'href="/browse/elements/uses/1/"' in html
    assert 'value="ferrum"' in html
    assert "1 of 12 facts" in html


def test_a_search_without_result_says_what_to_try(web):
    assert "No fact fits" in web.get("/browse/elements/?q=gold").content.decode()


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999", "?section=none", "?state=none", "?q=%00"])
def test_addresses_that_make_no_sense_are_still_answered(web, query):
    assert web.get(f"/browse/elements/{query}").status_code == 200


def test_a_fact_shows_what_it_says_and_each_of_its_questions(web, student):
    html = web.get("/browse/elements/uses/2/").content.decode()
    for said in (
        "copper",
        "to carry current through houses",
        "brass, bronze",
        "cuprum",
        "Only silver conducts better.",
    ):
        assert said in html
    assert "table, row 2" in html
    assert "Not checked yet" in html
    assert "Which element is used to carry current through houses?" in html
    assert html.count('value="suspend"') == Card.objects.filter(fact__code="uses/2", status="active").count()


def test_a_caution_stands_with_its_source(web, deck):
    Fact.objects.filter(code="uses/1").update(caution="Rusts.", caution_source="Everybody’s balcony")
    html = web.get(IRON_PAGE).content.decode()
    assert "Rusts." in html
    assert "Everybody’s balcony" in html


def test_a_fact_that_was_answered_shows_curve_and_history(web, student):
    learn(student, IRON)
    html = web.get(IRON_PAGE).content.decode()
    assert html.count('<figure class="plot">') == 1
    assert "1 answer" in html
    assert "After “Good”" in html


def test_somebody_who_has_not_begun_reads_the_fact_alone(student, max, signed_in):
    learn(student, IRON)
    html = signed_in(max).get(IRON_PAGE).content.decode()
    assert "to build bridges" in html
    assert "You have not begun this deck" in html
    assert 'name="mark"' not in html
    assert "<figure" not in html
    card = Card.objects.get(key=IRON)
    assert signed_in(max).post(IRON_PAGE, {"card": card.pk, "mark": "flag", "revision": 0}).status_code == 404


def test_a_card_is_set_aside_and_brought_back(web, student):
    learn(student, IRON)
    response = mark(web, progress(student, IRON), "suspend")
    assert response.redirect_chain == [(f"{IRON_PAGE}#card-{progress(student, IRON).card_id}", 302)]
    assert "Bring back" in response.content.decode()
    assert "1 of 12 facts" in web.get("/browse/elements/?state=suspended").content.decode()
    mark(web, progress(student, IRON), "unsuspend")
    assert progress(student, IRON).suspended is False
    assert events(student) == ["answer", "suspend", "unsuspend"]


def test_a_page_older_than_the_card_is_refused(web, student):
    learn(student, IRON)
    seen = progress(student, IRON).revision
    press(student, put(student, IRON))
    response = mark(web, progress(student, IRON), "suspend", revision=seen)
    assert "out of date" in response.content.decode()
    assert progress(student, IRON).suspended is False


def test_only_cards_of_the_fact_are_marked_there(web, student):
    other = Card.objects.get(key="uses/2/purpose_to_term")
    assert mark(web, other, "flag", revision=0).status_code == 404
    assert not CardProgress.objects.exists()


@pytest.mark.parametrize("form", [{}, {"card": "x"}, {"card": "1", "revision": ""}])
def test_a_form_that_makes_no_sense_is_not_found(web, form):
    assert web.post(IRON_PAGE, form).status_code == 404


def test_an_unknown_mark_is_told(web, student):
    assert "cannot be done" in mark(web, Card.objects.get(key=IRON), "burn", revision=0).content.decode()


def test_what_is_not_there_or_not_to_be_seen_is_not_found(web, student, deck):
    assert web.get("/browse/nothing/").status_code == 404
    assert web.get("/browse/elements/uses/99/").status_code == 404
    Fact.objects.filter(code="uses/1").update(status=Fact.Status.RETIRED)
    assert web.get(IRON_PAGE).status_code == 404
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert web.get("/browse/elements/").status_code == 404
    assert web.get("/browse/elements/uses/2/").status_code == 404


def test_a_fact_of_the_same_code_in_another_deck_is_another(web, student):
    elements(slug="other", title="Other")
    assert page_of(web.get("/browse/other/uses/1/")).memory is False


def test_suspending_the_card_on_the_study_page_brings_another_question(web, student):
    asked = asked_now(student)
    card = Card.objects.get(pk=asked.card_id)
    mark(web, card, "suspend", revision=0, url=f"/browse/elements/{card.fact.code}/")
    assert asked_now(student).card_id != asked.card_id
