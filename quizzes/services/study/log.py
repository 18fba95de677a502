"""The one place that writes the review log and the caches that follow from it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from quizzes.core.daily import NOTHING_DONE, is_study, with_answer
from quizzes.core.events import Event, Kind
from quizzes.core.history import Progress, apply, fold
from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.models import CardProgress, DailyStudy, ReviewLog, StudySession, User
from quizzes.models.prepared import Prepared, insert, update
from quizzes.selectors.study.class_pairs import open_pairs
from quizzes.selectors.study.history import card_events, progress_columns, shift_logged
from quizzes.selectors.study.memories import Memories, keep_memories, memories_at
from quizzes.selectors.study.queue import Today, read_today
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.students import (
    DECK_COLUMNS,
    SETTING_COLUMNS,
    NotAStudentError,
    Student,
    StudiedDeck,
    decks_of,
    student_of,
)

SESSION_COLUMNS = ("last_seq", "prompt", "pairs_until")
OF_SETTINGS = [one if one.startswith("user__") else f"user__study_settings__{one}" for one in SETTING_COLUMNS]
AT_ONCE = 500
MOVED = ("revision", "stability", "difficulty", "due_on", "due_at", "interval_days")
"""What new parameters and new due days change of a memory."""
FIRST_OF_DECK = len(SESSION_COLUMNS) + len(SETTING_COLUMNS)
OF_DECKS = [f"user__deck_studies__{one}" for one in DECK_COLUMNS]


def _locked_rows(user_id: int) -> QuerySet[StudySession, Any]:
    """The session, locked, with the student's settings: a row for each of their decks, or one.

    `pairs_until` is the last day of what their classes still want told apart: most have nothing, and ask no further.
    """
    rows = StudySession.objects.select_for_update(of=("self",)).filter(user_id=user_id)
    pairs = open_pairs(OuterRef("user_id"), OuterRef(OuterRef("user_id"))).order_by("-ends_on").values("ends_on")[:1]
    by_title = rows.annotate(pairs_until=Subquery(pairs)).order_by(
        "user__deck_studies__deck__title", "user__deck_studies__deck_id"
    )
    return by_title.values_list(*SESSION_COLUMNS, *OF_SETTINGS, *OF_DECKS)


_lock = Prepared(_locked_rows, "user_id")


@dataclass(slots=True)
class Pen:
    """A student's log, locked and open for writing inside one transaction.

    `asked` is the question on their page, `memories` what the log has led to so far. Until the day `pairs_until` their
    classes may want facts told apart; None if they want none.
    """

    student: Student
    decks: Sequence[StudiedDeck]
    last_seq: int
    asked: Mapping[str, Any] | None
    memories: Memories
    pairs_until: date | None = None
    written: bool = False

    def decks_in(self, scope: str) -> list[StudiedDeck]:
        """All decks that the student studies, or the one that the scope is about."""
        slug = read_scope(scope).deck
        return [studied for studied in self.decks if not slug or studied.deck.slug == slug]

    def memory(self, card_id: int) -> Progress:
        """What the student remembers of a card, touched or not."""
        return self.memories.get(card_id) or Progress()

    def next_seq(self) -> int:
        """The number of the next row."""
        self.last_seq += 1
        self.written = True
        return self.last_seq


def open_log(user: User) -> Pen:
    """Lock the student's log. Raises NotAStudentError.

    To be called inside a transaction, before anything is read that the answer depends on. Settings and decks come with
    the lock: PostgreSQL may show them as they were when waiting for it began, but never memories and counts.
    """
    rows = _lock(user_id=user.pk)
    if not rows or rows[0][len(SESSION_COLUMNS)] is None:
        raise NotAStudentError(f"person {user.pk} studies nothing yet")
    last_seq, asked, pairs_until, *settings = rows[0][:FIRST_OF_DECK]
    decks = decks_of(user, (row[FIRST_OF_DECK:] for row in rows if row[FIRST_OF_DECK] is not None))
    return Pen(student_of(settings), decks, last_seq, asked, memories_at(user.pk, last_seq), pairs_until)


def close_log(pen: Pen, asked: Mapping[str, Any] | None) -> None:
    """Keep the log's counter and the question now on the page; once committed, also the memories at hand."""
    transaction.on_commit(partial(keep_memories, pen.student.user_id, pen.last_seq, pen.memories))
    update(StudySession, {"user_id": pen.student.user_id}, {"last_seq": pen.last_seq, "prompt": asked})


def write_event(pen: Pen, *, card_id: int, event: Event, now: datetime, columns: Mapping[str, Any]) -> ReviewLog:
    """Append an event to a card's log and bring the card's progress up to date; returns the row.

    `columns` are those of the log that the memory does not depend on.
    """
    before = pen.memory(card_id)
    after = apply(before, event)
    row = log_row(pen.student, card_id, before, event, now, columns)
    insert(row)
    if after is None:
        after = fold(card_events(user_id=pen.student.user_id, card_id=card_id))
    _save_progress(pen.student.user_id, card_id, after, known=card_id in pen.memories)
    pen.memories = {**pen.memories, card_id: after}
    return row


