from dataclasses import replace

import numpy as np
import pytest

from quizzes.core.exam_scores import ExamScores
from quizzes.selectors.teaching.class_table import MOST_LONG, class_table
from quizzes.selectors.teaching.figures import DAYS, WEEKS, ClassSection, ClassStudent, Figures
from quizzes.selectors.teaching.table import BEHIND, MEMORY, ONE_LINE, PAGE, STUDY_DAYS, WITH_INTERVALS, Wanted
from quizzes.selectors.teaching.wording import class_sentences, section_shares
from tests.factories import NOW

TODAY = NOW.date()


def student(number, name, **fields):
    about = {"user_id": number, "name": name, "username": name.lower(), "email": "", "public_id": None}
    return ClassStudent(**{**about, "external_id": "", "today": TODAY, "decay": 0.15, **fields})


def made(names, *, decks=(1,)):
    """A class in which nobody has done anything, with two sections of ten cards for each deck."""
    n = len(names)
    sections = [
        ClassSection(2 * deck + at, deck, f"Deck {deck}", name, 10)
        for deck in decks
        for at, name in enumerate(("tests", "drugs"))
    ]
    cells, by_deck = (n, len(sections)), (n, len(decks))
    zeros = np.zeros(cells, np.int64)
    return Figures(
        students=[student(at, name) for at, name in enumerate(names)],
        sections=sections,
        decks=list(decks),
        introduced=zeros.copy(),
        learned=zeros.copy(),
        recall=zeros.astype(float),
        due=zeros.copy(),
        overdue=zeros.copy(),
        last_day=zeros.copy(),
        days=np.zeros((*by_deck, DAYS), np.bool_),
        asked_again=np.zeros(by_deck, np.int64),
        right_again=np.zeros(by_deck, np.int64),
        coming=zeros.copy(),
        answers=np.zeros(by_deck, np.int64),
        weeks=np.zeros((*by_deck, WEEKS), np.bool_),
        week_asked=np.zeros((*by_deck, WEEKS), np.int64),
        week_right=np.zeros((*by_deck, WEEKS), np.int64),
    )


@pytest.fixture
def figures():
    """Ann remembers half, Bob all, Cy has begun nothing and dan two cards."""
    found = made(["Ann", "Bob", "Cy", "dan"])
    found.introduced[:] = found.learned[:] = [[10, 4], [5, 5], [0, 0], [2, 0]]
    found.recall[:] = [[5.0, 3.6], [5.0, 5.0], [0, 0], [1.9, 0]]
    found.days[:3, 0, :3] = [[1, 1, 1], [0, 0, 1], [0, 0, 0]]
    found.last_day[:, 0] = [TODAY.toordinal(), TODAY.toordinal() - 2, 0, TODAY.toordinal() - 20]
    found.overdue[3, 0] = BEHIND
    return found


def names(figures, **wanted):
    return [row.name for row in class_table(7, figures, Wanted(**wanted)).rows]


def cell(figures, name, label, *, cells=""):
    for view in (MEMORY, STUDY_DAYS):
        table = class_table(7, figures, Wanted(page=0, view=view, cells=cells))
        labels = [head.label for head in table.headers]
        if label in labels:
            return next(row for row in table.lines if row.name == name).cells[labels.index(label) - 1]
    raise AssertionError(f"no column {label}")


def test_rows_stand_by_name_whatever_the_capitals(figures):
    assert names(figures) == ["Ann", "Bob", "Cy", "dan"]
    assert names(figures, sort="-name") == ["dan", "Cy", "Bob", "Ann"]


def test_a_column_sorts_up_and_down_with_unknown_figures_last_both_times(figures):
    assert names(figures, sort="recall") == ["Ann", "Bob", "Cy", "dan"]
    assert names(figures, sort="-recall") == ["Bob", "Ann", "Cy", "dan"]
    assert names(figures, sort="seen") == ["dan", "Bob", "Ann", "Cy"]
    assert names(figures, sort="-seen") == ["Ann", "Bob", "dan", "Cy"]


def test_an_unknown_column_sorts_by_name(figures):
    assert names(figures, sort="nonsense") == ["Ann", "Bob", "Cy", "dan"]


