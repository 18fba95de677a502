"""The proof that the log is the truth: every card folded again and compared with what is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from typing import Any

from quizzes.core.daily import NOTHING_DONE, is_study, with_answer
from quizzes.core.events import Event, Kind
from quizzes.core.history import fold
from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.models import CardProgress, DailyStudy, ItemSnapshot, ReviewLog, StudySession
from quizzes.selectors.study.history import EVENT_COLUMNS, events_by_card, progress_columns

FLOATS = ("stability", "difficulty")
RELATIVE_TOLERANCE = 1e-9
DAY_COLUMNS = ("correct", "duration_ms", "item_hash", "predicted_recall")


@dataclass(slots=True)
class Replay:
    """What was folded, and each difference found, in words."""

    students: int = 0
    events: int = 0
    cards: int = 0
    differences: list[str] = field(default_factory=list)


def replay_all() -> Replay:
    """Fold every student's log and compare it with progress, days, counters and kept questions; reads only."""
    users = set(StudySession.objects.values_list("user_id", flat=True))
    users |= set(CardProgress.objects.values_list("user_id", flat=True).distinct())
    users |= set(ReviewLog.objects.values_list("user_id", flat=True).distinct())
    return replay_some(users)


def replay_some(user_ids: Iterable[int]) -> Replay:
    """The same for some students."""
    result = Replay()
    known = set(ItemSnapshot.objects.values_list("hash", flat=True))
    for user_id in sorted(user_ids):
        result.students += 1
        result.differences.extend(_replay_student(user_id, known, result))
    return result


def _replay_student(user_id: int, known: set[str], result: Replay) -> Iterator[str]:
    session = StudySession.objects.filter(user_id=user_id).values_list("last_seq", "scheduler_version").first()
    counter, version = session or (0, SCHEDULER_VERSION)
    if version != SCHEDULER_VERSION:
        yield f"person {user_id}: memories of an older scheduler, folded anew in a pause by the worker (manage.py work)"
        return
    columns = (*EVENT_COLUMNS, *DAY_COLUMNS)
    rows = list(ReviewLog.objects.filter(user_id=user_id).order_by("seq").values(*columns))
    by_card = events_by_card(rows)
    result.events += len(rows)
    result.cards += len(by_card)
    yield from _compare_cards(user_id, by_card)
    yield from _compare_days(user_id, rows)
    yield from _check_numbers(user_id, [row["seq"] for row in rows], counter)
    for row in rows:
        if row["item_hash"] and row["item_hash"] not in known:
            yield f"person {user_id}, event {row['seq']}: the question {row['item_hash'][:12]} was not kept"


def _check_numbers(user_id: int, numbers: list[int], counter: int) -> Iterator[str]:
    last = numbers[-1] if numbers else 0
    if numbers != list(range(1, last + 1)) or counter != last:
        yield f"person {user_id}: {len(numbers)} events numbered up to {last}, counter at {counter}"


def _compare_cards(user_id: int, by_card: dict[int, list[Event]]) -> Iterator[str]:
    kept = {row.card_id: row for row in CardProgress.objects.filter(user_id=user_id)}
    for card_id in sorted(kept.keys() | by_card.keys()):
        if card_id not in kept or card_id not in by_card:
            yield f"person {user_id}, card {card_id}: {'no progress row' if card_id not in kept else 'no log'}"
            continue
        for name, value in progress_columns(fold(by_card[card_id])).items():
            stored = getattr(kept[card_id], name)
            if not _same(name, value, stored):
                yield f"person {user_id}, card {card_id}, {name}: log gives {value}, kept is {stored}"


def _same(name: str, value: Any, stored: Any) -> bool:  # noqa: ANN401
    if name in FLOATS and value is not None and stored is not None:
        return isclose(value, stored, rel_tol=RELATIVE_TOLERANCE)
    return bool(value == stored)


def _compare_days(user_id: int, rows: list[dict[str, Any]]) -> Iterator[str]:
    undone = {row["target_seq"] for row in rows if row["kind"] == Kind.UNDO}
    days: dict[date, dict[str, Any]] = {}
    for row in rows:
        counts = row["kind"] == Kind.ANSWER and is_study(row["evidence"])
        if counts and row["seq"] not in undone:
            _add(days.setdefault(row["study_day"], _empty_day()), row)
    kept = {row.day: _kept_day(row) for row in DailyStudy.objects.filter(user_id=user_id)}
    for day in sorted(days.keys() | kept.keys()):
        found, stored = _comparable(days.get(day, _empty_day()), kept.get(day, _empty_day()))
        if found != stored:
            yield f"person {user_id}, day {day}: log gives {found}, kept is {stored}"


def _empty_day() -> dict[str, Any]:
    return {"answers": 0, "correct": 0, "duration_ms": 0, "decks": {}}


def _add(day: dict[str, Any], row: dict[str, Any]) -> None:
    day["answers"] += 1
    day["correct"] += bool(row["correct"])
    day["duration_ms"] += row["duration_ms"] or 0
    deck = str(row["detail"]["deck"])
    day["decks"][deck] = with_answer(
        day["decks"].get(deck, NOTHING_DONE),
        counts_as=row["detail"].get("counts_as", ""),
        predicted_recall=row["predicted_recall"],
        correct=row["correct"],
    )


def _kept_day(row: DailyStudy) -> dict[str, Any]:
    columns = {"answers": row.answers, "correct": row.correct, "duration_ms": row.duration_ms}
    return {**columns, "decks": dict(row.decks)}


def _comparable(found: dict[str, Any], stored: dict[str, Any]) -> list[dict[str, Any]]:
    """Both days by what is kept of each deck: extra new cards are no answers, and of old days less is kept."""
    lengths = {deck: len(counts) for deck, counts in stored["decks"].items()}
    return [{**day, "decks": dict(_counts(day["decks"], lengths))} for day in (found, stored)]


def _counts(decks: dict[str, list[int]], lengths: dict[str, int]) -> Iterator[tuple[str, list[int]]]:
    for deck, (new, reviews, _extra, *others) in sorted(decks.items()):
        counts = [new, reviews, *others][: lengths.get(deck, len(NOTHING_DONE)) - 1]
        if any(counts):
            yield deck, counts
