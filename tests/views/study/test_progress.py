import pytest

from quizzes.models import Deck
from tests.factories import NOW, DeckFactory, elements
from tests.study import DAY, IRON, begin, learn, progress, rate
from tests.views.pages import page_of


def test_progress_is_shown_as_plots_with_tables(web, student):
    learn(student, IRON)
    html = web.get("/progress/").content.decode()
    assert html.count('<figure class="plot">') == 8
    assert html.count("<table>") == 8
    assert "Tomorrow you would recall about 1 of the 1 card you have learned." in html


@pytest.mark.parametrize("url", ["/progress/", "/progress/elements/"])
def test_somebody_new_is_offered_the_first_step(ben, deck, signed_in, url):
    html = signed_in(ben).get(url).content.decode()
    assert "Begin" in html
    assert "<figure" not in html


def test_it_shows_nobody_else_s_memory(web, student, ben, signed_in):
    learn(student, IRON)
    assert page_of(signed_in(ben).get("/progress/elements/")).plots == ()


def test_a_draft_is_there_for_editors_alone(web, eve, signed_in):
    DeckFactory(slug="draft", status=Deck.Status.DRAFT)
    assert web.get("/progress/draft/").status_code == 404
    assert signed_in(eve).get("/progress/draft/").status_code == 200
    assert web.get("/progress/nothing/").status_code == 404


def test_it_is_only_read(web):
    assert web.post("/progress/").status_code == 405


PREDICTIONS = "/progress/elements/predictions/"


def test_progress_leads_to_how_well_predictions_fit(web, student):
    assert PREDICTIONS not in web.get("/progress/elements/").content.decode()
    learn(student, IRON)
    assert PREDICTIONS in web.get("/progress/elements/").content.decode()
    assert PREDICTIONS in web.get("/progress/").content.decode()
    begin(student, elements(slug="other", title="Other"))
    assert PREDICTIONS not in web.get("/progress/").content.decode()


def test_so_does_why_a_card_comes_now(web, student):
    learn(student, IRON)
    address = f"/study/why/{progress(student, IRON).card_id}/"
    assert PREDICTIONS in web.get(address).content.decode()
    assert PREDICTIONS in web.get(address, headers={"HX-Request": "true"}).content.decode()


def test_predictions_tell_how_many_answers_are_missing_and_what_they_are_made_from(web, student):
    learn(student, IRON, now=NOW - 8 * DAY)
    rate(student, IRON, 3)
    html = web.get(PREDICTIONS).content.decode()
    assert "Not enough answers yet to say how well the predictions fit you: 1 of 30." in html
    assert "published numbers of the model FSRS-6" in html
    assert html.count('<figure class="plot">') == 1
    assert 'href="/progress/elements/"' in html


def test_predictions_before_a_deck_is_begun_offer_the_first_step(ben, deck, signed_in):
    html = signed_in(ben).get(PREDICTIONS).content.decode()
    assert "Begin" in html
    assert "<figure" not in html


def test_predictions_of_a_draft_are_there_for_editors_alone(web, eve, signed_in):
    DeckFactory(slug="draft", status=Deck.Status.DRAFT)
    assert web.get("/progress/draft/predictions/").status_code == 404
    assert signed_in(eve).get("/progress/draft/predictions/").status_code == 200
    assert web.post(PREDICTIONS).status_code == 405
