"""How each question of a quiz went: who was right, what was taken, who was too quick, what was ruled."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.distractor_table import LEAST_SHOWINGS
from quizzes.core.grades import LEAST_TOLD
from quizzes.core.quiz_marks import Ruling
from quizzes.models import Quiz, Response
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.pages import LETTERS
from quizzes.selectors.teaching.item_figures import ItemFigures
from quizzes.selectors.teaching.quiz_items import Content


class Given(NamedTuple):
    """One response of a submitted attempt."""

    attempt_id: int
    user_id: int
    item_hash: str
    chosen: int | None
    correct: bool | None
    rapid: bool
    mark: float | None


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer choice: how often it was taken, and whether it counts as right. `share` is drawn; it is `told` in
    percent where the distractor table tells it too."""

    number: int
    letter: str
    text: str
    right: bool
    tag: str
    taken: str
    share: int | None
    told: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question. `share` says how many were right, or that there are not enough answers; `few` the latter."""

    hash: str
    place: str
    stem: str
    n: int
    share: str
    few: bool
    rapid: str
    blank: str
    ruling: str
    corrected: bool
    options: Sequence[OptionLine]
    url: str
    figures: ItemFigures | None = None


def read_given(quiz: Quiz) -> list[Given]:
    """All responses of submitted attempts in the order of attempts; one query."""
    rows: QuerySet[Response] = Response.objects.filter(attempt__quiz=quiz, attempt__submitted_at__isnull=False)
    columns = ("attempt_id", "attempt__user_id", "item_hash", "chosen", "correct", "rapid", "mark")
    ordered = rows.order_by("attempt__number", "attempt_id", "position")
    return list(map(Given._make, ordered.values_list(*columns)))


def first_of_each(given: Iterable[Given]) -> dict[str, list[Given]]:
    """By question, the response of each student when they first met it."""
    met: set[tuple[int, str]] = set()
    found: dict[str, list[Given]] = {}
    for one in given:
        if (one.user_id, one.item_hash) not in met:
            met.add((one.user_id, one.item_hash))
            found.setdefault(one.item_hash, []).append(one)
    return found


def question_line(
    quiz: Quiz,
    item_hash: str,
    content: Content,
    given: Sequence[Given],
    *,
    place: tuple[int, int] | None = None,
    ruling: Ruling | None = None,
    corrected: bool = False,
    figures: ItemFigures | None = None,
) -> QuestionLine:
    """One question with what was answered."""
    n, right = len(given), sum(bool(one.correct) for one in given)
    rapid, blank = sum(one.rapid for one in given), sum(one.chosen is None for one in given)
    taken = Counter(one.chosen for one in given)
    few = n < LEAST_TOLD
    return QuestionLine(
        hash=item_hash,
        place=_place_words(quiz, place),
        stem=content["stem"],
        n=n,
        share=_few_words(n) if few else _right_words(right, n, ruling),
        few=few,
        rapid=ngettext("%d rapid guess", "%d rapid guesses", rapid) % rapid if rapid else "",
        blank=ngettext("%d left it open", "%d left it open", blank) % blank if blank else "",
        ruling=ruling_words(ruling, content),
        corrected=corrected,
        options=option_lines(content, ruling, taken, n),
        url=reverse("class-ruling", args=[quiz.cohort_id, quiz.pk, item_hash]),
        figures=figures,
    )


def option_lines(content: Content, ruling: Ruling | None, taken: Mapping[int | None, int], n: int) -> list[OptionLine]:
    """The answer choices in canonical order with how often each was taken; shares drawn from ten answers on."""
    return [
        OptionLine(
            number=number,
            letter=LETTERS[number],
            text=option["text"],
            right=is_right(option["is_key"], number, ruling),
            tag=_tag(option["is_key"], number, ruling),
            taken=_("%(taken)d of %(n)d") % {"taken": taken.get(number, 0), "n": n},
            share=round(100 * taken.get(number, 0) / n) if n >= LEAST_TOLD else None,
            told=n >= LEAST_SHOWINGS,
        )
        for number, option in enumerate(content["options"])
    ]


def is_right(is_key: bool, number: int, ruling: Ruling | None) -> bool:
    """Whether an answer choice counts as right under the ruling."""
    return number in ruling.accepted if ruling is not None and ruling.accepted else is_key


def _tag(is_key: bool, number: int, ruling: Ruling | None) -> str:
    if not is_right(is_key, number, ruling):
        return _("was the key") if is_key else ""
    return _("right") if is_key else _("accepted as right")


def ruling_words(ruling: Ruling | None, content: Content) -> str:
    """What was ruled; empty where the key holds."""
    if ruling is None:
        return ""
    if ruling.dropped:
        return _("left out of the quiz")
    texts = [f"“{content['options'][number]['text']}”" for number in sorted(ruling.accepted)]
    return _("accepted as right: %s") % ", ".join(texts)


def _few_words(n: int) -> str:
    return ngettext("not enough answers yet (%d)", "not enough answers yet (%d)", n) % n


def _right_words(right: int, n: int, ruling: Ruling | None) -> str:
    if ruling is not None and ruling.dropped:
        return _("left out")
    return _("%(share)s right, of %(n)d") % {"share": percent(right / n), "n": n}


def _place_words(quiz: Quiz, place: tuple[int, int] | None) -> str:
    if place is None:
        return ""
    if quiz.forms == Quiz.Forms.SAME:
        return _("Question %d") % place[1]
    return _("Form %(form)d, question %(place)d") % {"form": place[0], "place": place[1]}
