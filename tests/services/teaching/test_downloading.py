"""Long files: made by one worker at a time, cancelled, begun anew, and gone after a day."""

from datetime import timedelta

import pytest

from quizzes.models import Download, Enrolment
from quizzes.selectors.teaching.download_rows import WantedFile
from quizzes.services.teaching import downloading
from quizzes.services.teaching.downloading import OneAtATimeError, ask_for, find_file, forget, make_next, remove_old
from tests.classes import USES, answer, class_of, join
from tests.factories import NOW, elements
from tests.people import enrol, person

LOG = WantedFile("reviews", "csv")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOWNLOADS = str(tmp_path / "downloads")
    return tmp_path / "downloads"


@pytest.fixture
def klass(ivy):
    cohort = class_of(elements(), ivy)
    answer(join(cohort), USES[:4])
    return cohort


@pytest.fixture
def asked(klass, ivy):
    return ask_for(cohort=klass, user=ivy, wanted=LOG, now=NOW)


def clock():
    return NOW


def make(**options):
    return make_next(**{"clock": clock, **options})


def every_row(monkeypatch):
    """It looks up after each row and each moment."""
    monkeypatch.setattr(downloading, "ROWS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(downloading, "SAYS_SO_EVERY", timedelta(0))


def test_a_file_is_made_once_and_only_its_account_can_read_it(asked, folder):
    assert make()
    assert not make()
    asked.refresh_from_db()
    assert (asked.state, asked.rows, asked.done, asked.whole) == ("ready", 4, 4, 4)
    path = find_file(asked)
    assert path.stat().st_size == asked.size
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_nothing_is_fetched_before_it_is_ready(asked):
    assert find_file(asked) is None


def test_one_file_at_a_time_is_made_for_a_person(asked, klass, ivy):
    with pytest.raises(OneAtATimeError):
        ask_for(cohort=klass, user=ivy, wanted=LOG, now=NOW)
    make()
    assert ask_for(cohort=klass, user=ivy, wanted=LOG, now=NOW).state == "waiting"


def test_files_are_made_in_the_order_in_which_they_were_asked_for(asked, klass):
    ida = person("ida", "instructor")
    enrol(ida, klass, Enrolment.Role.INSTRUCTOR)
    first = ask_for(cohort=klass, user=ida, wanted=LOG, now=NOW - MINUTE)
    make()
    assert list(Download.objects.filter(state="ready")) == [first]


def test_a_file_says_how_far_it_is_while_it_is_made(asked, monkeypatch):
    every_row(monkeypatch)
    seen = []
    real = downloading._held

    def held(download):
        seen.append(Download.objects.get(pk=download.pk).rows)
        return real(download)

    monkeypatch.setattr(downloading, "_held", held)
    make()
    assert seen == sorted(seen)
    assert {1, 2, 3} <= set(seen)


def test_a_file_that_is_cancelled_while_it_is_made_leaves_nothing(asked, folder, monkeypatch):
    every_row(monkeypatch)
    rows = downloading.file_rows

    def cancelled_midway(*args, **options):
        for number, row in enumerate(rows(*args, **options)):
            if number == 2:
                forget(download=asked)
            assert number < 4, "it goes on although nobody waits"
            yield row

    monkeypatch.setattr(downloading, "file_rows", cancelled_midway)
    assert make()
    assert not Download.objects.exists()
    assert list(folder.iterdir()) == []


def test_a_worker_that_is_told_to_stop_leaves_the_file_to_another(asked, folder):
    assert make(stop=lambda: True)
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == ("waiting", 0)
    assert list(folder.iterdir()) == []
    make()
    asked.refresh_from_db()
    assert asked.state == "ready"


def test_a_file_whose_worker_has_died_is_taken_over_three_times_at_most(asked):
    about = {"state": "making", "touched_at": NOW - HOUR}
    Download.objects.update(**about, tries=2)
    make()
    assert Download.objects.get().state == "ready"
    Download.objects.update(**about, tries=3)
    assert not make()
    assert Download.objects.get().state == "failed"


def test_a_file_that_another_worker_makes_is_left_to_it(asked):
    Download.objects.update(state="making", touched_at=NOW - MINUTE, tries=1)
    assert not make()


def test_a_fault_is_told_once_and_keeps_nobody_from_asking_again(asked, klass, ivy, folder, monkeypatch, caplog):
    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(downloading, "write_workbook", full)
        patch.setattr(downloading, "csv_parts", full)
        make()
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "No space left" in caplog.text
    assert list(folder.iterdir()) == []
    ask_for(cohort=klass, user=ivy, wanted=LOG, now=NOW)


def test_who_does_not_teach_the_class_any_more_gets_nothing(asked, ivy, folder):
    Enrolment.objects.filter(user=ivy).delete()
    make()
    assert not Download.objects.exists()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_a_file_is_gone_a_day_after_it_was_made(asked, folder, hours, left):
    make()
    assert remove_old(now=NOW + hours * HOUR) == 1 - left
    assert len(list(folder.iterdir())) == left


def test_what_nobody_can_fetch_is_swept_away_and_nothing_else(asked, folder):
    make()
    (folder / "0b0c.part").write_text("left by a worker that died")
    (folder / "README").write_text("not ours")
    remove_old(now=NOW)
    assert sorted(path.suffix for path in folder.iterdir()) == ["", ".csv"]


def test_the_files_of_an_account_that_is_deleted_go_with_it(asked, ivy, folder):
    make()
    ivy.delete()
    remove_old(now=NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("what", Download.What.values)
def test_each_kind_can_be_made(klass, ivy, what, ending):
    answer(join(klass), ["gases/1/membership"])
    kept = ask_for(cohort=klass, user=ivy, wanted=WantedFile(what, ending, True, what == "reviews"), now=NOW)
    make()
    kept.refresh_from_db()
    assert (kept.state, kept.rows > 1) == ("ready", True)
