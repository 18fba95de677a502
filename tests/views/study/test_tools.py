"""What is done beside answering: undo, marks, “I guessed”, more new cards; and what every write demands."""

import pytest
from django.test import Client

from quizzes.core.specs import Format
from quizzes.models import Deck, DeckStudy, ReviewLog, StudySession, StudySettings
from quizzes.selectors.study.asked import unsign
from tests.factories import NOW, DeckFactory
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
    memories,
    press,
    progress,
    put,
    rate,
    read_notice,
)
from tests.views.pages import answer_form, form_of, page_of, send

NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("hx", [True, False])
def test_i_guessed_does_what_its_button_said_and_goes_on(web, student, hx):
    learn(student, IRON, now=NOW - 9 * DAY)
    asked = put(student, IRON, Format.CHOICE)
    feedback = page_of(send(web, "/study/answer/", answer_form(web, asked), hx=hx))
    page = page_of(send(web, "/study/guessed/", {"token": feedback.guess_token}, hx=hx))
    assert page.token == feedback.next.token
    kept = progress(student, IRON)
    assert (kept.due_on.isoformat(), kept.lapses) == (asked.promises["guessed"].due_on, 0)
    before = memories(student)
    send(web, "/study/guessed/", {"token": feedback.guess_token}, hx=hx)
    assert memories(student) == before
    assert holds()


@pytest.mark.parametrize("hx", [True, False])
def test_undo_brings_the_question_back(web, student, hx):
    asked = put(student, IRON, Format.CHOICE)
    send(web, "/study/answer/", answer_form(web, asked, right=False), hx=hx)
    response = send(web, "/study/undo/", {"scope": ""}, hx=hx)
    again = unsign(page_of(response).token, student.pk)
    assert "Taken back" in response.content.decode()
    assert (again.item_hash, again.order) == (asked.item_hash, asked.order)
    assert page_of(web.get("/study/")).token == page_of(response).token


@pytest.mark.parametrize("hx", [True, False])
def test_with_nothing_to_undo_it_says_so(web, ben, signed_in, hx):
    for client in (web, signed_in(ben)):
        response = send(client, "/study/undo/", hx=hx)
        assert response.status_code == 200
        assert "nothing left to undo" in response.content.decode()


def test_undo_is_offered_once_something_was_done_a_mark_included(web, student):
    assert page_of(web.get("/study/")).can_undo is False
    asked = put(student, IRON)
    page = page_of(send(web, "/study/mark/", form_of(web, asked, mark="bury"), hx=True))
    assert page.can_undo is True
    assert page_of(web.get("/study/")).can_undo is True


@pytest.mark.parametrize("hx", [True, False])
@pytest.mark.parametrize("mark", ["bury", "suspend"])
def test_a_card_set_aside_makes_room_for_the_next(web, student, mark, hx):
    asked = asked_now(student)
    page = page_of(send(web, "/study/mark/", form_of(web, asked, mark=mark), hx=hx))
    assert unsign(page.token, student.pk).card_id != asked.card_id


@pytest.mark.parametrize("hx", [True, False])
def test_of_a_card_set_aside_it_says_what_becomes_of_it_and_how_to_bring_it_back(web, student, hx):
    asked = put(student, IRON)
    html = send(web, "/study/mark/", form_of(web, asked, mark="suspend"), hx=hx).content.decode()
    assert "until you bring it back" in html
    assert f'href="/browse/elements/uses/1/#card-{asked.card_id}"' in html
    html = send(web, "/study/mark/", form_of(web, asked_now(student), mark="bury"), hx=hx).content.decode()
    assert "put off until tomorrow" in html
    html = send(web, "/study/mark/", form_of(web, asked_now(student), mark="flag"), hx=hx).content.decode()
    assert 'class="notice' not in html, "its button shows what happened"


@pytest.mark.parametrize("hx", [True, False])
def test_a_notice_says_by_word_mark_and_class_how_it_is_meant(web, student, hx):
    html = send(web, "/study/mark/", form_of(web, asked_now(student), mark="bury"), hx=hx).content.decode()
    assert ('class="notice success"' in html, "✓</span> Done:" in html) == (True, True)
    html = send(web, "/study/mark/", {"token": "forged", "mark": "bury"}, hx=hx).content.decode()
    assert ('class="notice warning"' in html, "!</span> Attention:" in html) == (True, True)


@pytest.mark.parametrize("hx", [True, False])
def test_a_flag_is_shown_and_taken_off(web, student, hx):
    asked = asked_now(student)
    response = send(web, "/study/mark/", form_of(web, asked, mark="flag"), hx=hx)
    assert 'value="unflag"' in response.content.decode()
    flagged = unsign(page_of(response).token, student.pk)
    response = send(web, "/study/mark/", form_of(web, flagged, mark="unflag"), hx=hx)
    assert 'value="flag"' in response.content.decode()


@pytest.mark.parametrize("hx", [True, False])
def test_a_mark_from_an_older_page_is_told_so_and_changes_nothing(web, student, hx):
    asked = asked_now(student)
    press(student, asked)
    page = page_of(send(web, "/study/mark/", form_of(web, asked, mark="suspend"), hx=hx))
    assert "out of date" in page.notice or not hx
    assert events(student) == ["answer"]


