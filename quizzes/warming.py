"""Keeps a server's questions worked out ahead of its students: `gunicorn --config python:quizzes.warming`.

Choosing a deck's answer choices takes a second or two, once for each version of the deck in each worker. Without this
the first student to be asked would wait for it. For a deck of thousands of facts it takes longer than it saves, so it
ends after a while.
"""

import logging
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import DatabaseError, connections

SECONDS_BETWEEN_LOOKS = 5.0
MOST_SECONDS_A_LOOK = 15.0

logger = logging.getLogger(__name__)


def post_worker_init(worker: Any) -> None:  # noqa: ANN401
    """Start the thread in a worker that has loaded the site; a hook of gunicorn's settings."""
    Thread(target=keep_warm, args=(Event(),), name="warming", daemon=True).start()


def keep_warm(stop: Event) -> None:
    """Work out the questions of every published deck now, and of each that has changed from then on, until `stop`."""
    # Only here, since gunicorn reads this module before the site is set up.
    from quizzes.selectors.content.decks import warm_up

    while True:
        began = monotonic()
        try:
            warm_up(lambda: monotonic() - began > MOST_SECONDS_A_LOOK)  # noqa: B023
        except DatabaseError:
            logger.warning("The questions could not be worked out ahead; trying again.", exc_info=True)
        finally:
            connections.close_all()
        if stop.wait(SECONDS_BETWEEN_LOOKS):
            return
