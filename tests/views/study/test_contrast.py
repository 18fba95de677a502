"""“Which is which?” as pages."""

import re

import pytest

from quizzes.core.specs import Format, Verdict
from quizzes.models import CardProgress, Deck, Fact, Overlap, ProblemReport, ReviewLog
from quizzes.selectors.study.asked import unsign
from quizzes.selectors.study.memories import clear_cache
from tests.factories import NOW, keep
from tests.study import DAY, IRON, asked_now, begin, events, learn, place_of, progress, put
from tests.views.pages import HX, form_of, page_of, send

PAIR = "/study/contrast/elements/?fact=uses/1&fact=uses/2"


@pytest.fixture
def url(student):
    """Iron asked, copper beside it; iron is learned."""
    learn(student, IRON)
    return f"{PAIR}&card={progress(student, IRON).card_id}"


def shown(web, student, url):
    """The question on the page, as its form sends it."""
    return unsign(page_of(web.get(url)).token, student.pk)


def test_the_question_has_two_choices_with_their_keys_and_a_way_back(web, url):
    page = page_of(web.get(url))
    assert [choice.keys for choice in page.options] == ["1 a", "2 b"]
    assert {choice.text for choice in page.options} == {"iron", "copper"}
    assert (page.stem, page.next_url) == ("Which element is used to build bridges and rails?", "/study/")
    assert "leaves the schedule alone" in web.get(url).content.decode()


def test_a_reload_keeps_the_order(web, url):
    first = [choice.text for choice in page_of(web.get(url)).options]
    assert [choice.text for choice in page_of(web.get(url)).options] == first


@pytest.mark.parametrize("right", [True, False])
def test_after_the_answer_both_facts_stand_side_by_side_with_what_to_do_next(web, student, url, right):
    on_page = put(student, "uses/4/purpose_to_term")
    asked = shown(web, student, url)
    response = send(web, "/study/answer/", form_of(web, asked, choice=place_of(asked, right=right)))
    page, text = page_of(response), response.content.decode()
    assert page.correct is right
    assert {choice.feedback.partition(":")[0] for choice in page.options} == {"Iron", "Copper"}
    assert "to build bridges and rails" in text
    assert "to carry current through houses" in text
    assert ("Keep in mind" if right else "Then ask again") in page.look
    assert (page.again_url.replace("%2F", "/"), page.next_url) == (url, "/study/")
    assert page_of(web.get(page.other_way_url)).stem.startswith("What is copper")
    assert asked_now(student) == on_page
    assert events(student) == ["answer", "answer"]


def test_a_reload_of_the_feedback_shows_it_again(web, student, url):
    asked = shown(web, student, url)
    response = send(web, "/study/answer/", form_of(web, asked, choice=0))
    again = web.get(response.redirect_chain[-1][0])
    assert page_of(again).verdict == page_of(response).verdict
    assert ReviewLog.objects.filter(source="practice").count() == 1


def test_a_second_click_counts_nothing_and_an_older_page_says_so(web, student, url):
    asked, older = shown(web, student, url), shown(web, student, url)
    form = form_of(web, asked, choice=0)
    pages = [page_of(send(web, "/study/answer/", form)) for _ in range(2)]
    assert pages[0].options == pages[1].options
    assert "out of date" in send(web, "/study/answer/", form_of(web, older, choice=0)).content.decode()
    assert ReviewLog.objects.filter(source="practice").count() == 1


@pytest.mark.parametrize("hx", [True, False])
def test_undo_leads_back_to_the_question_as_it_was(web, student, url, hx):
    before = [choice.text for choice in page_of(web.get(url)).options]
    page = page_of(send(web, "/study/answer/", form_of(web, shown(web, student, url), choice=0)))
    form = {"scope": page.scope, "seq": page.last_seq}
    if hx:
        text = web.post("/study/undo/", form, headers=HX).content.decode()
        assert re.findall(r'<span dir="auto">(\w+)</span>', text) == before
    else:
        assert [choice.text for choice in page_of(send(web, "/study/undo/", form)).options] == before
    assert progress(student, IRON).confusions == {}


def test_the_token_of_another_student_is_refused(web, student, url, ben, deck, signed_in):
    begin(ben, deck)
    asked = shown(web, student, url)
    token = form_of(web, asked)["token"]
    response = send(signed_in(ben), "/study/answer/", {"token": token, "choice": 0})
    assert "could not be read" in response.content.decode()
    assert not ReviewLog.objects.filter(source="practice").exists()


