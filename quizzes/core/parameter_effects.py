"""What parameters of the memory model mean in days: how one typical card fares, answered on each day it is due."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.core.memory import Memory, forgetting_curve, interval_days
from quizzes.core.phases import CardState, Config, Phase, advance
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Rating

MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Course:
    """Whole days until a card comes back: once learned, after a first, second and third right answer on time, and where
    it was forgotten instead of that third one and learned again. `learned` is the memory after its first day.
    """

    learned: Memory
    first_days: int
    right_days: tuple[int, int, int]
    lapse_days: int

    @property
    def days(self) -> tuple[int, ...]:
        """All of them in that order."""
        return (self.first_days, *self.right_days, self.lapse_days)


def course(config: Config) -> Course:
    """How a card fares under a student's settings, answered from memory and without chance in its dates."""
    cards = [_learned(CardState(), Rating.GOOD, 0, config)]
    waits = [_comes_back(cards[0], config)]
    for _answer in range(3):
        cards.append(_learned(cards[-1], Rating.GOOD, waits[-1], config))
        waits.append(_comes_back(cards[-1], config))
    lapsed = _learned(cards[2], Rating.AGAIN, waits[2], config)
    return Course(_memory(cards[0]), waits[0], (waits[1], waits[2], waits[3]), _comes_back(lapsed, config))


def forgetting(memory: Memory, days: Sequence[float], parameters: Sequence[float]) -> list[tuple[float, float]]:
    """(day, recall) if nothing is reviewed."""
    return [(day, float(forgetting_curve(day, memory.stability, parameters))) for day in days]


def differs(one: Course, other: Course) -> bool:
    """Whether a student could notice anything: another number of days somewhere."""
    return one.days != other.days


def _learned(state: CardState, rating: Rating, elapsed: float, config: Config) -> CardState:
    """The card after an answer, and after as many right ones in the same hour as its steps ask for."""
    state = _answered(state, rating, elapsed, config)
    for _step in range(MOST_STEPS):
        if state.phase is Phase.REVIEW:
            break
        state = _answered(state, Rating.GOOD, 0, config)
    return state


def _answered(state: CardState, rating: Rating, elapsed: float, config: Config) -> CardState:
    after = advance(
        state, Evidence.GRADED, rating, elapsed_days=elapsed, k=None, known_before=ASSUMED_KNOWN, config=config
    )
    return after.state


def _comes_back(state: CardState, config: Config) -> int:
    exact = interval_days(_memory(state).stability, config.desired_retention, config.parameters)
    return min(max(1, round(exact)), config.maximum_interval_days)


def _memory(state: CardState) -> Memory:
    assert state.memory is not None
    return state.memory
