import pytest

from quizzes.models import CodeTries, DeckStudy, Enrolment
from quizzes.services.teaching.classes import archive_class, close_joining
from quizzes.services.teaching.enrolling import MOST_WRONG
from tests.factories import NOW


@pytest.fixture
def web(max, signed_in):
    """The browser of somebody who is in no class."""
    return signed_in(max)


def html(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_link_waits_for_whoever_has_to_sign_in_first(client, klass, max):
    response = client.get("/join/KQ7-MPX/")
    assert response.url == "/sign-in/?next=/join/KQ7-MPX/"
    response = client.post(response.url, {"login": "max", "password": "password", "next": "/join/KQ7-MPX/"})
    assert response.url == "/join/KQ7-MPX/"


def test_the_page_says_which_class_it_is_and_what_its_instructors_will_see(web, klass, deck):
    text = html(web.get("/join/KQ7-MPX/"))
    assert "Anatomy 1" in text
    assert "ivy" in text
    assert deck.title in text
    assert "What the instructors of this class will see" in text
    assert "on which days you studied" in text
    assert "You see who of them opened your page" in text
    assert not Enrolment.objects.filter(user__username="max").exists()


@pytest.mark.parametrize("code", ["KQ7-MPX", "kq7mpx", "kq7%20mpx", "KQ7_MPX"])
def test_a_code_is_read_however_it_is_written(web, klass, code):
    assert "Join the class" in html(web.get(f"/join/{code}/"))


def test_a_code_typed_leads_to_its_class(web, klass):
    assert web.post("/join/", {"code": " kq7 mpx "}).url == "/join/KQ7-MPX/"


def test_joining_says_which_decks_are_studied_from_now_on(web, klass, max, deck):
    response = web.post("/join/KQ7-MPX/", follow=True)
    assert response.redirect_chain[-1][0] == "/"
    assert f"You are in Anatomy 1. Study from now on: {deck.title}." in html(response)
    assert DeckStudy.objects.get(user=max).deck == deck
    assert Enrolment.objects.get(user=max).role == "student"


def test_joining_twice_is_once(web, klass, max):
    for _ in range(2):
        web.post("/join/KQ7-MPX/")
    assert Enrolment.objects.filter(user=max).count() == 1
    text = html(web.get("/join/KQ7-MPX/"))
    assert "You are in this class already" in text
    assert "Join the class" not in text


def test_an_instructor_is_led_to_the_class(desk, klass, ivy, url):
    text = html(desk.get("/join/KQ7-MPX/"))
    assert "You teach this class" in text
    assert f'href="{url()}"' in text
    desk.post("/join/KQ7-MPX/")
    assert Enrolment.objects.get(user=ivy).role == "instructor"


def test_a_wrong_code_is_answered_with_a_remedy(web, klass):
    assert "No class has this code" in html(web.get("/join/WWWWWW/"), 404)
    text = html(web.post("/join/", {"code": "WWWWWW"}), 404)
    assert 'value="WWWWWW"' in text
    assert 'aria-invalid="true"' in text


def test_no_code_at_all_costs_no_try(web, klass):
    assert "Type the code that your instructor gave you" in html(web.post("/join/", {"code": " "}))
    assert not CodeTries.objects.exists()


@pytest.mark.parametrize(
    ("close", "words"), [(close_joining, "takes nobody in any more"), (archive_class, "This class has ended")]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_class_says_so_and_whom_to_ask(web, klass, max, close, words, method):
    close(cohort=klass, now=NOW)
    text = html(getattr(web, method)("/join/KQ7-MPX/"))
    assert words in text
    assert "Join the class</button>" not in text
    assert not Enrolment.objects.filter(user=max).exists()


def test_guessing_is_slowed_down_also_for_right_codes_and_new_sessions(web, klass, max, signed_in):
    for _ in range(MOST_WRONG):
        web.post("/join/", {"code": "WWWWWW"})
    for browser in (web, signed_in(max)):
        assert "Try again in an hour" in html(browser.get("/join/KQ7-MPX/"), 429)
        assert "Try again in an hour" in html(browser.post("/join/KQ7-MPX/"), 429)
    assert not Enrolment.objects.filter(user=max).exists()


def test_a_student_leaves_after_being_asked_once(signed_in, ada, klass, url):
    web = signed_in(ada)
    assert "Leave Anatomy 1?" in html(web.get(url("leave/")))
    assert "You have left Anatomy 1" in html(web.post(url("leave/"), follow=True))
    assert Enrolment.objects.get(user=ada, cohort=klass).left_at == NOW
    assert DeckStudy.objects.filter(user=ada, paused_at=None).exists()
