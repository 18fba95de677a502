"""Pages of grades through browsers: who may change what, and what is said of it."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.models import Enrolment, GradeChange, ItemRuling, Profile
from tests.factories import NOW, UserFactory
from tests.people import enrol, person
from tests.quiz_marks import begin, frozen_quiz, hashes, key_of, take, wrong_of

SIGNED_IN = 2  # the session and its user


@pytest.fixture
def quiz(deck, cohort, ada, ivy):
    """Ada has half of it."""
    Profile.objects.create(user=ada)
    quiz = frozen_quiz(deck, cohort, title="Metals")
    take(ada, quiz, False, True, True, False)
    return quiz


@pytest.fixture
def desk(ivy, signed_in):
    return signed_in(ivy)


@pytest.fixture
def onlooker(cohort, signed_in):
    """The browser of somebody who may look at the class."""
    user = person("tom")
    enrol(user, cohort, Enrolment.Role.ASSISTANT)
    return signed_in(user)


@pytest.fixture
def grade_url(quiz, ada):
    return f"/classes/{quiz.cohort_id}/grades/{ada.profile.public_id}/quiz/{quiz.pk}/"


@pytest.fixture
def ruling_url(quiz):
    return f"/classes/{quiz.cohort_id}/quizzes/{quiz.pk}/rulings/{hashes(quiz)[0]}/"


def form(**fields):
    return {"do": "override", "percent": "75", "reason": "Oral.", "seen": "0", **fields}


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_mark_by_hand_is_saved_and_shown_in_the_gradebook_and_to_the_student(desk, signed_in, quiz, grade_url, ada):
    page = desk.post(grade_url, form(percent="66,5"), follow=True)
    assert "66.5 %" in html(page)
    assert "set by hand" in html(desk.get(f"/classes/{quiz.cohort_id}/grades/"))
    own = html(signed_in(ada).get("/grades/"))
    assert "66.5 %" in own
    assert "Oral." in own


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"percent": ""}, "Type the mark that is to count"),
        ({"percent": "101"}, "less than or equal to 100"),
        ({"percent": "much"}, "Type a number from 0 to 100"),
        ({"reason": ""}, "Say why."),
        ({"do": ""}, "Choose what is to count."),
    ],
)
def test_a_form_with_something_missing_says_what_and_changes_nothing(desk, grade_url, fields, said):
    assert said in html(desk.post(grade_url, form(**fields)))
    assert not GradeChange.objects.exists()


def test_an_excuse_needs_no_mark(desk, grade_url):
    desk.post(grade_url, form(do="excuse", percent=""))
    assert GradeChange.objects.get().kind == "excuse"


def test_two_pages_open_at_once_do_not_overwrite_each_other(desk, grade_url):
    desk.post(grade_url, form())
    assert "changed since you opened the page" in html(desk.post(grade_url, form(percent="20")))
    assert GradeChange.objects.get().mark == 0.75


def test_who_may_only_look_sees_grades_and_changes_none(onlooker, grade_url, ruling_url):
    assert "Save the grade" not in html(onlooker.get(grade_url))
    assert "Show whose mark would change" not in html(onlooker.get(ruling_url))
    assert onlooker.post(grade_url, form()).status_code == 404
    assert onlooker.post(ruling_url, {"do": "rule", "kind": "drop", "reason": "x", "seen": "0"}).status_code == 404
    assert not GradeChange.objects.exists()


def test_a_student_who_has_left_has_no_grade_and_no_attempt_to_be_read(desk, quiz, grade_url, ada):
    attempt = f"/classes/{quiz.cohort_id}/quizzes/{quiz.pk}/results/{ada.attempts.get().public_id}/"
    assert desk.get(attempt).status_code == 200
    Enrolment.objects.filter(user=ada).update(left_at=quiz.opens_at)
    assert (desk.get(grade_url).status_code, desk.get(attempt).status_code) == (404, 404)


def test_an_attempt_under_way_is_not_read(desk, quiz, cohort):
    user = UserFactory()
    enrol(user, cohort)
    attempt = begin(user, quiz, started_at=NOW)
    assert desk.get(f"/classes/{cohort.pk}/quizzes/{quiz.pk}/results/{attempt.public_id}/").status_code == 404


def test_an_attempt_whose_time_is_over_is_handed_in_before_it_is_read(desk, quiz, cohort):
    user = UserFactory()
    enrol(user, cohort)
    attempt = begin(user, quiz)
    page = html(desk.get(f"/classes/{cohort.pk}/quizzes/{quiz.pk}/results/{attempt.public_id}/"))
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.ended_by) == (attempt.due_at, "clock")
    assert "ended by the clock" in page


def test_results_of_a_quiz_nobody_has_begun_say_what_they_will_show(desk, deck, cohort, quiz):
    empty = frozen_quiz(deck, cohort)
    assert "Nobody has begun yet" in html(desk.get(f"/classes/{cohort.pk}/quizzes/{empty.pk}/results/"))


def test_a_class_without_things_or_students_says_what_will_stand_here(desk, cohort, ada):
    url = f"/classes/{cohort.pk}/grades/"
    assert "Nothing to mark yet" in html(desk.get(url))
    Enrolment.objects.filter(user=ada).delete()
    assert "No students yet" in html(desk.get(url))


def ruling(quiz, **fields):
    item_hash = hashes(quiz)[0]
    accepted = [str(key_of(item_hash)), str(wrong_of(item_hash))]
    return {"do": "preview", "kind": "accept", "accepted": accepted, "reason": "Both.", "seen": "0", **fields}


def test_a_ruling_is_shown_with_its_effect_before_it_holds(desk, quiz, ruling_url):
    page = desk.post(ruling_url, ruling(quiz))
    assert [(one.name, one.before, one.after) for one in page.context["preview"].lines] == [("ada", "50 %", "75 %")]
    assert "logs of answers are not rewritten" in html(page)
    assert not ItemRuling.objects.exists()


def test_a_confirmed_ruling_marks_anew_and_says_how_many_marks_changed(desk, signed_in, quiz, ruling_url, ada):
    page = desk.post(ruling_url, ruling(quiz, do="rule"), follow=True)
    assert "the mark of 1 student changed" in html(page)
    own = html(signed_in(ada).get("/grades/"))
    assert "Marked anew after a correction" in own
    assert "Both." in own


def test_a_ruling_that_accepts_nothing_or_something_else_is_refused(desk, quiz, ruling_url):
    assert "Tick at least one answer choice" in html(desk.post(ruling_url, ruling(quiz, accepted=[], do="rule")))
    assert "Choose among the answer choices" in html(desk.post(ruling_url, ruling(quiz, accepted=["9"], do="rule")))
    assert not ItemRuling.objects.exists()


def test_a_ruling_after_somebody_elses_is_refused_with_the_reason(desk, quiz, ruling_url):
    desk.post(ruling_url, ruling(quiz, do="rule"))
    page = desk.post(ruling_url, ruling(quiz, do="rule", kind="drop"))
    assert "Somebody has ruled on a question of this quiz" in html(page)
    assert page.context["preview"] is None
    assert ItemRuling.objects.count() == 1


@pytest.mark.parametrize("name", ["grades.csv", "grades.xlsx", "attempts.csv"])
def test_files_are_sent_as_such_under_the_name_of_the_class(desk, quiz, name):
    response = desk.get(f"/classes/{quiz.cohort_id}/grades/{name}")
    stem, ending = name.split(".")
    said = f'attachment; filename="anatomy-1-{stem}-2026-03-10.{ending}"'
    assert response.headers["Content-Disposition"] == said
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["grades", "attempts"]
    else:
        assert len(list(csv.reader(io.StringIO(data.decode())))) == 2


def test_nonsense_in_an_address_is_left_out(desk, quiz):
    for rest in ("grades/?page=x&sort=q999&show=zz", f"quizzes/{quiz.pk}/results/?page=-1&sort=zz&questions=zz"):
        assert desk.get(f"/classes/{quiz.cohort_id}/{rest}").status_code == 200


PINNED = {
    "gradebook": 13, "grades.csv": 13, "grades.xlsx": 16, "attempts.csv": 9, "results": 16, "attempt": 17, "grade": 20,
    "ruling": 14,
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 8])
def test_pages_of_grades_ask_the_database_as_often_for_many_as_for_few(
    desk, quiz, cohort, deck, grade_url, ruling_url, size
):
    for number in range(size):
        user = UserFactory(username=f"s{number}")
        enrol(user, cohort)
        take(user, quiz, True, False)
        take(user, frozen_quiz(deck, cohort), True)
    base, results = f"/classes/{cohort.pk}", f"/classes/{cohort.pk}/quizzes/{quiz.pk}/results/"
    pages = {"gradebook": f"{base}/grades/", "results": results, "grade": grade_url, "ruling": ruling_url}
    pages["attempt"] = f"{results}{quiz.attempts.first().public_id}/"
    pages |= {name: f"{base}/grades/{name}" for name in PINNED if "." in name}
    assert {name: asked(desk, address) for name, address in pages.items()} == PINNED


def asked(desk, address):
    """How many queries the page takes beyond those of being signed in."""
    with CaptureQueriesContext(connection) as queries:
        list(desk.get(address))
    return len(queries) - SIGNED_IN
