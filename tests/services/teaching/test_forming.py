"""The questions of quizzes made once and kept."""

from datetime import timedelta

import pytest

from quizzes.core.specs import Direction
from quizzes.models import Card, Fact, ItemSnapshot, Quiz, QuizForm, Section
from quizzes.selectors.study.items import get_item
from quizzes.selectors.teaching.quiz_forms import make_forms
from quizzes.services.teaching.forming import NotEnoughQuestionsError, form_for, freeze_quiz
from tests.factories import NOW, WORDING, QuizFactory, elements, keep

LATER = NOW + timedelta(days=1)


@pytest.fixture
def deck(db):
    return elements()


def rows(*wanted):
    return [
        {"section": section, "direction": direction, "closeness": "mixed", "number": number}
        for section, direction, number in wanted
    ]


def quiz_of(deck, cohort, *wanted, **fields):
    return QuizFactory(cohort=cohort, deck=deck, blueprint=rows(*(wanted or [("", "", 4)])), **fields)


def hashes(form):
    return [line["hash"] for line in form.items]


def test_freezing_keeps_what_a_preview_showed(deck, cohort):
    quiz = quiz_of(deck, cohort)
    shown = [one.line for one in make_forms(quiz)[0].questions]
    frozen = freeze_quiz(quiz=quiz, now=NOW)
    assert frozen.frozen_at == quiz.frozen_at == NOW
    assert quiz.question_forms.get().items == shown
    assert {line["section"] for line in shown} <= {"uses", "gases"}
    for line in shown:
        assert get_item(line["hash"])["card"] == Card.objects.get(pk=line["card"]).key


def test_freezing_twice_is_freezing_once(deck, cohort):
    quiz = quiz_of(deck, cohort, forms=Quiz.Forms.PARALLEL, form_count=3)
    stale = Quiz.objects.get(pk=quiz.pk)
    freeze_quiz(quiz=quiz, now=NOW)
    assert freeze_quiz(quiz=stale, now=LATER).frozen_at == NOW
    assert list(quiz.question_forms.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_parallel_forms_differ_and_are_dealt_in_turn(deck, cohort, ada):
    quiz = quiz_of(deck, cohort, forms=Quiz.Forms.PARALLEL, form_count=3)
    dealt = [form_for(quiz=quiz, user=ada, number=number, now=NOW) for number in (1, 2, 3, 4)]
    assert len({frozenset(hashes(form)) for form in dealt}) == 3
    assert dealt[0] == dealt[3]
    assert form_for(quiz=quiz, user=ada, number=2, now=LATER) == dealt[1]


def test_everybody_has_the_same_form_where_the_quiz_says_so(deck, cohort, ada, ben):
    quiz = quiz_of(deck, cohort)
    assert form_for(quiz=quiz, user=ada, number=1, now=NOW) == form_for(quiz=quiz, user=ben, number=2, now=LATER)


def test_a_fresh_draw_is_made_for_each_attempt_once(deck, cohort, ada, ben):
    quiz = quiz_of(deck, cohort, forms=Quiz.Forms.FRESH)
    first, again = (form_for(quiz=quiz, user=ada, number=1, now=NOW) for _ in range(2))
    others = [form_for(quiz=quiz, user=ada, number=2, now=NOW), form_for(quiz=quiz, user=ben, number=1, now=NOW)]
    assert first == again
    assert len({tuple(hashes(form)) for form in [first, *others]}) == 3
    assert sorted(form.number for form in [first, *others]) == [1, 2, 3]


def test_a_frozen_form_stays_though_the_fact_is_edited(deck, cohort, ada):
    quiz = quiz_of(deck, cohort, ("uses", "purpose_to_term", 4))
    before = form_for(quiz=quiz, user=ada, number=1, now=NOW)
    told = [get_item(line["hash"]) for line in before.items]
    Fact.objects.update(status=Fact.Status.RETIRED)
    keep(deck)
    after = form_for(quiz=quiz, user=ada, number=1, now=LATER)
    assert (after, [get_item(line["hash"]) for line in after.items]) == (before, told)


def test_a_quiz_that_the_deck_cannot_fill_is_not_frozen(deck, cohort, ada):
    quiz = quiz_of(deck, cohort, ("gases", "", 5))
    with pytest.raises(NotEnoughQuestionsError):
        form_for(quiz=quiz, user=ada, number=1, now=NOW)
    quiz.refresh_from_db()
    assert (quiz.frozen_at, QuizForm.objects.count(), ItemSnapshot.objects.count()) == (None, 0, 0)


def test_a_question_for_what_does_not_belong_stands_for_its_keys_membership_card(deck, cohort, ada):
    Section.objects.filter(slug="uses").update(wording=WORDING["uses"] | {"not_member": "Which of these is NOT used?"})
    quiz = quiz_of(deck, cohort, ("", "", 9), ("", Direction.NOT_MEMBER, 1))
    lines = form_for(quiz=quiz, user=ada, number=1, now=NOW).items
    (line,) = [line for line in lines if get_item(line["hash"])["direction"] == "not_member"]
    code = get_item(line["hash"])["card"].removesuffix("/not_member")
    assert code.startswith("gases/")
    assert (Card.objects.get(pk=line["card"]).key, line["section"]) == (f"{code}/membership", "uses")
