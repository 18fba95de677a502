"""Sums over answers against a plain walk through them, however many students are taken at a time."""

from collections import defaultdict
from random import Random

import numpy as np
import pytest

from quizzes.core.answer_sums import Answers, answer_sums, joined, later_by_card, share_of
from quizzes.core.card_analysis import CardAnalysis, Gathered, analyses, curve_of, overview
from quizzes.core.estimates import share_by_student
from quizzes.core.forgetting import FIRST_DAYS, forgetting_curve_of
from quizzes.core.option_book import Offer, OptionBook

CARDS, STUDENTS = 12, 25


def made(seed="answers"):
    """Rows of (student, card, day, right, options, recall), each student's in order of time."""
    dice, rows = Random(seed), []
    for student in range(STUDENTS):
        met, day = set(), 0
        for _answer in range(int(dice.random() * 80)):
            day += int(dice.random() * 3)
            card = int(dice.random() * CARDS)
            recall = float("nan") if card not in met else dice.random()
            met.add(card)
            rows.append((student, card, day, dice.random() < 0.6, 4 if dice.random() < 0.7 else 0, recall))
    return rows


def columns(rows):
    kinds = (np.int64, np.int64, np.int64, np.bool_, np.int64, np.float64)
    return Answers(*(np.array([row[at] for row in rows], kind) for at, kind in enumerate(kinds)))


def walked(rows):
    """First answers by (student, card), later first reviews of a day by card: bin, right, chance, days."""
    first, last, later = {}, {}, defaultdict(list)
    for at, (student, card, day, right, options, recall) in enumerate(rows):
        first.setdefault((student, card), at)
        elapsed = day - last.get((student, card), day)
        if elapsed and recall == recall:
            chance = recall + (1 - recall) / options if options else recall
            place = max(number for number, start in enumerate(FIRST_DAYS) if start <= elapsed)
            later[card].append((place, right, chance, elapsed, student))
        last[student, card] = day
    return first, later


def gathered(rows, *, groups=1):
    found = Gathered(CARDS)
    for group in range(groups):
        some = columns([row for row in rows if row[0] % groups == group])
        sums = answer_sums(some, cards=CARDS)
        found.parts.append(sums)
        found.options.append(some.options[sums.first])
    return found


def test_first_answers_are_those_that_a_walk_meets_first():
    rows = made()
    sums = answer_sums(columns(rows), cards=CARDS)
    first, _later = walked(rows)
    assert sums.first.tolist() == sorted(first.values())
    pairs = zip(sums.met.student, sums.met.item, sums.met.mark, strict=True)
    assert {(s, c): mark for s, c, mark in pairs} == {pair: float(rows[at][3]) for pair, at in first.items()}


def test_later_reviews_and_the_curve_are_those_of_a_walk():
    rows = made()
    sums = answer_sums(columns(rows), cards=CARDS)
    _first, later = walked(rows)
    for card in range(CARDS):
        for place in range(len(FIRST_DAYS)):
            found = [one for one in later[card] if one[0] == place]
            assert sums.curve.n[card, place] == len(found)
            assert sums.curve.right[card, place] == sum(right for _p, right, *_rest in found)
            assert sums.curve.predicted[card, place] == pytest.approx(sum(one[2] for one in found))
            assert sums.curve.days[card, place] == sum(one[3] for one in found)


def test_the_share_right_later_allows_for_students_of_one_card():
    rows = made()
    _first, later = walked(rows)
    figures = later_by_card(answer_sums(columns(rows), cards=CARDS).later, cards=CARDS)
    for card in range(CARDS):
        n, right = np.zeros(STUDENTS), np.zeros(STUDENTS)
        for _place, was_right, _chance, _days, student in later[card]:
            n[student] += 1
            right[student] += was_right
        assert figures[card] == share_by_student(right, n)


@pytest.mark.parametrize("groups", [2, 5])
def test_it_does_not_matter_how_many_students_are_taken_at_a_time(groups):
    rows = made()
    codes = [f"uses/{card}" for card in range(CARDS)]
    whole, parts = (dict(analyses(gathered(rows, groups=many), codes)) for many in (1, groups))
    assert whole.keys() == parts.keys()
    for card in whole:
        one, other = whole[card].to_plain(), parts[card].to_plain()
        assert one["facility"] == pytest.approx(other["facility"])
        assert one["discrimination"] == pytest.approx(other["discrimination"])
        assert one["later"] == pytest.approx(other["later"])
        assert np.allclose(one["curve"], other["curve"])


