"""A simulated student's cards, moved and put off by the product's scheduler."""

from dataclasses import dataclass, field
from datetime import date

from quizzes.core.fuzz import choose_days, fuzz_window, roll
from quizzes.core.memory import Shift, interval_days, retrievability
from quizzes.core.phases import Advance, CardState, Config, Phase, advance, is_leech
from quizzes.core.specs import Evidence, Rating

TRIES_A_DAY = 8
"""After so many answers to a card on one day the student leaves it until the next."""


@dataclass(slots=True)
class Card:
    """Days count from 0. `interval` is in days, 0 where the card waits for a step; `wait_seconds` until that step.

    `troubles` counts lapses, and days on which the student gave up.
    """

    state: CardState = field(default_factory=CardState)
    last: int = 0
    due: int = 0
    interval: int = 0
    wait_seconds: float | None = None
    answers: int = 0
    today: int = 0
    troubles: int = 0
    suspended: bool = False

    def is_due(self, day: int) -> bool:
        """Whether it is to be reviewed; cards in learning are not told by days."""
        return self.state.phase is Phase.REVIEW and self.due <= day and not self.suspended

    def waited(self, day: int) -> int:
        """Study days since the last answer."""
        return day - self.last if self.answers else 0

    def recall(self, day: int, config: Config) -> float:
        """What the scheduler predicts; 0 of a new card."""
        memory = self.state.memory
        return retrievability(memory, self.waited(day), config.parameters) if memory else 0.0

    def answered(
        self,
        day: int,
        *,
        right: bool,
        options: int,
        known_before: float,
        config: Config,
        shift: Shift,
        suspends: bool,
        seed: str,
    ) -> Advance:
        """Move and put off the card after an answer, right or not, among `options` (0: none)."""
        after = advance(
            self.state,
            Evidence.CHOICE if options and right else Evidence.GRADED,
            Rating.GOOD if right else Rating.AGAIN,
            elapsed_days=self.waited(day),
            k=options or None,
            known_before=known_before,
            config=config,
            shift=shift,
        )
        self.today = self.today + 1 if self.answers and self.last == day else 1
        self.state, self.last, self.answers = after.state, day, self.answers + 1
        self._put_off(after, day, config, f"{seed}/{self.answers}")
        self._bear(after, suspends=suspends)
        return after

    @property
    def is_left(self) -> bool:
        """Whether the student has had enough of it for the day."""
        return self.wait_seconds is not None and self.today >= TRIES_A_DAY

    def _put_off(self, after: Advance, day: int, config: Config, seed: str) -> None:
        minutes = after.move.minutes
        self.interval, self.wait_seconds = 0, None if minutes is None else minutes * 60
        if minutes is None:
            exact = interval_days(after.memory.stability, config.desired_retention, config.parameters)
            window = fuzz_window(exact, 1, config.maximum_interval_days)
            self.interval = choose_days(window, roll(seed), date.min, {}, ())
            self.due = day + self.interval

    def _bear(self, after: Advance, *, suspends: bool) -> None:
        if after.move.lapse or self.is_left:
            self.troubles += 1
            self.suspended = suspends and is_leech(self.troubles)
