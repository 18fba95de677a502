import io
import logging
import zipfile

import pytest
from django.db import DatabaseError
from django.urls import reverse

from quizzes.models import AccessRecord, User
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.people.roles import ADMIN
from tests.classes import teach
from tests.people import person
from tests.quiz_marks import frozen_quiz, take

DATA, OPENINGS = reverse("own-data"), reverse("own-openings")
FILE, ERASE = reverse("own-data-file"), reverse("own-data-erase")


@pytest.fixture
def taught(student, ivy, cohort, deck):
    """Ada's class with its deck; returns her id in addresses."""
    teach(cohort, deck)
    return note_time_zone(user=student, time_zone="").public_id


@pytest.fixture
def root(db):
    return person("root", ADMIN)


def kept():
    """What was kept, in order: what, about, who."""
    return list(AccessRecord.objects.order_by("pk").values_list("what", "about", "opened_by__username"))


def test_pages_about_one_student_leave_a_line_each(taught, signed_in, cohort, deck, ivy, ada):
    quiz = frozen_quiz(deck, cohort)
    attempt = take(ada, quiz, True, False)
    web = signed_in(ivy)
    one = {"student": ("class-student", [cohort.pk, taught]), "granted": ("class-accommodations", [cohort.pk, taught])}
    one["grade"] = ("class-grade", [cohort.pk, taught, "quiz", quiz.pk])
    one["attempt"] = ("class-attempt", [cohort.pk, quiz.pk, attempt.public_id])
    for name, ids in one.values():
        assert web.get(reverse(name, args=ids)).status_code == 200
    assert kept() == [
        ("student", "", "ivy"),
        ("accommodations", "", "ivy"),
        ("grade", quiz.title, "ivy"),
        ("attempt", quiz.title, "ivy"),
    ]
    assert {row.person for row in AccessRecord.objects.all()} == {ada}


def test_looking_at_a_class_leaves_none_and_taking_its_files_leaves_one_for_all(taught, signed_in, cohort, ivy):
    web = signed_in(ivy)
    for name in ("class", "class-grades"):
        web.get(reverse(name, args=[cohort.pk]))
    assert kept() == []
    for name in ("class-table", "class-grades-csv", "class-grades-xlsx", "class-attempts-csv"):
        web.get(reverse(name, args=[cohort.pk]))
    assert [about for _what, about, _who in kept()] == ["table.csv", "grades.csv", "grades.xlsx", "attempts.csv"]
    assert set(AccessRecord.objects.values_list("person", flat=True)) == {None}


def test_the_list_of_who_falls_behind_leaves_one_line_that_all_students_of_the_class_read(
    taught, signed_in, cohort, ivy, ada
):
    web = signed_in(ivy)
    for _time in range(2):
        assert web.get(reverse("class-behind", args=[cohort.pk])).status_code == 200
    row = AccessRecord.objects.get()
    assert (row.what, row.person, row.cohort, row.opened_by, row.times) == ("behind", None, cohort, ivy, 2)
    text = signed_in(ada).get(OPENINGS).content.decode()
    assert "The list of who falls behind in the class" in text


def test_a_list_is_shown_although_it_could_not_be_noted(taught, signed_in, cohort, ivy, monkeypatch):
    def refuse(**_about):
        raise DatabaseError

    monkeypatch.setattr("quizzes.views.teaching.doors.note_list", refuse)
    assert signed_in(ivy).get(reverse("class-behind", args=[cohort.pk])).status_code == 200
    assert kept() == []


def test_a_page_that_is_not_there_leaves_no_line(taught, signed_in, cohort, ben, ivy):
    other = note_time_zone(user=ben, time_zone="").public_id
    assert signed_in(ivy).get(reverse("class-student", args=[cohort.pk, other])).status_code == 404
    assert signed_in(ben).get(reverse("class-student", args=[cohort.pk, taught])).status_code == 404
    assert kept() == []


def test_an_admin_who_opens_an_account_leaves_a_line_and_none_at_their_own(taught, signed_in, root, ada):
    web = signed_in(root)
    for user in (ada, root):
        assert web.get(reverse("admin:quizzes_user_change", args=[user.pk])).status_code == 200
    assert kept() == [("account", "", "root")]


