"""The session as a browser without JavaScript sees it, and in fragments as htmx asks for them."""

import re

import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, CardTally, DeckStudy, DeckTally, ReviewLog, StudySettings
from quizzes.selectors.study.asked import sign, unsign
from tests.factories import NOW
from tests.study import COPPER, DAY, IRON, asked_now, begin, events, holds, learn, press, put, read_notice
from tests.views.pages import HX, answer_form, form_of, page_of, send

NOBODYS = "00000000-0000-4000-8000-000000000000"


def test_beginning_a_deck_leads_to_its_first_question(ben, deck, signed_in):
    read_notice(ben, deck)
    page = page_of(send(signed_in(ben), "/study/deck/elements/begin/"))
    assert (page.template, page.scope, page.format) == ("study/_question.html", "elements", "choice")
    assert DeckStudy.objects.get(user=ben).deck == deck


def test_a_link_to_a_deck_never_begun_leads_to_the_button_that_begins_it(ben, deck, signed_in):
    read_notice(ben, deck)
    web = signed_in(ben)
    assert web.get("/study/deck/elements/").url == "/library/elements/"
    assert web.get("/study/deck/elements/", headers=HX).headers["HX-Redirect"] == "/library/elements/"
    assert 'action="/study/deck/elements/begin/"' in web.get("/library/elements/").content.decode()
    assert not DeckStudy.objects.exists()


@pytest.mark.parametrize(("url", "way"), [("/study/", "/"), ("/study/practice/elements/", "/study/practice/")])
def test_who_studies_nothing_yet_is_led_to_where_that_begins(ben, deck, signed_in, url, way):
    read_notice(ben, deck)
    assert signed_in(ben).get(url).url == way
    assert not StudySettings.objects.exists()


@pytest.mark.parametrize("way", Format)
def test_a_reload_shows_the_same_page_again(web, student, way):
    put(student, IRON, way)
    first, second = [page_of(web.get("/study/")) for _ in range(2)]
    assert first == second


def test_a_flashcard_shows_its_back_when_asked_and_keeps_the_question(web, student):
    put(student, IRON)
    hidden, shown = page_of(web.get("/study/")), web.get("/study/?reveal=1")
    assert (hidden.revealed, page_of(shown).revealed) == (False, True)
    assert page_of(shown).token == hidden.token
    assert re.search(r'id="back"\s*>', shown.content.decode())
    assert re.search(r'id="back" hidden\s*>', web.get("/study/").content.decode())


def test_pages_are_not_kept_by_caches(web):
    for url in ("/", "/study/", "/study/deck/elements/"):
        assert "no-store" in web.get(url).headers["Cache-Control"]


def test_the_deck_carries_its_disclaimer_on_every_question(web, student):
    done = press(student, put(student, IRON, Format.CHOICE))
    for url in ("/study/", f"/study/answered/{done.row.client_id}/"):
        assert "Not for chemists." in web.get(url).content.decode()


def test_without_javascript_a_choice_leads_by_redirect_to_its_feedback_and_on(web, student):
    asked = put(student, IRON, Format.CHOICE)
    response = web.post("/study/answer/", answer_form(web, asked))
    assert (response.status_code, response.url) == (302, f"/study/answered/{asked.client_id}/")
    feedback = web.get(response.url)
    assert (page_of(feedback).template, page_of(feedback).correct) == ("study/_feedback.html", True)
    assert page_of(web.get(response.url)) == page_of(feedback)
    following = web.get(page_of(feedback).next_url)
    assert page_of(following).token == page_of(feedback).next.token
    assert events(student) == ["answer"]


def test_without_javascript_a_flashcard_leads_by_redirect_to_the_next_question(web, student):
    asked = put(student, IRON, scope="elements")
    response = web.post("/study/answer/", answer_form(web, asked))
    assert (response.status_code, response.url) == (302, "/study/deck/elements/")
    assert unsign(page_of(web.get(response.url)).token, student.pk).card_id != asked.card_id


@pytest.mark.parametrize("way", [Format.CHOICE, Format.TYPED])
def test_htmx_gets_the_feedback_with_the_next_question_in_it(web, student, way):
    asked = put(student, IRON, way)
    response = send(web, "/study/answer/", answer_form(web, asked, right=False), hx=True)
    html = response.content.decode()
    assert html.startswith('<section id="session" data-state="feedback"')
    assert "<html" not in html
    assert '<template id="next-question"><section id="session" data-state="question"' in html


def test_htmx_gets_the_next_question_after_a_flashcard(web, student):
    asked = put(student, IRON)
    response = send(web, "/study/answer/", answer_form(web, asked), hx=True)
    assert response.content.decode().startswith('<section id="session" data-state="question"')


def test_a_whole_session_without_javascript_ends_by_saying_why(web, student):
    response = web.get("/study/")
    for _ in range(60):
        page = page_of(response)
        if page.template == "study/_finished.html":
            break
        asked = unsign(page.token, student.pk)
        response = send(web, "/study/answer/", answer_form(web, asked))
        if page_of(response).template == "study/_feedback.html":
            response = web.get(page_of(response).next_url)
    assert (page.headline, "facts you have seen today" in page.why) == ("Done for today", True)
    assert page.today.answers == len(events(student)) > 20
    assert holds()


@pytest.mark.parametrize("hx", [True, False])
def test_the_same_form_sent_twice_counts_once_and_shows_the_same(web, student, hx):
    asked = put(student, IRON, Format.CHOICE)
    first, second = [
        page_of(send(web, "/study/answer/", answer_form(web, asked, right=right), hx=hx)) for right in (True, False)
    ]
    assert events(student) == ["answer"]
    assert (first.stem, first.correct, first.options, first.next.stem) == (
        second.stem,
        second.correct,
        second.options,
        second.next.stem,
    )


