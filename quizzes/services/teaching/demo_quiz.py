"""A quiz taken by somebody made up: what they choose comes from the same simulated memory as their study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from quizzes.core.minds import Mind
from quizzes.core.windows import GRACE
from quizzes.models import Attempt, Quiz, Response, User
from quizzes.selectors.study.items import get_items
from quizzes.services.teaching.attempting import Given, save_response, start_attempt, submit_attempt

ONE_DAY = timedelta(days=1)
BEFORE_STUDY = timedelta(hours=2)
"""Whatever their hours, nobody made up studies at this time before now."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """When somebody takes the quiz, in days ago, and how many seconds each question takes them."""

    ago: int
    pace: int = 40


def sit_quiz(*, quiz: Quiz, user: User, mind: Mind, sitting: Sitting, until: datetime, seed: str) -> int:
    """Take the quiz so many days before `until`; returns how many questions were answered.

    Who is too slow goes on until the time is over, and the clock ends the attempt.
    """
    now = until - sitting.ago * ONE_DAY - BEFORE_STUDY
    attempt = start_attempt(quiz=quiz, user=user, now=now)
    responses = list(attempt.responses.order_by("position"))
    chosen = _choices(responses, mind, now, seed)
    answered = 0
    for response, place in zip(responses, chosen, strict=True):
        now += timedelta(seconds=sitting.pace)
        if now >= attempt.due_at:
            break
        given = Given(place=place, elapsed_ms=sitting.pace * 1000)
        save_response(
            user=user, public_id=attempt.public_id, position=response.position, given=given, seen_revision=0, now=now
        )
        answered += 1
    return _hand_in(attempt, mind, responses[:answered], now)


def _hand_in(attempt: Attempt, mind: Mind, answered: Sequence[Response], now: datetime) -> int:
    """At once, or by the clock; what was right is shown then, and the mind learns from it."""
    over = now >= attempt.due_at
    submit_attempt(attempt=attempt, now=attempt.due_at + GRACE if over else now + timedelta(seconds=20))
    for kept in attempt.responses.filter(position__in=[one.position for one in answered]):
        mind.study(kept.card_id, _days(now), recalled=bool(kept.correct))
    return len(answered)


def _choices(responses: Sequence[Response], mind: Mind, now: datetime, seed: str) -> list[int]:
    """The place chosen in each question: the right one if the card is recalled, else any."""
    items = get_items([one.item_hash for one in responses])
    return [_choice(one, items[one.item_hash]["options"], mind, now, seed) for one in responses]


def _choice(response: Response, options: Sequence[dict[str, object]], mind: Mind, now: datetime, seed: str) -> int:
    """The same whatever the order of the attempt; who doubts the key takes the first of the others."""
    dice = Random(f"{seed}/quiz/{response.card_id}")
    number = int(dice.random() * len(options))
    if response.card_id in mind.doubted:
        number = next(number for number, one in enumerate(options) if not one["is_key"])
    if dice.random() < mind.chance(response.card_id, _days(now)):
        number = next(number for number, one in enumerate(options) if one["is_key"])
    order: list[int] = response.order
    return order.index(number)


def _days(now: datetime) -> float:
    return now.timestamp() / ONE_DAY.total_seconds()
