"""Which pairs of their classes a student has answered: kept with the answer, and let go with its undo."""

from quizzes.models import ClassContrast, ContrastAnswer, ReviewLog


def has_answered(user_id: int, contrast_id: int) -> bool:
    """Whether an answer of the student to this pair stands; one query."""
    return ContrastAnswer.objects.filter(user_id=user_id, contrast_id=contrast_id).exists()


def note_answer(row: ReviewLog) -> None:
    """Keep that the answer of this row was to a pair of a class, if it was and there is still such a pair."""
    contrast_id = row.detail.get("given")
    if contrast_id and ClassContrast.objects.filter(pk=contrast_id).exists():
        values = {"seq": row.seq, "correct": bool(row.correct), "answered_at": row.answered_at}
        ContrastAnswer.objects.create(user_id=row.user_id, contrast_id=contrast_id, **values)


def forget_answer(row: ReviewLog) -> None:
    """After that answer was taken back, the pair waits again."""
    if contrast_id := row.detail.get("given"):
        ContrastAnswer.objects.filter(user_id=row.user_id, contrast_id=contrast_id, seq=row.seq).delete()
