"""How many times a page asks the database: a budget per page, whatever the number of cards and decks."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import StudySession, StudySettings
from quizzes.selectors.study.asked import sign
from quizzes.selectors.study.items import get_item
from tests.factories import FactFactory, SectionFactory, keep
from tests.study import COPPER, IRON, asked_now, begin, put, rate

HX = {"HX-Request": "true"}
SIGNED_IN = 2  # the session and its user
TRANSACTION = 2  # where it begins and ends


@pytest.fixture
def more_decks(student):
    """The student studies four decks, and some of it is done."""
    for number in range(3):
        section = SectionFactory(wording={"purpose_to_term": "Which metal is used {purpose}?"})
        for metal in range(6):
            FactFactory(section=section, term=f"metal{metal}{number}", purpose=f"to build thing {metal} of {number}")
        keep(section.deck)
        begin(student, section.deck)
    for key in (IRON, COPPER):
        rate(student, key, 3)


def warm(web, *urls):
    """Questions and decks are read once per process."""
    for url in urls:
        web.get(url)


@pytest.mark.parametrize(("decks", "queries"), [(1, 13), (4, 14)])
def test_home(web, student, request, decks, queries, django_assert_num_queries):
    """One more from the first answer on; four ask what classes set and want told apart, and what was corrected."""
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/")
    with django_assert_num_queries(SIGNED_IN + queries):
        web.get("/")


@pytest.mark.parametrize("decks", [1, 4])
def test_progress_over_all_decks(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    rate(student, IRON, 3)
    warm(web, "/progress/")
    with django_assert_num_queries(SIGNED_IN + 7):
        web.get("/progress/")


def test_progress_in_one_deck(web, student, more_decks, django_assert_num_queries):
    warm(web, "/progress/elements/")
    with django_assert_num_queries(SIGNED_IN + 8):
        web.get("/progress/elements/")


def test_browsing_a_deck(web, student, more_decks, django_assert_num_queries):
    warm(web, "/browse/elements/")
    with django_assert_num_queries(SIGNED_IN + 4):
        web.get("/browse/elements/?q=iron&state=young")


def test_a_fact_however_many_cards_it_has(web, student, more_decks, django_assert_num_queries):
    warm(web, "/browse/elements/uses/1/")
    for code in ("uses/1", "gases/1"):
        with django_assert_num_queries(SIGNED_IN + 7):
            web.get(f"/browse/elements/{code}/")


@pytest.mark.parametrize("decks", [1, 4])
def test_the_question_on_the_page(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/study/")
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 3):
        web.get("/study/")


def test_the_question_of_one_deck(web, student, django_assert_num_queries):
    warm(web, "/study/deck/elements/")
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 5):
        web.get("/study/deck/elements/")


@pytest.mark.parametrize("way", Format)
def test_an_answer_with_its_feedback_and_the_next_question(web, student, way, more_decks, django_assert_num_queries):
    StudySettings.objects.update(format_preference="mixed")
    StudySession.objects.update(prompt=None)
    get_item(asked_now(student).item_hash)
    asked = put(student, "uses/4/purpose_to_term", way)
    StudySettings.objects.update(format_preference="mixed")
    form = {"token": sign(asked, student.pk), "rating": 3, "typed": "silicon", "choice": 0, "elapsed_ms": 4_000}
    get_item(asked.item_hash)
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 7):
        assert web.post("/study/answer/", form, headers=HX).status_code == 200


def test_an_answer_sent_again(web, student, django_assert_num_queries):
    asked = put(student, IRON, Format.CHOICE)
    form = {"token": sign(asked, student.pk), "choice": 0}
    web.post("/study/answer/", form, headers=HX)
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 4):
        web.post("/study/answer/", form, headers=HX)


@pytest.mark.parametrize("decks", [1, 4])
def test_the_library(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/library/")
    with django_assert_num_queries(SIGNED_IN + 9):
        web.get("/library/")


@pytest.mark.parametrize("decks", [1, 4])
def test_a_deck_of_the_library(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/library/elements/")
    with django_assert_num_queries(SIGNED_IN + 12):
        web.get("/library/elements/")


@pytest.mark.parametrize("decks", [1, 4])
def test_settings(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/settings/")
    with django_assert_num_queries(SIGNED_IN + 6):
        web.get("/settings/")


@pytest.mark.parametrize("decks", [1, 4])
def test_the_effect_of_a_setting(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, "/settings/")
    with django_assert_num_queries(SIGNED_IN + 3):
        web.get("/settings/effect/?retention=80", headers=HX)


CONTRAST = "/study/contrast/elements/?fact=uses/1&fact=uses/2"


@pytest.mark.parametrize("decks", [1, 4])
def test_which_is_which(web, student, request, decks, django_assert_num_queries):
    if decks > 1:
        request.getfixturevalue("more_decks")
    warm(web, CONTRAST)
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 5):
        web.get(CONTRAST)


def test_which_is_which_answered_with_both_side_by_side(web, student, more_decks, django_assert_num_queries):
    warm(web, "/study/", CONTRAST)
    form = {"token": web.get(CONTRAST).context["page"].token, "choice": 0}
    with django_assert_num_queries(SIGNED_IN + TRANSACTION + 7):
        assert web.post("/study/answer/", form, headers=HX).status_code == 200


def test_two_facts_side_by_side(web, student, more_decks, django_assert_num_queries):
    warm(web, "/compare/elements/?fact=uses/1&fact=uses/2")
    with django_assert_num_queries(SIGNED_IN + 2):
        web.get("/compare/elements/?fact=uses/1&fact=uses/2")
