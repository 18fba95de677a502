import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.plots import Arc, Bar, Dot, Line, Reference, arcs, bars, calendar, dots, level_bars, lines
from quizzes.formats.plots.scales import nice_ticks, spaced, ticks_within

DAY = date(2026, 3, 10)
HOSTILE = "<script>\"&'"
LONG = "a very long name that would run into the picture"


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
    assert heights[1][0] == pytest.approx(2 * heights[0][0], abs=0.11)
    bottom = float(rects[0][0].get("y")) + heights[0][0]
    assert float(rects[1][0].get("y")) + heights[1][0] == pytest.approx(bottom, abs=0.11)
    seam = float(rects[1][0].get("y")) - float(rects[1][1].get("y")) - heights[1][1]
    assert 0.5 < seam < 2
    assert len(rects[0]) == 1


def labels(plot):
    """The texts under the axis with their places."""
    return [(float(t.get("x")), t.text) for t in read(plot).iter("text") if t.get("class") == "tick"][-8:]


@pytest.mark.parametrize(("count", "short", "now"), [(14, "25 Nov", 0), (21, "Wednesday 25", 13), (28, "1 Dec", None)])
def test_labels_under_bars_never_touch_and_today_has_one(count, short, now):
    found = [Bar("x", (1,), "x", short="today" if at == now else f"{short}.") for at in range(count)]
    plot = bars("t", found, x_label="Day", y_label="n", series=("n",), now=now)
    placed = [place for place in labels(plot) if place[1].endswith((".", "today"))]
    assert len(placed) > 1
    assert (now is None) or "today" in [text for _x, text in placed]
    for (x, text), (next_x, next_text) in itertools.pairwise(placed):
        assert x + len(text) * 3.3 < next_x - len(next_text) * 3.3
    assert all(x - len(text) * 3.2 >= 0 and x + len(text) * 3.2 <= 360 for x, text in placed)


def test_a_plot_of_nothing_says_so_in_the_picture():
    bar = [Bar("day", (0, 0), "day: nothing")]
    empty = {"x_label": "Day", "y_label": "n", "empty": "Nothing yet"}
    plots = [
        bars("t", bar, series=("a", "b"), **empty),
        lines("t", [Line("a", [])], **empty),
        level_bars("t", [], columns=("a",), empty="Nothing yet"),
    ]
    assert all("Nothing yet" in [text.text for text in read(plot).iter("text")] for plot in plots)
    assert "Nothing yet" not in bars("t", [Bar("day", (0, 1), "one")], series=("a", "b"), **empty).svg


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
            week=HOSTILE,
        ),
    ],
)
def test_texts_never_become_markup(plot):
    assert "<script" not in plot.svg
    assert read(plot).get("aria-label") == HOSTILE


def test_a_share_reaches_as_far_as_it_is_large_and_its_interval_around_it():
    plot = level_bars("Tests are weakest", [Bar("tests", (0.25,), "tests: 25 %", low=0.2, high=0.4)], columns=("", ""))
    boxes = {node.get("class"): node for node in read(plot).iter("rect")}
    end = float(boxes["t1"].get("x")) + float(boxes["t1"].get("width"))
    assert float(boxes["t1"].get("width")) == pytest.approx(float(boxes["track"].get("width")) / 4, abs=0.1)
    interval = next(node for node in read(plot).iter("path") if node.get("class") == "interval").get("d")
    low, high = float(interval[1:].split()[0]), float(re.search(r"H([\d.]+)", interval)[1])
    assert low < end < high


def test_an_interval_stays_on_the_scale():
    plot = level_bars("All", [Bar("all", (1.0,), "all", low=0.9, high=1.2)], columns=("", ""))
    interval = next(node for node in read(plot).iter("path") if node.get("class") == "interval").get("d")
    assert float(re.search(r"H([\d.]+)", interval)[1]) <= 360


def test_amounts_are_shown_in_their_own_unit_and_to_their_own_scale():
    found = [Bar("drugs", (2.0,), "drugs: 2 days"), Bar("tests", (8.0,), "tests", figure="about 8 days")]
    plot = level_bars("Tests last", found, columns=("",), highest=8.0, show=lambda days: f"{days:g} d")
    texts = [text.text for text in read(plot).iter("text")]
    assert {"2 d", "about 8 days", "0 d", "4 d", "8 d"} <= set(texts)
    widths = [float(node.get("width")) for node in read(plot).iter("rect") if node.get("class") == "t1"]
    assert widths[1] == pytest.approx(4 * widths[0])


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


def test_a_path_is_drawn_in_full_and_read_out_only_where_points_are_given():
    falls = [(0, 1.0), (1, 0.9), (2, 0.8), (2, 1.0), (3, 0.9)]
    found = [Line("recall", [(2, 0.8)], dots=True, path=falls, said=["10 Mar: right"]), Line("wrong", [], style="none")]
    plot = lines("Recall", found, x_label="Day", y_label="Recall")
    assert [mark.get("aria-label") for mark in marks(plot)] == ["10 Mar: right"]
    assert [len(line.get("points").split()) for line in read(plot).iter("polyline")] == [5]
    assert plot.rows == [["2", "80 %", ""]]


