"""Putting the question “which is which?” for two facts that a student confuses.

Asked beside the session it is practice: logged, with no evidence, and the question on the student's page stays as it
is. The card that is on that page just now is different, since seeing two answers would help with it: there the question
takes its place, and its answer counts as the scheduled one, as a choice among two.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.core.specs import Format
from quizzes.models import Deck, User
from quizzes.selectors.content.decks import CardPlace
from quizzes.selectors.study.answers import may_wait, waits_for_quiz
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.contrasts import contrasts_answered, draw_contrast, find_contrast
from quizzes.selectors.study.questions import Shown, Subject, memory_of, put_question
from quizzes.selectors.study.queue import Desk
from quizzes.services.study.asking import desk_of, keep_snapshot, on_page, pull_changes, still_open
from quizzes.services.study.log import Pen, close_log, open_log


class NoContrastError(LookupError):
    """The pair gives no such question for this student; the text says why, as the end of a sentence."""


@transaction.atomic
def ask_contrast(
    *, user: User, deck: Deck, asked: str, taken_for: str, card_id: int = 0, now: datetime
) -> tuple[Desk, Asked]:
    """The question about the fact `asked` with `taken_for` as its other choice, by their codes; kept as it is shown.

    A reload gets the same options in the same order until it has been answered. Without `card_id` the card is chosen.
    What comes back is practice if it is `beside`; otherwise it is now the question on the student's page. Raises
    NoContrastError, NotAStudentError.
    """
    pen = open_log(user)
    pull_changes(pen, pen.decks, now=now)
    desk = desk_of(pen, pen.decks, now=now)
    if deck.pk not in desk.contents:
        raise NoContrastError(_("you do not study this deck now"))
    place, reason = find_contrast(desk.contents[deck.pk], asked, taken_for, memories=desk.memories, card_id=card_id)
    if place is None:
        raise NoContrastError(reason)
    if may_wait([pen.memory(place.id).buried_until], desk.today.day) and waits_for_quiz(user.pk, place.id, now=now):
        raise NoContrastError(_("a quiz that you took asks it, and tells what was right when it has closed"))
    put = _put(pen, desk, deck, place, taken_for, now)
    if pen.written or not put.beside:
        close_log(pen, pen.asked if put.beside else put.to_json())
    return desk, put


def _put(pen: Pen, desk: Desk, deck: Deck, place: CardPlace, taken_for: str, now: datetime) -> Asked:
    kept = on_page(pen)
    current = still_open(pen, desk, kept.scope, now) if kept else None
    asked_now = current if current and current.card_id == place.id and not current.practice else None
    if asked_now is not None and asked_now.contrast == taken_for:
        return asked_now
    content, memories = desk.contents[deck.pk], desk.memories
    subject = Subject(desk.student, desk.decks[deck.pk], content, place, memory_of(place, content, memories), memories)
    drawn = draw_contrast(subject, taken_for, contrasts_answered(pen.student.user_id, place.id))
    keep_snapshot(drawn, now)
    shown = Shown(Format.CHOICE, drawn.hash, drawn.order, place.meaning_version, taken_for, beside=True)
    if asked_now is None:
        return put_question(subject, shown, scope=kept.scope if kept else "", now=now)
    put = put_question(subject, replace(shown, beside=False), scope=asked_now.scope, now=now)
    return put.again(hints=asked_now.hints, attempt=asked_now.attempt)