def test_an_analysis_comes_back_from_plain_values():
    rows = made()
    found = dict(analyses(gathered(rows), ["uses/1"] * CARDS))
    for one in found.values():
        kept = one.to_plain()
        assert CardAnalysis.from_plain(kept).to_plain() == kept


def test_how_many_choices_a_card_had_is_what_most_first_answers_had():
    rows = [(0, 0, 1, True, 4, float("nan")), (1, 0, 1, True, 4, float("nan")), (2, 0, 1, True, 3, float("nan"))]
    flash = [(student, 0, 1, True, 0, float("nan")) for student in range(3, 7)]
    one, other = (next(analyses(gathered(found), ["a"] * CARDS))[1] for found in (rows, rows + flash))
    assert (one.choices, one.k, one.guessed_among) == (3, 4, 4)
    assert (other.choices, other.k, other.guessed_among) == (3, 4, 0)


@pytest.mark.parametrize("groups", [1, 3])
def test_the_curve_of_a_class_allows_for_each_student_giving_many_answers(groups):
    rows = made()
    _first, later = walked(rows)
    kept = overview(gathered(rows, groups=groups), [1] * CARDS)
    curve = forgetting_curve_of(curve_of(kept["curve"]), 0, independent=kept["independent"])
    for place, point in enumerate(curve):
        n, right = np.zeros(STUDENTS), np.zeros(STUDENTS)
        for at, was_right, _chance, _days, student in (one for found in later.values() for one in found):
            n[student] += at == place
            right[student] += was_right and at == place
        by_hand = share_by_student(right, n)
        assert (point.observed.value, point.observed.low) == (by_hand.value, pytest.approx(by_hand.low))
        assert point.observed.high == pytest.approx(by_hand.high)


def test_the_overview_pools_cards_and_groups_of_them():
    rows = made()
    first, later = walked(rows)
    groups = [7 if card % 2 else 3 for card in range(CARDS)]
    kept = overview(gathered(rows), groups)
    for group in (3, 7):
        of = [at for (_student, card), at in first.items() if groups[card] == group]
        assert kept["groups"][str(group)]["first"][1] == len(of)
        assert kept["groups"][str(group)]["first"][0] == pytest.approx(np.mean([rows[at][3] for at in of]))
        again = [right for card in later if groups[card] == group for _p, right, *_rest in later[card]]
        assert kept["groups"][str(group)]["later"][:2] == pytest.approx([np.mean(again), len(again)])
    assert kept["first"][1] == len(first)
    assert curve_of(kept["curve"]).n.sum() == sum(map(len, later.values()))


def test_nobodys_answers_come_to_nothing():
    empty = Gathered(CARDS)
    assert list(analyses(empty, ["a"] * CARDS)) == []
    assert overview(empty, [1] * CARDS)["first"] == [0, 10]
    assert later_by_card(joined([]), cards=2)[0].n == 0
    assert share_of(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), students=0).n == 0


def test_options_are_counted_by_card_and_code_over_all_questions_that_offered_them():
    book = OptionBook()
    book.add([Offer(0, "b", ["iron", "copper"], 1, 0.5), Offer(0, "a", ["copper", "iron"], 1, 0.25)])
    book.add([Offer(0, "c", ["iron", "zinc"], 0), Offer(1, "d", ["zinc", "iron"], 0, 1.0)])
    found = book.by_card()
    iron, seen = found[0]["iron"]
    assert (iron.shown, iron.chosen, iron.choosers, iron.total, iron.met, seen) == (3, 2, 1, 0.25, 2, "a")
    copper, _seen = found[0]["copper"]
    assert (copper.shown, copper.chosen, copper.total, copper.squares, copper.met_total) == (2, 1, 0.5, 0.25, 0.75)
    assert list(found[1]) == ["iron", "zinc"]
    assert OptionBook().by_card() == {}
