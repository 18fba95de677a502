"""Files of a class: who gets them, what is in them, how long ones are made beside the site."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from quizzes.models import Cohort, Download
from quizzes.selectors.teaching import download_rows
from quizzes.services.teaching.downloading import make_next, remove_old
from tests.classes import USES, answer, join
from tests.people import enrol, person

ASKED = {"what": "reviews", "ending": "csv", "who": "names", "events": "answers"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where the worker puts files."""
    settings.DOWNLOADS = str(tmp_path / "downloads")
    return tmp_path / "downloads"


@pytest.fixture
def long(monkeypatch):
    """A review log of a few answers counts as long."""
    monkeypatch.setattr(download_rows, "AT_ONCE", 3)


def table(response):
    """The rows of a CSV that was sent in parts."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def asked(desk, url, **changes):
    """The address to which asking for a file leads."""
    return desk.post(url("downloads/"), {**ASKED, **changes})["Location"]


def test_a_small_review_log_comes_at_once_with_a_row_for_each_answer(desk, url, ada):
    response = desk.get(asked(desk, url))
    rows = table(response)
    assert response["Content-Disposition"].startswith('attachment; filename="anatomy-1-review-log-2026-')
    assert {row["name"] for row in rows} == {ada.get_full_name() or "ada"}
    assert len([row for row in rows if row["card"] == USES[0]]) == 3
    assert not Download.objects.exists()


def test_a_workbook_holds_the_same_rows(desk, url):
    rows = table(desk.get(url("downloads/reviews.csv")))
    book = openpyxl.load_workbook(io.BytesIO(desk.get(asked(desk, url, ending="xlsx")).content))
    heads, *lines = book["Review log"].values
    assert [dict(zip(heads, line, strict=True))["card_id"] for line in lines] == [row["card_id"] for row in rows]
    assert type(lines[0][heads.index("review_rating")]) is int


def test_a_long_one_is_made_by_the_worker_and_then_fetched(desk, url, long, folder):
    page = asked(desk, url)
    assert "It begins in a few seconds." in desk.get(page).content.decode()
    assert make_next(clock=timezone.now)
    assert "Ready." in desk.get(page, headers={"HX-Request": "true"}).content.decode()
    response = desk.get(f"{page}file/")
    assert len(table(response)) == Download.objects.get().rows > 3
    assert [path.suffix for path in folder.iterdir()] == [".csv"]
