"""Plots as SVG text that needs no script and takes its colours from the stylesheet. Pure: numbers in, text out."""

from quizzes.formats.plots.arcs import Arc, arcs
from quizzes.formats.plots.bars import Bar, bars
from quizzes.formats.plots.calendar import calendar
from quizzes.formats.plots.calibration import CalibrationWords, calibration, lowest_shown
from quizzes.formats.plots.dots import Dot, dots
from quizzes.formats.plots.levels import level_bars
from quizzes.formats.plots.lines import Line, Reference, lines
from quizzes.formats.plots.plot import Plot
from quizzes.formats.plots.standalone import standalone

__all__ = [
    "Arc",
    "Bar",
    "CalibrationWords",
    "Dot",
    "Line",
    "Plot",
    "Reference",
    "arcs",
    "bars",
    "calendar",
    "calibration",
    "dots",
    "level_bars",
    "lines",
    "lowest_shown",
    "standalone",
]
