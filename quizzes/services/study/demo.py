"""A student's past made up by a simulated memory, through the same services that a real one uses."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from quizzes.core.minds import Ability, Mind
from quizzes.core.specs import Format
from quizzes.models import User
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.items import get_item
from quizzes.services.study.answering import Given, answer_question
from quizzes.services.study.asking import resume

SECONDS_PER_ANSWER = 7
ONE_DAY = timedelta(days=1)
USUAL = Ability()
SURE, UNSURE = 0.97, 0.55
"""Above and below this chance of recall a flashcard that was recalled is called easy or hard."""


def _nearly_daily(_ago: int, _start: datetime) -> float:
    return 0.85


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody studies. `chance(days ago, when)` that they do so on a day; `hours` after the time of day of now,
    less than 24, so that the last sitting may be today's."""

    chance: Callable[[int, datetime], float] = _nearly_daily
    ability: Ability = USUAL
    hours: float = 0


NEARLY_DAILY = Habit()


def _nothing_else(_ago: int, _mind: Mind) -> int:
    return 0


def study_for_days(
    *,
    user: User,
    days: int,
    answers_a_day: int,
    until: datetime,
    seed: str,
    tell: Callable[[str], None],
    habit: Habit = NEARLY_DAILY,
    most: int = 1_000_000,
    first: Callable[[int, Mind], int] = _nothing_else,
    doubted: Collection[int] = (),
) -> int:
    """Let a person study for the `days` days before `until`, as is their habit, with at most `most` answers.

    `first(days ago, mind)` is what else they do each day before they study, such as a quiz; it gives the number of its
    answers. Of the cards in `doubted` they hold another answer to be right. Returns how many answers they gave. Seeded:
    the same past every time, as far as the questions are the same.
    """
    given, mind = 0, Mind(habit.ability, seed, doubted=doubted)
    for day in range(days, 0, -1):
        dice = Random(f"{seed}/{day}")
        given += first(day, mind)
        start = until - day * ONE_DAY + timedelta(hours=habit.hours, minutes=-int(dice.random() * 90))
        if dice.random() < habit.chance(day, start):
            answers = int(answers_a_day * (0.7 + 0.6 * dice.random()))
            given += _sitting(user, mind, start, min(answers, max(0, most - given)), dice)
        tell(f"{given} answers so far, {day - 1} days to go")
    return given


def _sitting(user: User, mind: Mind, start: datetime, answers: int, dice: Random) -> int:
    now = start
    _desk, asked = resume(user=user, scope="", now=now)
    for done in range(answers):
        if asked is None:
            return done
        now += timedelta(seconds=SECONDS_PER_ANSWER)
        given = _answer(asked, mind, now, dice)
        asked = answer_question(user=user, asked=asked, given=given, now=now, source="demo").asked
    return answers


def _answer(asked: Asked, mind: Mind, now: datetime, dice: Random) -> Given:
    at = now.timestamp() / ONE_DAY.total_seconds()
    chance = mind.chance(asked.card_id, at)
    knows = dice.random() < chance
    mind.study(asked.card_id, at, recalled=knows)
    elapsed_ms = int(2500 + 7000 * dice.random())
    if asked.format is Format.FLASHCARD:
        return Given(rating=_rating(chance) if knows else 1, elapsed_ms=elapsed_ms)
    item = get_item(asked.item_hash)
    if asked.format is Format.TYPED:
        key = next(option for option in item["options"] if option["is_key"])
        return Given(typed=key["text"].split(", ")[0] if knows else "", elapsed_ms=elapsed_ms)
    right = next(place for place, number in enumerate(asked.order) if item["options"][number]["is_key"])
    return Given(place=right if knows else _guess(asked, mind, right, dice), elapsed_ms=elapsed_ms)


def _guess(asked: Asked, mind: Mind, right: int, dice: Random) -> int:
    """Any place; another than the right one where they doubt that."""
    place = int(dice.random() * len(asked.order))
    return (right + 1) % len(asked.order) if place == right and asked.card_id in mind.doubted else place


def _rating(chance: float) -> int:
    return 4 if chance > SURE else 2 if chance < UNSURE else 3
