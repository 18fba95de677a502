"""Quizzes in an instructor's words: what a row of a blueprint asks for, what stands in the way of a form, moments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.core.blueprints import Row, Shortfall, most_negatives
from quizzes.core.rules import quiz_clashes, too_many_negatives
from quizzes.core.specs import Closeness, DeckSpec, Direction
from quizzes.models import Quiz
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.content.words import DIRECTION_LABELS
from quizzes.selectors.study.days import coming_day
from quizzes.selectors.teaching.quiz_forms import MadeForm, Question, item_of, make_forms, read_blueprint

CLOSENESS_LABELS = {
    Closeness.MIXED: gettext_lazy("mixed"),
    Closeness.NEAR: gettext_lazy("close to the answer"),
    Closeness.FAR: gettext_lazy("far from the answer"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time as it is said, and in full with the zone."""

    said: str
    exact: str


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> Moment:
    """“tomorrow, 14:00”, in the reader's zone."""
    here = at.astimezone(zone)
    day = coming_day(here.date(), now.astimezone(zone).date())
    exact = date_format(here, "l j F Y, H:i")
    return Moment(f"{day}, {date_format(here, 'H:i')}", f"{exact} ({zone.key})")


def questions_words(count: int) -> str:
    """“1 question”, “20 questions”."""
    return ngettext("%d question", "%d questions", count) % count


def direction_words(direction: str) -> str:
    """“purpose → term”; “any kind” without one."""
    return str(DIRECTION_LABELS[Direction(direction)]) if direction else _("any kind")


def closeness_words(closeness: str) -> str:
    """How the wrong answer choices were chosen; empty where that plays no part."""
    return str(CLOSENESS_LABELS[Closeness(closeness)]) if closeness else ""


def section_words(titles: Mapping[str, str], slug: str) -> str:
    """A section's name on pages; all of them without one."""
    return capfirst(titles.get(slug, slug)) if slug else _("all sections")


def row_words(row: Row, titles: Mapping[str, str]) -> str:
    """“Drugs, purpose → term”."""
    return f"{section_words(titles, row.section)}, {direction_words(row.direction or '')}"


def problems_of(quiz: Quiz, *, most: int | None = None) -> list[str]:
    """What stands in the way of the quiz's forms, looking at the first `most` of them; empty if nothing does."""
    content = deck_content(quiz.deck)
    if quiz.picking == Quiz.Picking.PICKED:
        return list(picking_problems(make_forms(quiz)[0], content.bank.deck))
    rows = read_blueprint(quiz.blueprint)
    if not rows:
        return [_("The quiz asks for no questions yet: say how many, and from where.")]
    forms = make_forms(quiz, most=most)
    return [_short(one, rows, content) for one in forms[-1].shortfalls]


def _short(one: Shortfall, rows: Sequence[Row], content: DeckContent) -> str:
    row, total = rows[one.row], sum(each.number for each in rows)
    if row.direction is Direction.NOT_MEMBER and one.given >= most_negatives(rows):
        return _(
            "Row %(row)d asks which one does NOT belong. At most one question in ten may: "
            "%(most)d in a quiz of %(total)d."
        ) % {"row": one.row + 1, "most": most_negatives(rows), "total": total}
    return _(
        "Row %(row)d (%(what)s) asks for %(wanted)s; the deck gives %(given)d beside the other rows. "
        "Each fact is asked once, and no question may give another's answer away."
    ) % {
        "row": one.row + 1,
        "what": row_words(row, content.section_titles),
        "wanted": questions_words(one.wanted),
        "given": one.given,
    }


def picking_problems(form: MadeForm, deck: DeckSpec) -> Iterator[str]:
    """What is wrong with a quiz picked by hand."""
    if not form.questions:
        yield _("No question has been picked yet.")
    if form.lost:
        yield _("%s can no longer be read: remove them.") % questions_words(form.lost)
    for place, question in enumerate(form.questions, 1):
        if is_outdated(question, deck):
            yield _("Question %d: its fact has been edited since. Renew or remove it.") % place
    places = [place for place, one in enumerate(form.questions, 1) if is_known(one, deck)]
    yield from rule_problems([form.questions[place - 1] for place in places], deck, places)


def rule_problems(questions: Sequence[Question], deck: DeckSpec, places: Sequence[int]) -> Iterator[str]:
    """The rules of quizzes that the questions break, named by their places; all facts must be in the deck."""
    items = [item_of(one.content, one.line["section"]) for one in questions]
    clashes = quiz_clashes(items, deck)
    same = {(one.first, one.second) for one in clashes if not one.given}
    for clash in clashes:
        if clash.given and tuple(sorted((clash.first, clash.second))) in same:
            continue
        about = {"one": places[clash.first], "other": places[clash.second], "given": clash.given}
        if clash.given:
            yield _("Question %(one)d shows “%(given)s”, which answers question %(other)d.") % about
        else:
            yield _("Questions %(one)d and %(other)d ask about the same fact.") % about
    if negative := too_many_negatives(items):
        yield _("%(n)d of %(total)d questions ask which one does NOT belong. At most one in ten may.") % {
            "n": negative,
            "total": len(items),
        }


def code_of(question: Question) -> str:
    """The code of the fact that is the question's answer."""
    return str(next(one["code"] for one in question.content["options"] if one["is_key"]))


def is_known(question: Question, deck: DeckSpec) -> bool:
    """Whether the fact that is the question's answer is in the deck."""
    return any(fact.code == code_of(question) for fact in deck.facts)


def is_outdated(question: Question, deck: DeckSpec) -> bool:
    """Whether a fact on the question's options is gone from the deck or has another version."""
    versions = {fact.code: fact.version for fact in deck.facts}
    return any(versions.get(one["code"]) != one["version"] for one in question.content["options"])