def test_the_feedback_of_another_student_is_not_there(web, student, url, ben, deck, signed_in):
    begin(ben, deck)
    send(web, "/study/answer/", form_of(web, shown(web, student, url), choice=0))
    answer = ReviewLog.objects.get(source="practice").client_id
    assert signed_in(ben).get(f"/study/answered/{answer}/").status_code == 404


def test_the_card_on_the_page_is_asked_there_with_two_choices(web, student):
    asked = put(student, IRON, Format.TYPED)
    url = f"{PAIR}&card={asked.card_id}"
    response = web.get(url, follow=True)
    page = page_of(response)
    assert response.redirect_chain[-1][0] == "/study/"
    assert "so the answer counts" in response.content.decode()
    assert {choice.text for choice in page.options} == {"iron", "copper"}
    after = page_of(send(web, "/study/answer/", form_of(web, asked_now(student), choice=0), hx=True))
    assert "choice among two" in after.notice
    assert after.notice_url == "/compare/elements/?fact=uses%2F1&fact=uses%2F2"
    assert ReviewLog.objects.get().k == 2


def test_a_pair_that_may_both_be_right_is_shown_side_by_side_with_the_reason(web, student, deck):
    one, other = (Fact.objects.get(code=code) for code in ("uses/1", "uses/2"))
    Overlap.objects.create(asked=one, offered=other, verdict=Verdict.ARGUABLE.value)
    keep(deck)
    text = web.get(PAIR).content.decode()
    assert "not asked as a question with two choices, since “copper” might be right too." in text
    assert "to carry current through houses" in text


def test_whoever_does_not_study_the_deck_sees_the_two_side_by_side(ben, deck, signed_in):
    web = signed_in(ben)
    assert "since you do not study this deck now." in web.get(PAIR).content.decode()
    assert "Ask me" not in web.get("/compare/elements/?fact=uses/1&fact=uses/2").content.decode()
    assert not ben.deck_studies.exists()


@pytest.mark.parametrize("query", ["", "fact=uses/1", "fact=uses/1&fact=uses/1", "fact=uses/1&fact=nowhere/9"])
def test_it_takes_two_facts_of_the_deck(web, student, query):
    assert web.get(f"/study/contrast/elements/?{query}").status_code == 404


@pytest.mark.parametrize("card", ["x", "0", "999999999999999999", "²", "-1"])
def test_a_card_that_is_none_of_the_facts_is_passed_over(web, student, card):
    assert page_of(web.get(f"{PAIR}&card={card}")).options


def test_a_deck_taken_back_is_not_asked_about(web, student):
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert web.get(PAIR).status_code == 404


def test_side_by_side_offers_to_ask(web, student):
    text = web.get("/compare/elements/?fact=uses/1&fact=uses/2").content.decode()
    found = re.search(r'href="([^"]+)">Ask me which is which', text)[1].replace("&amp;", "&")
    assert page_of(web.get(found)).template == "study/_contrast.html"


def test_two_facts_that_cannot_be_asked_offer_nothing(web, student):
    assert "Ask me" not in web.get("/compare/elements/?fact=gases/1&fact=gases/2").content.decode()


def confuse(student):
    """Iron was taken for copper three times."""
    learn(student, IRON)
    CardProgress.objects.filter(user=student, card__key=IRON).update(confusions={"uses/2": [3, 0]})
    clear_cache()


def test_why_offers_it_where_a_confusion_is_known(web, student):
    confuse(student)
    card = progress(student, IRON).card_id
    text = web.get(f"/study/why/{card}/").content.decode()
    assert "You have taken it for “copper” 3 times." in text
    assert "Practise which is which" in text
    assert "Practise which is which" in web.get("/browse/elements/uses/1/").content.decode()


def test_why_says_that_the_answer_counts_for_the_card_on_the_page(web, student, clock):
    confuse(student)
    later = NOW + 30 * DAY
    clock.move_to(later)
    put(student, IRON, now=later)
    text = web.get(f"/study/why/{progress(student, IRON).card_id}/").content.decode()
    assert "Answer it as a choice between the two" in text


def test_a_report_from_it_says_what_was_shown(web, student, url):
    page = page_of(send(web, "/study/report/", {"token": page_of(web.get(url)).token}))
    form = {"token": page.token, "report": page.client_id, "kind": "unclear", "message": "odd"}
    send(web, "/study/report/", form)
    assert ProblemReport.objects.get().item_hash == unsign(page.token, student.pk).item_hash
