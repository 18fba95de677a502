"""What an answer does to a card: its phase, step and memory. Intervals and due days live in scheduling."""

from dataclasses import dataclass
from enum import StrEnum

from quizzes.core.memory import (
    DEFAULT_PARAMETERS,
    GREATEST_RETENTION,
    LEAST_RETENTION,
    NO_SHIFT,
    Memory,
    Shift,
    chance_known,
    next_memory,
    next_memory_after_choice,
    retrievability,
)
from quizzes.core.specs import Evidence, Rating

LEECH_LAPSES, LEECH_EVERY = 8, 4


class Phase(StrEnum):
    """Where a card stands between never seen and learned."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class CardState:
    """`step` is the index of the step that the card waits for; 0 outside of learning and relearning."""

    phase: Phase = Phase.NEW
    step: int = 0
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A student's scheduling settings; steps in minutes, rising. Raises ValueError for settings that cannot work."""

    learning_steps: tuple[float, ...] = (1, 10)
    relearning_steps: tuple[float, ...] = (10,)
    desired_retention: float = 0.90
    maximum_interval_days: int = 36_500
    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    def __post_init__(self) -> None:
        for steps in (self.learning_steps, self.relearning_steps):
            if list(steps) != sorted({step for step in steps if step > 0}):
                raise ValueError(f"steps must be positive and rise: {steps}")
        if not LEAST_RETENTION <= self.desired_retention <= GREATEST_RETENTION:
            raise ValueError(f"desired retention must be .70 to .99: {self.desired_retention}")
        if self.maximum_interval_days < 1:
            raise ValueError(f"the maximum interval must be a day or more: {self.maximum_interval_days}")


DEFAULT_CONFIG = Config()


@dataclass(frozen=True, slots=True)
class Move:
    """A change of phase; `minutes` is the length of the step to wait for, None where an interval in days follows."""

    phase: Phase
    step: int
    minutes: float | None
    lapse: bool


@dataclass(frozen=True, slots=True)
class Advance:
    """A card after an answer; `recall` was predicted before it (None if new), `chance` (choices) that it was known."""

    move: Move
    memory: Memory
    recall: float | None
    chance: float | None

    @property
    def state(self) -> CardState:
        """The card as it stands now."""
        return CardState(self.move.phase, self.move.step, self.memory)


def advance(
    state: CardState,
    evidence: Evidence,
    rating: int | None = None,
    *,
    elapsed_days: float,
    k: int | None,
    known_before: float,
    config: Config,
    shift: Shift = NO_SHIFT,
) -> Advance:
    """The card after an answer.

    Graded evidence needs a rating, a right choice its number of options `k`; `known_before` stands in for the predicted
    recall of a card never answered, and `shift` moves its first memory. Raises ValueError if one is missing or the
    answer is no evidence.
    """
    grade = effective_rating(evidence, rating)
    recall = None if state.memory is None else retrievability(state.memory, elapsed_days, config.parameters)
    chance = _chance(evidence, known_before if recall is None else recall, k)
    if chance is None:
        memory = next_memory(state.memory, grade, elapsed_days, config.parameters, shift)
    else:
        memory = next_memory_after_choice(state.memory, chance, elapsed_days, config.parameters, shift)
    return Advance(move(state, grade, config), memory, recall, chance)


def effective_rating(evidence: Evidence, rating: int | None) -> Rating:
    """The rating that moves phase and step: a right choice, guessed or not, counts as Good (a wrong one is graded)."""
    if evidence is Evidence.GRADED and rating is not None:
        return Rating(rating)
    if evidence in (Evidence.CHOICE, Evidence.GUESSED) and rating in (None, Rating.GOOD):
        return Rating.GOOD
    raise ValueError(f"no such evidence: {evidence} rated {rating}")


def move(state: CardState, rating: Rating, config: Config) -> Move:
    """The phase and step that a rating leads to; without steps a card goes straight to review."""
    if state.phase is Phase.REVIEW and rating is not Rating.AGAIN:
        return Move(Phase.REVIEW, 0, None, lapse=False)
    lapse = state.phase is Phase.REVIEW
    known = state.phase in (Phase.REVIEW, Phase.RELEARNING)
    phase, steps = (Phase.RELEARNING, config.relearning_steps) if known else (Phase.LEARNING, config.learning_steps)
    step = _next_step(state.step, rating, len(steps))
    if step >= len(steps):
        return Move(Phase.REVIEW, 0, None, lapse)
    return Move(phase, step, _hard_minutes(step, steps) if rating is Rating.HARD else steps[step], lapse)


def is_leech(lapses: int) -> bool:
    """Whether this many lapses call for a leech notice: at 8, then at every 4 more."""
    return lapses >= LEECH_LAPSES and (lapses - LEECH_LAPSES) % LEECH_EVERY == 0


def _chance(evidence: Evidence, recall: float, k: int | None) -> float | None:
    if evidence is Evidence.CHOICE:
        if k is None:
            raise ValueError("a choice needs its number of options")
        return chance_known(recall, k)
    return 0.0 if evidence is Evidence.GUESSED else None


def _next_step(step: int, rating: Rating, count: int) -> int:
    if rating is Rating.EASY:
        return count
    if rating is Rating.AGAIN or not count:
        return 0
    waited = min(step, count - 1)
    return waited if rating is Rating.HARD else waited + 1


def _hard_minutes(step: int, steps: tuple[float, ...]) -> float:
    if step > 0:
        return steps[step]
    return steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2