def test_the_second_line_has_dots_of_another_shape():
    found = [Line("right", [(0, 1.0)], dots=True), Line("wrong", [(1, 0.5)], dots=True)]
    shapes = [mark[-2].tag for mark in marks(lines("Two", found, x_label="Days", y_label="Recall"))]
    assert shapes == ["circle", "path"]


def test_a_span_is_shown_whatever_is_known_of_it():
    plot = lines("One", [Line("a", [(11, 0.5)], dots=True)], x_label="Week", y_label="n", span=(0, 11), x_ticks=(0, 11))
    dot = next(node for node in read(plot).iter("circle") if "dot" in node.get("class"))
    assert float(dot.get("cx")) == max(x for x, text in labels(plot))


def test_a_table_of_several_lines_leaves_empty_what_a_line_does_not_say():
    plot = lines("Two", [Line("a", [(0, 1.0)]), Line("b", [(1, 0.5)])], x_label="Days", y_label="Recall")
    assert plot.rows == [["0", "100 %", ""], ["1", "", "50 %"]]


@pytest.mark.parametrize("form", ["%b", "%B"])
@pytest.mark.parametrize("weeks", [8, 26])
def test_the_names_of_months_keep_apart_on_every_day_of_a_year(form, weeks):
    for at in range(365):
        until = date(2026, 1, 1) + timedelta(days=at)
        plot = calendar(
            "A year",
            {},
            until=until,
            weeks=weeks,
            say=lambda day, count: "",
            month=lambda day: day.strftime(form),
            weekdays=[""] * 7,
            week="Week from",
        )
        names = [(float(node.get("x")), node.text) for node in read(plot).iter("text") if node.text]
        assert all(x + len(text) * 7 < after for (x, text), (after, _text) in itertools.pairwise(names))
        assert all(x + len(text) * 7 <= 360 for x, text in names)


def test_a_calendar_ends_on_its_last_day_and_is_darkest_on_the_busiest():
    plot = calendar(
        "Two days",
        {DAY: 10, date(2026, 3, 2): 1, date(2020, 1, 1): 99},
        until=DAY,
        weeks=4,
        say=lambda day, count: f"{day}: {count}",
        month=lambda day: f"{day:%b}",
        weekdays=list("MTWTFSS"),
        week="Week from",
    )
    levels = {mark.get("aria-label"): mark.find("rect").get("class") for mark in marks(plot)}
    assert levels == {"2026-03-02: 1": "day l1", "2026-03-10: 10": "day l4"}
    boxes = [node.get("class") for node in read(plot).iter("rect")]
    assert len(boxes) == 3 * 7 + 2
    assert boxes[-1] == "day l4"
    assert [mark.get("tabindex") for mark in marks(plot)] == ["0", "-1"]
    assert plot.columns == ("Week from", *"MTWTFSS")
    assert plot.rows[-2:] == [["2026-03-02", "1", *[""] * 6], ["2026-03-09", "", "10", *[""] * 5]]


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
def test_labels_are_few_and_equally_far_apart(length, most):
    places = spaced(length, most)
    assert len(places) <= most
    assert places[:1] == [0][:length]
    assert len({after - before for before, after in itertools.pairwise(places)}) <= 1


@given(st.floats(-1e4, 1e4), st.floats(0.5, 1e4))
def test_round_values_lie_within_and_zero_is_one_of_them(start, length):
    ticks = ticks_within(start, start + length)
    assert all(start - 1e-6 <= tick <= start + length + 1e-6 for tick in ticks)
    assert 1 <= len(ticks) <= 10
    assert (0 in ticks) == (start <= 0 <= start + length) or min(abs(start), abs(start + length)) < 1e-6


def some_dots(*found, **about):
    given = {"x_label": "right at first", "y_label": "right later", "columns": ("Question", "x", "y")}
    return dots("Three questions", found, names=("in order", "needs a look"), **{**given, **about})


def test_dots_stand_where_their_figures_are_and_those_set_off_in_front():
    look, plain = Dot("a", 1.0, 0.0, "a: wrong", ("1", "0"), set_off=True), Dot("b", 0.0, 1.0, "b", ("0", "1"))
    plot = some_dots(look, plain)
    assert [mark.get("aria-label") for mark in marks(plot)] == ["b", "a: wrong"]
    circle = next(node for node in marks(plot)[0].iter("circle") if node.get("class") == "hit")
    diamond = next(node for node in marks(plot)[1].iter("circle") if node.get("class") == "hit")
    assert float(circle.get("cx")) < float(diamond.get("cx"))
    assert float(circle.get("cy")) < float(diamond.get("cy"))
    assert plot.rows == [["a", "1", "0"], ["b", "0", "1"]]
    assert plot.legend == [("t1", "in order"), ("t2", "needs a look")]


