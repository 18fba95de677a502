"""One question of a quiz for whoever decides how it counts: what changed since, what was taken, what was ruled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.models import Cohort, Enrolment, ItemRuling, Quiz, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_words import moment_words
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.selectors.teaching.quiz_corrections import Correction, read_corrections
from quizzes.selectors.teaching.quiz_items import Content, item_places, read_contents
from quizzes.selectors.teaching.quiz_questions import QuestionLine, first_of_each, question_line, read_given
from quizzes.selectors.teaching.rulings import read_rulings


@dataclass(frozen=True, slots=True)
class RulingLine:
    """One ruling in words."""

    what: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class RulingPage:
    """One question. `seen` is the id of the quiz's last ruling; `kind` and `accepted` are what the form begins with."""

    head: ClassHead
    quiz_id: int
    title: str
    question: QuestionLine
    language: str
    corrections: Sequence[Correction]
    history: Sequence[RulingLine]
    seen: int
    kind: str
    accepted: Sequence[int]


def ruling_page(user: User, cohort: Cohort, quiz: Quiz, item_hash: str, *, now: datetime) -> RulingPage | None:
    """Everything on the page; fifteen queries at most. None for a question that the quiz does not have."""
    places, content = item_places(quiz), read_contents([item_hash]).get(item_hash)
    if item_hash not in places or content is None:
        return None
    zone, rulings = zone_of(user), list(ItemRuling.objects.filter(quiz=quiz).select_related("ruled_by").order_by("pk"))
    own = [one for one in rulings if one.item_hash == item_hash]
    corrections = read_corrections({item_hash: content}, zone).get(item_hash, [])
    given = first_of_each(one for one in read_given(quiz) if one.item_hash == item_hash)
    return RulingPage(
        head=class_head(user, cohort, now=now),
        quiz_id=quiz.pk,
        title=quiz.title,
        question=question_line(
            quiz,
            item_hash,
            content,
            given.get(item_hash, []),
            place=None if quiz.forms == Quiz.Forms.FRESH else places[item_hash],
            ruling=read_rulings(quiz.pk).get(item_hash),
            corrected=bool(corrections),
        ),
        language=quiz.deck.language,
        corrections=corrections,
        history=[_line(one, content, zone) for one in reversed(own)],
        seen=rulings[-1].pk if rulings else 0,
        kind=own[-1].kind if own else ItemRuling.Kind.ACCEPT if corrections else ItemRuling.Kind.AS_KEYED,
        accepted=_accepted(own[-1] if own else None, content, corrections),
    )


def _accepted(last: ItemRuling | None, content: Content, corrections: Sequence[Correction]) -> list[int]:
    """What is ticked at first: what was accepted, or the key with what has been judged right by now."""
    if last is not None and last.accepted:
        return sorted(last.accepted)
    keys = {number for number, option in enumerate(content["options"]) if option["is_key"]}
    return sorted(keys | {one.also_right for one in corrections if one.also_right is not None})


def _line(row: ItemRuling, content: Content, zone: ZoneInfo) -> RulingLine:
    return RulingLine(
        what=decision_words(row.kind, row.accepted, content),
        reason=row.reason,
        who=person_name(row.ruled_by) if row.ruled_by else _("somebody who has left"),
        when=moment_words(row.ruled_at, zone),
    )


def decision_words(kind: str, accepted: Collection[int], content: Content) -> str:
    """A decision in words."""
    match kind:
        case ItemRuling.Kind.DROP:
            return _("Left out of the quiz")
        case ItemRuling.Kind.AS_KEYED:
            return _("Marked by its key")
    options = content["options"]
    texts = [f"“{options[number]['text']}”" for number in sorted(accepted) if number < len(options)]
    return _("Right: %s") % ", ".join(texts)


def names_in(cohort: Cohort, user_ids: Collection[int]) -> dict[int, str]:
    """What these people are called, those who have left the class without a name; one query."""
    rows = Enrolment.objects.filter(cohort=cohort, user__in=user_ids).select_related("user")
    return {row.user_id: person_name(row.user) if row.left_at is None else _("somebody who has left") for row in rows}
