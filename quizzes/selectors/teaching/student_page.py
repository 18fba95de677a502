"""A student's page for their instructor: only what they did in the class's decks, only while they are in the class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.shares import wilson
from quizzes.core.statistics import LEAST_MEMORIES
from quizzes.formats.plots import Plot
from quizzes.models import Cohort, Enrolment, ReviewLog, User
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.class_page import (
    Choice,
    ClassHead,
    class_head,
    exam_choices,
    on_words,
    recall_told,
)
from quizzes.selectors.teaching.due_work import LOOKED_BACK, Worked, done_words, read_due_work
from quizzes.selectors.teaching.exams import coming_exams, exam_wanted
from quizzes.selectors.teaching.expected import expected_scores, student_score_words
from quizzes.selectors.teaching.falling_behind import SETTLING_IN, behind_of, rapid_guesses, reason_words
from quizzes.selectors.teaching.figures import DAYS, WEEK, Figures
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.reading import Reading, enrolled
from quizzes.selectors.teaching.student_details import (
    AttemptLine,
    HardFact,
    TakenFact,
    facts_taken,
    hardest_facts,
    quiz_attempts,
)
from quizzes.selectors.teaching.student_plots import student_plots, student_shares
from quizzes.selectors.teaching.table import Wanted
from quizzes.selectors.teaching.wording import day_words, learning_words


@dataclass(frozen=True, slots=True)
class StudentPage:
    """One student of a class."""

    head: ClassHead
    name: str
    username: str
    email: str
    external_id: str
    group: str
    public_id: UUID
    joined: str
    last_seen: str
    last_seen_exactly: str
    sentence: str
    reasons: Sequence[str]
    days: Sequence[Choice]
    told: str
    score: str
    begun: str
    again: str
    worked: str
    plots: Sequence[Sequence[Plot]]
    hardest: Sequence[HardFact]
    taken: Sequence[TakenFact]
    attempts: Sequence[AttemptLine]


def find_enrolment(cohort: Cohort, public_id: UUID) -> Enrolment | None:
    """The student of this id in this class; None if they are not, or no longer, in it."""
    return enrolled([cohort]).filter(user__profile__public_id=public_id).select_related("user", "group").first()


def student_page(user: User, cohort: Cohort, enrolment: Enrolment, on: str = "", *, now: datetime) -> StudentPage:
    """Everything on the page, recall on the day of the coming exam that `on` names; eighteen queries."""
    head, zone = class_head(user, cohort, now=now), zone_of(user)
    decks = [deck.pk for deck in head.decks]
    reading = Reading(enrolled([cohort]).filter(pk=enrolment.pk), decks, now=now)
    exams = coming_exams(cohort, zone, now=now)
    exam = exam_wanted(exams, on)
    figures, when = reading.figures(exam.on if exam else None), on_words(exam)
    scores = expected_scores(reading, exam or next(iter(exams), None))
    student = figures.students[0]
    answers, worked = _answers(student.user_id, decks), read_due_work(figures)
    last = answers.aggregate(last=Max("answered_at"))["last"]
    last_day = int(figures.last_day.max(initial=0))
    assert student.public_id is not None
    return StudentPage(
        head=head,
        name=student.name,
        username=student.username,
        email=student.email,
        external_id=student.external_id,
        group=enrolment.group.name if enrolment.group else "",
        public_id=student.public_id,
        joined=date_format(enrolment.joined_at.astimezone(zone), "j M Y"),
        last_seen=day_words((student.today - date.fromordinal(last_day)).days) if last_day else _("never"),
        last_seen_exactly=date_format(last.astimezone(zone), "D j M Y, H:i") if last else "",
        sentence=_sentence(figures, when),
        reasons=_reasons(figures, worked, enrolment, now),
        days=exam_choices(Wanted(on=exam.on.isoformat() if exam else ""), exams),
        told=recall_told(when),
        score=student_score_words(scores),
        begun=_begun(figures),
        again=_again(figures),
        worked=_worked(worked),
        plots=student_plots(figures, answers, decks, student.today, when),
        hardest=hardest_facts(answers),
        taken=facts_taken(answers),
        attempts=quiz_attempts(student.user_id, cohort, zone),
    )


def _answers(user_id: int, decks: Sequence[int]) -> QuerySet[ReviewLog, Any]:
    """The answers that stand and are study; practice is nobody's business but the student's."""
    rows = ReviewLog.objects.filter(user_id=user_id, card__deck__in=decks, correct__isnull=False)
    answers: QuerySet[ReviewLog, Any] = rows.answers_that_stand()
    return answers


def _sentence(figures: Figures, when: str) -> str:
    if not figures.introduced.any():
        return _("Has not answered a card of this class yet.")
    days, due, overdue = int(figures.studied[0, :WEEK].sum()), int(figures.due.sum()), int(figures.overdue.sum())
    parts = [
        _("Studied on %(days)d of the last 7 days") % {"days": days},
        ngettext("%(due)d card due, %(overdue)d of them overdue", "%(due)d cards due, %(overdue)d of them overdue", due)
        % {"due": due, "overdue": overdue}
        if due
        else _("nothing due"),
    ]
    known = [(share, name) for name, share, _n in student_shares(figures) if share is not None]
    if known:
        share, name = min(known)
        weakest = f"{name}, {percent(share)}"
        said = _("weakest section %(when)s: %(section)s") % {"when": when, "section": weakest}
        parts.append(said if when else _("weakest section: %s") % weakest)
    return "; ".join(parts) + "."


def _reasons(figures: Figures, worked: Worked, enrolment: Enrolment, now: datetime) -> list[str]:
    """Why the student falls behind; empty if they do not."""
    lately = {enrolment.user_id} if enrolment.joined_at > now - SETTLING_IN else set()
    found = behind_of(figures, worked, rapid_guesses(figures), lately)
    return [reason_words(reason, figures) for one in found for reason in one.reasons]


def _worked(worked: Worked) -> str:
    """On how many days the due work was done; empty where nothing was due, or nobody has counted it."""
    words = _("on %(days)s days with something due, of the last %(all)d before today")
    days = done_words(worked, [0])
    return words % {"days": days, "all": LOOKED_BACK} if days else ""


def _begun(figures: Figures) -> str:
    cards = sum(section.cards for section in figures.sections)
    met = int(figures.introduced.sum())
    said = _("%(n)d of %(all)d (%(share)s)") % {"n": met, "all": cards, "share": percent(met / max(1, cards))}
    return f"{said}; {learning_words(figures.learning)}" if figures.learning else said


def _again(figures: Figures) -> str:
    """How the first answers of a day to cards met before went; empty while there are too few."""
    asked, right = int(figures.asked_again.sum()), int(figures.right_again.sum())
    if asked < LEAST_MEMORIES:
        return ""
    low, high = wilson(right, asked)
    words = _("%(share)s of %(n)d answers in the last %(days)d days (95 %% interval %(low)d–%(high)s)")
    share = {"share": percent(right / asked), "low": round(100 * low), "high": percent(high)}
    return words % {**share, "n": asked, "days": DAYS}
