import pytest

from quizzes.forms.study.limits import LimitsForm
from quizzes.forms.study.settings import DayForm, LooksForm, MemoryForm, QuestionsForm

DAY = {"zone_from": "browser", "time_zone": "", "browser_zone": "", "rollover_hour": "4"}
MEMORY = {"retention": "90", "learning_steps": "1m 10m", "relearning_steps": "10m", "maximum_interval_days": "36500"}


def cleaned(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data


def errors(form):
    return {name: " ".join(found) for name, found in form.errors.items()}


def test_a_city_stands_for_its_zone():
    day = cleaned(DayForm({**DAY, "zone_from": "chosen", "time_zone": "new york"}))
    assert (day["zone"], day["rollover_hour"]) == ("America/New_York", 4)


@pytest.mark.parametrize(("typed", "words"), [
    ("Londn", "Did you mean Europe/London?"),
    ("Atlantis", "big city near you"),
    ("", "Enter a time zone, such as Europe/London, or follow your browser."),
])  # fmt: skip
def test_a_zone_that_is_none_is_told_with_what_may_be_meant(typed, words):
    assert words in errors(DayForm({**DAY, "zone_from": "chosen", "time_zone": typed}))["time_zone"]


def test_what_is_typed_does_not_matter_while_the_browser_is_followed():
    assert "zone" not in cleaned(DayForm({**DAY, "time_zone": "nonsense"}))


@pytest.mark.parametrize("hour", ["24", "-1", "x", ""])
def test_an_hour_that_no_day_has_is_refused(hour):
    assert "rollover_hour" in errors(DayForm({**DAY, "rollover_hour": hour}))


def test_steps_are_cleaned_to_minutes():
    memory = cleaned(MemoryForm({**MEMORY, "learning_steps": "1m 10m 1h 1d", "relearning_steps": ""}))
    assert (memory["learning_steps"], memory["relearning_steps"]) == ((1, 10, 60, 1440), ())


@pytest.mark.parametrize(("field", "value", "words"), [
    ("learning_steps", "1m soon", "“soon” is not a step. Write a number with s, m, h or d"),
    ("learning_steps", "0m", "“0m” is no time at all"),
    ("learning_steps", "31d", "“31d” is longer than 30 days"),
    ("relearning_steps", "1h 10m", "“10m” is not longer than “1h” before it"),
    ("learning_steps", "1 2 3 4 5 6 7 8 9 10 11", "These are 11 steps. Write 10 at most"),
    ("retention", "", "from 70 to 99, such as 90"),
    ("retention", "ninety", "whole number from 70 to 99"),
    ("retention", "69", "must be 70 or more"),
    ("retention", "100", "must be 99 or less"),
    ("maximum_interval_days", "0", "one day or more"),
    ("maximum_interval_days", "36501", "36500 days or less"),
])  # fmt: skip
def test_an_error_names_the_place_and_the_remedy(field, value, words):
    found = errors(MemoryForm({**MEMORY, field: value}))
    assert list(found) == [field]
    assert words in found[field]


def test_a_box_left_empty_is_off():
    form = QuestionsForm({"format_preference": "typed", "buttons": "four"})
    assert cleaned(form) == {
        "format_preference": "typed",
        "recall_first": False,
        "buttons": "four",
        "bury_siblings": False,
    }
    assert cleaned(LooksForm({})) == {"theme": "", "reduced_motion": False, "shortcuts": False}


@pytest.mark.parametrize(("value", "words"), [
    ("-1", "0 or more"), ("10000", "9999 or less"), ("many", "whole number"), ("", "0 for none"),
])  # fmt: skip
def test_limits_say_what_they_can_be(value, words):
    assert words in errors(LimitsForm({"new_per_day": value, "reviews_per_day": "5"}))["new_per_day"]
    assert words in errors(LimitsForm({"new_per_day": "5", "reviews_per_day": value}))["reviews_per_day"]
