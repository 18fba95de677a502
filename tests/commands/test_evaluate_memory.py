"""manage.py evaluate_memory on made logs."""

import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def log(tmp_path):
    """A CSV file of six cards reviewed every sixth day."""
    rows = [
        f"{card},{1 if (card + day) % 5 == 0 else 3},2026-{1 + day // 28:02}-{1 + day % 28:02}T10:0{card}:00+00:00"
        for card in range(6)
        for day in range(0, 60, 6)
    ]
    path = tmp_path / "log.csv"
    path.write_text("card_id,review_rating,review_time\n" + "\n".join(rows))
    return path


def test_json_has_every_model_with_its_three_figures(log, capsys):
    call_command("evaluate_memory", log, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["n_test"] == 45
    assert list(found["models"]) == [
        "training_mean", "running_mean", "sm2", "fsrs6_default", "fsrs6_fitted", "fsrs6_calibrated", "fsrs6_ensemble",
    ]  # fmt: skip
    assert all(set(one) == {"log_loss", "rmse_bins", "auc"} for one in found["models"].values())


def test_json_has_null_where_one_outcome_leaves_nothing_to_tell_apart(log, capsys):
    log.write_text(log.read_text().replace(",1,", ",3,"))
    call_command("evaluate_memory", log, "--json")
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {one["auc"] for one in found["models"].values()} == {None}


def test_people_get_a_table(log, capsys):
    call_command("evaluate_memory", log, "--rollover", "8", "--timezone", "Europe/Paris")
    said = capsys.readouterr().out
    assert "FSRS-6, fitted, calibrated as answers come" in said
    assert "45 reviews tested" in said


def test_what_is_wrong_is_said_with_its_place(tmp_path, log):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("evaluate_memory", tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="Moon/Base is no time zone"):
        call_command("evaluate_memory", log, "--timezone", "Moon/Base")
    log.write_bytes("card_id,review_rating,review_time\n".encode("utf-16"))
    with pytest.raises(CommandError, match="no text in UTF-8"):
        call_command("evaluate_memory", log)
    log.write_text("card_id,review_rating,review_time\n1,9,2026-01-01T10:00:00Z\n")
    with pytest.raises(CommandError, match="Line 2: the rating “9”"):
        call_command("evaluate_memory", log)


def test_the_plot_is_a_file_with_a_panel_for_each_model_compared(log, tmp_path, capsys):
    call_command("evaluate_memory", log, "--plot", tmp_path / "out.svg")
    svg = (tmp_path / "out.svg").read_text(encoding="utf-8")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "Predicted and observed recall, 45 reviews" in svg
    assert [svg.count(f">{name}: off by ") for name in ("FSRS-6, defaults", "FSRS-6, fitted")] == [1, 1]
    assert svg.count('class="drawing"') == 3
    assert "45 reviews tested" in capsys.readouterr().out


def test_a_plot_that_cannot_be_written_is_named(log, tmp_path, capsys):
    with pytest.raises(CommandError, match=r"cannot be written to .*nowhere/out\.svg: No such file"):
        call_command("evaluate_memory", log, "--plot", tmp_path / "nowhere" / "out.svg")
    assert "45 reviews tested" in capsys.readouterr().out