def test_dots_beyond_the_axes_stay_at_their_edge_and_one_kind_needs_no_legend():
    within, beyond = (marks(some_dots(Dot("a", x, -x, HOSTILE)))[0] for x in (1.0, 7.0))
    assert [node.attrib for node in within.iter("circle")] == [node.attrib for node in beyond.iter("circle")]
    assert some_dots(Dot("a", 0.5, 0.5, "a")).legend == []
    assert "Nothing yet" in some_dots(empty="Nothing yet").svg


def test_an_interval_stands_upright_around_its_point():
    points, spans = [(0.0, 0.8), (1.0, 0.7)], [(0.75, 0.85), (0.6, 0.8)]
    plot = lines("Kept", [Line("right", points, dots=True, ranges=spans)], x_label="days", y_label="right")
    drawn = [node.get("d") for node in read(plot).iter("path") if node.get("class") == "interval"]
    lengths = []
    for path in drawn:
        down, up = re.match(r"M[\d.]+ ([\d.]+)h6m-3 0V([\d.]+)m", path).groups()
        lengths.append(float(down) - float(up))
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.2)
    assert lengths[0] > 0


def test_shares_are_shown_from_nought_where_an_interval_reaches_below_a_half():
    low = lines("Kept", [Line("right", [(0.0, 0.8)], ranges=[(0.4, 0.9)])], x_label="days", y_label="right")
    high = lines("Kept", [Line("right", [(0.0, 0.8)], ranges=[(0.6, 0.9)])], x_label="days", y_label="right")
    assert ">0 %<" in low.svg
    assert ">0 %<" not in high.svg


def some_arcs(*pairs):
    found = [Arc(one, other, weight, f"{one} and {other}: {weight}", (str(weight),)) for one, other, weight in pairs]
    return arcs("Which goes with which", found, columns=("Pair", "Weight"))


def names_down(plot):
    """The names from the top to the bottom."""
    found = [node for node in read(plot).iter("text") if node.get("class") == "name"]
    return [node.text for node in sorted(found, key=lambda node: float(node.get("y")))]


def test_arcs_name_each_end_once_with_both_ends_of_an_arc_near_each_other():
    assert names_down(some_arcs(("a", "b", 3), ("c", "d", 2), ("b", "e", 1))) == ["a", "b", "e", "c", "d"]
    assert names_down(some_arcs(("a", "b", 3), ("c", "a", 2))) == ["a", "c", "b"]


def test_an_arc_joins_the_heights_of_its_names_and_is_the_thicker_the_more_it_weighs():
    plot = some_arcs(("a", "b", 3), ("c", "d", 1), ("a", "d", 2))
    heights = {node.text: float(node.get("y")) - 4 for node in read(plot).iter("text") if node.get("class") == "name"}
    thick = []
    for found, (one, other) in zip(marks(plot), ("ab", "cd", "ad"), strict=True):
        path = next(node for node in found.iter("path") if node.get("class") == "arc")
        ends = re.fullmatch(r"M\S+ (\S+)A\S+ \S+ 0 0 1 \S+ (\S+)", path.get("d")).groups()
        assert [float(end) for end in ends] == sorted([heights[one], heights[other]])
        thick.append(float(path.get("stroke-width")))
    assert thick[0] > thick[2] > thick[1]


def test_arcs_stand_as_a_table_too_and_stop_at_the_first_alone():
    plot = some_arcs(("a", "b", 3), (HOSTILE, LONG, 2))
    assert plot.rows == [["a · b", "3"], [f"{HOSTILE} · {LONG}", "2"]]
    assert [node.get("tabindex") for node in marks(plot)] == ["0", "-1"]


def test_a_long_name_stands_in_lines_that_fit_and_what_is_too_long_ends_in_dots():
    assert names_down(some_arcs(("a", LONG, 3)))[1:] == ["a very long name that would run into", "the picture"]
    assert names_down(some_arcs(("a", f"{LONG}, {LONG}", 3)))[-1].endswith("…")
    plot = level_bars("x", [Bar(f"{LONG} · {LONG}", [0.5], "half"), Bar("b", [0.1], "low")], columns=("Pair",))
    lines = names_down(plot)
    assert " ".join(lines) == f"{LONG} · {LONG} b"
    assert max(map(len, lines)) <= 44
    assert plot.rows[0] == [f"{LONG} · {LONG}"]


def test_a_long_value_stands_in_lines_that_grow_upwards():
    plot = level_bars("x", [Bar("a", [0.5], f"{LONG}, {LONG}: 50 %")], columns=("Pair",))
    (value,) = (node for node in read(plot).iter("text") if node.get("class") == "value")
    assert " ".join(line.text for line in value) == f"{LONG}, {LONG}: 50 %"
    assert [line.get("dy") for line in value] == ["-28", "14", "14"]
    assert marks(plot)[0].get("aria-label") == f"{LONG}, {LONG}: 50 %"


def test_no_arc_at_all_is_an_empty_picture():
    assert marks(some_arcs()) == []