@pytest.mark.parametrize("hx", [True, False])
def test_an_answered_card_is_marked_from_its_feedback(web, student, hx):
    asked = put(student, IRON, Format.CHOICE)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, choice=0), hx=hx))
    send(web, "/study/mark/", {"token": page.token, "mark": "flag"}, hx=hx)
    assert events(student) == ["answer", "flag"]


def test_an_unknown_mark_changes_nothing(web, student):
    response = send(web, "/study/mark/", form_of(web, asked_now(student), mark="burn"), hx=True)
    assert "cannot be done" in page_of(response).notice
    assert events(student) == []


@pytest.mark.parametrize("url", ["/study/deck/elements/", "/study/deck/nowhere/"])
def test_a_draft_deck_is_not_there(web, deck, url):
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert web.get(url).status_code == 404
    assert web.post(f"{url}more/").status_code == 404
    assert web.post("/study/undo/", {"scope": url.split("/")[3]}).status_code == 404


def test_an_editor_studies_a_draft(eve, deck, signed_in):
    read_notice(eve, deck)
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert page_of(send(signed_in(eve), "/study/deck/elements/begin/")).template == "study/_question.html"


def test_a_scope_that_is_no_slug_is_not_found(web):
    assert web.post("/study/undo/", {"scope": "\x00elements' --"}).status_code == 404


def test_ten_more_new_cards_come_when_asked_for(web, student):
    DeckStudy.objects.update(new_per_day=0)
    page = page_of(web.get("/study/deck/elements/"))
    assert (page.headline, page.more[0].url) == ("Done for today", "/study/deck/elements/more/")
    page = page_of(send(web, page.more[0].url))
    assert (page.template, page.progress.left) == ("study/_question.html", 10)


def test_ten_more_new_cards_asked_for_twice_from_one_page_are_ten(web, student):
    DeckStudy.objects.update(new_per_day=0)
    page = page_of(web.get("/study/deck/elements/"))
    for _ in range(2):
        left = page_of(send(web, page.more[0].url, {"extra": page.more[0].extra})).progress.left
    assert left == 10


def test_ten_more_new_cards_of_a_deck_not_begun_begin_it(ben, deck, signed_in):
    read_notice(ben, deck)
    assert page_of(send(signed_in(ben), "/study/deck/elements/more/")).template == "study/_question.html"


def test_a_pause_ends_when_the_card_in_learning_comes(web, student, clock):
    DeckStudy.objects.update(new_per_day=1)
    StudySettings.objects.update(learning_steps=[30])
    asked = asked_now(student)
    page = page_of(web.get(page_of(send(web, "/study/answer/", answer_form(web, asked, right=False))).next_url))
    assert (page.headline, page.again_url) == ("A short pause", "/study/")
    assert "in 30 minutes" in page.why
    clock.move_to(NOW + 10 * MINUTE)
    assert unsign(page_of(web.get("/study/")).token, student.pk).card_id == asked.card_id


def test_a_session_of_one_deck_stays_in_it(web, student):
    begin(student, DeckFactory(slug="other"))
    page = page_of(web.get("/study/deck/elements/"))
    assert page.next_url == "/study/deck/elements/"
    assert page_of(web.get("/study/deck/other/")).headline == "All done"


@pytest.mark.parametrize("url", [
    "/study/deck/elements/more/", "/study/deck/elements/begin/", "/sign-out/",
])  # fmt: skip
def test_what_writes_is_posted(web, url):
    assert web.get(url).status_code == 405


@pytest.mark.parametrize("url", ["/study/answer/", "/study/guessed/", "/study/undo/", "/study/mark/"])
def test_what_is_opened_after_signing_in_again_leads_to_the_question(web, url):
    response = web.get(url)
    assert (response.status_code, response.url) == (302, "/study/")


def test_the_same_undo_sent_twice_takes_back_once(web, student):
    for key in (IRON, COPPER):
        rate(student, key, 3)
    form = {"scope": "", "seq": page_of(web.get("/study/")).last_seq}
    web.post("/study/undo/", form)
    web.post("/study/undo/", form)
    assert ReviewLog.objects.filter(user=student, kind="undo").count() == 1


@pytest.mark.parametrize("url", ["/", "/study/", "/study/deck/elements/", f"/study/answered/{NOBODYS}/"])
def test_what_reads_is_not_posted_to(web, url):
    assert web.post(url).status_code == 405


def test_a_form_of_another_site_is_refused(student):
    client = Client(enforce_csrf_checks=True)
    client.force_login(student)
    asked = put(student, IRON)
    assert client.post("/study/answer/", form_of(client, asked, rating=3)).status_code == 403
    assert events(student) == []


def test_another_browser_of_the_same_student_shows_the_same_question(web, student, signed_in):
    assert page_of(web.get("/study/")) == page_of(signed_in(student).get("/study/"))
    assert StudySession.objects.count() == 1
