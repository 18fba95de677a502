"""A long file in a real browser: asked for, watched, saved; and without scripts by looking again."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Download
from quizzes.selectors.teaching import download_rows, downloads
from quizzes.services.teaching.downloading import make_next
from tests.classes import USES, answer, join
from tests.factories import elements

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def klass(cohort, ivy, settings, tmp_path, monkeypatch):
    """A class whose review log counts as long."""
    settings.DOWNLOADS = str(tmp_path / "downloads")
    for module in (download_rows, downloads):
        monkeypatch.setattr(module, "AT_ONCE", 3)
    cohort.decks.add(elements())
    answer(join(cohort), USES[:5])
    return cohort


def ask(page, klass):
    page.goto(f"/classes/{klass.pk}/downloads/")
    page.get_by_label("under pseudonyms").check()
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review log, pseudonymous (CSV)")


def test_a_long_file_is_watched_until_it_can_be_saved(page, sign_in, klass, ivy):
    sign_in(page, ivy)
    ask(page, klass)
    Download.objects.update(state="making", done=3, whole=5, touched_at=timezone.now())
    page.get_by_role("button", name="Cancel").focus()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "60", timeout=8_000)
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    Download.objects.update(state="waiting")
    assert make_next(clock=timezone.now)
    expect(page.get_by_role("status")).to_contain_text("Ready. 5 rows", timeout=8_000)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the file").click()
    assert re.fullmatch(r"anatomy-1-review-log-pseudonymous-.*\.csv", saved.value.suggested_filename)
    assert saved.value.path().read_text(encoding="utf-8-sig").count("\n") == 6


def test_without_scripts_the_page_says_so_when_it_is_looked_at_again(page_without_scripts, sign_in, klass, ivy):
    page = page_without_scripts
    sign_in(page, ivy)
    ask(page, klass)
    assert make_next(clock=timezone.now)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("status")).to_contain_text("Ready.")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("status")).to_contain_text("The file is gone.")
