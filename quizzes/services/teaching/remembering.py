"""The answers of a quiz go into the student's log: one memory per card, whatever asked it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from quizzes.core.events import Event, Kind
from quizzes.core.marking import Answered, Marked, Occasion, judge
from quizzes.core.memory import NO_SHIFT
from quizzes.core.phases import Config
from quizzes.core.scheduling import Future, futures_shown
from quizzes.core.specs import ASSUMED_KNOWN, Direction, Evidence, Format
from quizzes.models import Attempt, Quiz, Response, ReviewLog
from quizzes.selectors.study.items import get_items
from quizzes.selectors.study.questions import Subject, context_for, promises_of
from quizzes.selectors.study.students import Student, StudiedDeck
from quizzes.selectors.study.subjects import fact_shown, subject_of
from quizzes.selectors.teaching.windows import read_rules
from quizzes.services.study.asking import return_for_review
from quizzes.services.study.due import due_of
from quizzes.services.study.joining import become_student
from quizzes.services.study.judging import Judged, evidence_used
from quizzes.services.study.log import (
    Pen,
    close_log,
    control_event,
    count_many,
    evidence_columns,
    open_log,
    write_event,
)

BY_QUIZ = "quiz"
"""Why a card is due when it is, or set aside."""


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One attempt going into the log.

    `student` schedules without steps; `counted` are cards and study days that have an answer with evidence already;
    `hidden_until` is when the student may learn what was right, None if they may now.
    """

    attempt: Attempt
    pen: Pen
    student: Student
    decks: Sequence[StudiedDeck]
    items: dict[str, dict[str, Any]]
    counted: set[tuple[int | None, date]]
    hidden_until: datetime | None
    now: datetime


@transaction.atomic
def remember_attempt(*, attempt: Attempt, now: datetime) -> None:
    """Log every answered question of an attempt that was handed in and marked, once.

    Each is an answer on the study day on which it was given. Evidence is the first of its card on that day; it never
    leads into learning steps. While the quiz keeps its feedback, the cards answered are set aside in study.
    """
    if attempt.remembered_at is not None:
        return
    answered = list(attempt.responses.filter(chosen__isnull=False).order_by("answered_at", "position"))
    become_student(user=attempt.user, now=now)
    sitting = _sitting(attempt, answered, now)
    rows = [_log(sitting, response) for response in answered]
    count_many(rows)
    if sitting.hidden_until is not None:
        _set_aside(pen=sitting.pen, answered=answered, until=sitting.hidden_until, now=now)
    close_log(sitting.pen, sitting.pen.asked)
    attempt.remembered_at, attempt.set_aside_until = now, sitting.hidden_until
    attempt.save(update_fields=["remembered_at", "set_aside_until"])
    Response.objects.bulk_update([one for one in answered if one.rapid], ["rapid"])


def _sitting(attempt: Attempt, answered: Sequence[Response], now: datetime) -> _Sitting:
    pen = open_log(attempt.user)
    config: Config = replace(pen.student.config, learning_steps=(), relearning_steps=())
    return _Sitting(
        attempt=attempt,
        pen=pen,
        student=replace(pen.student, config=config),
        decks=_decks(pen, attempt.quiz),
        items=get_items([response.item_hash for response in answered]),
        counted=_counted(pen.student, attempt, answered),
        hidden_until=_hidden_until(attempt.quiz, now),
        now=now,
    )


def _decks(pen: Pen, quiz: Quiz) -> list[StudiedDeck]:
    """The quiz's deck first: as the student studies it, or as everybody meets it."""
    studied = next((one for one in pen.decks if one.deck.pk == quiz.deck_id), None)
    if studied is None:
        tally = getattr(quiz.deck, "tally", None)
        known = tally.known_share if tally else ASSUMED_KNOWN
        studied = StudiedDeck(quiz.deck, 0, 0, known, quiz.deck.content_version)
    return [studied]