def test_the_sorted_column_says_so_and_its_link_turns_it_round(figures):
    heads = {head.label: head for head in class_table(7, figures, Wanted(sort="recall", show="away")).headers}
    assert (heads["Recall"].sorted, heads["Recall"].url) == ("ascending", "?sort=-recall&show=away")
    assert (heads["tests"].sorted, heads["tests"].url) == ("", "?sort=s2&show=away")
    down = {head.label: head for head in class_table(7, figures, Wanted(sort="-recall")).headers}
    assert (down["Recall"].sorted, down["Recall"].url) == ("descending", "?sort=recall")


@pytest.mark.parametrize(
    ("show", "expected"),
    [("away", ["Cy", "dan"]), ("behind", ["dan"]), ("new", ["Cy"]), ("", ["Ann", "Bob", "Cy", "dan"])],
)
def test_filters_show_whom_they_name(figures, show, expected):
    assert names(figures, show=show) == expected


def test_search_finds_parts_of_name_address_and_number():
    figures = made(["Ann Lee", "Bob Lee"])
    people = [replace(figures.students[0], email="ann@example.org"), replace(figures.students[1], external_id="S-77")]
    figures = replace(figures, students=people)
    assert names(figures, search="lee BOB") == ["Bob Lee"]
    assert names(figures, search="ann@") == ["Ann Lee"]
    assert names(figures, search="s-77") == ["Bob Lee"]
    assert names(figures, search="zoe") == []


def test_a_share_stands_with_what_it_rests_on_and_how_warm_it_is(figures):
    assert cell(figures, "Ann", "tests") == replace(
        cell(figures, "Ann", "tests"), text="50 %", note="24–76 % · 10", tone="h2"
    )
    assert cell(figures, "Ann", "drugs").tone == "h5"
    assert cell(figures, "Ann", "Recall").note.endswith(" · 14")
    assert cell(figures, "Ann", "Begun").text == "70 %"


def test_recall_rests_on_the_cards_learned_not_on_those_begun(figures):
    figures.introduced[0] = [10, 10]
    assert cell(figures, "Ann", "drugs", cells=ONE_LINE).note == "4"
    assert cell(figures, "Ann", "Recall", cells=ONE_LINE).note == "14"


def test_too_few_cards_give_no_share(figures):
    few = cell(figures, "dan", "tests")
    assert (few.text, few.note, few.tone, few.few) == ("–", "2", "", True)
    assert cell(figures, "dan", "Recall").few


def test_days_are_told_as_seen_from_today(figures):
    assert [cell(figures, name, "Last seen").text for name in ("Ann", "Bob", "Cy", "dan")] == [
        "today",
        "2 days ago",
        "never",
        "20 days ago",
    ]
    assert cell(figures, "Ann", "Days of 7").text == "3"


def test_first_answers_are_shown_from_ten_on(figures):
    figures.asked_again[:2, 0], figures.right_again[:2, 0] = [9, 10], [9, 8]
    assert cell(figures, "Ann", "Right again").few
    assert (cell(figures, "Bob", "Right again").text, cell(figures, "Bob", "Right again").note) == ("80 %", "of 10")


def test_a_large_class_is_shown_in_pages_or_all_at_once():
    figures = made([f"student {number:04}" for number in range(2 * PAGE + 1)])
    table = class_table(7, figures, Wanted(page=3))
    assert [row.name for row in table.rows] == [f"student {2 * PAGE:04}"]
    assert [(label, url) for label, url, _here in table.pages] == [
        ("1", "?"), ("2", "?page=2"), ("3", "?page=3"), ("All", "?page=0"),
    ]  # fmt: skip
    assert len(class_table(7, figures, Wanted(page=0)).rows) == 2 * PAGE + 1
    assert class_table(7, made(["Ann"]), Wanted()).pages == []


def test_several_decks_have_their_names_over_their_sections():
    assert class_table(7, made(["Ann"]), Wanted()).groups == []
    groups = class_table(7, made(["Ann"], decks=(1, 2)), Wanted()).groups
    assert groups == [("", 2), ("Deck 1", 2), ("Deck 2", 2)]
    assert class_table(7, made(["Ann"], decks=(1, 2)), Wanted(view=STUDY_DAYS)).groups == []


