"""Figures of a quiz and its questions against SciPy and a plain count, and what they say in words."""

import numpy as np
import pytest
from scipy import stats

from quizzes.models import Attempt, Response
from quizzes.selectors.teaching.quiz_results import results_page
from quizzes.selectors.teaching.table import Wanted
from quizzes.services.teaching.regrading import Decision, rule
from tests.analysed import people_of
from tests.factories import NOW, elements
from tests.quiz_marks import frozen_quiz, hashes, key_of, options_of
from tests.study import DAY

KEYS = [*(f"uses/{number}/purpose_to_term" for number in range(1, 9)), "uses/1/term_to_purpose", "gases/1/membership"]


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(deck, cohort):
    return frozen_quiz(deck, cohort, KEYS)


def taken(quiz, marks):
    """Submitted attempts by as many students as there are rows, right where there is a 1; returns the students."""
    people = people_of(quiz.cohort, quiz.deck, len(marks))
    form = quiz.question_forms.get(number=1)
    about = {one: (key_of(one), len(options_of(one))) for one in hashes(quiz)}
    attempts = Attempt.objects.bulk_create(
        Attempt(quiz=quiz, user=user, number=1, form=form, started_at=NOW, due_at=NOW + DAY, submitted_at=NOW,
                mark=row.mean())
        for user, row in zip(people, marks, strict=True)
    )  # fmt: skip
    Response.objects.bulk_create(
        Response(attempt=attempt, position=at + 1, card_id=item["card"], item_hash=item["hash"],
                 order=list(range(about[item["hash"]][1])), correct=bool(mark), mark=mark,
                 chosen=(about[item["hash"]][0] + (0 if mark else 1)) % about[item["hash"]][1])
        for attempt, row in zip(attempts, marks, strict=True)
        for at, (item, mark) in enumerate(zip(form.items, row.tolist(), strict=True))
    )  # fmt: skip
    return people


def random_marks(students, seed=1):
    dice = np.random.default_rng(seed)
    return (dice.random((students, len(KEYS))) < dice.random((students, 1))).astype(float)


def page(ivy, quiz):
    return results_page(ivy, quiz.cohort, quiz, Wanted(), every_question=True, now=NOW + 2 * DAY)


def value(lines, term):
    return next(line for line in lines if line.term == term).value


def test_the_figures_of_the_quiz_are_those_of_scipy(ivy, quiz):
    marks = random_marks(60)
    taken(quiz, marks)
    lines, means = page(ivy, quiz).lines, marks.mean(axis=1)
    items, totals = marks.shape[1], marks.sum(axis=1)
    kr20 = items / (items - 1) * (1 - (marks.mean(axis=0) * (1 - marks.mean(axis=0))).sum() / totals.var())
    assert value(lines, "mean mark of first attempts") == f"{round(100 * means.mean())} %"
    assert value(lines, "median") == f"{round(100 * np.median(means))} %"
    assert value(lines, "standard deviation") == f"{round(100 * means.std(ddof=1))} %"
    assert value(lines, "skewness, bias-corrected") == f"{stats.skew(means, bias=False):.2f}".replace("-", "−")
    assert value(lines, "excess kurtosis, bias-corrected") == f"{stats.kurtosis(means, bias=False):.2f}".replace(
        "-", "−"
    )
    assert value(lines, "KR-20, Cronbach's alpha") == f"{kr20:.2f}"
    sem = means.std() * (1 - kr20) ** 0.5
    assert value(lines, "standard error of measurement") == f"{round(100 * sem)} %"


def test_the_figures_of_a_question_are_those_of_a_plain_count(ivy, quiz):
    marks = random_marks(60)
    taken(quiz, marks)
    for at, question in enumerate(page(ivy, quiz).questions):
        lines, rest = question.figures.lines, np.delete(marks, at, axis=1).sum(axis=1)
        r = stats.pearsonr(marks[:, at], rest).statistic
        assert value(lines, "facility") == f"{round(100 * marks[:, at].mean())} %"
        assert value(lines, "discrimination, Pearson's r with the rest score") == f"{r:.2f}".replace("-", "−")
        assert sum(one.chosen for one in question.figures.options) == 60
        told = [one for one in question.figures.options if one.rest]
        assert told
        assert all((one.rest_n, bool(one.rest_interval)) == (one.chosen, True) for one in told)


def test_too_few_students_get_words_instead_of_figures(ivy, quiz):
    taken(quiz, random_marks(9))
    lines = page(ivy, quiz).lines
    assert [line.value for line in lines] == [""] * 7
    assert lines[0].reading == "not enough answers yet: 9 of 10"
    assert next(line for line in lines if line.term.startswith("KR-20")).reading == "not enough answers yet: 9 of 30"


def test_a_short_quiz_has_no_reliability(ivy, deck, cohort):
    quiz = frozen_quiz(deck, cohort, KEYS[:4])
    taken(quiz, random_marks(40)[:, :4])
    assert page(ivy, quiz).lines[-1].reading == "told from 10 questions on; there are 4"


def test_a_question_that_the_strong_get_wrong_needs_a_look_until_it_is_ruled(ivy, quiz):
    marks = random_marks(200)
    marks[:, 2] = marks.mean(axis=1) < 0.5
    taken(quiz, marks)
    found = page(ivy, quiz)
    assert [one.hash for one in found.look] == [hashes(quiz)[2]]
    assert ("check the answer: those who know less do better", "warn") in found.look[0].figures.flags
    decision = Decision(hashes(quiz)[2], "drop", frozenset())
    rule(quiz=quiz, decision=decision, reason="wrong key", seen=0, by=ivy, now=NOW)
    found = page(ivy, quiz)
    assert found.look == []
    assert next(one for one in found.questions if one.hash == hashes(quiz)[2]).figures is None


def test_a_second_attempt_does_not_count(ivy, quiz):
    marks = random_marks(20)
    people = taken(quiz, marks)
    before = page(ivy, quiz).lines
    form = quiz.question_forms.get(number=1)
    again = Attempt.objects.create(quiz=quiz, user=people[0], number=2, form=form, started_at=NOW, due_at=NOW + DAY,
                                   submitted_at=NOW, mark=1.0)  # fmt: skip
    for at, item in enumerate(form.items):
        Response.objects.create(attempt=again, position=at + 1, card_id=item["card"], item_hash=item["hash"],
                                order=[0, 1, 2, 3], correct=True, mark=1.0, chosen=key_of(item["hash"]))  # fmt: skip
    assert page(ivy, quiz).lines == before
