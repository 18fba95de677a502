"""A student's past made up by a simulated memory, through the same services that a real one uses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from quizzes.core.specs import Format
from quizzes.models import User
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.items import get_item
from quizzes.services.study.answering import Given, answer_question
from quizzes.services.study.asking import resume

SECONDS_PER_ANSWER = 7
FIRST_RECALL, RECALL = 0.55, 0.88
DAY_LEFT_OUT = 0.15


def study_for_days(
    *, user: User, days: int, answers_a_day: int, until: datetime, seed: str, tell: Callable[[str], None]
) -> int:
    """Let a person study on most of the `days` days before `until`; returns how many answers they gave."""
    given = 0
    for day in range(days, 0, -1):
        dice = Random(f"{seed}/{day}")
        if dice.random() >= DAY_LEFT_OUT:
            start = until - timedelta(days=day, minutes=int(dice.random() * 90))
            given += _sitting(user, start, int(answers_a_day * (0.7 + 0.6 * dice.random())), dice)
        tell(f"{given} answers so far, {day - 1} days to go")
    return given


def _sitting(user: User, start: datetime, answers: int, dice: Random) -> int:
    now = start
    _desk, asked = resume(user=user, scope="", now=now)
    for done in range(answers):
        if asked is None:
            return done
        now += timedelta(seconds=SECONDS_PER_ANSWER)
        result = answer_question(user=user, asked=asked, given=_answer(asked, dice), now=now, source="demo")
        asked = result.asked
    return answers


def _answer(asked: Asked, dice: Random) -> Given:
    knows = dice.random() < (FIRST_RECALL if asked.revision == 0 else RECALL)
    elapsed_ms = int(2500 + 7000 * dice.random())
    item = get_item(asked.item_hash)
    if asked.format is Format.FLASHCARD:
        return Given(rating=3 if knows else 1, elapsed_ms=elapsed_ms)
    if asked.format is Format.TYPED:
        key = next(option for option in item["options"] if option["is_key"])
        return Given(typed=key["text"].split(", ")[0] if knows else "", elapsed_ms=elapsed_ms)
    right = next(place for place, number in enumerate(asked.order) if item["options"][number]["is_key"])
    place = right if knows else int(dice.random() * len(asked.order))
    return Given(place=place, elapsed_ms=elapsed_ms)
