import pytest

from quizzes.core.statistics import Share
from quizzes.selectors.teaching.class_plots import (
    daily_students_plot,
    often_words,
    recall_plot,
    weekly_recall_plot,
    weekly_students_plot,
)
from quizzes.selectors.teaching.figures import DAYS, WEEKS
from quizzes.selectors.teaching.wording import SectionShare
from tests.selectors.teaching.test_table import TODAY, made


@pytest.fixture
def figures():
    """Three students in two decks, who have done nothing yet."""
    return made(["Ann", "Bob", "Cy"], decks=(1, 2))


def test_nothing_done_makes_no_picture(figures):
    assert weekly_recall_plot(figures, TODAY) is None
    assert weekly_students_plot(figures, TODAY) is None
    assert daily_students_plot(figures, TODAY) is None
    assert recall_plot([SectionShare(figures.sections[0], "tests", None)], "") is None


def test_a_student_who_studies_two_decks_on_a_day_is_counted_once(figures):
    figures.days[0, :, 1] = True
    figures.days[1, 0, 1] = True
    rows = daily_students_plot(figures, TODAY).rows
    assert len(rows) == DAYS
    assert [row[1] for row in rows[-3:]] == ["0", "2", "0"]
    assert rows[-1][0] == "Tue 10 Mar"


def test_the_usual_day_leaves_out_today_which_is_not_over(figures):
    figures.days[:, 0, 1:] = True
    assert daily_students_plot(figures, TODAY).title == "On a usual day 3 of 3 study"


def test_weeks_end_today_and_each_student_counts_once(figures):
    figures.weeks[0, :, 0] = True
    figures.weeks[:2, 0, 1] = True
    plot = weekly_students_plot(figures, TODAY)
    assert plot.title == "1 of 3 studied in the last 7 days, 2 in the 7 before"
    assert len(plot.rows) == WEEKS
    assert [list(row) for row in plot.rows[-2:]] == [["25 Feb–3 Mar", "2"], ["4 Mar–10 Mar", "1"]]


def test_recall_by_week_stands_with_its_interval_and_number_of_answers(figures):
    figures.week_asked[:, 0, [0, 3]], figures.week_right[:, 0, [0, 3]] = 100, [[60, 90]] * 3
    figures.week_asked[0, 0, 1], figures.week_right[0, 0, 1] = 9, 9
    plot = weekly_recall_plot(figures, TODAY)
    assert plot.title == "Recall at reviews has fallen from 90 % to 60 %"
    assert [row[0] for row in plot.rows] == ["11 Feb 2026", "4 Mar 2026"], "9 answers are too few"
    assert plot.rows[1][1] == "60 %"
    assert plot.rows[1][3] == "300"
    low, high = map(int, plot.rows[1][2].removesuffix(" %").split("–"))
    assert low < 60 < high
    assert plot.svg.count('class="interval"') == 2


@pytest.mark.parametrize(
    ("right", "title"),
    [
        ([8, None], "At reviews 80 % are recalled"),
        ([8, 8], "At reviews 80 % are recalled, with no clear change over the weeks"),
        ([9, 7], "Recall at reviews has risen from 70 % to 90 %"),
    ],
)
def test_the_finding_says_what_changed(figures, right, title):
    for ago, count in enumerate(right):
        if count is not None:
            figures.week_asked[:, 0, ago], figures.week_right[:, 0, ago] = 100, 10 * count
    assert weekly_recall_plot(figures, TODAY).title == title


def test_recall_on_exam_day_says_of_when_it_is(figures):
    shares = [SectionShare(figures.sections[0], "tests", Share(0.61, 40, 3, 0.5, 0.7))]
    assert recall_plot(shares, "").title == "Predicted recall is weakest in tests, 61\N{NO-BREAK SPACE}%"
    plot = recall_plot(shares, "on 19 Mar")
    assert plot.title == "Predicted recall on 19 Mar is weakest in tests, 61\N{NO-BREAK SPACE}%"
    assert list(plot.rows[0]) == ["tests", "61 %", "50–70 %", "40", "3"]


def test_who_studies_often_is_counted_over_the_week(figures):
    figures.days[0, 0, [0, 2, 6]] = True
    figures.days[1, 0, [0, 2, 7]] = True
    assert often_words(figures) == "1 of 3 studied on 3 or more of the last 7 days."
