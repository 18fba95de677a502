"""Files of a class that take long: asked for, made by the worker, cancelled, and gone after a day."""

import logging
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from quizzes.formats.large_workbooks import write_workbook
from quizzes.formats.spreadsheet import csv_parts
from quizzes.models import Cohort, Download, User
from quizzes.selectors.access import taught_classes
from quizzes.selectors.teaching.download_rows import WantedFile, events_of, file_rows, sheet_name

KEPT = timedelta(days=1)
"""How long a file stays after it was made, or was asked for in vain."""
SAYS_SO_EVERY, DEAD_AFTER, MOST_TRIES = timedelta(seconds=1), timedelta(minutes=5), 3
ROWS_BETWEEN_LOOKS = 1_000
UNDER_WAY = (Download.State.WAITING.value, Download.State.MAKING.value)

logger = logging.getLogger(__name__)


class OneAtATimeError(RuntimeError):
    """The person has a file under way already."""


class DownloadGoneError(RuntimeError):
    """Nobody waits for the file any more: it was cancelled, or another worker makes it."""


class StoppedError(RuntimeError):
    """The worker was told to stop; another one begins anew."""


def ask_for(*, cohort: Cohort, user: User, wanted: WantedFile, now: datetime) -> Download:
    """Have the worker make a file. Raises OneAtATimeError while another one of the person's is under way."""
    about = {"cohort": cohort, "asked_by": user, "asked_at": now, "what": wanted.what, "ending": wanted.ending}
    kind = {"pseudonymous": wanted.pseudonymous, "everything": wanted.everything, "whole": events_of(cohort)}
    try:
        with transaction.atomic():
            return Download.objects.create(**about, **kind)
    except IntegrityError as error:
        raise OneAtATimeError(f"person {user.pk} has a file under way") from error


def forget(*, download: Download) -> None:
    """Cancel a file that is under way, or remove a finished one; a worker that makes it notices within a second."""
    Download.objects.filter(pk=download.pk).delete()
    _path(download).unlink(missing_ok=True)


def find_file(download: Download) -> Path | None:
    """Where the finished file is; None if it is not, or no longer, there."""
    path = _path(download)
    return path if download.state == Download.State.READY and path.is_file() else None


def make_next(*, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> bool:
    """Make the file that has waited longest; returns whether there was one.

    A million rows take a minute or two. Told to `stop`, it leaves the file to be made anew.
    """
    download = _claim(clock())
    if download is None:
        return False
    part = _path(download).with_suffix(".part")
    try:
        _make(download, part, clock, stop)
    except DownloadGoneError:
        pass
    except StoppedError:
        _held(download).update(state=Download.State.WAITING, tries=download.tries - 1)
    except Exception:
        logger.exception("The file %s could not be made.", download.pk)
        _held(download).update(state=Download.State.FAILED, finished_at=clock())
    finally:
        part.unlink(missing_ok=True)
    return True


def remove_old(*, now: datetime) -> int:
    """Remove files a day old, and whatever else is left of files that nobody can fetch; returns how many rows went."""
    old = Q(finished_at__lt=now - KEPT) | Q(finished_at=None, asked_at__lt=now - KEPT)
    gone, _each = Download.objects.filter(old).delete()
    kept = {str(token) for token in Download.objects.values_list("token", flat=True)}
    for path in _folder().iterdir():
        if path.suffix in (".csv", ".xlsx", ".part") and path.stem not in kept:
            path.unlink(missing_ok=True)
    return gone


def _claim(now: datetime) -> Download | None:
    """The next file to be made, taken by this worker alone; one whose worker has died is taken over, three times."""
    dead = Q(state=Download.State.MAKING, touched_at__lt=now - DEAD_AFTER)
    given_up = Download.objects.filter(dead, tries__gte=MOST_TRIES)
    given_up.update(state=Download.State.FAILED, finished_at=now)
    for one in Download.objects.filter(Q(state=Download.State.WAITING) | dead).order_by("asked_at", "pk")[:10]:
        free = Download.objects.filter(pk=one.pk, state=one.state, tries=one.tries, token=one.token)
        one.tries, one.token, one.state = one.tries + 1, uuid.uuid4(), Download.State.MAKING
        if free.update(state=one.state, tries=one.tries, token=one.token, touched_at=now, done=0, rows=0):
            return one
    return None


def _held(download: Download) -> QuerySet[Download]:
    """The row, as long as it is this worker's to write."""
    return Download.objects.filter(pk=download.pk, state=Download.State.MAKING, token=download.token)


def _make(download: Download, part: Path, clock: Callable[[], datetime], stop: Callable[[], bool]) -> None:
    cohort = taught_classes(download.asked_by).filter(pk=download.cohort_id).first()
    if cohort is None:
        forget(download=download)
        return
    wanted = WantedFile(download.what, download.ending, download.pseudonymous, download.everything)
    teller = _Teller(download, clock, stop)
    rows = file_rows(download.asked_by, cohort, wanted, now=clock(), tell=teller.hear)
    _write(part, wanted, teller.counted(rows))
    size = part.stat().st_size
    os.replace(part, _path(download))
    ready = {"state": Download.State.READY, "finished_at": clock(), "size": size, "done": download.whole}
    if not _held(download).update(rows=teller.rows, **ready):
        _path(download).unlink(missing_ok=True)


class _Teller:
    """Says how far a file is, about once a second, and ends the work when nobody waits for it."""

    def __init__(self, download: Download, clock: Callable[[], datetime], stop: Callable[[], bool]) -> None:
        self._download, self._clock, self._stop = download, clock, stop
        self._said_at = clock()
        self.done = self.rows = 0

    def hear(self, done: int) -> None:
        """So many events have been looked at."""
        self.done = done

    def counted(self, rows: Iterator[list[object]]) -> Iterator[list[object]]:
        """The same rows, the heads not counted."""
        for number, row in enumerate(rows):
            self.rows = number
            if number % ROWS_BETWEEN_LOOKS == 0:
                self._say()
            yield row

    def _say(self) -> None:
        if self._stop():
            raise StoppedError(f"file {self._download.pk} is left to another worker")
        now = self._clock()
        if now - self._said_at < SAYS_SO_EVERY:
            return
        self._said_at = now
        if not _held(self._download).update(done=self.done, rows=self.rows, touched_at=now):
            raise DownloadGoneError(f"file {self._download.pk} was cancelled")


def _write(path: Path, wanted: WantedFile, rows: Iterator[Sequence[object]]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    if wanted.ending == Download.Ending.XLSX:
        with os.fdopen(handle, "wb") as book:
            write_workbook(book, sheet_name(wanted.what), rows)
    else:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as table:
            table.writelines(csv_parts(rows))


def _path(download: Download) -> Path:
    return _folder() / f"{download.token}.{download.ending}"


def _folder() -> Path:
    """Where files are kept, readable to the site's own account alone."""
    folder = Path(settings.DOWNLOADS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
