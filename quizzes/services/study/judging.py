"""From what came with the form to evidence: the one caller of `core.marking` for a studied answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.core.days import elapsed_days
from quizzes.core.events import Event
from quizzes.core.marking import Answered, Marked, Occasion, TypedMark, judge, mark_typed
from quizzes.core.memory import chance_known, retrievability
from quizzes.core.scheduling import Future
from quizzes.core.specs import Evidence, Format, Rating
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.pages import MOST_HINTS
from quizzes.selectors.study.questions import Subject
from quizzes.selectors.study.subjects import fact_shown, names_beside, prompt_shown


class UnreadableAnswerError(ValueError):
    """The form held no answer that fits the question; nothing was counted."""


@dataclass(frozen=True, slots=True)
class Given:
    """What came with the form; each format uses its own field. `elapsed_ms` is the page's own measure."""

    rating: int | None = None
    place: int | None = None
    typed: str = ""
    wants_hint: bool = False
    elapsed_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer judged: its mark and the future that the card takes, None if it moves nothing.

    `chosen` is the canonical number of the option chosen, `taken_for` the code of its fact if that is not the card's,
    `detail` what the log keeps besides.
    """

    marked: Marked
    future: Future | None
    chosen: int | None = None
    taken_for: str = ""
    typed: str = ""
    duration_ms: int | None = None
    offered: tuple[str, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


def judge_given(asked: Asked, item: Mapping[str, Any], given: Given, subject: Subject) -> Judged | Asked:
    """Judge what was given to a question; instead of counting a hint or a slip, the question to ask again.

    Raises UnreadableAnswerError.
    """
    match asked.format:
        case Format.FLASHCARD:
            return _flashcard(asked, given)
        case Format.CHOICE:
            return _choice(asked, item, given, subject)
        case Format.TYPED:
            return _typed(asked, item, given, subject)


def _occasion(asked: Asked) -> Occasion:
    return Occasion.PRACTICE if asked.practice else Occasion.STUDY


def _flashcard(asked: Asked, given: Given) -> Judged:
    if given.rating not in set(Rating):
        raise UnreadableAnswerError("a flashcard is answered with a rating from 1 to 4")
    rating = Rating(given.rating)
    marked = judge(Answered(format=Format.FLASHCARD, occasion=_occasion(asked), rating=rating))
    return Judged(marked, _future(marked, Future(rating.name.lower())), duration_ms=given.elapsed_ms)


def _choice(asked: Asked, item: Mapping[str, Any], given: Given, subject: Subject) -> Judged:
    if given.place is None or given.place >= len(asked.order):
        raise UnreadableAnswerError("choose one of the answers")
    chosen = asked.order[given.place]
    option = item["options"][chosen]
    answered = Answered(
        format=Format.CHOICE,
        occasion=_occasion(asked),
        right=option["is_key"],
        k=len(asked.order),
        guessed=asked.hints > 0 or asked.attempt > 1,
        duration_ms=given.elapsed_ms,
        median_ms=None if asked.contrast else subject.content.medians_ms.get(asked.card_id),
    )
    marked = judge(answered)
    return Judged(
        marked,
        _future(marked, _future_of_choice(marked)),
        chosen=chosen,
        taken_for=_taken_for(option, subject),
        duration_ms=given.elapsed_ms,
        offered=tuple(other["code"] for other in item["options"]),
        detail={"feedback": True, **({"rapid": True} if marked.rapid else {})},
    )


def _future_of_choice(marked: Marked) -> Future:
    """A choice after a hint or a slip, which only a contrast question can be, counts as a guess."""
    if not marked.correct:
        return Future.WRONG
    return Future.GUESSED if marked.evidence is Evidence.GUESSED else Future.RIGHT


def _future(marked: Marked, future: Future) -> Future | None:
    """The future that an answer takes; none if it is no evidence."""
    return None if marked.evidence is Evidence.NONE else future


def _taken_for(option: Mapping[str, Any], subject: Subject) -> str:
    """The code of a wrong option's fact, unless that fact has been deleted since it was shown."""
    code: str = option["code"]
    return code if not option["is_key"] and code in subject.content.fact_ids else ""


def _typed(asked: Asked, item: Mapping[str, Any], given: Given, subject: Subject) -> Judged | Asked:
    if given.wants_hint:
        return asked.again(hints=min(asked.hints + 1, MOST_HINTS), typed=given.typed)
    mark = mark_answer(given.typed, subject, item)
    last_try = asked.attempt > 1
    marked = judge(
        Answered(format=Format.TYPED, occasion=_occasion(asked), typed=mark, hints=asked.hints, last_try=last_try)
    )
    if marked.retry:
        return asked.again(attempt=2, slip=given.typed, typed="")
    rating = marked.rating or Rating.AGAIN
    return Judged(
        marked,
        _future(marked, Future(rating.name.lower())),
        typed=given.typed,
        duration_ms=given.elapsed_ms,
        detail={"feedback": True, "typed_as": mark.kind.value, "hints": asked.hints, "attempt": asked.attempt},
    )


def mark_answer(typed: str, subject: Subject, item: Mapping[str, Any]) -> TypedMark:
    """The mark of a typed answer to the question as it was shown."""
    fact = fact_shown(subject.content, subject.place, item)
    prompt = prompt_shown(subject.place, fact, item)
    return mark_typed(
        typed,
        accepted=prompt.accepted,
        rivals=names_beside(subject.content, fact.code),
        never_accept=fact.never_accept,
        slips=(fact.term, *fact.aliases) if prompt.slot == "example" else fact.examples,
    )


def evidence_used(judged: Judged, subject: Subject, event: Event) -> dict[str, Any]:
    """For audit: the recall predicted before the answer, and the chance that a right choice was known."""
    recall = _predicted_recall(subject, event)
    return {
        "predicted_recall": recall,
        "chance_known": _chance_known(event, event.known_before if recall is None else recall),
        "chosen": judged.chosen,
        "taken_for_id": subject.content.fact_ids.get(judged.taken_for),
        "typed": judged.typed,
        "duration_ms": judged.duration_ms,
    }


def _predicted_recall(subject: Subject, event: Event) -> float | None:
    progress = subject.memory.progress
    if progress.memory is None:
        return None
    days = elapsed_days(progress.last_study_day, event.study_day)
    return retrievability(progress.memory, days, subject.student.config.parameters)


def _chance_known(event: Event, known: float) -> float | None:
    return chance_known(known, event.k) if event.evidence is Evidence.CHOICE and event.k else None
