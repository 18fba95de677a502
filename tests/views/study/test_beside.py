"""Practice, recall first, reports and comparisons, as pages."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import CardProgress, Deck, ProblemReport, ReviewLog
from quizzes.selectors.study.memories import clear_cache
from quizzes.services.study.joining import become_student
from quizzes.services.teaching.reports import handle_report
from tests.factories import NOW
from tests.study import IRON, asked_now, begin, events, learn, press, put, read_notice
from tests.views.pages import form_of, page_of, send


def test_practice_offers_the_sections_of_the_decks_that_are_studied(web, student):
    learn(student, IRON)
    text = web.get("/study/practice/").content.decode()
    assert "/study/practice/elements/uses/" in text
    assert "/study/practice/elements/gases/" in text
    assert "1 learned" in text


def test_practice_of_somebody_who_studies_nothing_says_how_to_begin(ben, signed_in):
    assert "not studying a deck yet" in signed_in(ben).get("/study/practice/").content.decode()


@pytest.mark.parametrize("hx", [True, False])
def test_a_round_of_practice_goes_from_answer_to_answer_and_ends(web, student, hx):
    page = page_of(web.get("/study/practice/elements/gases/"))
    assert page.practice is True
    assert page.progress.left == 4
    for _ in range(4):
        asked = asked_now(student, scope="elements/gases/1")
        page = page_of(send(web, "/study/answer/", form_of(web, asked, choice=0), hx=hx))
        assert "leaves the schedule alone" in web.get("/study/practice/elements/gases/").content.decode()
    page = page_of(web.get("/study/practice/elements/gases/"))
    assert page.headline == "4 cards practised"
    assert page.again_url == "/study/practice/elements/gases/?round=2"
    assert page_of(web.get(page.again_url)).progress.left == 4
    assert set(ReviewLog.objects.values_list("source", flat=True)) == {"practice"}


@pytest.mark.parametrize("url", ["/study/practice/nowhere/", "/study/practice/elements/nowhere/"])
def test_there_is_no_practice_of_what_is_not_there(web, url):
    assert web.get(url).status_code == 404


def test_a_draft_is_not_practised_or_compared(web, deck):
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert web.get("/study/practice/elements/").status_code == 404
    assert web.get("/compare/elements/?fact=uses/1&fact=uses/2").status_code == 404


def test_recall_first_covers_the_choices_until_asked_for(web, student):
    begin(student, student.deck_studies.get().deck, recall_first=True)
    put(student, IRON, Format.CHOICE)
    page = page_of(web.get("/study/"))
    assert (page.covered, page.revealed) == (True, False)
    assert page_of(web.get(page.reveal_url)).revealed is True


def test_choices_stay_open_where_the_question_cannot_be_answered_without_them(web, student):
    begin(student, student.deck_studies.get().deck, recall_first=True)
    put(student, "gases/1/membership", Format.CHOICE)
    assert page_of(web.get("/study/")).covered is False


@pytest.mark.parametrize("hx", [True, False])
def test_a_report_asks_what_is_wrong_then_thanks_and_goes_on(web, student, hx):
    asked = put(student, IRON, Format.CHOICE)
    page = page_of(send(web, "/study/report/", form_of(web, asked), hx=hx))
    assert page.template == "study/_report.html"
    form = {"token": page.token, "report": page.client_id, "message": "odd"}
    missing = page_of(send(web, "/study/report/", form, hx=hx))
    assert "Choose what is wrong" in missing.error
    assert (missing.message, missing.client_id) == ("odd", page.client_id)
    response = send(web, "/study/report/", {**form, "kind": "also_right"}, hx=hx)
    assert "Thank you" in response.content.decode()
    assert asked_now(student) == asked
    assert ProblemReport.objects.get().message == "odd"


def test_an_answered_question_is_reported_from_its_feedback(web, student):
    asked = put(student, IRON, Format.CHOICE)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, choice=0), hx=True))
    form = page_of(send(web, "/study/report/", {"token": page.token}, hx=True))
    send(web, "/study/report/", {"token": form.token, "report": form.client_id, "kind": "unclear"}, hx=True)
    assert ProblemReport.objects.get().answer in {choice.text for choice in page.options if choice.chosen}
    assert events(student) == ["answer"]


def test_a_report_with_a_forged_token_keeps_nothing(web, student):
    page = page_of(send(web, "/study/report/", {"token": "x", "report": "y", "kind": "unclear"}, hx=True))
    assert "could not be read" in page.notice
    assert not ProblemReport.objects.exists()


def test_two_facts_stand_side_by_side(web, student):
    text = web.get("/compare/elements/?fact=uses/1&fact=uses/2").content.decode()
    assert "to build bridges and rails" in text
    assert "to carry current through houses" in text


@pytest.mark.parametrize("query", ["", "fact=uses/1", "fact=uses/1&fact=uses/1", "fact=uses/1&fact=nowhere/9"])
def test_a_comparison_needs_two_facts_of_the_deck(web, student, query):
    assert web.get(f"/compare/elements/?{query}").status_code == 404


def test_practice_makes_no_query_more_for_more_cards(web, student, django_assert_num_queries):
    press(student, put(student, IRON))
    web.get("/study/practice/")
    with django_assert_num_queries(5):
        web.get("/study/practice/")


@pytest.mark.parametrize("hx", [True, False])
def test_why_a_card_is_asked_is_told_without_its_answer(web, student, hx):
    learn(student, IRON)
    asked = put(student, IRON, Format.TYPED)
    response = web.get(page_of(web.get("/study/")).why_url, headers={"HX-Request": "true"} if hx else {})
    text = response.content.decode()
    assert "Why this card now?" in text
    assert ("<html" in text) is not hx
    assert "chance of" in text
    assert response.context["page"].question == page_of(web.get("/study/")).stem
    assert "iron" not in text
    assert asked.card_id == asked_now(student).card_id


def test_why_a_card_of_nobodys_deck_is_not_there(web, student):
    assert web.get("/study/why/0/").status_code == 404


def test_a_leech_is_told_with_a_way_to_the_fact(web, student):
    learn(student, IRON)
    CardProgress.objects.filter(card__key=IRON).update(lapses=7)
    clear_cache()
    asked = put(student, IRON, Format.TYPED)
    page = page_of(send(web, "/study/answer/", form_of(web, asked, skip="1"), hx=True))
    assert "“iron” 8 times" in page.notice
    assert page.notice_url == "/browse/elements/uses/1/"


def test_a_report_and_its_answer_stand_under_the_students_name_and_no_others(web, student, ben, eve, signed_in):
    asked = put(student, IRON, Format.CHOICE)
    page = page_of(send(web, "/study/report/", form_of(web, asked), hx=True))
    send(web, "/study/report/", {"token": page.token, "report": page.client_id, "kind": "unclear"}, hx=True)
    said = {"status": "fixed", "reply": "Now it says which iron.", "now": NOW}
    handle_report(report=ProblemReport.objects.get(), by=eve, **said)
    assert "Now it says which iron." in web.get("/study/reports/").content.decode()
    assert "You have reported nothing yet" in signed_in(ben).get("/study/reports/").content.decode()


def test_practice_of_a_deck_not_begun_begins_nothing(ben, deck, signed_in):
    become_student(user=ben, now=NOW)
    read_notice(ben, deck)
    page = page_of(signed_in(ben).get("/study/practice/elements/"))
    assert (page.headline, page.again_url) == ("Nothing to practise here", "/library/")
    assert not ben.deck_studies.exists()
