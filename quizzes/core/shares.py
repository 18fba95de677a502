"""Shares of counted things, and how far they can be trusted."""

from dataclasses import dataclass
from math import sqrt

LEAST_TOLD = 10
NINETY_FIVE_PERCENT = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """From 0 to 1; of nothing 0."""
        return self.right / self.n if self.n else 0.0

    @property
    def tells(self) -> bool:
        """Whether there are enough to say anything: ten."""
        return self.n >= LEAST_TOLD

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval around it."""
        return wilson(self.right, self.n)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.n + other.n)


def wilson(right: int, n: int, z: float = NINETY_FIVE_PERCENT) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share: within 0 to 1, sound for few and for extreme ones; of nothing 0 to 1.

    Raises ValueError where there are more right than there are.
    """
    if not 0 <= right <= n:
        raise ValueError(f"{right} of {n} is no share")
    return score_interval(right / n if n else 0.0, n, z)


def score_interval(share: float, n: float, z: float = NINETY_FIVE_PERCENT) -> tuple[float, float]:
    """Wilson's interval of a share from 0 to 1 of `n`, which need not be whole: what weighted counts come to.

    Of a mean of values from 0 to 1 it is too wide rather than too narrow, since none vary more than zeros and ones.
    """
    if n <= 0:
        return 0.0, 1.0
    square = z * z / n
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(max(0.0, share * (1 - share)) / n + square / (4 * n)) / (1 + square)
    return (0.0 if share <= 0 else max(0.0, middle - half)), (1.0 if share >= 1 else min(1.0, middle + half))
