import re
from xml.etree import ElementTree

import pytest

from quizzes.core.calibration_bins import STEPS, CalibrationBin
from quizzes.formats.plots import CalibrationWords, calibration, level_bars, lowest_shown, standalone

WORDS = CalibrationWords(
    x_label="expected",
    y_label="seen",
    diagonal="as expected",
    observed="Seen",
    counts="Reviews",
    columns=("Expected", "Seen", "Likely", "Reviews"),
    say=lambda one: f"{one.n} <seen>",
    between=lambda low, high: f"{low} to {high}",
    empty="Nothing yet",
)
GOOD, POOR = CalibrationBin(0.9, 90, 100), CalibrationBin(0.7, 50, 100)
COUNTS = [0] * 28 + [100] + [0] * 7 + [50] + [0] * 3


def parts(plot, name, kind):
    tree = ElementTree.fromstring(plot.svg)
    return [node for node in tree.iter(name) if kind in (node.get("class") or "").split()]


def plot_of(*bins, counts=COUNTS, **options):
    return calibration("Well", bins, counts, words=WORDS, **options)


def test_what_came_as_expected_lies_on_the_diagonal_and_what_did_not_below():
    plot = plot_of(POOR, GOOD)
    (diagonal,) = parts(plot, "line", "target")
    x1, y1, x2, y2 = (float(diagonal.get(name)) for name in ("x1", "y1", "x2", "y2"))
    poor, good = parts(plot, "circle", "dot")
    for dot, off in ((good, 0), (poor, 1)):
        there = y1 + (float(dot.get("cx")) - x1) / (x2 - x1) * (y2 - y1)
        assert (float(dot.get("cy")) > there + 5) is bool(off)
        assert off or float(dot.get("cy")) == pytest.approx(there, abs=0.2)


def test_the_interval_reaches_over_the_dot_on_both_sides():
    plot = plot_of(GOOD)
    (dot,), (line,) = parts(plot, "circle", "dot"), parts(plot, "path", "interval")
    low, high = (float(number) for number in re.findall(r"(?:M[\d.]+ |V)([\d.]+)", line.get("d")))
    assert high < float(dot.get("cy")) < low


def test_the_strip_shows_how_many_there_are_where():
    few, many = (parts(plot_of(GOOD), "rect", "t5")[at] for at in (1, 0))
    assert float(many.get("height")) == pytest.approx(2 * float(few.get("height")), abs=0.1)
    assert float(many.get("x")) < float(few.get("x"))
    below = plot_of(GOOD, counts=[7, *[0] * (STEPS - 1)])
    assert parts(below, "rect", "t5") == []


def test_the_scale_begins_where_the_lowest_bin_asks_for():
    assert lowest_shown([GOOD]) == 0.5
    assert lowest_shown([POOR]) == 0.4
    assert lowest_shown([CalibrationBin(0.04, 0, 3)]) == 0
    assert "40 %" not in plot_of(GOOD).svg
    assert "40 %" in plot_of(GOOD, lowest=0.2).svg


def test_the_table_holds_the_figures_and_the_picture_says_them():
    plot = plot_of(GOOD)
    assert list(plot.columns) == ["Expected", "Seen", "Likely", "Reviews"]
    assert plot.rows == [["90 %", "90 %", "83 % to 94 %", "100"]]
    assert "100 &lt;seen&gt;" in plot.svg


def test_without_bins_it_says_so():
    plot = plot_of(counts=[0] * STEPS)
    assert "Nothing yet" in plot.svg
    assert (plot.rows, plot.legend) == ([], [])


def test_a_file_of_plots_holds_its_colours_for_light_and_dark_and_stays_one_picture():
    file = standalone("Two & two", [plot_of(GOOD), level_bars("b", [], columns=("a",))], note="N " * 200)
    tree = ElementTree.fromstring(file)
    space = "{http://www.w3.org/2000/svg}"
    assert tree.tag == f"{space}svg"
    assert [node.text for node in tree.iter(f"{space}title")] == ["Two & two"]
    inner = [node for node in tree.iter(f"{space}svg") if node is not tree]
    edges = [float(node.get("x")) + float(node.get("width")) for node in inner]
    assert float(inner[1].get("x")) > edges[0]
    assert edges[1] < float(tree.get("width"))
    (style,) = (node.text for node in tree.iter(f"{space}style"))
    assert "prefers-color-scheme:dark" in style
    assert "var(" not in style
    used = {kind for node in tree.iter() for kind in (node.get("class") or "").split()}
    unstyled = {"tick", "axis", "above", "mark", "quiet", "note", "legend"}
    assert all(f".{kind}" in style for kind in used - unstyled)


def test_lines_of_titles_and_notes_lie_above_and_below_the_drawings():
    file = standalone("x", [plot_of(GOOD)], note="word " * 60)
    tree = ElementTree.fromstring(file)
    space = "{http://www.w3.org/2000/svg}"
    inner = next(node for node in tree.iter(f"{space}svg") if node is not tree)
    top, bottom = float(inner.get("y")), float(inner.get("y")) + float(inner.get("height"))
    texts = {node.get("class"): float(node.get("y", 0)) for node in tree.iter(f"{space}text")}
    assert texts["title"] < top
    assert bottom < texts["note"] < float(tree.get("height"))
