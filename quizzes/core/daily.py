"""What one study day holds per deck, as whole numbers in a fixed order, and what one answer adds to it."""

from collections.abc import Sequence

from quizzes.core.specs import Evidence

NEW, REVIEW = "new", "review"
NOTHING_DONE = (0, 0, 0, 0, 0, 0)
"""New cards, reviews, extra new cards asked for; answers; first answers of the day to cards met on an earlier one, and
how many of them were right. Days kept by an earlier release have the first three alone."""


def is_study(evidence: str) -> bool:
    """Whether an answer counts as study: practice, and what was too quick to count, is evidence of nothing."""
    return evidence != Evidence.NONE


def with_answer(
    before: Sequence[int], *, counts_as: str, predicted_recall: float | None, correct: bool | None, sign: int = 1
) -> list[int]:
    """The counts with one answer more, or with `sign` -1 less; those that are not kept of the day stay away.

    `counts_as` names the daily limit that the answer uses up, if any. On the day on which a card is met, and at its
    later answers of a day, predicted recall is None or 1.
    """
    again = predicted_recall is not None and predicted_recall < 1 and correct is not None
    one = (counts_as == NEW, counts_as == REVIEW, 0, 1, again, again and bool(correct))
    return [kept + sign * added for kept, added in zip(before, one, strict=False)]
