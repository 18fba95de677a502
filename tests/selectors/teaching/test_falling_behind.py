from dataclasses import replace

import numpy as np
import pytest

from quizzes.core.estimates import Estimate
from quizzes.core.falling_behind import Absent, Kind, LowEffort, Overloaded, RapidGuessing, WeakSection
from quizzes.selectors.teaching.due_work import Worked, read_due_work
from quizzes.selectors.teaching.falling_behind import (
    behind_of,
    falling_behind,
    kind_help,
    kind_words,
    rapid_guesses,
    reason_words,
)
from quizzes.selectors.teaching.reading import enrolled, read_figures
from tests.classes import USES, answer, class_of, join, know
from tests.factories import NOW, elements
from tests.selectors.teaching.test_table import TODAY, made
from tests.study import DAY, IRON, hurry, practise


@pytest.fixture
def figures():
    """Ann studied today, Bob nine days ago with cards due, Cy never."""
    found = made(["Ann", "Bob", "Cy"])
    found.introduced[:2] = found.learned[:2] = [10, 10]
    found.recall[:2] = [9.0, 9.0]
    found.last_day[:2, 0] = [TODAY.toordinal(), TODAY.toordinal() - 9]
    found.due[:2, 0] = [5, 12]
    return found


def counted(due=(0, 0, 0), done=(0, 0, 0), before=(-1, -1, -1)):
    return Worked(*(np.array(part, np.int64) for part in (due, done, before)))


UNCOUNTED = counted()


def kinds(found):
    return [(one.at, [reason.kind for reason in one.reasons]) for one in found]


def test_who_never_began_is_absent_before_who_has_been_away(figures):
    found = behind_of(figures, UNCOUNTED, {}, set())
    assert kinds(found) == [(2, [Kind.ABSENT]), (1, [Kind.ABSENT])]
    assert [reason_words(one.reasons[0], figures) for one in found] == [
        "has not begun; 20 cards wait",
        "last studied 9 days ago; 12 cards due",
    ]


def test_who_has_just_joined_is_left_time_to_begin(figures):
    assert kinds(behind_of(figures, UNCOUNTED, {}, {2})) == [(1, [Kind.ABSENT])]


def test_who_has_been_away_with_nothing_due_is_not_listed(figures):
    figures.due[1] = 0
    assert kinds(behind_of(figures, UNCOUNTED, {}, {2})) == []


def test_more_due_each_day_than_done_is_too_much(figures):
    figures.overdue[0, 0], figures.coming[0, 0], figures.week_asked[0, 0, 0] = 30, 84, 21
    found = behind_of(figures, UNCOUNTED, {}, {2})[-1]
    assert (found.at, found.kind) == (0, Kind.OVERLOADED)
    assert reason_words(found.reasons[0], figures) == "30 cards overdue; 12 fall due a day, 3 are done"
    figures.week_asked[0, 0, 0] = 84
    assert kinds(behind_of(figures, UNCOUNTED, {}, {2})) == [(1, [Kind.ABSENT])]


def test_a_pile_that_has_not_grown_is_not_too_much(figures):
    figures.overdue[0, 0], figures.coming[0, 0], figures.week_asked[0, 0, 0] = 30, 84, 21
    found = behind_of(figures, counted(before=(12, -1, -1)), {}, {2})[-1]
    assert reason_words(found.reasons[0], figures) == "30 cards overdue, 12 a week ago; 12 fall due a day, 3 are done"
    assert kinds(behind_of(figures, counted(before=(30, -1, -1)), {}, {2})) == [(1, [Kind.ABSENT])]


def test_a_pile_of_somebody_who_leaves_most_days_undone_is_told(figures):
    figures.overdue[0, 0], figures.days[0, 0, 1:4] = 20, True
    found = behind_of(figures, counted(due=(9, 9, 0), done=(4, 0, 0)), {}, {2})
    assert kinds(found) == [(1, [Kind.ABSENT]), (0, [Kind.LOW_EFFORT])]
    said = "of 9 days with something due: all of it done on 4, studied on 3"
    assert reason_words(found[-1].reasons[0], figures) == said
    figures.days[0, 0, 1:6] = True
    assert kinds(behind_of(figures, counted(due=(9, 9, 0), done=(4, 0, 0)), {}, {2})) == [(1, [Kind.ABSENT])]


