"""Figures of a class's questions against a plain count over its log; the list and one question's page in words."""

import csv
import io

import numpy as np
import pytest
from scipy.stats import pearsonr

from quizzes.core.card_flags import Weight
from quizzes.models import Card, CardStatistics, ReviewLog
from quizzes.selectors.teaching.question_export import option_rows, question_rows
from quizzes.selectors.teaching.question_list import WantedQuestions, question_list
from quizzes.selectors.teaching.question_page import question_page
from tests.analysed import KEYS, answered_class, roll
from tests.factories import NOW, elements
from tests.study import COPPER, IRON


@pytest.fixture
def deck(db):
    return elements()


def listed(ivy, cohort, **wanted):
    return question_list(ivy, cohort, WantedQuestions(**wanted), now=NOW)


def row_of(cohort, key):
    return CardStatistics.objects.select_related("rollup").get(rollup__cohort=cohort, card__key=key)


def one(ivy, cohort, key):
    return question_page(ivy, cohort, row_of(cohort, key), now=NOW)


def only(key, weak):
    """Everybody is right or wrong by their strength alone, at one card the other way round if `weak`."""
    return lambda number, asked, dice: (dice.random() < number / 80) != (weak and asked == key)


def test_facility_discrimination_and_retention_are_those_of_a_plain_count(cohort, deck):
    answered_class(cohort, deck, 60)
    roll(deck, cohort)
    log = list(ReviewLog.objects.order_by("user_id", "seq").values("user_id", "card_id", "correct", "study_day"))
    first = {}
    for row in log:
        first.setdefault((row["user_id"], row["card_id"]), row["correct"])
    users = sorted({user for user, _card in first})
    for kept in CardStatistics.objects.filter(rollup__cohort=cohort):
        mark = np.array([float(first[user, kept.card_id]) for user in users])
        rest = [np.mean([first[user, c] for u, c in first if u == user and c != kept.card_id]) for user in users]
        again = [row["correct"] for row in log if row["card_id"] == kept.card_id and row["study_day"].day == 2]
        assert kept.n == 60
        assert kept.facility == pytest.approx(mark.mean())
        assert kept.discrimination == pytest.approx(pearsonr(mark, rest).statistic)
        assert kept.later == pytest.approx(np.mean(again))


def test_choosers_and_their_rest_scores_are_those_of_a_plain_count(cohort, deck):
    answered_class(cohort, deck, 60)
    roll(deck, cohort)
    first = ReviewLog.objects.filter(predicted_recall=None)
    right = {(row.user_id, row.card_id): row.correct for row in first}
    iron = Card.objects.get(key=IRON)
    counted = {}
    for row in first.filter(card=iron):
        rest = np.mean([mark for (user, card), mark in right.items() if user == row.user_id and card != iron.pk])
        counted.setdefault(row.detail["offered"][row.chosen], []).append(rest)
    for code, _hash, shown, chosen, choosers, total, *_rest in row_of(cohort, IRON).values["options"]:
        assert (shown, chosen, choosers) == (60, len(counted.get(code, [])), len(counted.get(code, [])))
        assert total == pytest.approx(sum(counted.get(code, [])))


def test_a_class_without_decks_answers_or_figures_says_what_the_page_will_show(ivy, cohort, deck):
    assert listed(ivy, cohort).deck is None
    cohort.decks.add(deck)
    page = listed(ivy, cohort)
    assert (page.deck, page.made_at, page.questions) == (deck, "", 0)
    roll(deck, cohort)
    page = listed(ivy, cohort)
    assert page.made_at
    assert (page.questions, page.rows, page.plots) == (0, [], [])