@pytest.mark.parametrize("hx", [True, False])
def test_an_older_page_is_told_so_and_shown_the_current_question(web, student, hx):
    older = put(student, IRON)
    press(student, put(student, IRON))
    response = send(web, "/study/answer/", answer_form(web, older), hx=hx)
    assert "That page was out of date" in response.content.decode()
    assert page_of(response).token == page_of(web.get("/study/")).token
    assert events(student) == ["answer"]


def test_without_javascript_a_notice_is_shown_once(web, student):
    older = put(student, IRON)
    press(student, put(student, IRON))
    assert "out of date" in send(web, "/study/answer/", answer_form(web, older)).content.decode()
    assert "out of date" not in web.get("/study/").content.decode()


@pytest.mark.parametrize("hx", [True, False])
@pytest.mark.parametrize("token", ["", "forged", "of somebody else"])
def test_a_forged_token_counts_nothing(web, student, ben, deck, hx, token):
    begin(ben, deck)
    if token == "of somebody else":
        token = sign(put(ben, IRON), ben.pk)
    for url in ("/study/answer/", "/study/mark/", "/study/guessed/"):
        response = send(web, url, {"token": token, "rating": 3, "choice": 0, "mark": "bury"}, hx=hx)
        assert response.status_code == 200
        assert "could not be read" in response.content.decode() or "out of date" in response.content.decode()
    assert events(student) == events(ben) == []


@pytest.mark.parametrize("fields", [{}, {"choice": "4"}, {"choice": "-1"}, {"choice": "zero"}, {"rating": "3"}])
def test_a_form_without_an_answer_is_told_so_and_the_question_stays(web, student, fields):
    asked = put(student, IRON, Format.CHOICE)
    response = send(web, "/study/answer/", form_of(web, asked, **fields), hx=True)
    assert "That was no answer" in page_of(response).notice
    assert unsign(page_of(response).token, student.pk) == asked
    assert events(student) == []


@pytest.mark.parametrize(("sent", "kept"), [
    ("4000", 4_000), ("0", 0), ("", None), ("-5", None), ("1e3", None), ("99999999999", 600_000), ("٣", None),
    ("999999999999999999999", None),
])  # fmt: skip
def test_the_time_taken_is_what_the_page_measured_within_reason(web, student, sent, kept):
    asked = put(student, IRON)
    send(web, "/study/answer/", {**answer_form(web, asked), "elapsed_ms": sent})
    assert ReviewLog.objects.get().duration_ms == kept


def test_a_typed_answer_is_kept_without_what_no_database_can_keep(web, student):
    asked = put(student, IRON, Format.TYPED)
    send(web, "/study/answer/", form_of(web, asked, typed="ir\x00on"), hx=True)
    assert (ReviewLog.objects.get().typed, ReviewLog.objects.get().correct) == ("iron", True)


def test_a_very_long_typed_answer_is_cut(web, student):
    asked = put(student, IRON, Format.TYPED)
    send(web, "/study/answer/", form_of(web, asked, typed="x" * 5_000), hx=True)
    assert len(ReviewLog.objects.get().typed) == 500


def test_i_do_not_know_is_a_wrong_answer(web, student):
    asked = put(student, IRON, Format.TYPED)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, typed="iron", skip="1"), hx=True))
    assert (page.correct, page.verdict) == (False, "The answer is")


@pytest.mark.parametrize("hx", [True, False])
def test_a_hint_and_a_slip_are_shown_and_survive_a_reload(web, student, hx):
    asked = put(student, COPPER, Format.TYPED)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, typed="c", hint="1"), hx=hx))
    assert (page.hint, page.typed) == ("c…", "c")
    asked = unsign(page.token, student.pk)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, typed="brass"), hx=hx))
    assert "One more try" in page.notice
    assert page_of(web.get("/study/")).token == page.token
    assert events(student) == []


def test_a_rapid_guess_is_told_so(web, student):
    asked = asked_now(student)
    card = Card.objects.get(pk=asked.card_id)
    CardTally.objects.create(card=card, answers=9, median_ms=20_000)
    DeckTally.objects.create(deck=card.deck, made_at=NOW)
    form = {**answer_form(web, asked), "elapsed_ms": "300"}
    page = page_of(send(web, "/study/answer/", form, hx=True))
    assert "Too quick to count" in page.verdict
    assert (page.guess_token, page.interval) == ("", "")
    assert unsign(page.next.token, student.pk).card_id != asked.card_id


@pytest.mark.parametrize("way", Format)
@pytest.mark.parametrize("hx", [True, False])
def test_a_page_from_the_day_before_says_that_its_interval_is_new(web, student, clock, way, hx):
    learn(student, IRON)
    asked = put(student, IRON, way)
    clock.move_to(NOW + DAY)
    response = send(web, "/study/answer/", answer_form(web, asked), hx=hx)
    assert "A new study day has begun" in response.content.decode()
    assert events(student) == ["answer", "answer"]


def test_feedback_is_for_the_one_who_answered(student, ben, signed_in):
    row = press(student, put(student, IRON, Format.CHOICE)).row
    assert signed_in(ben).get(f"/study/answered/{row.client_id}/").status_code == 404
    assert signed_in(student).get(f"/study/answered/{NOBODYS}/").status_code == 404