def test_one_answer_in_ten_in_haste_is_guessing(figures):
    figures.answers[0, 0] = 27
    assert kinds(behind_of(figures, UNCOUNTED, {0: 3}, {2})) == [(1, [Kind.ABSENT]), (0, [Kind.RAPID_GUESSING])]
    assert kinds(behind_of(figures, UNCOUNTED, {0: 2}, {2})) == [(1, [Kind.ABSENT])]


def test_a_section_far_below_the_others_is_named(figures):
    figures.recall[0] = [9.5, 5.0]
    found = behind_of(figures, UNCOUNTED, {}, {2})[-1]
    assert reason_words(found.reasons[0], figures) == "drugs: 50 % predicted over 10 cards; 95 % elsewhere"


def test_the_most_urgent_comes_first_and_the_others_with_it(figures):
    figures.recall[1] = [9.5, 5.0]
    assert kinds(behind_of(figures, UNCOUNTED, {}, {2})) == [(1, [Kind.ABSENT, Kind.WEAK_SECTION])]


def test_each_reason_has_a_name_a_help_and_words():
    figures = made(["Ann"])
    share = Estimate(0.2, 30, 0.1, 0.4)
    every = [Absent(9, 4), Overloaded(30, None, 2.5, 1), RapidGuessing(share), WeakSection(0, 10, 0.5, 0.9)]
    for reason in [*every, LowEffort(3, 10, 4)]:
        assert kind_words(reason.kind)
        assert kind_help(reason.kind)
    assert [reason_words(one, figures) for one in [every[1], every[2], LowEffort(3, 10, 4)]] == [
        "30 cards overdue; 2.5 fall due a day, 1 are done",
        "20 % of 30 answers were faster than anybody reads (95 % interval 10–40 %)",
        "of 10 days with something due: all of it done on 3, studied on 4",
    ]


@pytest.mark.django_db
class TestFromTheLog:
    """What is counted from the log of a class."""

    @pytest.fixture
    def klass(self):
        return class_of(elements())

    def figures(self, klass):
        return read_figures(enrolled([klass]), [deck.pk for deck in klass.decks.all()], now=NOW)

    def test_rapid_guesses_are_counted_and_practice_is_not(self, klass):
        hasty, calm = join(klass), join(klass)
        know(hasty, USES[:1], days_ago=5)
        know(calm, USES[:1], days_ago=5)
        for _time in range(2):
            hurry(hasty, IRON)
        practise(calm, USES[0], right=False, now=NOW)
        assert rapid_guesses(self.figures(klass)) == {hasty.pk: 2}

    def test_old_rapid_guesses_are_forgiven(self, klass):
        hasty = join(klass)
        hurry(hasty, IRON)
        figures = self.figures(klass)
        later = replace(figures.students[0], today=(NOW + 28 * DAY).date())
        assert rapid_guesses(replace(figures, students=[later])) == {}

    def test_a_class_of_nobody_or_of_no_decks_asks_nothing(self, klass, django_assert_num_queries):
        figures = self.figures(klass)
        with django_assert_num_queries(0):
            assert rapid_guesses(figures) == {}

    def test_who_joined_a_week_ago_and_has_not_begun_is_absent(self, klass):
        old, _new = join(klass, now=NOW - 8 * DAY), join(klass, now=NOW - 6 * DAY)
        figures = self.figures(klass)
        found = falling_behind(klass, figures, read_due_work(figures), now=NOW)
        assert [figures.students[one.at].user_id for one in found] == [old.pk]

    def test_answers_of_four_weeks_are_what_haste_is_measured_by(self, klass):
        student = join(klass)
        answer(student, USES[:5], days_ago=2)
        answer(student, USES[5:8], days_ago=30)
        assert self.figures(klass).answers.tolist() == [[5]]


def test_weeks_are_counted_back_from_today(figures):
    figures.week_asked[0, 0, :2] = [7, 70]
    figures.overdue[0, 0], figures.coming[0, 0] = 20, 14
    found = behind_of(figures, UNCOUNTED, {}, {2})[-1]
    assert np.isclose(found.reasons[0].done_per_day, 1.0)
