"""Cards that cost more than they give: missed again and again after they had been learned."""

from quizzes.core.history import Progress
from quizzes.core.marking import Marked
from quizzes.core.phases import Phase, is_leech
from quizzes.core.specs import Evidence, Rating


def leech_after(before: Progress, marked: Marked, taken_for: str) -> list[int | str]:
    """Lapses and the code of the fact most often taken for the card's own ("" if none), where an answer makes a leech.

    Empty for any other answer.
    """
    lapsed = before.phase is Phase.REVIEW and marked.evidence is Evidence.GRADED and marked.rating is Rating.AGAIN
    if not lapsed or not is_leech(before.lapses + 1):
        return []
    taken = {code: found.taken for code, found in before.confusions.items()}
    if taken_for:
        taken[taken_for] = taken.get(taken_for, 0) + 1
    return [before.lapses + 1, min(taken, key=lambda code: (-taken[code], code), default="")]
