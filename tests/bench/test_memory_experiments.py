"""The experiments on memory run, count, and print what they measured."""

import json
import signal
import sys

import pytest

from bench import __main__ as entry
from bench import class_knowledge, memory_choices, memory_models, report_memory
from bench.class_knowledge import compare_classes
from bench.memory_choices import OPTIONS, compare_choices
from bench.memory_models import TO_BEAT, compare_models
from bench.remembering import EXPERIMENTS, LOG
from bench.students import KINDS
from bench.studying import Plan
from quizzes.core.evaluation import MODELS
from quizzes.core.fitting import Fitted
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.predictions import Quality

SHORT = Plan(days=40, new_a_day=10)


def heard(*_):
    """Nobody listens to the progress."""


@pytest.fixture
def unfitted(monkeypatch):
    """The defaults for fitted parameters, since fitting takes seconds."""
    monkeypatch.setattr(memory_choices, "_fitted", lambda *_: DEFAULT_PARAMETERS)


@pytest.fixture
def measured(monkeypatch):
    """Two people: one model beats what is to be beaten on both of them in log loss and on one in RMSE(bins)."""
    better = iter([Quality(100, 0.3, 0.06, 0.7), Quality(200, 0.4, 0.04, 0.8)])
    fitted = Quality(100, 0.45, 0.05, 0.65)

    def evaluated(_):
        return dict.fromkeys(MODELS, fitted) | {MODELS[-1]: next(better)}, {}, None

    monkeypatch.setattr(memory_models, "evaluate", evaluated)


def test_models_are_averaged_over_people_and_counted_where_they_win(measured):
    found = compare_models(kinds=["average"], people=2, cards=5, plan=SHORT, tell=heard)
    models = found["kinds"]["average"]["models"]
    assert models[MODELS[-1]] == pytest.approx(
        {"log_loss": 0.35, "rmse_bins": 0.05, "auc": 0.75, "beats_in_log_loss": 2, "beats_in_rmse_bins": 1}
    )
    assert models[TO_BEAT]["beats_in_log_loss"] == 0
    assert [*found["kinds"]] == ["average"]


def test_several_kinds_are_also_told_together(measured):
    found = compare_models(kinds=["average", "good"], people=1, cards=5, plan=SHORT, tell=heard)
    assert found["kinds"]["all"]["people"] == 2
    assert found["kinds"]["all"]["models"][MODELS[-1]]["log_loss"] == pytest.approx(0.35)
    told = report_memory.models(found)
    assert all(model in told for model in MODELS)
    assert "average (1 people, 100 reviews tested)" in told


def test_choices_are_compared_with_the_flashcards_of_the_same_people(unfitted):
    found = compare_choices(kinds=["average"], people=2, cards=60, plan=SHORT, tell=heard)
    for rows in found["kinds"]["average"].values():
        assert tuple(rows) == OPTIONS
        assert rows[0]["more_reviews"] == rows[0]["mature_apart"] == 0
        assert all(0.6 < row["at_review"] < 1 for row in rows.values())
        assert rows[2]["more_answers"] < 0
    told = report_memory.choices(found)
    assert "average, parameters fitted to the choices themselves" in told
    assert "exact, the scheduler's own memory" in told


def test_guessing_costs_neither_recall_nor_reviews_where_the_model_holds():
    rows = memory_choices._compared(None, 24, 200, Plan(), memory_choices.DEFAULTS, memory_choices.EXACT)
    for options in (2, 3, 4):
        assert rows[options]["mature"] == pytest.approx(0.9, abs=0.01)
        assert rows[options]["more_reviews"] < 0.05


def test_parameters_are_fitted_to_cards_that_people_do_not_share(monkeypatch):
    given = []

    def fitted(reviews, parent):
        given.append(reviews)
        return Fitted(parent, len(reviews), 0.5, 0.5)

    monkeypatch.setattr(memory_choices, "fit", fitted)
    monkeypatch.setattr(memory_choices, "FITTED_PEOPLE", 2)
    assert memory_choices._fitted(KINDS["average"], 20, SHORT, "a") == DEFAULT_PARAMETERS
    assert len(set(given[0].card)) == 40


def test_new_students_of_a_class_are_compared_with_themselves_unshifted(monkeypatch):
    monkeypatch.setattr(class_knowledge, "EARLIER", (2, 6))
    monkeypatch.setattr(class_knowledge, "NEW", 3)
    found = compare_classes(kinds=["mixed_cards"], people=1, cards=12, plan=Plan(days=30), tell=heard)
    for rows in found["kinds"]["mixed_cards"].values():
        assert tuple(rows) == (0, 2, 6)
        assert rows[0]["same_log_loss"] == rows[0]["own_log_loss"] != rows[6]["own_log_loss"]
        assert 0 < rows[6]["same_log_loss"] < rows[0]["same_log_loss"]
    told = report_memory.classes(found)
    assert "mixed_cards, parameters: defaults" in told
    assert "    none" in told


def test_the_command_knows_all_experiments():
    assert (*EXPERIMENTS, LOG) == entry.MEMORY


@pytest.fixture
def run(monkeypatch, capsys):
    """What the command prints."""

    def printed(*arguments):
        monkeypatch.setattr(sys, "argv", ["bench", "--memory", *arguments])
        monkeypatch.setattr(signal, "signal", heard)
        entry.main()
        return capsys.readouterr().out

    return printed


def test_the_command_writes_a_log(run):
    lines = run("log", "--kind", "good", "--cards", "12", "--days", "20").splitlines()
    assert lines[0] == "card_id,review_rating,review_time,review_duration"
    assert {line.split(",")[0] for line in lines[1:]} == {str(card) for card in range(12)}


def test_the_command_prints_figures_as_json(run):
    found = json.loads(run("models", "--kind", "good", "--people", "1", "--cards", "12", "--days", "30", "--json"))
    assert set(found["kinds"]["good"]["models"]) == set(MODELS)
