"""Moments typed on the clock of one's own zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from quizzes.forms.teaching.fields import MomentField, PercentField


@pytest.fixture
def berlin():
    field = MomentField()
    field.zone = ZoneInfo("Europe/Berlin")
    return field


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-03-10T18:00", datetime(2026, 3, 10, 17, 0, tzinfo=UTC)),
        ("2026-07-10 18:00", datetime(2026, 7, 10, 16, 0, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "the first of two", "after the leap"],
)
def test_it_is_the_moment_that_this_clock_showed(berlin, typed, moment):
    assert berlin.clean(typed) == moment


@pytest.mark.parametrize("typed", ["2026-03-29T02:30", "10/03/2026", "2026-13-01T00:00"])
def test_what_is_no_moment_there_is_refused(berlin, typed):
    with pytest.raises(ValidationError):
        berlin.clean(typed)


def test_a_moment_shown_and_sent_back_is_unchanged_but_for_its_seconds(berlin):
    kept = datetime(2026, 3, 10, 17, 0, 42, tzinfo=UTC)
    shown = berlin.prepare_value(kept).strftime("%Y-%m-%dT%H:%M")
    assert shown == "2026-03-10T18:00"
    assert not berlin.has_changed(kept, shown)
    assert berlin.has_changed(kept, "2026-03-10T18:01")
    assert berlin.has_changed(None, shown)
    assert not berlin.has_changed(None, "")
    assert berlin.has_changed(kept, "")


def test_a_share_is_typed_as_percent():
    field = PercentField()
    assert (field.clean("75"), field.prepare_value(0.29)) == (0.75, 29)
    with pytest.raises(ValidationError):
        field.clean("101")