def _day(student: Student, attempt: Attempt, response: Response) -> date:
    return student.day(_moment(attempt, response))


def _moment(attempt: Attempt, response: Response) -> datetime:
    """When it was answered; what was on its way when the time was over, at the end."""
    assert response.answered_at is not None
    return min(response.answered_at, attempt.due_at)


def _counted(student: Student, attempt: Attempt, answered: Sequence[Response]) -> set[tuple[int | None, date]]:
    rows = ReviewLog.objects.filter(
        user_id=student.user_id,
        card_id__in=[response.card_id for response in answered],
        study_day__in={_day(student, attempt, response) for response in answered},
        kind=Kind.ANSWER.value,
    )
    return set(rows.exclude(evidence=Evidence.NONE.value).that_stand().values_list("card_id", "study_day"))


def _hidden_until(quiz: Quiz, now: datetime) -> datetime | None:
    if quiz.feedback != Quiz.Feedback.CLOSING:
        return None
    closes_at = read_rules([quiz]).closes_last_at(quiz)
    return closes_at if now < closes_at else None


def _log(sitting: _Sitting, response: Response) -> ReviewLog:
    item, pen = sitting.items[response.item_hash], sitting.pen
    subject = subject_of(sitting.student, sitting.decks, response.card_id, pen.memories)
    judged = _judged(sitting, response, item, subject)
    event = _event(sitting, response, item, subject, judged)
    sitting.counted.update({(response.card_id, event.study_day)} if judged.future else ())
    columns = {
        "format": Format.CHOICE.value,
        "item_hash": response.item_hash,
        "order": list(response.order),
        "source": ReviewLog.Source.QUIZ.value,
        **evidence_columns(event, sitting.student),
        **evidence_used(judged, subject, event),
        "detail": judged.detail,
    }
    row = write_event(pen, card_id=response.card_id, event=event, now=sitting.now, columns=columns)
    if event.meaning_version < subject.place.meaning_version:
        return_for_review(pen, subject.place, now=sitting.now)
    return row


def _judged(sitting: _Sitting, response: Response, item: dict[str, Any], subject: Subject) -> Judged:
    marked = _marked(sitting, response, item, subject)
    response.rapid = marked.rapid
    negative = item["direction"] == Direction.NOT_MEMBER  # who takes a member for none takes no fact for another
    offered = () if negative else tuple(option["code"] for option in item["options"])
    detail: dict[str, Any] = {"deck": subject.content.deck_id, "counts_as": "", "offered": list(offered)}
    if marked.rapid:
        detail["rapid"] = True
    if sitting.hidden_until is not None:
        detail["hidden_until"] = sitting.hidden_until.isoformat()
    return Judged(
        marked,
        None if marked.evidence is Evidence.NONE else (Future.RIGHT if marked.correct else Future.WRONG),
        chosen=response.chosen,
        taken_for="" if negative else _taken_for(response, item, subject),
        duration_ms=response.duration_ms,
        offered=offered,
        detail=detail,
    )


def _marked(sitting: _Sitting, response: Response, item: dict[str, Any], subject: Subject) -> Marked:
    """By the marks of the attempt, rulings included; a question left out of the quiz tells nothing of the memory."""
    assert response.chosen is not None
    day = _day(sitting.student, sitting.attempt, response)
    left_out = response.correct is None
    return judge(
        Answered(
            format=Format.CHOICE,
            occasion=Occasion.QUIZ,
            already_counted_today=left_out or (response.card_id, day) in sitting.counted,
            right=item["options"][response.chosen]["is_key"] if left_out else response.correct,
            k=len(response.order),
            duration_ms=response.duration_ms,
            median_ms=subject.content.medians_ms.get(response.card_id),
        )
    )


def _taken_for(response: Response, item: dict[str, Any], subject: Subject) -> str:
    """The code of the fact of a wrong option, unless that fact has been deleted since."""
    assert response.chosen is not None
    option = item["options"][response.chosen]
    wrong = not option["is_key"] and not response.correct
    return option["code"] if wrong and option["code"] in subject.content.fact_ids else ""


