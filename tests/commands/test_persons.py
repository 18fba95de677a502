import zipfile

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import AccessRecord, User
from quizzes.services.people.roles import ADMIN
from tests.people import person

pytestmark = pytest.mark.django_db


def test_export_writes_the_file_and_the_person_can_read_that_it_was_made(ada, tmp_path, capsys):
    path = tmp_path / "ada.zip"
    call_command("export_person", "ada", str(path))
    assert "data.json" in zipfile.ZipFile(path).namelist()
    assert f"{path} is written." in capsys.readouterr().err
    kept = AccessRecord.objects.get(person=ada)
    assert (kept.what, kept.role, kept.opened_by) == ("export", "operator", None)


def test_export_overwrites_nothing(ada, tmp_path):
    path = tmp_path / "ada.zip"
    path.write_text("mine")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_person", "ada", str(path))
    assert path.read_text() == "mine"
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("command", [("export_person", "zoe", "x.zip"), ("erase_person", "zoe")])
def test_somebody_who_is_not_there_is_named(db, command):
    with pytest.raises(CommandError, match="Nobody has the user name zoe"):
        call_command(*command)


def test_erasing_asks_for_the_name_and_does_nothing_without_it(ada, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", "ada")
    assert User.objects.filter(username="ada").exists()
    monkeypatch.setattr("builtins.input", lambda _question: "ada")
    call_command("erase_person", "ada")
    assert not User.objects.filter(username="ada").exists()


def test_erasing_does_not_ask_with_yes(ada, capsys):
    call_command("erase_person", "ada", "--yes")
    assert "ada is erased." in capsys.readouterr().err


def test_the_last_admin_is_not_erased_and_the_reason_is_told(db):
    person("root", ADMIN)
    with pytest.raises(CommandError, match="root was not erased"):
        call_command("erase_person", "root", "--yes")
