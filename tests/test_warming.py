import gc
from threading import Event

import pytest
from django.db import DatabaseError

from quizzes import warming


@pytest.fixture
def looks(monkeypatch):
    """What each look does, in turn; the last one stops."""
    stop, left = Event(), []

    def look(enough):
        assert not enough()
        what = left.pop(0)
        if not left:
            stop.set()
        if what:
            raise what

    monkeypatch.setattr("quizzes.selectors.content.decks.warm_up", look)
    monkeypatch.setattr("quizzes.selectors.teaching.reading.read_ahead", lambda *, now: None)
    monkeypatch.setattr(warming, "SECONDS_BETWEEN_LOOKS", 0.001)
    return stop, left


def test_it_looks_again_until_it_is_told_to_stop(looks):
    stop, left = looks
    left.extend([None, None, None])
    warming.keep_warm(stop)
    assert left == []


def test_a_database_that_is_away_for_a_while_does_not_end_it(looks, caplog):
    stop, left = looks
    left.extend([DatabaseError("gone"), None])
    warming.keep_warm(stop)
    assert left == []
    assert "trying again" in caplog.text


def test_what_it_has_made_ready_is_left_out_of_garbage_collection(looks):
    stop, left = looks
    left.extend([None, None])
    gc.unfreeze()
    try:
        warming.keep_warm(stop)
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
