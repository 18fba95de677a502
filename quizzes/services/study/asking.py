"""Putting the next question to a student, and keeping what was put."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from quizzes.core.events import Kind
from quizzes.core.phases import Phase
from quizzes.core.snapshots import Snapshot
from quizzes.core.specs import Format
from quizzes.models import DeckStudy, ItemSnapshot, User
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.study.asked import Asked, BadTokenError
from quizzes.selectors.study.class_pairs import Given, waiting_pairs
from quizzes.selectors.study.contrasts import contrasts_answered, draw_contrast
from quizzes.selectors.study.items import find_item
from quizzes.selectors.study.practice import read_round
from quizzes.selectors.study.questions import Shown, Subject, draw_question, memory_of, put_question
from quizzes.selectors.study.queue import Desk, Today, read_desk
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.students import StudiedDeck
from quizzes.services.study.log import Pen, close_log, control_event, open_log, write_event


class StaleQuestionError(RuntimeError):
    """The card has moved on since the page was made; nothing was counted."""


@transaction.atomic
def resume(*, user: User, scope: str, now: datetime) -> tuple[Desk, Asked | None]:
    """The question on the student's page, or the next one; None when there is nothing to study now.

    `scope` is a deck's slug, empty for all decks, or names a round of practice. A reload gets the same question with
    the same options, as long as its card is still studied and means the same, its memory has not moved on and the
    study day is the same. Raises NotAStudentError.
    """
    return resume_with(open_log(user), scope=scope, now=now)


def resume_with(pen: Pen, *, scope: str, now: datetime) -> tuple[Desk, Asked | None]:
    """The same, for a log that is already open; closes it."""
    decks = pen.decks_in(scope)
    pull_changes(pen, decks, now=now)
    desk = desk_of(pen, decks, now=now)
    asked = still_open(pen, desk, scope, now) or next_question(desk, scope=scope, now=now)
    kept = asked.to_json() if asked else None
    if kept != pen.asked or pen.written:
        close_log(pen, kept)
    return desk, asked


def desk_of(pen: Pen, decks: Sequence[StudiedDeck], *, now: datetime, today: Today | None = None) -> Desk:
    """The queue over these decks as the open log has it, with what the student's classes want told apart."""
    day = pen.student.day(now)
    pairs = waiting_pairs(pen.student.user_id, day) if pen.pairs_until and pen.pairs_until >= day else ()
    return read_desk(
        pen.student, decks, now=now, last_seq=pen.last_seq, today=today, memories=pen.memories, pairs=pairs
    )


def next_question(desk: Desk, *, scope: str, now: datetime) -> Asked | None:
    """Make and keep the question at the head of the queue, or of the round of practice; None at its end.

    A card that cannot be asked at the moment is passed over.
    """
    found = read_scope(scope)
    order = read_round(desk, found).order if found.practice else desk.queue.order
    questions = (ask_card(desk, card_id, scope=scope, now=now) for card_id in order)
    return next(filter(None, questions), None)


def ask_card(desk: Desk, card_id: int, *, scope: str, now: datetime, shown: Shown | None = None) -> Asked | None:
    """Make and keep a question of this card, as `shown` before or drawn anew; None if it is not studied or askable now.

    What was shown before is drawn anew if the card means something else now.
    """
    found = desk.place(card_id)
    if found is None:
        return None
    studied, content, place = found
    memory = memory_of(place, content, desk.memories)
    subject = Subject(desk.student, studied, content, place, memory, desk.memories)
    if shown is None or shown.meaning_version != place.meaning_version:
        shown = _draw(subject, None if read_scope(scope).practice else desk.given.get(card_id), now)
    return None if shown is None else put_question(subject, shown, scope=scope, now=now)


def _draw(subject: Subject, given: Given | None, now: datetime) -> Shown | None:
    """The card's question, kept; where a class wants its fact told from another one, as a choice among the two."""
    meaning = subject.place.meaning_version
    if given is not None:
        number = contrasts_answered(subject.student.user_id, subject.place.id)
        drawn = draw_contrast(subject, given.taken_for, number)
        shown = Shown(Format.CHOICE, drawn.hash, drawn.order, meaning, given.taken_for, given=given.id)
    else:
        question = draw_question(subject)
        if question is None:
            return None
        way, drawn = question
        shown = Shown(way, drawn.hash, drawn.order, meaning)
    keep_snapshot(drawn, now)
    return shown


def keep_snapshot(shown: Snapshot, now: datetime) -> None:
    """Keep a question as shown, once."""
    if find_item(shown.hash) is None:
        row = ItemSnapshot(hash=shown.hash, content=shown.content, created_at=now)
        ItemSnapshot.objects.bulk_create([row], ignore_conflicts=True)


def keep_snapshots(shown: Iterable[Snapshot], now: datetime) -> None:
    """Keep many questions, each once."""
    rows = [ItemSnapshot(hash=one.hash, content=one.content, created_at=now) for one in shown]
    ItemSnapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)


def pull_changes(pen: Pen, decks: Sequence[StudiedDeck], *, now: datetime) -> None:
    """Bring back for review, today, what changed its meaning since the student learned it."""
    for studied in decks:
        if studied.content_version_seen != studied.deck.content_version:
            _return_changed(pen, deck_content(studied.deck), now)
            rows = DeckStudy.objects.filter(user_id=pen.student.user_id, deck_id=studied.deck.pk)
            rows.update(content_version_seen=studied.deck.content_version)


def _return_changed(pen: Pen, content: DeckContent, now: datetime) -> None:
    for card_id in sorted(content.cards):
        known, place = pen.memory(card_id), content.cards[card_id]
        if known.phase is not Phase.NEW and known.meaning_version < place.meaning_version:
            return_for_review(pen, place, now=now)


def return_for_review(pen: Pen, place: CardPlace, *, now: datetime) -> None:
    """Log that a card the student has studied comes back today, since it means something else now."""
    event = control_event(
        pen,
        Kind.RETURN,
        now,
        due_on=pen.student.day(now),
        due_reason="meaning_changed",
        meaning_version=place.meaning_version,
    )
    write_event(pen, card_id=place.id, event=event, now=now, columns={})


def still_open(pen: Pen, desk: Desk, scope: str, now: datetime) -> Asked | None:
    """The question on the page, if it can still be answered as it stands."""
    asked = on_page(pen)
    found = desk.place(asked.card_id) if asked else None
    if asked is None or found is None:
        return None
    if (asked.scope, asked.day, asked.meaning_version) != (scope, pen.student.day(now), found[2].meaning_version):
        return None
    if asked.given and asked.given not in {pair.id for pair in desk.pairs}:
        return None
    progress = pen.memory(asked.card_id)
    held = progress.suspended or (progress.buried_until is not None and progress.buried_until > asked.day)
    return None if held or progress.revision != asked.revision else asked


def on_page(pen: Pen) -> Asked | None:
    """The question that was last put; None if there is none, or another version of the site put it."""
    try:
        return Asked.from_json(pen.asked) if pen.asked else None
    except BadTokenError:
        return None
