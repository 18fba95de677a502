"""Many students: classes, what is set for them, quizzes, grades, messages, reports and who looked."""

from quizzes.models.teaching.assignments import Assignment, AssignmentCount, AssignmentResult
from quizzes.models.teaching.classes import CodeTries, Cohort, CohortGroup, Enrolment
from quizzes.models.teaching.contrasts import (
    ClassConfusion,
    ClassConfusionCount,
    ClassContrast,
    ContrastAnswer,
    StudentConfusions,
)
from quizzes.models.teaching.downloads import Download
from quizzes.models.teaching.grades import Accommodation, GradeChange
from quizzes.models.teaching.messages import Message, MessageCopy
from quizzes.models.teaching.quizzes import Attempt, ItemRuling, Quiz, QuizForm, Response
from quizzes.models.teaching.records import AccessRecord
from quizzes.models.teaching.reports import ProblemReport
from quizzes.models.teaching.rollups import CardStatistics, DueWork, Rollup
from quizzes.models.teaching.rosters import RosterUpload

__all__ = [
    "AccessRecord",
    "Accommodation",
    "Assignment",
    "AssignmentCount",
    "AssignmentResult",
    "Attempt",
    "CardStatistics",
    "ClassConfusion",
    "ClassConfusionCount",
    "ClassContrast",
    "CodeTries",
    "Cohort",
    "CohortGroup",
    "ContrastAnswer",
    "Download",
    "DueWork",
    "Enrolment",
    "GradeChange",
    "ItemRuling",
    "Message",
    "MessageCopy",
    "ProblemReport",
    "Quiz",
    "QuizForm",
    "Response",
    "Rollup",
    "RosterUpload",
    "StudentConfusions",
]
