import pytest

from quizzes.models import Deck
from tests.factories import DeckFactory
from tests.study import IRON, learn
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
