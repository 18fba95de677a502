"""The page of a class's files, and a file that the worker makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Cohort, Download, User
from quizzes.selectors.teaching.download_rows import AT_ONCE, WantedFile, events_of, file_name
from quizzes.selectors.teaching.moments import exact_moment
from quizzes.selectors.teaching.people import zone_of

WORKER_IS_AWAY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as its page tells it: `percent` is how far it is, `file_url` is empty until it is ready."""

    id: int
    what: str
    state: str
    under_way: bool
    failed: bool
    percent: int
    said: str
    until: str
    url: str
    file_url: str
    stream_url: str


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """What the person has asked for, and whether a review log takes long here."""

    files: Sequence[FileLine]
    events: int
    long: bool


def own_downloads(user: User, cohort: Cohort) -> Sequence[Download]:
    """What the person has asked for of the class, the newest first."""
    return list(Download.objects.filter(asked_by=user, cohort=cohort).order_by("-asked_at", "-pk"))


def find_download(user: User, cohort: Cohort, download_id: int) -> Download | None:
    """One of them; None if it is somebody else's, another class's or gone."""
    return Download.objects.filter(pk=download_id, asked_by=user, cohort=cohort).first()


def find_under_way(user: User) -> Download | None:
    """The file of the person's that is under way, in whatever class."""
    return Download.objects.filter(asked_by=user, state__in=["waiting", "making"]).first()


def downloads_page(user: User, cohort: Cohort, *, now: datetime) -> DownloadsPage:
    """The files that the person has asked for; three queries."""
    events, zone = events_of(cohort), zone_of(user)
    files = [
        _line(one, exact_moment(one.finished_at, zone) if one.finished_at else "", now)
        for one in own_downloads(user, cohort)
    ]
    return DownloadsPage(files, events, events > AT_ONCE)


def file_line(download: Download, user: User, *, now: datetime) -> FileLine:
    """The file as its page tells it; one query."""
    made = exact_moment(download.finished_at, zone_of(user)) if download.finished_at else ""
    return _line(download, made, now)


def stream_address(cohort_id: int, wanted: WantedFile) -> str:
    """Where the file is sent from while it is made."""
    asked = [("who", "pseudonyms")] if wanted.pseudonymous else []
    asked += [("events", "all")] if wanted.everything else []
    query = "&".join(f"{name}={value}" for name, value in asked)
    address = reverse("class-download-now", args=[cohort_id, wanted.what, wanted.ending])
    return f"{address}?{query}" if query else address


def wanted_of(download: Download) -> WantedFile:
    """The kind of file that was asked for."""
    return WantedFile(download.what, download.ending, download.pseudonymous, download.everything)


def name_of(download: Download) -> str:
    """What the file is called where it is saved."""
    return file_name(download.cohort, wanted_of(download), download.finished_at or download.asked_at)


def about_file(wanted: WantedFile) -> str:
    """What students read of a file that was taken out: “reviews.csv”, and whether their names were in it."""
    name = f"{wanted.what}.{wanted.ending}"
    return _("%s (pseudonymous)") % name if wanted.pseudonymous else name


def _line(download: Download, made: str, now: datetime) -> FileLine:
    state, ids = download.state, [download.cohort_id, download.pk]
    under_way = state in (Download.State.WAITING, Download.State.MAKING)
    wanted = wanted_of(download)
    as_csv = WantedFile(wanted.what, "csv", wanted.pseudonymous, wanted.everything)
    return FileLine(
        id=download.pk,
        what=_title(download),
        state=state,
        under_way=under_way,
        failed=state == Download.State.FAILED,
        percent=min(99, 100 * download.done // max(1, download.whole)) if under_way else 100,
        said=_said(download, now),
        until=_("Made %s; removed a day later.") % made if state == Download.State.READY else "",
        url=reverse("class-download", args=ids),
        file_url=reverse("class-download-file", args=ids) if state == Download.State.READY else "",
        stream_url=stream_address(download.cohort_id, as_csv) if under_way else "",
    )


def _title(download: Download) -> str:
    parts = [str(Download.What(download.what).label)]
    parts += [_("every event")] if download.everything else []
    parts += [_("pseudonymous")] if download.pseudonymous else []
    return f"{', '.join(parts)} ({Download.Ending(download.ending).label})"


def _said(download: Download, now: datetime) -> str:
    rows = ngettext("%s row", "%s rows", download.rows) % f"{download.rows:,}"
    match download.state:
        case Download.State.WAITING if now - download.asked_at > WORKER_IS_AWAY:
            return _("It waits for the worker, which does not come. Tell who runs this site, or take the CSV at once.")
        case Download.State.WAITING:
            return _("It begins in a few seconds.")
        case Download.State.MAKING:
            return _("%s so far") % rows
        case Download.State.READY:
            return f"{rows}, {filesizeformat(download.size)}"
    return _("It could not be made. Ask for it again; if that does not help, tell who runs this site.")