def test_the_page_is_shown_all_the_same_if_that_cannot_be_written(taught, signed_in, cohort, ivy, monkeypatch, caplog):
    def fail(**_about):
        raise DatabaseError("disk full")

    monkeypatch.setattr("quizzes.views.teaching.doors.note_opening", fail)
    with caplog.at_level(logging.ERROR):
        page = signed_in(ivy).get(reverse("class-student", args=[cohort.pk, taught]))
    assert page.status_code == 200
    assert "could not be kept" in caplog.text


def test_a_student_reads_who_opened_their_record_and_nobody_elses(taught, signed_in, cohort, ada, ben, ivy):
    assert "Nobody has opened your record yet" in signed_in(ada).get(OPENINGS).content.decode()
    signed_in(ivy).get(reverse("class-student", args=[cohort.pk, taught]))
    page = signed_in(ada).get(OPENINGS).content.decode()
    assert "Your page in the class" in page
    assert "ivy" in page
    assert "Nobody has opened your record yet" in signed_in(ben).get(OPENINGS).content.decode()


def test_the_way_there_is_in_the_settings_and_the_account(signed_in, ada):
    web = signed_in(ada)
    assert all(DATA in web.get(reverse(name)).content.decode() for name in ("settings", "account"))
    assert all(url in web.get(DATA).content.decode() for url in (OPENINGS, FILE, ERASE))


def test_the_file_comes_after_the_password(client, student):
    client.force_login(student)
    asked = client.post(FILE)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    back = client.post(asked.url, {"password": "password"}, follow=True)
    assert "Now the button makes the file" in back.content.decode()
    got = client.post(FILE)
    assert got.headers["Content-Disposition"] == 'attachment; filename="calcquiz-ada-2026-03-10.zip"'
    assert got.streaming
    assert "review_log.csv" in zipfile.ZipFile(io.BytesIO(got.getvalue())).namelist()


def test_who_has_just_signed_in_is_not_asked(client, student):
    client.post(reverse("sign-in"), {"login": "ada", "password": "password"})
    assert client.post(FILE).headers["Content-Type"] == "application/zip"


def test_erasing_wants_password_and_name_and_does_nothing_with_a_wrong_one(client, student):
    client.force_login(student)
    for data in (
        {"password": "wrong", "name": "ada"},
        {"password": "password", "name": "Ada"},
        {"password": "", "name": "ada"},
        {"password": "password"},
    ):
        page = client.post(ERASE, data)
        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
    assert User.objects.filter(username="ada").exists()


def test_after_erasing_somebody_is_signed_out_and_gone(client, student):
    client.force_login(student)
    page = client.post(ERASE, {"password": "password", "name": "ada"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("sign-in")
    assert "Your account is erased" in page.content.decode()
    assert client.get(DATA).status_code == 302
    assert not User.objects.filter(username="ada").exists()


def test_who_alone_teaches_a_class_is_told_first_and_has_no_form(signed_in, ivy, cohort):
    web = signed_in(ivy)
    page = web.get(ERASE)
    assert "Nobody else teaches the class “Anatomy 1”" in page.content.decode()
    assert 'name="password"' not in page.content.decode()
    assert web.post(ERASE, {"password": "password", "name": "ivy"}).status_code == 422
    assert User.objects.filter(username="ivy").exists()


def test_without_a_password_the_name_is_enough(signed_in, max):
    max.set_unusable_password()
    max.save()
    assert signed_in(max).post(ERASE, {"name": "max"}).status_code == 302
    assert not User.objects.filter(username="max").exists()


def test_the_period_is_told_where_there_is_one(signed_in, ada, settings):
    web = signed_in(ada)
    assert "days is erased" not in web.get(DATA).content.decode()
    settings.KEEP_DAYS = 730
    assert "730 days is erased" in web.get(DATA).content.decode()


def test_what_is_asked_for_as_a_page_is_read_however_it_is_written(signed_in, ada):
    assert [signed_in(ada).get(OPENINGS, {"page": wanted}).status_code for wanted in ("0", "x", "99999999")] == [
        200
    ] * 3
