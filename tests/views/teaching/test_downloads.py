"""Files of a class: who gets them, which come at once, how long ones are waited for."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from quizzes.models import AccessRecord, Download, Enrolment
from quizzes.selectors.teaching import download_rows, downloads
from quizzes.services.teaching.downloading import make_next
from tests.classes import USES, answer, class_of, join
from tests.factories import NOW
from tests.people import enrol, person

ASKED = {"what": "reviews", "ending": "csv", "who": "names", "events": "answers"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where the worker puts files."""
    settings.DOWNLOADS = str(tmp_path / "downloads")
    return tmp_path / "downloads"


@pytest.fixture
def long(monkeypatch):
    """A review log of a few answers counts as long."""
    for module in (download_rows, downloads):
        monkeypatch.setattr(module, "AT_ONCE", 3)


@pytest.fixture
def waiting(desk, url, long):
    """The page of a file that waits for the worker."""
    return asked(desk, url)


def table(response):
    """The rows of a CSV that was sent in parts."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def asked(desk, url, **changes):
    """The address to which asking for a file leads."""
    return desk.post(url("downloads/"), {**ASKED, **changes})["Location"]


def text_of(desk, address, **options):
    return desk.get(address, **options).content.decode()


def test_a_small_review_log_comes_at_once(desk, url, ada):
    response = desk.get(asked(desk, url))
    assert response["Content-Disposition"] == 'attachment; filename="anatomy-1-review-log-2026-03-10.csv"'
    assert {row["user name"] for row in table(response)} == {"ada"}
    assert not Download.objects.exists()


def test_a_workbook_holds_the_same_rows(desk, url):
    rows = table(desk.get(url("downloads/reviews.csv")))
    book = openpyxl.load_workbook(io.BytesIO(desk.get(asked(desk, url, ending="xlsx")).content))
    heads, *lines = book["Review log"].values
    assert [dict(zip(heads, line, strict=True))["card_id"] for line in lines] == [row["card_id"] for row in rows]
    assert type(lines[0][heads.index("review_rating")]) is int


@pytest.mark.parametrize(("what", "rows"), [("sections", 2), ("students", 1)])
def test_progress_comes_at_once_however_large_the_class(desk, url, long, what, rows):
    assert len(table(desk.get(asked(desk, url, what=what)))) == rows


def test_pseudonyms_are_in_the_name_of_the_file_and_no_names_are_in_it(desk, url):
    response = desk.get(asked(desk, url, who="pseudonyms", events="all"))
    assert "review-log-pseudonymous" in response["Content-Disposition"]
    rows = table(response)
    assert rows
    assert not {"ada", "ada@example.org"} & {value for row in rows for value in row.values()}
    assert not re.search(r"\bada\b", str(rows)), "letters of a pseudonym may spell a name, words may not"


def test_what_is_no_file_is_not_found(desk, url):
    for address in ("downloads/grades.csv", "downloads/reviews.pdf", "downloads/reviews.csv?who=everyone"):
        assert desk.get(url(address)).status_code == 404


def test_a_form_that_asks_for_nothing_says_what_is_missing(desk, url):
    response = desk.post(url("downloads/"), {"who": "names"})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_a_long_one_is_made_by_the_worker_and_then_fetched(desk, url, waiting, folder):
    assert "It begins in a few seconds." in text_of(desk, waiting)
    assert make_next(clock=timezone.now)
    assert "Ready." in text_of(desk, waiting, headers=HTMX)
    response = desk.get(f"{waiting}file/")
    assert response["Content-Disposition"] == 'attachment; filename="anatomy-1-review-log-2026-03-10.csv"'
    assert len(table(response)) == Download.objects.get().rows > 3


def test_a_page_that_waits_asks_again_by_itself_and_one_that_is_done_does_not(desk, waiting):
    assert f'hx-get="{waiting}"' in text_of(desk, waiting)
    fragment = text_of(desk, waiting, headers=HTMX)
    assert "<html" not in fragment
    assert "hx-trigger" in fragment
    make_next(clock=timezone.now)
    assert "hx-trigger" not in text_of(desk, waiting, headers=HTMX)


def test_how_far_it_is_stands_on_its_page(desk, waiting):
    Download.objects.update(state="making", done=310, whole=1000, rows=298)
    text = text_of(desk, waiting)
    assert '<progress max="100" value="31"' in text
    assert "298 rows so far" in text


def test_a_worker_that_does_not_come_is_told_of(desk, waiting, clock):
    clock.move_to(NOW + timedelta(minutes=2))
    assert "the worker, which does not come" in text_of(desk, waiting)


def test_a_long_csv_may_be_taken_at_once_all_the_same_and_a_long_workbook_may_not(desk, url, waiting):
    assert len(table(desk.get(url("downloads/reviews.csv")))) > 3
    assert desk.get(url("downloads/reviews.xlsx"))["Location"] == url("downloads/")


def test_asking_twice_leads_to_the_one_that_is_under_way(desk, url, waiting):
    assert asked(desk, url, ending="xlsx") == waiting
    assert Download.objects.count() == 1
    assert "is under way" in text_of(desk, waiting)


def test_asking_in_another_class_leads_to_the_one_that_is_under_way(desk, deck, ivy, waiting):
    other = class_of(deck, ivy)
    answer(join(other), USES[:4])
    assert asked(desk, lambda rest: f"/classes/{other.pk}/{rest}") == waiting


def test_cancelling_leaves_nothing_and_the_next_can_be_asked_for(desk, url, waiting):
    assert desk.post(waiting)["Location"] == url("downloads/")
    assert not Download.objects.exists()
    assert asked(desk, url) != waiting


def test_a_file_of_an_instructor_is_nobody_elses(desk, url, klass, waiting, signed_in, assistant, boss):
    make_next(clock=timezone.now)
    for other in (assistant, boss):
        for address in (waiting, f"{waiting}file/"):
            assert signed_in(other).get(address).status_code == 404
        assert "Ready." not in text_of(signed_in(other), url("downloads/"))


def test_who_no_longer_teaches_the_class_cannot_fetch_it(desk, ivy, waiting):
    make_next(clock=timezone.now)
    Enrolment.objects.filter(user=ivy).update(left_at=NOW)
    assert desk.get(f"{waiting}file/").status_code == 404


def test_a_file_that_is_gone_from_the_folder_is_not_found(desk, waiting, folder):
    make_next(clock=timezone.now)
    for path in folder.iterdir():
        path.unlink()
    assert desk.get(f"{waiting}file/").status_code == 404


def test_students_can_read_that_a_file_about_them_was_taken_out(desk, url, waiting):
    assert not AccessRecord.objects.filter(what="list").exists()
    make_next(clock=timezone.now)
    desk.get(f"{waiting}file/")
    desk.get(url("downloads/sections.csv?who=pseudonyms"))
    desk.get(url("downloads/students.xlsx"))
    names = AccessRecord.objects.filter(what="list").values_list("about", flat=True)
    assert set(names) == {"reviews.csv", "sections.csv (pseudonymous)", "students.xlsx"}


def test_somebody_who_assists_downloads_too(url, signed_in, assistant):
    assert table(signed_in(assistant).get(url("downloads/reviews.csv")))


def test_a_deck_that_the_instructor_may_not_see_is_not_in_their_file(desk, url, deck):
    deck.status = "draft"
    deck.save()
    assert table(desk.get(url("downloads/reviews.csv"))) == []


def test_a_class_without_students_has_heads_alone(signed_in, deck):
    ida = person("ida", "instructor")
    empty = class_of(deck, ida)
    enrol(person("tim"), empty, Enrolment.Role.ASSISTANT)
    for what in ("reviews", "sections", "students"):
        assert table(signed_in(ida).get(f"/classes/{empty.pk}/downloads/{what}.csv")) == []


def test_the_page_asks_for_the_same_few_things_however_many_students(desk, url, klass, django_assert_num_queries):
    with django_assert_num_queries(10):
        desk.get(url("downloads/"))
    for _ in range(3):
        answer(join(klass), USES[:3])
    with django_assert_num_queries(10):
        desk.get(url("downloads/"))


def test_the_page_leads_to_the_figures_of_questions_too(desk, url):
    text = desk.get(url("downloads/")).content.decode()
    for ending in ("csv", "xlsx"):
        assert f'href="{url("questions/questions." + ending)}"' in text
        assert desk.get(url(f"questions/questions.{ending}")).status_code == 200