def _event(sitting: _Sitting, response: Response, item: dict[str, Any], subject: Subject, judged: Judged) -> Event:
    at = _moment(sitting.attempt, response)
    return Event(
        seq=sitting.pen.next_seq(),
        kind=Kind.ANSWER,
        answered_at=at,
        study_day=sitting.student.day(at),
        client_id=str(sitting.attempt.public_id),
        part=response.position,
        evidence=judged.marked.evidence,
        rating=judged.marked.rating,
        k=judged.marked.k,
        known_before=subject.studied.known_before,
        shift=subject.shift if judged.future else NO_SHIFT,
        config=sitting.student.config,
        correct=judged.marked.correct,
        chosen_code=judged.taken_for,
        offered=judged.offered,
        meaning_version=fact_shown(subject.content, subject.place, item).meaning_version,
        **_due(subject, judged, at),
    )


def _due(subject: Subject, judged: Judged, at: datetime) -> dict[str, Any]:
    """When the card comes back; where study has asked it since, what study said stands."""
    last = subject.memory.progress.last_answered_at
    late = last is not None and last >= at and subject.memory.progress.due_on is not None
    if judged.future is None or late:
        return {}
    known = subject.studied.known_before
    context = context_for(subject, k=judged.marked.k, known_before=known, shift=subject.shift, now=at)
    promises = promises_of(futures_shown(subject.memory.progress.state, context))
    return due_of(subject.student, promises[judged.future.value], BY_QUIZ, at)


def set_aside_longer(*, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Follow closings that were put off since attempts were handed in; returns how many attempts it was for.

    For quizzes that keep their feedback until then; one transaction for each attempt.
    """
    quizzes = Quiz.objects.filter(feedback=Quiz.Feedback.CLOSING, attempts__set_aside_until__isnull=False)
    later = quizzes.filter(Q(closes_at__gt=now) | Q(accommodations__closes_at__gt=now))
    kept = list(later.distinct())
    book, followed = read_rules(kept) if kept else None, 0
    for quiz in kept:
        assert book is not None
        until = book.closes_last_at(quiz)
        for attempt in quiz.attempts.filter(set_aside_until__lt=until).select_related("user").order_by("pk"):
            if stop():
                return followed
            _follow(attempt=attempt, until=until, now=now)
            followed += 1
    return followed


@transaction.atomic
def _follow(*, attempt: Attempt, until: datetime, now: datetime) -> None:
    pen = open_log(attempt.user)
    if not Attempt.objects.filter(pk=attempt.pk, set_aside_until__lt=until).update(set_aside_until=until):
        return
    _set_aside(pen=pen, answered=attempt.responses.filter(chosen__isnull=False), until=until, now=now)
    close_log(pen, pen.asked)


def _set_aside(*, pen: Pen, answered: Iterable[Response], until: datetime, now: datetime) -> None:
    day = pen.student.day(until) + timedelta(days=1)
    for card_id in dict.fromkeys(response.card_id for response in answered):
        _set_card_aside(pen, card_id, day, now)


def _set_card_aside(pen: Pen, card_id: int, until: date, now: datetime) -> None:
    """Keep study from telling what the quiz does not tell yet; when the card is due stays as it is."""
    before = pen.memory(card_id)
    if before.buried_until is not None and before.buried_until >= until:
        return
    event = control_event(
        pen,
        Kind.BURY,
        now,
        buried_until=until,
        due_on=before.due_on,
        due_at=before.due_at,
        interval_days=before.interval_days,
        due_reason=BY_QUIZ,
    )
    columns = {"source": ReviewLog.Source.QUIZ.value, "detail": {"buried_until": until.isoformat()}}
    write_event(pen, card_id=card_id, event=event, now=now, columns=columns)
