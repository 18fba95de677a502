"""The questions of a quiz made once and kept: when it first opens, or for each attempt that has a draw of its own."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from zlib import crc32

from django.db import transaction
from django.db.models import Max, Subquery

from quizzes.models import Enrolment, Quiz, QuizForm, User
from quizzes.selectors.teaching.quiz_forms import MadeForm, draw, make_forms
from quizzes.services.study.asking import keep_snapshots

logger = logging.getLogger(__name__)


class NotEnoughQuestionsError(RuntimeError):
    """The deck no longer gives what the quiz asks for, or what was picked is not there."""


@transaction.atomic
def freeze_quiz(*, quiz: Quiz, now: datetime) -> Quiz:
    """Make and keep the forms of a quiz, once; returns its row as it is then. Twice is once.

    A quiz with a fresh draw for each attempt gets its forms as attempts start. Raises NotEnoughQuestionsError.
    """
    kept = _locked(quiz)
    if kept.frozen_at is None:
        made = make_forms(kept)
        _check(made)
        if kept.forms != Quiz.Forms.FRESH or kept.picking == Quiz.Picking.PICKED:
            _keep(kept, made, first=1, now=now)
        kept.frozen_at = now
        kept.save(update_fields=["frozen_at"])
    quiz.frozen_at = kept.frozen_at
    return kept


def freeze_due(*, now: datetime, stop: Callable[[], bool]) -> int:
    """Freeze the published quizzes that have opened; returns how many. One that cannot be drawn stays as it is."""
    opened = Quiz.objects.filter(published_at__isnull=False, frozen_at=None, opens_at__lte=now, closes_at__gt=now)
    frozen = 0
    for quiz in opened.filter(cohort__archived_at=None):
        if stop():
            break
        try:
            freeze_quiz(quiz=quiz, now=now)
        except NotEnoughQuestionsError:
            logger.warning("Quiz %d cannot be drawn", quiz.pk)
        else:
            frozen += 1
    return frozen


@transaction.atomic
def form_for(*, quiz: Quiz, user: User, number: int, now: datetime) -> QuizForm:
    """The form that this attempt of this student gets, `number` counting the student's attempts from 1.

    Freezes the quiz if nothing has yet. Parallel forms are dealt in turn to the students as they joined the class, and
    follow one another with a student's attempts; the same student and number always get the same form. Raises
    NotEnoughQuestionsError.
    """
    kept = freeze_quiz(quiz=quiz, now=now) if quiz.frozen_at is None else quiz
    if kept.forms == Quiz.Forms.FRESH and kept.picking == Quiz.Picking.DRAWN:
        return _fresh_form(_locked(kept), f"{kept.seed}/{user.pk}/attempt {number}", now)
    forms: list[QuizForm] = list(kept.question_forms.order_by("number"))
    return forms[(_place(kept, user) + number - 1) % len(forms)] if len(forms) > 1 else forms[0]


def _place(kept: Quiz, user: User) -> int:
    """A number that counts up with the students of the class, from one that is the quiz's own."""
    students = Enrolment.objects.filter(cohort_id=kept.cohort_id, role=Enrolment.Role.STUDENT)
    before = students.filter(pk__lt=Subquery(students.filter(user=user).values("pk")[:1])).count()
    return before + crc32(kept.seed.encode())


def _locked(quiz: Quiz) -> Quiz:
    return Quiz.objects.select_for_update(of=("self",)).select_related("deck").get(pk=quiz.pk)


def _check(made: Sequence[MadeForm]) -> None:
    if not made or not all(form.is_whole for form in made):
        raise NotEnoughQuestionsError


def _fresh_form(kept: Quiz, seed: str, now: datetime) -> QuizForm:
    """The form drawn with this seed, made if it is the first time; the quiz is locked."""
    known: QuizForm | None = QuizForm.objects.filter(quiz=kept, seed=seed).first()
    if known is not None:
        return known
    made = draw(kept, seed)
    _check([made])
    return _keep(kept, [made], first=_last_number(kept) + 1, now=now)[0]


def _last_number(kept: Quiz) -> int:
    """Of its forms, some of which may have gone with the person they were drawn for."""
    last: int | None = QuizForm.objects.filter(quiz=kept).aggregate(last=Max("number"))["last"]
    return last or 0


def _keep(kept: Quiz, made: Sequence[MadeForm], *, first: int, now: datetime) -> list[QuizForm]:
    keep_snapshots((one.snapshot for form in made for one in form.questions if one.snapshot), now)
    rows = [
        QuizForm(quiz=kept, number=number, items=[one.line for one in form.questions], seed=form.seed, made_at=now)
        for number, form in enumerate(made, first)
    ]
    made_rows: list[QuizForm] = QuizForm.objects.bulk_create(rows)
    return made_rows
