"""Keeps a server ahead of its people: `gunicorn --config python:quizzes.warming`.

Choosing a deck's answer choices takes a second or two, once for each version of the deck in each worker; reading what a
thousand students remember takes long too. Without this the first to ask would wait for it. For a deck of
thousands of facts choosing takes longer than it saves, so it ends after a while.
"""

import gc
import logging
from itertools import count
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone

SECONDS_BETWEEN_LOOKS = 5.0
MOST_SECONDS_A_LOOK = 15.0
LOOKS_AT_CLASSES = 12
"""Every so many looks what has changed in the classes is read too."""

logger = logging.getLogger(__name__)


def post_worker_init(worker: Any) -> None:  # noqa: ANN401
    """Start the thread in a worker that has loaded the site; a hook of gunicorn's settings."""
    Thread(target=keep_warm, args=(Event(),), name="warming", daemon=True).start()


def keep_warm(stop: Event) -> None:
    """Work out the questions of every published deck and read the classes, now and where they change, until `stop`."""
    # Only here, since gunicorn reads this module before the site is set up.
    from quizzes.selectors.content.decks import warm_up
    from quizzes.selectors.teaching.reading import read_ahead

    for look in count():
        began = monotonic()
        try:
            warm_up(lambda: monotonic() - began > MOST_SECONDS_A_LOOK)  # noqa: B023
            if look % LOOKS_AT_CLASSES == 0:
                read_ahead(now=timezone.now())
        except DatabaseError:
            logger.warning("Questions and classes could not be made ready ahead; trying again.", exc_info=True)
        finally:
            connections.close_all()
        if look == 0:
            settle()
        if stop.wait(SECONDS_BETWEEN_LOOKS):
            return


def settle() -> None:
    """Take what stays as long as the process (modules, decks, classes) out of the garbage collector's rounds.

    Else a page that makes many objects starts rounds over all of them: a third of the time of a class of a thousand.
    """
    gc.collect()
    gc.freeze()
