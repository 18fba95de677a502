"""A fragment is what its template renders, whatever stands in the texts."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from quizzes.selectors.study.pages import Button, Choice, Progress, SessionPage
from quizzes.views.study.fragments import CLOSE, OPEN, TEXTS, _pattern, fragment
from tests.views.pages import plain

HOSTILE = ["", "<script>alert(1)</script>", "a & b", "\"'", f"{OPEN}stem{CLOSE}", "%(stem)s %s %%", "{{ page }}", "é\n"]
texts = st.sampled_from(HOSTILE) | st.text(max_size=12)
numbers = st.integers(0, 12_345)
choices = st.builds(
    Choice, place=numbers, letter=texts, text=texts, keys=texts, is_key=st.booleans(), chosen=st.booleans(),
    feedback=texts, tag=texts,
)  # fmt: skip
buttons = st.builds(
    Button, rating=numbers, label=texts, interval=texts, keys=texts, primary=st.booleans()
)  # fmt: skip
flags = {
    name: st.booleans()
    for name in ("shortcuts", "can_undo", "flagged", "revealed", "more_hints", "practice", "covered")
}


def pages(template, **more):
    """Pages of a template with any texts."""
    return st.builds(
        SessionPage,
        template=st.just(template),
        progress=st.builds(Progress, done=numbers, left=numbers, minutes=numbers),
        format=st.sampled_from(["flashcard", "choice", "typed"]),
        correct=st.sampled_from([None, True, False]),
        last_seq=numbers,
        options=st.lists(choices, max_size=5),
        buttons=st.lists(buttons, max_size=4),
        **dict.fromkeys(TEXTS, texts),
        **flags,
        **more,
    )


questions = pages("study/_question.html", next=st.none())


@given(questions, texts)
def test_a_question_is_what_its_template_renders(page, token):
    assert fragment(page, token or "x") == plain(page, token or "x")


@given(pages("study/_feedback.html", next=st.none() | questions), texts)
def test_feedback_is_what_its_template_renders(page, token):
    assert fragment(page, token or "x") == plain(page, token or "x")


def page():
    """One flashcard."""
    return SessionPage(
        template="study/_question.html", title="", scope="", shortcuts=True, progress=Progress(1, 2, 3), can_undo=True,
        next_url="/study/", stem="Which metal?", format="flashcard",
    )  # fmt: skip


def test_a_shape_is_rendered_once():
    fragment(page(), "token")
    before = _pattern.cache_info().misses
    fragment(replace(page(), stem="Another one?", last_seq=7, progress=Progress(3, 1, 1)), "another")
    assert _pattern.cache_info().misses == before


@pytest.mark.parametrize("language", ["de", "en-gb"])
def test_each_language_has_its_own_shapes(language):
    with translation.override(language):
        assert fragment(page(), "token") == plain(page(), "token")
