"""A quiz marked anew after an instructor's ruling on one of its questions; never without one, never on its own.

What the answers have taught the students' memories stays as it is: their logs are not rewritten.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from quizzes.core.quiz_marks import Counting, Marking, Ruling, Total, counted, total
from quizzes.models import Attempt, GradeChange, ItemRuling, Quiz, Response, User
from quizzes.selectors.teaching.rulings import read_rulings
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.services.teaching.marking_attempts import WRITTEN, mark_responses

BATCH = 400
TOTALS = ("mark", "score", "score_of")


class RuledMeanwhileError(RuntimeError):
    """Somebody else has ruled on a question of this quiz since the page was shown."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to hold for one question: `accepted` are the canonical numbers of the answer choices that are right."""

    item_hash: str
    kind: str
    accepted: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind == ItemRuling.Kind.ACCEPT) != bool(self.accepted):
            raise ValueError("accepting needs answer choices, and nothing else has them")

    @property
    def ruling(self) -> Ruling | None:
        """As attempts are marked by; None for the key."""
        if self.kind == ItemRuling.Kind.AS_KEYED:
            return None
        return Ruling(frozenset(self.accepted), dropped=self.kind == ItemRuling.Kind.DROP)


@dataclass(frozen=True, slots=True)
class Effect:
    """The mark that counts of one student, before and after. `held` says that a mark set by hand stays all the same."""

    user_id: int
    before: float | None
    after: float | None
    held: bool


@dataclass(frozen=True, slots=True)
class _Anew:
    """A submitted attempt with its marks as they would be."""

    attempt: Attempt
    total: Total
    responses: Sequence[Response]
    markings: Sequence[Marking]


def preview_ruling(*, quiz: Quiz, decision: Decision) -> list[Effect]:
    """Whose mark would change if this were ruled, by user; writes nothing."""
    return _effects(quiz, list(_mark_anew(quiz, decision)))


@transaction.atomic
def rule(*, quiz: Quiz, decision: Decision, reason: str, seen: int, by: User, now: datetime) -> list[Effect]:
    """Keep the ruling, mark every submitted attempt with the question anew, and note each mark that changed.

    `seen` is the id of the quiz's last ruling that the page showed, 0 for none. The same ruling twice is one, and
    changes nothing. Attempts under way are marked by it when they are submitted. Raises RuledMeanwhileError, ValueError
    without a reason.
    """
    if not reason.strip():
        raise ValueError("nothing is ruled without a reason")
    quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
    list(Attempt.objects.select_for_update().filter(quiz=quiz).order_by("pk").values_list("pk"))
    last: ItemRuling | None = ItemRuling.objects.filter(quiz=quiz).order_by("pk").last()
    if last is not None and _is_same(last, decision, reason, by):
        return []
    if (last.pk if last else 0) != seen:
        raise RuledMeanwhileError(f"quiz {quiz.pk} has another ruling since {seen}")
    anew = list(_mark_anew(quiz, decision))
    effects = _effects(quiz, anew)
    ItemRuling.objects.create(
        quiz=quiz,
        item_hash=decision.item_hash,
        kind=decision.kind,
        accepted=list(decision.accepted),
        reason=reason.strip(),
        ruled_by=by,
        ruled_at=now,
    )
    _write(anew)
    _note(quiz, effects, reason.strip(), by, now)
    return effects


def _is_same(last: ItemRuling, decision: Decision, reason: str, by: User) -> bool:
    words = (last.item_hash, last.kind, tuple(last.accepted), last.reason, last.ruled_by_id)
    return words == (decision.item_hash, decision.kind, decision.accepted, reason.strip(), by.pk)


def _mark_anew(quiz: Quiz, decision: Decision) -> Iterator[_Anew]:
    rulings = _rulings_with(quiz, decision)
    with_item = Response.objects.filter(item_hash=decision.item_hash, attempt__quiz=quiz).values("attempt")
    attempts = Attempt.objects.filter(quiz=quiz, submitted_at__isnull=False, pk__in=with_item).order_by("pk")
    found: dict[int, list[Response]] = defaultdict(list)
    for response in Response.objects.filter(attempt__in=attempts.values("pk")).order_by("attempt_id", "position"):
        found[response.attempt_id].append(response)
    for attempt in attempts:
        responses = found[attempt.pk]
        markings = mark_responses(responses, rulings, certain=quiz.certainty)
        yield _Anew(attempt, total(markings, certain=quiz.certainty), responses, markings)


def _rulings_with(quiz: Quiz, decision: Decision) -> Mapping[str, Ruling]:
    rulings = read_rulings(quiz.pk)
    rulings.pop(decision.item_hash, None)
    return rulings if decision.ruling is None else {**rulings, decision.item_hash: decision.ruling}


def _effects(quiz: Quiz, anew: Sequence[_Anew]) -> list[Effect]:
    """Only of students whose mark changes."""
    changed = {one.attempt.pk: one.total.mark for one in anew}
    users = {one.attempt.user_id for one in anew}
    marks: dict[int, list[tuple[float | None, float | None]]] = defaultdict(list)
    attempts = Attempt.objects.filter(quiz=quiz, user__in=users, submitted_at__isnull=False).order_by("number")
    for pk, user_id, mark in attempts.values_list("pk", "user_id", "mark"):
        marks[user_id].append((mark, changed.get(pk, mark)))
    standing, counting = read_standing([quiz], users), Counting(quiz.counting)
    effects = [
        Effect(
            user_id,
            counted([before for before, _after in both], counting),
            counted([after for _before, after in both], counting),
            standing.change(quiz, user_id) is not None,
        )
        for user_id, both in sorted(marks.items())
    ]
    return [one for one in effects if one.before != one.after]


def _write(anew: Sequence[_Anew]) -> None:
    """Only the rows whose marks change."""
    responses, attempts = [], []
    for one in anew:
        for response, marking in zip(one.responses, one.markings, strict=True):
            if _put(response, WRITTEN, (marking.correct, marking.mark, marking.score)):
                responses.append(response)
        if _put(one.attempt, TOTALS, (one.total.mark, one.total.score, one.total.score_of)):
            attempts.append(one.attempt)
    Response.objects.bulk_update(responses, WRITTEN, batch_size=BATCH)
    Attempt.objects.bulk_update(attempts, TOTALS, batch_size=BATCH)


def _put(row: Response | Attempt, names: Sequence[str], values: Sequence[object]) -> bool:
    """Set these fields; whether any of them was different."""
    different = [getattr(row, name) for name in names] != list(values)
    for name, value in zip(names, values, strict=True):
        setattr(row, name, value)
    return different


def _note(quiz: Quiz, effects: Sequence[Effect], reason: str, by: User, now: datetime) -> None:
    GradeChange.objects.bulk_create(
        GradeChange(
            user_id=one.user_id,
            quiz=quiz,
            kind=GradeChange.Kind.REGRADE,
            mark_before=one.before,
            mark=one.after,
            reason=reason,
            changed_by=by,
            changed_at=now,
        )
        for one in effects
    )