@pytest.mark.parametrize(
    ("students", "sentence"),
    [
        (
            1,
            "Not enough answers yet to tell which questions are broken: a question needs the first answers of 10 "
            "students",
        ),
        (30, "No question needs a look; not enough answers yet to tell whether questions tell strong from weak "
             "students"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_few_answers_can_tell(ivy, cohort, deck, students, sentence):
    answered_class(cohort, deck, students, right=lambda _number, _key, dice: dice.random() < 0.6)
    roll(deck, cohort)
    page = listed(ivy, cohort)
    assert "; ".join(filter(None, (page.look, page.rest))) == sentence


def test_one_student_has_rows_without_figures_that_say_how_many_there_are(ivy, cohort, deck):
    answered_class(cohort, deck, 1)
    roll(deck, cohort)
    cell = listed(ivy, cohort).rows[0].first
    assert (cell.value, cell.interval, cell.n, cell.few) == ("–", "", "of 1", "not enough answers yet: 1 of 10")


def test_the_broken_question_comes_first_and_is_counted(ivy, cohort, deck):
    answered_class(cohort, deck, 80, right=only(COPPER, weak=True))
    roll(deck, cohort)
    page = listed(ivy, cohort)
    assert page.rows[0].stem == "Which element is used to carry current through houses?"
    assert ("check the answer: those who know less do better", "warn") in page.rows[0].flags
    assert page.look == "1 of 12 questions needs a look"
    assert [row.stem for row in listed(ivy, cohort, show="look").rows] == [page.rows[0].stem]
    assert "12 questions tell strong from weak students" in page.plots[0].title


def test_new_cards_that_few_know_and_all_keep_are_not_held_against_anybody(ivy, cohort, deck):
    answered_class(cohort, deck, 40, right=lambda _number, _key, dice: dice.random() < 0.25)
    roll(deck, cohort)
    assert not CardStatistics.objects.filter(rollup__cohort=cohort, weight=Weight.LOOK).exists()
    lines = one(ivy, cohort, IRON).figures.lines
    assert lines[0].reading in ("new to most at first, and learned since", "hard")


@pytest.mark.parametrize("sort", ["first", "-first", "later", "-telling", "n", "name"])
def test_it_sorts_by_each_column(ivy, cohort, deck, sort):
    answered_class(cohort, deck, 60)
    roll(deck, cohort)
    name = {"first": "facility", "later": "later", "telling": "discrimination", "n": "n", "name": "card__order"}
    kept = CardStatistics.objects.filter(rollup__cohort=cohort)
    values = dict(kept.values_list("card_id", name[sort.removeprefix("-")]))
    found = [values[int(row.url.split("/")[-2])] for row in listed(ivy, cohort, sort=sort).rows]
    assert found == sorted(found, reverse=sort.startswith("-"))


def test_it_is_narrowed_by_section_and_by_words(ivy, cohort, deck):
    answered_class(cohort, deck, 3)
    roll(deck, cohort)
    gases = deck.sections.get(slug="gases")
    assert listed(ivy, cohort, section=str(gases.pk)).found == 4
    assert [row.term for row in listed(ivy, cohort, search="BRIDGES which").rows] == ["iron"]
    assert [row.term for row in listed(ivy, cohort, search="coPPer").rows] == ["copper"]
    assert listed(ivy, cohort, search="unheard of").rows == []


def test_nonsense_in_the_address_is_left_out(ivy, cohort, deck):
    answered_class(cohort, deck, 3)
    roll(deck, cohort)
    assert listed(ivy, cohort, sort="?", show="?", section="x", deck="?").found == 12


def test_before_fifty_students_the_picture_is_of_what_is_kept_and_then_of_who_knows_more(ivy, cohort, deck):
    answered_class(cohort, deck, 20)
    roll(deck, cohort)
    assert "questions are right later 7 times of 10" in listed(ivy, cohort).plots[0].title
    CardStatistics.objects.filter(rollup__cohort=cohort).update(later=None)
    assert "answers are wrong most often in" in listed(ivy, cohort).plots[0].title


def test_a_question_tells_each_figure_with_n_interval_and_words(ivy, cohort, deck):
    answered_class(cohort, deck, 20)
    roll(deck, cohort)
    page = one(ivy, cohort, IRON)
    facility, later, telling = page.figures.lines[:3]
    assert (facility.n, facility.term, later.term) == (20, "facility at first exposure", "retention")
    assert facility.interval.endswith(" %")
    assert (telling.value, telling.reading) == ("", "not enough answers yet: 20 of 50")
    assert page.figures.options[0].role == "the right answer"
    assert page.figures.options[1].role == "not enough answers yet: 20 of 60"


def test_the_class_forgets_a_fact_over_all_its_questions(ivy, cohort, deck):
    keys = [IRON, "uses/1/term_to_purpose"]
    answered_class(cohort, deck, 20, keys=keys)
    roll(deck, cohort)
    page = one(ivy, cohort, IRON)
    assert [stem for stem, _url in page.siblings] == ["What is iron used for?"]
    row = row_of(cohort, IRON)
    assert row.values["curve"][0][1] == 20


def test_the_files_hold_every_figure_unrounded_with_n_and_interval(cohort, deck):
    answered_class(cohort, deck, 60)
    roll(deck, cohort)
    head, *rows = question_rows(cohort, [deck])
    assert len(rows) == len(KEYS)
    for row in rows:
        named = dict(zip(head, row, strict=True))
        kept = CardStatistics.objects.get(card__fact__code=named["fact code"], card__direction=named["direction"])
        assert named["facility"] == kept.facility
        assert named["discrimination: n"] == 60
        assert named["discrimination: low"] < kept.discrimination < named["discrimination: high"]
        assert named["discrimination index"] == pytest.approx(100 * kept.discrimination)
    head, *rows = option_rows(cohort, [deck])
    assert sum(dict(zip(head, row, strict=True))["chosen"] for row in rows) == 60 * len(KEYS)


def test_a_figure_that_cannot_be_told_is_an_empty_cell_with_its_n(cohort, deck):
    answered_class(cohort, deck, 3)
    roll(deck, cohort)
    head, row, *_others = question_rows(cohort, [deck])
    named = dict(zip(head, row, strict=True))
    assert (named["facility"], named["facility: n"], named["facility: low"]) == (None, 3, None)


def test_a_csv_keeps_what_looks_like_a_formula_as_text(client, ivy, cohort, deck):
    answered_class(cohort, deck, 3)
    roll(deck, cohort)
    CardStatistics.objects.filter(rollup__cohort=cohort).update(stem="=1+1")
    client.force_login(ivy)
    text = b"".join(client.get(f"/classes/{cohort.pk}/questions/questions.csv")).decode("utf-8-sig")
    assert {row["question"] for row in csv.DictReader(io.StringIO(text))} == {"'=1+1"}
