from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.plots import Bar, Line, Reference, bars, calendar, level_bars, lines
from quizzes.formats.plots.scales import nice_ticks, spaced

DAY = date(2026, 3, 10)
HOSTILE = "<script>\"&'"


def read(plot):
    """The picture as a tree; fails if it is not well-formed."""
    return ElementTree.fromstring(plot.svg)


def marks(plot):
    """The marks of a plot in order."""
    return [node for node in read(plot).iter("g") if node.get("class") == "mark"]


def some_bars(*values):
    return bars(
        "Seven a day",
        [Bar(f"day {at}", one, f"day {at}: {sum(one)}") for at, one in enumerate(values)],
        x_label="Day",
        y_label="Reviews",
        series=("new", "review"),
    )


def test_bars_stand_on_the_floor_with_heights_in_proportion():
    plot = some_bars((2, 0), (4, 4))
    rects = [[r for r in mark.iter("rect") if r.get("class") in ("t1", "t2")] for mark in marks(plot)]
    heights = [[float(r.get("height")) for r in group] for group in rects]
    assert heights[1][0] == pytest.approx(2 * heights[0][0], abs=0.02)
    bottom = float(rects[0][0].get("y")) + heights[0][0]
    assert float(rects[1][0].get("y")) + heights[1][0] == pytest.approx(bottom, abs=0.02)
    assert float(rects[1][1].get("y")) + heights[1][1] == pytest.approx(float(rects[1][0].get("y")), abs=0.02)


def test_the_table_beside_a_plot_holds_every_figure():
    plot = some_bars((2, 0), (4, 4))
    assert plot.columns == ("Day", "new", "review")
    assert plot.rows == [["day 0", "2", "0"], ["day 1", "4", "4"]]
    assert plot.legend == [("t1", "new"), ("t2", "review")]


def test_only_the_first_mark_is_a_stop_of_the_tab_key():
    assert [mark.get("tabindex") for mark in marks(some_bars((1, 1), (2, 2), (3, 3)))] == ["0", "-1", "-1"]


def test_what_a_mark_says_is_read_out_and_shown():
    mark = marks(some_bars((1, 2)))[0]
    assert mark.get("aria-label") == "day 0: 3"
    assert mark.find("text").text == "day 0: 3"


@pytest.mark.parametrize(
    "plot",
    [
        bars(HOSTILE, [Bar(HOSTILE, (1,), HOSTILE)], x_label=HOSTILE, y_label=HOSTILE, series=(HOSTILE,)),
        level_bars(HOSTILE, [Bar(HOSTILE, (0.5,), HOSTILE)], columns=(HOSTILE,)),
        lines(HOSTILE, [Line(HOSTILE, [(0, 1), (1, 0)])], x_label=HOSTILE, y_label=HOSTILE),
        calendar(
            HOSTILE,
            {DAY: 1},
            until=DAY,
            weeks=2,
            say=lambda day, count: HOSTILE,
            month=lambda day: HOSTILE,
            weekdays=[HOSTILE] * 7,
            columns=(HOSTILE,),
        ),
    ],
)
def test_texts_never_become_markup(plot):
    assert "<script" not in plot.svg
    assert read(plot).get("aria-label") == HOSTILE


def test_a_share_reaches_as_far_as_it_is_large_and_its_interval_around_it():
    plot = level_bars("Tests are weakest", [Bar("tests", (0.25,), "tests: 25 %", low=0.2, high=0.4)], columns=("", ""))
    track, level = read(plot).iter("rect")
    assert float(level.get("width")) == pytest.approx(float(track.get("width")) / 4)
    interval = next(node for node in read(plot).iter("line") if node.get("class") == "interval")
    assert float(interval.get("x1")) < float(level.get("x")) + float(level.get("width")) < float(interval.get("x2"))


def test_lines_go_from_left_to_right_and_more_is_higher():
    plot = lines(
        "Recall falls",
        [Line("recall", [(0, 1.0), (5, 0.8), (10, 0.7)])],
        x_label="Days",
        y_label="Recall",
        reference=Reference("target", 0.9),
    )
    line = next(node for node in read(plot).iter("polyline"))
    points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert points == sorted(points)
    assert points[0][1] < points[1][1] < points[2][1]
    assert plot.rows == [["0", "100 %"], ["5", "80 %"], ["10", "70 %"]]


def test_a_table_of_several_lines_leaves_empty_what_a_line_does_not_say():
    plot = lines("Two", [Line("a", [(0, 1.0)]), Line("b", [(1, 0.5)])], x_label="Days", y_label="Recall")
    assert plot.rows == [["0", "100 %", ""], ["1", "", "50 %"]]


def test_a_calendar_ends_on_its_last_day_and_is_darkest_on_the_busiest():
    plot = calendar(
        "Two days",
        {DAY: 10, date(2026, 3, 2): 1, date(2020, 1, 1): 99},
        until=DAY,
        weeks=4,
        say=lambda day, count: f"{day}: {count}",
        month=lambda day: f"{day:%b}",
        weekdays=list("MTWTFSS"),
        columns=("Day", "Reviews"),
    )
    levels = {mark.get("aria-label"): mark.find("rect").get("class") for mark in marks(plot)}
    assert list(levels)[-1] == "2026-03-10: 10"
    assert len(levels) == 3 * 7 + 2
    assert levels["2026-03-10: 10"] == "day l4"
    assert levels["2026-03-02: 1"] == "day l1"
    assert levels["2026-03-03: 0"] == "day l0"
    assert plot.rows == [["2026-03-02", "1"], ["2026-03-10", "10"]]


def test_plots_of_nothing_are_still_plots():
    assert marks(bars("Nothing", [], x_label="Day", y_label="n", series=("n",))) == []
    assert read(lines("Nothing", [], x_label="Days", y_label="n")) is not None
    assert read(level_bars("Nothing", [], columns=("a",))) is not None


@given(st.floats(0, 1e9), st.integers(2, 8))
def test_axes_end_at_a_round_number_not_far_above_the_highest(highest, count):
    ticks = nice_ticks(highest, count=count)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert len(ticks) <= 2 * count + 2
    assert all(tick == int(tick) for tick in ticks)


@given(st.integers(0, 400), st.integers(2, 10))
def test_labels_are_few_and_the_ends_are_among_them(length, most):
    places = spaced(length, most)
    assert len(places) <= most
    assert not length or (places[0], places[-1]) == (0, length - 1)
