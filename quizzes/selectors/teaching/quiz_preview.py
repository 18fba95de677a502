"""Every question of a form of a quiz with its answer and reasons, as it will be or was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models import ItemSnapshot, Quiz
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.teaching.quiz_forms import Line, form_count, make_forms
from quizzes.selectors.teaching.quiz_words import closeness_words, direction_words, problems_of, section_words

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer choice with what is told to whoever picks it."""

    letter: str
    text: str
    is_key: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Put:
    """A question as instructors read it."""

    number: int
    stem: str
    choices: Sequence[Choice]
    about: str
    locator: str
    caution: str
    hash: str


@dataclass(frozen=True, slots=True)
class FormLink:
    """One of several forms."""

    number: int
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The questions of one form; `note` says what of it is certain."""

    questions: Sequence[Put]
    forms: Sequence[FormLink]
    note: str
    problems: Sequence[str]
    language: str
    may_redraw: bool


def preview_page(quiz: Quiz, number: int) -> PreviewPage:
    """The form of this number, the first if there is none such."""
    total = form_count(quiz)
    number = number if 1 <= number <= total else 1
    problems: list[str] = []
    if quiz.frozen_at is not None and not _is_fresh(quiz):
        shown = _frozen(quiz, number)
    else:
        problems = problems_of(quiz, most=number)
        made = make_forms(quiz, most=number)
        shown = [(one.line, one.content) for one in made[-1].questions]
    titles = deck_content(quiz.deck).section_titles
    url = reverse("class-quiz-preview", args=[quiz.cohort_id, quiz.pk])
    return PreviewPage(
        questions=[put(at, line, content, titles) for at, (line, content) in enumerate(shown, 1)],
        forms=[FormLink(at, f"{url}?form={at}", at == number) for at in range(1, total + 1)] if total > 1 else [],
        note=_note(quiz),
        problems=problems,
        language=quiz.deck.language,
        may_redraw=quiz.frozen_at is None and quiz.picking == Quiz.Picking.DRAWN,
    )


def _is_fresh(quiz: Quiz) -> bool:
    return quiz.forms == Quiz.Forms.FRESH and quiz.picking == Quiz.Picking.DRAWN


def _note(quiz: Quiz) -> str:
    if _is_fresh(quiz):
        return _("An example: each attempt gets a draw of its own.")
    if quiz.frozen_at is not None:
        return _("Frozen: these are the questions that students get, whatever is edited in the deck.")
    return _("Students get these questions unless the deck is edited before the quiz opens.")


def _frozen(quiz: Quiz, number: int) -> list[tuple[Line, Mapping[str, Any]]]:
    form = quiz.question_forms.filter(number=number).first()
    lines = form.items if form else []
    kept = ItemSnapshot.objects.in_bulk([line["hash"] for line in lines])
    return [(line, kept[line["hash"]].content) for line in lines]


def put(number: int, line: Line, content: Mapping[str, Any], titles: Mapping[str, str]) -> Put:
    """A question with its answer choices in canonical order; each student has an order of their own."""
    about = [
        section_words(titles, line["section"]),
        direction_words(content["direction"]),
        closeness_words(line.get("closeness", "")),
    ]
    return Put(
        number=number,
        stem=content["stem"],
        choices=[
            Choice(letter, one["text"], one["is_key"], one["feedback"])
            for letter, one in zip(LETTERS, content["options"], strict=False)
        ],
        about=" · ".join(part for part in about if part),
        locator=content["locator"],
        caution=content["caution"],
        hash=line["hash"],
    )
