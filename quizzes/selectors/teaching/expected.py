"""What students would score in the next exam, or if it were today."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.core.exam_scores import ExamScores, class_score
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.exams import Exam
from quizzes.selectors.teaching.reading import Reading
from quizzes.selectors.teaching.wording import range_words, unbroken

PLACES = 3


@dataclass(frozen=True, slots=True)
class ExpectedScores:
    """The scores, and of which exam; None is one over all cards of the class's decks today."""

    of: ExamScores
    exam: Exam | None


def expected_scores(reading: Reading, exam: Exam | None) -> ExpectedScores | None:
    """The scores in the sections of the exam on its day; None if no cards are asked in it."""
    sections = exam.covered(reading.sections) if exam else {one.id for one in reading.sections}
    scores = reading.scores(exam.on if exam else None, sections)
    return ExpectedScores(scores, exam) if scores else None


def class_score_words(scores: ExpectedScores | None) -> str:
    """“expected score on exam day, 9 Dec (in 9 days): 71 % (66–76 %)”; empty while nobody has begun a card."""
    share = class_score(scores.of) if scores and scores.of.begun.any() else None
    if scores is None or share is None:
        return ""
    known = share.low is not None and share.high is not None
    between = f" ({range_words(share.low or 0.0, share.high or 0.0)})" if known else ""
    return _("%(name)s: %(score)s") % {
        "name": score_name(scores.exam),
        "score": unbroken(percent(share.mean) + between),
    }


def score_name(exam: Exam | None) -> str:
    """What the figure is of."""
    return _("expected score %s") % exam.words if exam else _("expected score if the exam were today")


def student_score_words(scores: ExpectedScores | None) -> str:
    """That of the first student, with the cards it rests on; empty while they have begun none."""
    if scores is None or not scores.of.begun[0]:
        return ""
    one = scores.of.of(0)
    words = _("%(score)s (95 %% interval %(between)s) of %(cards)d cards, %(n)d of them begun")
    said = {"score": percent(one.value), "between": range_words(one.low, one.high), "cards": one.n}
    return f"{words % {**said, 'n': scores.of.begun[0]}}; {score_name(scores.exam)}"


def score_heads(scores: ExpectedScores | None) -> list[str]:
    """What stands above the score and both ends of its interval in a file; nothing without scores."""
    if scores is None:
        return []
    day = scores.exam and _("expected score on %s, exam day") % scores.exam.on.isoformat()
    name = day or _("expected score today")
    return [name, _("%s: low") % name, _("%s: high") % name]


def score_cells(scores: ExpectedScores | None, at: int) -> list[object]:
    """Those of one student, from 0 to 1."""
    if scores is None:
        return []
    one = scores.of.of(at)
    return [round(value, PLACES) for value in (one.value, one.low, one.high)]
