"""Taking away everything that a person has studied: the one place where a log is deleted.

Whoever has a log cannot be deleted in another way: its rows protect them.
"""

from quizzes.models import (
    Calibration,
    CardProgress,
    DailyStudy,
    DeckStudy,
    MemoryFit,
    ParameterSet,
    ReviewLog,
    StudySession,
    StudySettings,
    User,
)


def forget_study(*, user: User) -> None:
    """Delete the person's log, memories, days, decks, settings and parameters, within a transaction of its caller.

    Counts over all students that were made from the log stay as they are until they are made anew, without it.
    """
    StudySession.objects.select_for_update().filter(user=user).first()
    ReviewLog.objects.filter(user=user).erase()
    for model in (CardProgress, DailyStudy, DeckStudy, Calibration, MemoryFit, StudySettings, StudySession):
        model._default_manager.filter(user=user).delete()
    fitted = ParameterSet.objects.filter(user=user)
    fitted.update(parent=None)
    fitted.delete()
