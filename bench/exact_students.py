"""Students whose memory is exactly FSRS-6 with the published parameters: only what guessing does is left to be seen."""

from random import Random

from bench.students import DAY, Shown
from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, next_memory, retrievability
from quizzes.core.specs import Rating

ROLLOVER = 4 * 3600.0
MET_BEFORE, MISSED = 0.3, 0.1
"""The chance that a new card is known already, and that of a day without study."""


class ExactStudent:
    """One person; what is known moves the memory as Good does, what is not as Again, whatever was guessed."""

    def __init__(self, cards: int, seed: str) -> None:
        self.dice = Random(f"{seed}/exact")
        self._memories: list[tuple[Memory, int] | None] = [None] * cards

    def __len__(self) -> int:
        return len(self._memories)

    def wakes_to_study(self) -> bool:
        """A new day: whether there will be study."""
        return self.dice.random() >= MISSED

    def answer(self, card: int, at: float, seconds: float, options: int = 0) -> Shown:
        """Answer among so many options (0: without any), be told what is right, and remember it."""
        day, last = int((at - ROLLOVER) // DAY), self._memories[card]
        waited = day - last[1] if last else 0
        chance = retrievability(last[0], waited, DEFAULT_PARAMETERS) if last else MET_BEFORE
        known = self.dice.random() < chance
        guessed = bool(options) and self.dice.random() < 1 / options
        rating = Rating.GOOD if known else Rating.AGAIN
        memory = next_memory(last[0] if last else None, rating, waited, DEFAULT_PARAMETERS)
        self._memories[card] = memory, day
        return Shown(chance, known or guessed)
