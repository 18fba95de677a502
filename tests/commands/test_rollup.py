import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from quizzes.models import CardStatistics, ClassConfusion, Rollup, StudentConfusions
from tests.classes import GASES, USES, answer, class_of, join
from tests.factories import elements
from tests.study import IRON


@pytest.fixture
def cohort(db, ivy):
    return class_of(elements(), ivy, name="Chemistry")


def test_it_makes_the_figures_of_everybody_and_of_each_class(cohort, capsys):
    for _number in range(3):
        answer(join(cohort), USES[:2])
    call_command("rollup")
    assert capsys.readouterr().out.splitlines() == [
        "everybody, elements: 3 students, 6 answers",
        "Chemistry, elements: 3 students, 6 answers",
        "mix-ups: 3 students",
        "due work: 3 students",
    ]
    call_command("rollup", "--check")
    assert capsys.readouterr().out.splitlines()[-1] == "The log gives the figures that are kept."


def test_it_makes_those_of_one_class_alone(cohort, capsys):
    answer(join(cohort), USES[:2])
    call_command("rollup", str(cohort.pk))
    assert list(Rollup.objects.values_list("cohort", flat=True)) == [cohort.pk]
    with pytest.raises(CommandError, match="there is no class"):
        call_command("rollup", "999999")


def test_a_check_lists_what_differs_and_writes_nothing(cohort, capsys):
    answer(join(cohort), USES[:2])
    call_command("rollup")
    row = CardStatistics.objects.get(rollup__cohort=cohort, card__key=IRON)
    row.values["facility"] = [7, 10]
    row.save()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rollup", "--check")
    assert f"Chemistry, elements, card {row.card_id}, facility: log gives [1, 10]" in capsys.readouterr().out
    row.refresh_from_db()
    assert row.values["facility"] == [7, 10]


def test_a_check_says_what_was_never_made_and_what_is_old(cohort, capsys):
    student = join(cohort)
    answer(student, USES[:1])
    call_command("rollup", str(cohort.pk))
    answer(student, USES[1:2])
    with pytest.raises(CommandError, match="2 differences"):
        call_command("rollup", "--check")
    out = capsys.readouterr().out
    assert "everybody, elements: never made" in out
    assert "Chemistry, elements: made before the latest answers" in out


def test_a_check_finds_mix_ups_that_are_not_those_of_the_log_and_making_them_anew_puts_them_right(cohort, capsys):
    student = join(cohort)
    answer(student, GASES, right=False)
    call_command("rollup")
    call_command("rollup", "--check")
    kept = StudentConfusions.objects.get(user=student)
    next(iter(kept.pairs.values()))["gases/9"] = [1, 1]
    kept.save()
    ClassConfusion.objects.filter(cohort=cohort).update(shown=99)
    with pytest.raises(CommandError, match="2 differences"):
        call_command("rollup", "--check")
    out = capsys.readouterr().out
    assert f"mix-ups of {student}: not those of the log" in out
    assert "mix-ups of Chemistry: not the sum over its students" in out
    call_command("rollup")
    call_command("rollup", "--check")
