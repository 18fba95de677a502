import pytest
from django.urls import reverse

from quizzes.models import Overlap, PairJudgement
from tests.admin.forms import told
from tests.factories import elements


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def page(deck):
    return reverse("admin:quizzes_deck_pairs", args=[deck.pk])


@pytest.fixture
def undo(deck):
    return reverse("admin:quizzes_deck_pairs_undo", args=[deck.pk])


def sent(shown, **fields):
    """What the form of a shown pair sends."""
    pair = shown.context["page"].pair
    return {"one": pair.section or pair.one, "other": pair.other, **fields}


def test_the_queue_shows_two_facts_with_what_is_asked_of_each(editor, page):
    shown = editor.get(page, {"one": "uses/1", "other": "uses/2"})
    text = shown.content.decode()
    assert "to build bridges and rails" in text
    assert "to carry current through houses" in text
    assert [one.stem for one in shown.context["page"].questions] == [
        "What is iron used for?",
        "Which element is used to build bridges and rails?",
        "What is copper used for?",
        "Which element is used to carry current through houses?",
    ]


def test_one_press_judges_the_pair_and_the_next_one_comes(editor, page, eve):
    first = editor.get(page)
    response = editor.post(page, sent(first, all="distinct"), follow=True)
    assert response.context["reach"].judged == 1
    assert response.context["page"].pair != first.context["page"].pair
    assert set(Overlap.objects.values_list("verdict", "judged_by")) == {("distinct", eve.pk)}
    assert response.context["people"] == [("eve", 1)]


def test_each_question_can_have_a_verdict_of_its_own(editor, page):
    shown = editor.get(page, {"one": "uses/1", "other": "uses/2"})
    names = [one.name for one in shown.context["page"].questions]
    fields = dict(zip(names, ["distinct", "right", "arguable", "arguable"], strict=True))
    editor.post(page, sent(shown, reason="Both conduct.", **fields))
    assert set(Overlap.objects.values_list("asked__code", "direction", "verdict", "reason")) == {
        ("uses/1", "term_to_purpose", "distinct", "Both conduct."),
        ("uses/1", "purpose_to_term", "right", "Both conduct."),
        ("uses/2", "", "arguable", "Both conduct."),
    }


def test_a_missing_verdict_is_asked_for_and_nothing_is_written(editor, page):
    shown = editor.get(page, {"one": "uses/1", "other": "uses/2"})
    response = editor.post(page, sent(shown, all="nonsense"))
    assert response.status_code == 422
    assert "Choose a verdict for each question" in response.content.decode()
    assert not Overlap.objects.exists()


def test_a_pair_that_is_gone_is_left_alone(editor, page):
    response = editor.post(page, {"one": "uses/1", "other": "uses/99", "all": "right"})
    assert "no longer there" in told(response)[0]
    assert not Overlap.objects.exists()


def test_a_second_press_on_the_same_pair_does_not_judge_the_next_one(editor, page):
    first = editor.get(page)
    for _ in range(2):
        editor.post(page, sent(first, all="distinct"))
    assert PairJudgement.objects.values("one", "section", "other").distinct().count() == 1


def test_skipping_comes_to_the_next_pair_and_at_the_end_to_the_first(editor, page):
    first, second = editor.get(page), editor.get(page, {"skip": "1"})
    assert first.context["page"].pair != second.context["page"].pair
    assert editor.get(page, {"skip": "99999"}).context["page"].pair == first.context["page"].pair
    assert editor.get(page, {"skip": "x"}).context["page"].pair == first.context["page"].pair


def test_undo_shows_the_pair_again(editor, page, undo):
    first = editor.get(page)
    editor.post(page, sent(first, all="right"))
    response = editor.post(undo, follow=True)
    assert response.context["page"].pair.other == first.context["page"].pair.other
    assert not Overlap.objects.exists()
    assert "no pair of this deck" in told(editor.post(undo))[0]


def test_the_page_takes_the_same_queries_for_any_number_of_verdicts(editor, page, django_assert_num_queries):
    shown = editor.get(page)
    with django_assert_num_queries(10):
        editor.get(page)
    for _ in range(5):
        shown = editor.post(page, sent(shown, all="distinct"), follow=True)
    with django_assert_num_queries(10):
        editor.get(page)