def write_many(pen: Pen, rows: Sequence[ReviewLog], memories: Memories) -> None:
    """Append events to the log that together lead to these memories, which the caller has folded."""
    user_id = pen.student.user_id
    ReviewLog.objects.bulk_create(rows, batch_size=AT_ONCE)
    kept = [CardProgress(user_id=user_id, card_id=pk, **progress_columns(one)) for pk, one in memories.items()]
    CardProgress.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["user", "card"], update_fields=MOVED, batch_size=AT_ONCE
    )
    pen.memories = {**pen.memories, **memories}


def _save_progress(user_id: int, card_id: int, progress: Progress, *, known: bool) -> None:
    values = progress_columns(progress)
    if known:
        update(CardProgress, {"user_id": user_id, "card_id": card_id}, values)
    else:
        insert(CardProgress(user_id=user_id, card_id=card_id, **values))


def log_row(
    student: Student, card_id: int | None, before: Progress, event: Event, now: datetime, columns: Mapping[str, Any]
) -> ReviewLog:
    """The row of an event of a card with that progress, or of every card (None), not written yet."""
    return ReviewLog(
        user_id=student.user_id,
        seq=event.seq,
        kind=event.kind.value,
        target_seq=event.target_seq,
        client_id=uuid.UUID(event.client_id),
        part=event.part,
        card_id=card_id,
        answered_at=event.answered_at,
        received_at=now,
        study_day=event.study_day,
        time_zone=student.zone.key,
        rollover_hour=student.rollover_hour,
        revision_before=before.revision,
        due_on=event.due_on,
        due_at=event.due_at,
        due_reason=event.due_reason,
        interval_days=event.interval_days,
        meaning_version=event.meaning_version or None,
        **columns,
    )


def evidence_columns(event: Event, student: Student) -> dict[str, Any]:
    """The columns of an answer's evidence and of the settings in force."""
    return {
        "evidence": event.evidence.value,
        "rating": event.rating,
        "k": event.k,
        "known_before": event.known_before,
        "prior_shift": shift_logged(event.shift),
        "correct": event.correct,
        "parameter_set_id": student.parameter_set_id,
        "desired_retention": student.config.desired_retention,
        "learning_steps": list(student.config.learning_steps),
        "relearning_steps": list(student.config.relearning_steps),
        "scheduler_version": SCHEDULER_VERSION,
    }


def count_for_the_day(answer: ReviewLog, *, sign: int = 1) -> Today | None:
    """Add one answer to (or with `sign` -1 take it from) the day on which it was given; returns that day.

    None if the answer is no study, which leaves the day as it is.
    """
    if not is_study(answer.evidence):
        return None
    return _keep_day(answer.user_id, read_today(answer.user_id, answer.study_day), [answer], sign)


def count_many(answers: Sequence[ReviewLog]) -> None:
    """Add one student's answers, those that are study, to the days on which they were given.

    Each day is read and written once.
    """
    studied = [answer for answer in answers if is_study(answer.evidence)]
    for day in sorted({answer.study_day for answer in studied}):
        of_day = [answer for answer in studied if answer.study_day == day]
        _keep_day(of_day[0].user_id, read_today(of_day[0].user_id, day), of_day, 1)


def _keep_day(user_id: int, before: Today, answers: Sequence[ReviewLog], sign: int) -> Today:
    decks = before.decks
    for answer in answers:
        decks = _tallied(decks, answer, sign)
    after: dict[str, Any] = {
        "answers": before.answers + sign * len(answers),
        "correct": before.correct + sign * sum(bool(answer.correct) for answer in answers),
        "duration_ms": before.duration_ms + sign * sum(answer.duration_ms or 0 for answer in answers),
        "decks": decks,
    }
    if before.kept:
        update(DailyStudy, {"user_id": user_id, "day": before.day}, after)
    else:
        insert(DailyStudy(user_id=user_id, day=before.day, **after))
    return Today(before.day, kept=True, **after)


def _tallied(decks: Mapping[str, list[int]], answer: ReviewLog, sign: int) -> dict[str, list[int]]:
    deck, counts_as = str(answer.detail["deck"]), answer.detail["counts_as"]
    after = with_answer(
        decks.get(deck, NOTHING_DONE),
        counts_as=counts_as,
        predicted_recall=answer.predicted_recall,
        correct=answer.correct,
        sign=sign,
    )
    return {**decks, deck: after}


def control_event(pen: Pen, kind: Kind, now: datetime, **changes: Any) -> Event:  # noqa: ANN401
    """An event that is no answer."""
    return Event(
        seq=pen.next_seq(),
        kind=kind,
        answered_at=now,
        study_day=pen.student.day(now),
        client_id=str(uuid.uuid4()),
        **changes,
    )
