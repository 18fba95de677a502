"""In which format a card is put to the student: recognition first, then mostly recall."""

from collections.abc import Collection
from enum import StrEnum
from random import Random

from quizzes.core.phases import Phase
from quizzes.core.specs import Format

MATURE_DAYS = 21
CHOICE_SHARE_YOUNG, CHOICE_SHARE_MATURE = 0.3, 0.15
RECALL_FORMATS = (Format.FLASHCARD, Format.TYPED)


class FormatPreference(StrEnum):
    """How a student wants to be asked."""

    MIXED = "mixed"
    FLASHCARD = "flashcard"
    CHOICE = "choice"
    TYPED = "typed"


def pick_format(
    phase: Phase,
    interval_days: float | None,
    allowed: Collection[Format],
    preference: FormatPreference,
    seed: str,
) -> Format:
    """The format of the next answer among those `allowed` for the card (ValueError if none).

    A single format is kept where the card allows it, else the first allowed of flashcard, choice, typed. Mixed: new
    cards are recognised, cards in steps recalled; of reviews three in ten are choices, from 21 days on three in twenty.
    """
    possible = [way for way in Format if way in allowed]
    if not possible:
        raise ValueError("the card allows no format")
    if preference is not FormatPreference.MIXED:
        wanted = Format(preference)
        return wanted if wanted in possible else possible[0]
    dice = Random(seed)
    recognise = dice.random() < _choice_share(phase, interval_days)
    recall = [way for way in possible if way in RECALL_FORMATS]
    if Format.CHOICE in possible and (recognise or not recall):
        return Format.CHOICE
    return recall[int(dice.random() * len(recall))]


def _choice_share(phase: Phase, interval_days: float | None) -> float:
    if phase is Phase.REVIEW:
        return CHOICE_SHARE_MATURE if (interval_days or 0) >= MATURE_DAYS else CHOICE_SHARE_YOUNG
    return 1.0 if phase is Phase.NEW else 0.0