def test_in_one_line_the_interval_is_in_the_title_alone(figures):
    short, long = (cell(figures, "Ann", "tests", cells=cells) for cells in (ONE_LINE, WITH_INTERVALS))
    assert (short.note, long.note) == ("10", "24–76 % · 10")
    assert short.title == long.title == "50 %, 95 % interval 24–76 %, 10 of 10 cards"


def test_a_large_class_has_one_line_for_each_student_unless_the_address_says_otherwise():
    large, small = (made([f"student {number:02}" for number in range(n)]) for n in (MOST_LONG + 1, MOST_LONG))
    assert (class_table(7, large, Wanted()).long, class_table(7, small, Wanted()).long) == (False, True)
    assert class_table(7, large, Wanted(cells=WITH_INTERVALS)).long
    assert not class_table(7, small, Wanted(cells=ONE_LINE)).long


def test_the_first_row_is_of_all_that_are_shown_with_the_interval_that_students_make(figures):
    figures.introduced[3] = figures.learned[3] = [10, 0]
    figures.recall[3] = [9.0, 0]
    everybody = cell(figures, "All 4", "tests")
    assert (everybody.text, everybody.tone) == ("76 %", "h3")
    low, high = everybody.note.removesuffix(" % · 25").split("–")
    assert int(low) < 76 < int(high)
    assert cell(figures, "All 4", "drugs").few
    assert class_table(7, figures, Wanted(show="away")).total.name == "These 2"
    assert class_table(7, figures, Wanted(search="ann")).total is None


def test_a_table_can_be_sorted_by_a_column_of_the_other_view(figures):
    assert names(figures, sort="-overdue") == ["dan", "Ann", "Bob", "Cy"]
    assert names(figures, sort="recall", view=STUDY_DAYS) == ["Ann", "Bob", "Cy", "dan"]


def test_expected_scores_stand_in_a_column_that_sorts(figures):
    scores = ExamScores(20, *np.array([[0.6, 0.7, 0.25, 0.3], [0.5, 0.6, 0.1, 0.2], [0.7, 0.8, 0.4, 0.4]]), np.ones(4))
    table = class_table(7, figures, Wanted(sort="-score"), scores=scores)
    assert [row.name for row in table.rows] == ["Bob", "Ann", "dan", "Cy"]
    at = [head.label for head in table.headers].index("Expected score")
    assert [(row.cells[at - 1].text, row.cells[at - 1].note) for row in table.rows[:2]] == [
        ("70 %", "60–80 %"),
        ("60 %", "50–70 %"),
    ]
    assert table.total.cells[at - 1].text == "46 %"
    assert "Expected score" not in [head.label for head in class_table(7, figures, Wanted()).headers]


def test_days_are_drawn_with_today_on_the_right(figures):
    assert cell(figures, "Bob", "Last 28 days").days == "M250 0h8v10h-8z"
    assert cell(figures, "Ann", "Last 28 days").days.split("M")[-1].startswith("270 0")
    assert (cell(figures, "Cy", "Last 28 days").days, cell(figures, "Cy", "Last 28 days").text) == ("", "0")


def test_an_address_hands_on_view_day_and_cells():
    wanted = Wanted(view=STUDY_DAYS, on="2026-03-20", cells=ONE_LINE, search="ann")
    assert wanted.address() == "?q=ann&view=days&on=2026-03-20&cells=short"
    assert wanted.hidden == {"view": "days", "on": "2026-03-20", "cells": "short"}


def test_the_sentence_says_who_is_away_and_which_section_is_weakest(figures):
    assert class_sentences(figures, section_shares(figures)) == (
        "2 of 4 have not studied this week",
        "weakest section: tests, 70\N{NO-BREAK SPACE}%",
    )


def test_the_sentence_for_one_and_for_all():
    one = made(["Ann"])
    assert class_sentences(one, section_shares(one)) == (
        "1 of 1 has not studied this week",
        "not enough answers yet to name the weakest section",
    )
    one.days[0, 0, 6] = True
    assert class_sentences(one, section_shares(one))[0] == "The one student studied this week"
    all_of_them = made(["Ann", "Bob"])
    all_of_them.days[:, 0, 0] = True
    assert class_sentences(all_of_them, section_shares(all_of_them))[0] == "All 2 students studied this week"
