from dataclasses import replace

import numpy as np
import pytest

from quizzes.selectors.teaching.figures import DAYS, ClassSection, ClassStudent, Figures
from quizzes.selectors.teaching.table import BEHIND, PAGE, Wanted, class_table
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


def cell(figures, name, label):
    table = class_table(7, figures, Wanted(page=0))
    at = [head.label for head in table.headers].index(label)
    return next(row for row in table.rows if row.name == name).cells[at - 1]


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
    heads = {head.label: head for head in class_table(7, figures, Wanted(sort="due", show="away")).headers}
    assert (heads["Due"].sorted, heads["Due"].url) == ("ascending", "?sort=-due&show=away")
    assert (heads["Overdue"].sorted, heads["Overdue"].url) == ("", "?sort=overdue&show=away")
    down = {head.label: head for head in class_table(7, figures, Wanted(sort="-due")).headers}
    assert (down["Due"].sorted, down["Due"].url) == ("descending", "?sort=due")


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
        cell(figures, "Ann", "tests"), text="50 %", note="10 of 10", tone="h2"
    )
    assert cell(figures, "Ann", "drugs").tone == "h5"
    assert cell(figures, "Ann", "Recall").note == "of 14"
    assert cell(figures, "Ann", "Begun").text == "70 %"


def test_recall_rests_on_the_cards_learned_not_on_those_begun(figures):
    figures.introduced[0] = [10, 10]
    assert cell(figures, "Ann", "drugs").note == "4 of 10"
    assert cell(figures, "Ann", "Recall").note == "of 14"


def test_too_few_cards_give_no_share(figures):
    few = cell(figures, "dan", "tests")
    assert (few.text, few.note, few.tone, few.few) == ("–", "2 of 10", "", True)
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
    assert groups == [("", 9), ("Deck 1", 2), ("Deck 2", 2)]


def test_the_sentence_says_who_is_away_and_which_section_is_weakest(figures):
    assert class_sentences(figures, section_shares(figures)) == (
        "2 of 4 have not studied this week",
        "weakest section: tests, 70 %",
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
