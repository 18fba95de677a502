"""Tables and what the database itself can check. No decisions, no side effects on save."""

from quizzes.models.content import (
    Card,
    CardTally,
    Deck,
    DeckSurvey,
    DeckTally,
    Fact,
    FactVersion,
    ItemSnapshot,
    Overlap,
    PairJudgement,
    PairTally,
    Section,
    Upload,
)
from quizzes.models.people import Invitation, Profile, User
from quizzes.models.study import (
    CardProgress,
    DailyStudy,
    DeckStudy,
    ParameterSet,
    ReviewLog,
    StudySession,
    StudySettings,
)
from quizzes.models.teaching import CodeTries, Cohort, Enrolment, ProblemReport

__all__ = [
    "Card",
    "CardProgress",
    "CardTally",
    "CodeTries",
    "Cohort",
    "DailyStudy",
    "Deck",
    "DeckStudy",
    "DeckSurvey",
    "DeckTally",
    "Enrolment",
    "Fact",
    "FactVersion",
    "Invitation",
    "ItemSnapshot",
    "Overlap",
    "PairJudgement",
    "PairTally",
    "ParameterSet",
    "ProblemReport",
    "Profile",
    "ReviewLog",
    "Section",
    "StudySession",
    "StudySettings",
    "Upload",
    "User",
]
