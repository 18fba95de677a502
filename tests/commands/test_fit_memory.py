"""manage.py fit_memory: for whom, what it says, and what a dry run leaves alone."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from quizzes.core import fitting as core
from quizzes.management.commands import fit_memory
from quizzes.models import MemoryFit, ParameterSet, ReviewLog, StudySettings
from quizzes.services.study.fitting import OvertakenError
from tests.classes import class_of, join
from tests.factories import NOW, elements
from tests.logs import FORGETFUL, remember
from tests.study import DAY, begin, events, holds


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """A search that ends early finds good parameters too."""
    monkeypatch.setattr(core, "MOST_ROUNDS", 15)


@pytest.fixture
def student(ada):
    remember(begin(ada, elements()), FORGETFUL)
    return ada


def said(*arguments):
    out = StringIO()
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        call_command("fit_memory", *arguments, stdout=out)
    return out.getvalue()


def scope_of(user):
    return StudySettings.objects.get(user=user).parameter_set.scope


def test_one_student_is_fitted_and_adopts(student):
    lines = said("--user", "ada").splitlines()
    assert lines[0].split() == ["who", "reviews", "held", "out", "loss", "now", "fitted", "what", "came", "of", "it"]
    name, reviews, held_out, now, fitted, *words = lines[1].split()
    assert (name, reviews, held_out, " ".join(words)) == ("ada", "480", "120", "adopted, version 1")
    assert 0 < float(fitted) < float(now) < 1
    assert scope_of(student) == "person"
    assert holds()


def test_a_student_may_be_named_by_e_mail(student):
    student.email = "Ada@example.org"
    student.save()
    assert "ada" in said("--user", "ada@example.org")


def test_a_dry_run_says_what_would_happen_and_writes_nothing(student):
    assert "would be adopted" in said("--dry-run")
    assert (MemoryFit.objects.count(), scope_of(student)) == (0, "default")
    assert "adopt_parameters" not in events(student)


def test_due_days_are_decided_anew_if_asked(student):
    said("--user", "ada", "--reschedule")
    assert ReviewLog.objects.filter(kind="reschedule", due_reason="rescheduled").exists()
    assert holds()


def test_without_arguments_all_who_have_answered_enough_and_all_classes_are_fitted(student, cohort, ben):
    cohort.decks.add(student.deck_studies.get().deck)
    begin(ben, cohort.decks.get())
    lines = said().splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["ada", "Anatomy", "Biology"]
    assert "needs 400 reviews on a later day" in lines[3]
    assert lines[-1] == "Students who adopted the parameters of their class: 0"
    assert "ada" not in said()


def test_one_class_is_fitted_and_its_students_adopt(student):
    cohort = class_of(student.deck_studies.get().deck, join_code="BGT4RV")
    other = begin(join(cohort, username="una"), cohort.decks.get())
    remember(other, FORGETFUL, seed="una")
    assert "adopted, version 1" in said("--class", "bgt-4rv")
    assert scope_of(other) == "class"
    assert ParameterSet.objects.get(scope="class").cohort == cohort
    assert "fsrs6 class v1" in said("--class", str(cohort.pk))


def test_who_is_overtaken_is_told_so(student, monkeypatch):
    def overtaken(**_):
        raise OvertakenError

    monkeypatch.setattr(fit_memory, "keep_fit", overtaken)
    assert "overtaken by another fit; nothing changed" in said("--user", "ada")


def test_nobody_to_fit_is_said(db):
    assert "Nobody has answered enough since the last time." in said()


@pytest.mark.parametrize(("arguments", "words"), [
    (["--user", "nobody"], "Nobody has the user name or e-mail address “nobody”"),
    (["--user", "max"], "max has not begun to study"),
    (["--class", "ZZZZZZ"], "No class has the join code or id “ZZZZZZ”"),
    (["--class", "999999"], "No class has the join code or id “999999”"),
])  # fmt: skip
def test_what_cannot_be_found_is_said_in_words(max, arguments, words):
    with pytest.raises(CommandError, match=words):
        said(*arguments)
