import pytest

from quizzes.core.queueing import EndReason
from quizzes.selectors.study.asked import Promise
from quizzes.selectors.study.wording import comes_back, due_notice, end_words, interval_words


@pytest.mark.parametrize(("minutes", "words"), [
    (0.5, "30 s"), (1, "1 min"), (5.5, "6 min"), (10, "10 min"), (59, "59 min"), (60, "1 h"), (90, "1.5 h"),
])  # fmt: skip
def test_steps_are_said_in_minutes_or_hours(minutes, words):
    assert interval_words(Promise(0, "2026-03-10", minutes)) == words


@pytest.mark.parametrize(("days", "words"), [
    (1, "1 d"), (30, "30 d"), (31, "1 mo"), (46, "1.5 mo"), (364, "12 mo"), (365, "1 y"), (548, "1.5 y"),
    (36_500, "99.9 y"),
])  # fmt: skip
def test_intervals_are_said_in_days_months_or_years(days, words):
    assert interval_words(Promise(days, "2026-03-10", None)) == words


def test_nothing_promised_is_nothing_said():
    assert (interval_words(None), comes_back(None)) == ("", "")
    assert comes_back(Promise(4, "2026-03-14", None)) == "comes back in 4 d"


@pytest.mark.parametrize(("reason", "headline", "part"), [
    (EndReason.LEARNING_LATER, "A short pause", "comes in 25 minutes"),
    (EndReason.REVIEW_LIMIT, "That was today's limit", "limit of reviews"),
    (EndReason.NEW_LIMIT, "Done for today", "new cards of the day"),
    (EndReason.SIBLINGS, "Done for today", "facts you have seen today"),
    (EndReason.NOTHING_DUE, "All done", "Nothing is due"),
])  # fmt: skip
def test_the_end_of_a_session_says_why(reason, headline, part):
    said = end_words(reason, 25)
    assert said[0] == headline
    assert part in said[1]


def test_one_minute_is_said_in_the_singular():
    assert end_words(EndReason.LEARNING_LATER, 1)[1].endswith("comes in 1 minute.")
    assert end_words(EndReason.LEARNING_LATER, None)[1].endswith("comes in 1 minute.")


def test_only_a_due_day_worked_out_again_is_worth_a_notice():
    assert "new study day" in due_notice("new_study_day")
    assert due_notice("promised") == due_notice("undo") == ""
