"""What a figure means, by the marks that are customary: how a value reads, not how sure it is."""

from enum import StrEnum

NEAR_CHANCE = 0.05
HARD, AIM_FROM, AIM_TO, TOO_EASY = 0.30, 0.40, 0.85, 0.95


class Reading(StrEnum):
    """How good a value is. ALARM: the opposite of what it should be."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    ALARM = "alarm"


class FacilityReading(StrEnum):
    """How hard an item is. CHECK_KEY: so hard, or so near to guessing, that its key may be wrong."""

    CHECK_KEY = "check_key"
    HARD = "hard"
    AIM = "aim"
    EASY = "easy"
    SAYS_LITTLE = "says_little"


class Fit(StrEnum):
    """Where a value lies that should be neither small nor large."""

    LOW = "low"
    AIM = "aim"
    HIGH = "high"


def is_near_chance(facility: float, options: int) -> bool:
    """Whether no more are right than would be by guessing, give or take; never of questions without options (0)."""
    return bool(options) and facility <= 1 / options + NEAR_CHANCE


def read_facility(facility: float, options: int = 0) -> FacilityReading:
    """The reading of a mean mark, of items with so many options (0: none)."""
    if facility < HARD or is_near_chance(facility, options):
        return FacilityReading.CHECK_KEY
    if facility < AIM_FROM:
        return FacilityReading.HARD
    if facility <= AIM_TO:
        return FacilityReading.AIM
    return FacilityReading.EASY if facility <= TOO_EASY else FacilityReading.SAYS_LITTLE


def read_discrimination(r: float) -> Reading:
    """The reading of a correlation with the rest score: .30 is good, .20 fair, below 0 an alarm."""
    return _read(r, (Reading.GOOD, 0.30), (Reading.FAIR, 0.20), (Reading.WEAK, 0.0))


def read_efficiency(percent: float) -> Reading:
    """The reading of Moodle's index or efficiency: 50 is very good, 30 adequate (GOOD); below 15 is doubtful (WEAK)."""
    return _read(percent, (Reading.VERY_GOOD, 50), (Reading.GOOD, 30), (Reading.FAIR, 15), (Reading.WEAK, 0.0))


def read_upper_lower(difference: float) -> Reading:
    """The reading of D: .40 is very good, .30 good, .20 fair, below 0 an alarm (Ebel)."""
    steps = (Reading.VERY_GOOD, 0.40), (Reading.GOOD, 0.30), (Reading.FAIR, 0.20), (Reading.WEAK, 0.0)
    return _read(difference, *steps)


def read_reliability(alpha: float) -> Reading:
    """The reading of alpha: .80 is enough for grading (VERY_GOOD), .70 for less (GOOD)."""
    return _read(alpha, (Reading.VERY_GOOD, 0.80), (Reading.GOOD, 0.70), (Reading.WEAK, 0.0))


def read_mean(mean: float) -> Fit:
    """The reading of a quiz's mean mark: .50 to .75 is aimed at."""
    return _fit(mean, 0.50, 0.75)


def read_deviation(deviation: float) -> Fit:
    """The reading of the standard deviation of marks: .12 to .18 is aimed at."""
    return _fit(deviation, 0.12, 0.18)


def _read(value: float, *steps: tuple[Reading, float]) -> Reading:
    return next((reading for reading, least in steps if value >= least), Reading.ALARM)


def _fit(value: float, low: float, high: float) -> Fit:
    if value < low:
        return Fit.LOW
    return Fit.AIM if value <= high else Fit.HIGH
