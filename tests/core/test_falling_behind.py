"""Who falls behind, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.estimates import Estimate
from quizzes.core.falling_behind import (
    Absent,
    Kind,
    LowEffort,
    Numbers,
    Overloaded,
    RapidGuessing,
    SectionRecall,
    WeakSection,
    most_urgent_first,
    reasons_of,
)
from quizzes.core.shares import wilson


def reasons(days_away=0, due=30, **fields):
    return reasons_of(Numbers(days_away, due, **fields))


def test_somebody_who_does_what_is_due_does_not_fall_behind():
    strong = [SectionRecall(1, 20, 0.9), SectionRecall(2, 20, 0.85)]
    assert (
        reasons(overdue=5, due_per_day=20, done_per_day=22, sections=strong, timed=200, due_days=14, done_days=12) == ()
    )


@pytest.mark.parametrize(("away", "due", "absent"), [(6, 9, False), (7, 9, True), (7, 0, False), (None, 9, True)])
def test_absent_is_a_week_without_study_although_something_was_due(away, due, absent):
    assert reasons(away, due) == ((Absent(away, due),) if absent else ())


@pytest.mark.parametrize(
    ("overdue", "before", "due", "done", "overloaded"),
    [
        (20, 10, 30.0, 20.0, True),
        (19, 10, 30.0, 20.0, False),
        (20, 20, 30.0, 20.0, False),
        (20, None, 30.0, 20.0, True),
        (20, 10, 20.0, 20.0, False),
    ],
)
def test_overloaded_is_more_due_than_done_and_a_growing_backlog(overdue, before, due, done, overloaded):
    found = reasons(overdue=overdue, overdue_before=before, due_per_day=due, done_per_day=done)
    assert found == ((Overloaded(overdue, before, due, done),) if overloaded else ())


@pytest.mark.parametrize(("rapid", "timed", "told"), [(2, 20, True), (2, 19, False), (1, 20, False), (9, 91, False)])
def test_rapid_guessing_is_one_answer_in_ten_of_twenty_or_more(rapid, timed, told):
    found = reasons(rapid=rapid, timed=timed)
    assert found == ((RapidGuessing(Estimate(rapid / timed, timed, *wilson(rapid, timed))),) if told else ())


@pytest.mark.parametrize(
    ("weak", "others", "told"),
    [
        ((10, 0.6), [(20, 0.9), (10, 0.6)], True),
        ((10, 0.69), [(20, 0.9)], True),
        ((10, 0.7), [(20, 0.9)], False),
        ((9, 0.4), [(20, 0.9)], False),
        ((10, 0.6), [(9, 0.9)], False),
        ((10, 0.6), [(20, 0.69)], False),
        ((10, 0.6), [(3, 0.2), (20, 0.9)], True),
        ((10, 0.6), [], False),
    ],
)
def test_a_weak_section_is_clearly_below_the_students_own_others(weak, others, told):
    sections = [SectionRecall(at, *one) for at, one in enumerate([weak, *others])]
    found = reasons(sections=sections)
    if not told:
        assert found == ()
    else:
        mean = sum(cards * recall for cards, recall in others) / sum(cards for cards, _ in others)
        assert found == (WeakSection(0, *weak, pytest.approx(mean)),)


@pytest.mark.parametrize(
    ("done", "studied", "due", "overdue", "told"),
    [
        (2, 2, 5, 20, True),
        (2, 2, 4, 20, False),
        (3, 3, 6, 20, False),
        (0, 6, 14, 90, True),
        (0, 7, 14, 90, False),
        (0, 0, 14, 19, False),
    ],
)
def test_low_effort_is_much_overdue_and_study_on_less_than_half_of_the_days_with_work(
    done, studied, due, overdue, told
):
    found = reasons(done_days=done, studied_days=studied, due_days=due, overdue=overdue)
    assert found == ((LowEffort(done, due, studied),) if told else ())


BAD = {
    "overdue": 50,
    "due_per_day": 20.0,
    "sections": [SectionRecall(1, 20, 0.5), SectionRecall(2, 20, 0.9)],
    "rapid": 10,
    "timed": 50,
    "due_days": 14,
}


def test_the_most_urgent_reason_stands_first():
    assert [one.kind for one in reasons(3, **BAD)] == [
        Kind.OVERLOADED, Kind.RAPID_GUESSING, Kind.WEAK_SECTION, Kind.LOW_EFFORT
    ]  # fmt: skip


def test_of_somebody_absent_neither_load_nor_effort_is_told():
    assert [one.kind for one in reasons(9, **BAD)] == [Kind.ABSENT, Kind.RAPID_GUESSING, Kind.WEAK_SECTION]


def test_those_who_need_help_most_stand_first():
    students = [
        ("fine", ()),
        ("weak", (WeakSection(1, 20, 0.5, 0.8),)),
        ("weaker", (WeakSection(1, 20, 0.4, 0.8),)),
        ("away for ten days", (Absent(10, 30),)),
        ("never began", (Absent(None, 30),)),
        ("away and guessing", (Absent(10, 5), RapidGuessing(Estimate(0.5, 40, 0.3, 0.7)))),
        ("swamped", (Overloaded(90, 50, 30, 10),)),
        ("idle", (LowEffort(1, 14, 2),)),
        ("guessing", (RapidGuessing(Estimate(0.2, 40, 0.1, 0.4)),)),
    ]
    assert [name for name, _why in most_urgent_first(students)] == [
        "never began", "away and guessing", "away for ten days", "swamped", "guessing", "weaker", "weak", "idle"
    ]  # fmt: skip


numbers = st.builds(
    Numbers,
    days_away=st.none() | st.integers(0, 40),
    due=st.integers(0, 300),
    overdue=st.integers(0, 300),
    overdue_before=st.none() | st.integers(0, 300),
    due_per_day=st.floats(0, 90),
    done_per_day=st.floats(0, 90),
    sections=st.lists(
        st.builds(SectionRecall, st.integers(0, 5), st.integers(0, 30), st.floats(0, 1)),
        max_size=4,
        unique_by=lambda one: one.section,
    ),
    rapid=st.integers(0, 20),
    timed=st.integers(20, 60),
    due_days=st.integers(7, 14),
    done_days=st.integers(0, 7),
    studied_days=st.integers(0, 14),
)


@given(st.lists(numbers, max_size=8))
def test_any_students_can_be_put_in_order_each_reason_once(students):
    found = most_urgent_first((at, reasons_of(one)) for at, one in enumerate(students))
    for _at, why in found:
        kinds = [list(Kind).index(one.kind) for one in why]
        assert kinds == sorted(set(kinds)) != []
