import csv
import io
import json
import tracemalloc
import uuid
import zipfile
from datetime import timedelta

import pytest

from quizzes.models import Quiz, ReviewLog
from quizzes.selectors.people.own_data import read_part
from quizzes.selectors.teaching.own_data import ALL_PARTS
from quizzes.selectors.teaching.own_data_file import own_data_name, own_data_zip
from tests.classes import join
from tests.factories import NOW, AttemptFactory, ReportFactory, elements
from tests.sitting import choose, quiz_of, sit, take
from tests.study import IRON, begin, rate
from tests.whole_person import NAME, fill, named, references

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOT_THEIRS = {
    "quizzes.StudySession.user": "the question on the page now",
    "quizzes.CodeTries.user": "a count for an hour",
    "quizzes.AssignmentCount.user": "a cache over the log",
    "quizzes.StudentConfusions.user": "a cache over the log",
    "quizzes.DueWork.user": "a cache over the log",
    "quizzes.ClassContrast.given_by": "work for a class",
    "quizzes.User_user_permissions.user": "what a role brings",
    "quizzes.AccessRecord.opened_by": "about others, who can read it",
    "quizzes.Invitation.made_by": "about others",
    "quizzes.Accommodation.given_by": "about others",
    "quizzes.GradeChange.changed_by": "about others",
    "quizzes.ItemRuling.ruled_by": "work for a class",
    "quizzes.Assignment.created_by": "work for a class",
    "quizzes.Quiz.created_by": "work for a class",
    "quizzes.RosterUpload.uploaded_by": "about others, gone after a day",
    "quizzes.Download.asked_by": "about others, gone after a day",
    "quizzes.Upload.uploaded_by": "work on a deck, gone after a day",
    "quizzes.DeckSurvey.made_by": "work on a deck",
    "quizzes.Fact.checker": "work on a deck",
    "quizzes.FactVersion.created_by": "work on a deck",
    "quizzes.Overlap.judged_by": "work on a deck",
    "quizzes.PairJudgement.judged_by": "work on a deck",
    "quizzes.ProblemReport.handled_by": "work on a deck",
    "admin.LogEntry.user": "work in the admin",
}
"""What may stay out of the file, and why. A new table that holds a person goes into a Part, or here with a reason."""


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def whole(deck, cohort, ivy):
    return fill(named(), deck, cohort, ivy)


def opened(user, *, now=NOW):
    """The file, as a ZIP."""
    return zipfile.ZipFile(io.BytesIO(b"".join(own_data_zip(user, now=now))))


def tables(user, *, now=NOW):
    """What data.json holds."""
    return json.loads(opened(user, now=now).read("data.json"))["tables"]


def test_every_column_that_holds_a_person_is_in_the_file_or_stays_out_for_a_reason():
    covered = [name for part in ALL_PARTS for name in part.covers]
    every = {name for name, _model, _field in references()}
    assert sorted(every - {*covered, *NOT_THEIRS}) == []
    assert sorted({*covered, *NOT_THEIRS} - every) == []
    assert len(covered) == len(set(covered))
    assert not set(covered) & set(NOT_THEIRS)


def test_no_table_of_the_file_is_empty_for_somebody_who_has_everything(whole):
    assert [name for name, rows in tables(whole).items() if not rows] == []


def test_the_file_holds_a_page_of_words_everything_as_json_and_a_table_for_each_part(whole):
    names = opened(whole).namelist()
    assert names == ["README.txt", *(f"{part.name}.csv" for part in ALL_PARTS), "data.json"]
    assert opened(whole).testzip() is None
    assert own_data_name(whole, now=NOW) == f"calcquiz-{NAME}-2026-03-10.zip"


def test_the_page_of_words_names_every_table_and_every_key(whole):
    lines = [line.strip() for line in opened(whole).read("README.txt").decode().splitlines()]
    assert [part.name for part in ALL_PARTS if not any(line.startswith(f"{part.name}: ") for line in lines)] == []
    missing = {key for part in ALL_PARTS for key in part.keys if not any(line.split(":")[0] == key for line in lines)}
    assert missing == set()


def test_json_and_csv_hold_the_same_rows(whole):
    archive, found = opened(whole), tables(whole)
    for part in ALL_PARTS:
        text = archive.read(f"{part.name}.csv").decode("utf-8-sig")
        heads, *rows = csv.reader(io.StringIO(text))
        assert heads == part.keys
        assert len(rows) == len(found[part.name])
        assert [list(row) for row in found[part.name]] == [part.keys] * len(rows)


def test_the_log_has_the_question_as_it_was_shown_and_what_was_done(whole):
    row = tables(whole)["review_log"][0]
    assert (row["question"], row["options"]) == ("Which element is used to build bridges and rails?", ["iron"])
    assert (row["kind"], row["rating"], row["correct"]) == ("answer", 3, True)


def test_what_a_spreadsheet_would_run_is_kept_from_it(ada, deck):
    ReportFactory(reporter=begin(ada, deck), message="=HYPERLINK(1)")
    cell = next(csv.DictReader(io.StringIO(opened(ada).read("reports.csv").decode("utf-8-sig"))))["message"]
    assert cell == "'=HYPERLINK(1)"
    assert tables(ada)["reports"][0]["message"] == "=HYPERLINK(1)"


def test_secrets_and_what_others_keep_among_themselves_are_not_in_it(whole):
    text = opened(whole).read("data.json").decode()
    assert "hush" not in text
    assert whole.password not in text
    assert "Dyslexia" not in text


def test_nothing_of_others_is_in_it(whole, deck, cohort):
    other = begin(join(cohort, username="quentin"), deck)
    rate(other, IRON, 1)
    ReportFactory(reporter=other, message="Nobody else's words.")
    archive = opened(whole)
    assert [name for name in archive.namelist() if b"quentin" in archive.read(name)] == []
    assert [name for name in archive.namelist() if b"Nobody else" in archive.read(name)] == []


@pytest.mark.parametrize("right", [True, False])
def test_what_a_quiz_does_not_tell_yet_the_file_does_not_tell(ada, deck, cohort, right):
    """Right or wrong, the file is the same but for what the student chose."""
    rate(begin(ada, deck), IRON, 4, now=NOW - 9 * DAY)
    take(ada, quiz_of(deck, cohort=cohort, feedback=Quiz.Feedback.CLOSING), *[right] * 4)
    found = tables(ada, now=NOW + timedelta(hours=1))
    answers = [row for row in found["review_log"] if row["source"] == "quiz"]
    assert len(answers) >= 4
    hidden = ("correct", "rating", "evidence", "taken_for", "due_on", "due_at", "interval_days", "detail")
    assert {row[key] for row in answers for key in hidden} == {None}
    assert {row["correct"] for row in found["responses"]} == {row["mark"] for row in found["attempts"]} == {None}
    asked = {row["card"] for row in answers}
    memories = [row for row in found["memories"] if row["card"] in asked]
    assert {row[key] for row in memories for key in ("phase", "stability", "due_on", "lapses")} == {None}
    assert found["days"][-1]["correct"] is None
    assert {row["withheld"] for row in [*answers, *memories, *found["responses"], *found["attempts"]]} == {
        "told when the quiz has closed"
    }


def test_once_the_quiz_has_closed_it_tells(ada, deck, cohort):
    begin(ada, deck)
    quiz = quiz_of(deck, cohort=cohort, feedback=Quiz.Feedback.CLOSING)
    take(ada, quiz, True, True, True, True)
    found = tables(ada, now=quiz.closes_at + DAY)
    assert {row["correct"] for row in found["responses"]} == {True}
    assert found["attempts"][0]["mark"] == 1
    assert found["days"][-1]["correct"] is not None


def test_an_attempt_under_way_is_not_told(ada, deck, cohort):
    begin(ada, deck)
    attempt = sit(ada, quiz_of(deck, cohort=cohort))
    choose(attempt, 1)
    first = tables(ada)["responses"][0]
    assert first["chosen"]
    assert (first["correct"], first["mark"], first["withheld"]) == (None, None, "told when the attempt is handed in")


def test_the_right_choice_is_marked_nowhere(ada, deck, cohort):
    sit(begin(ada, deck), quiz_of(deck, cohort=cohort))
    assert b"is_key" not in opened(ada).read("data.json")


def test_a_question_that_was_not_kept_is_left_empty(ada, deck):
    ReportFactory(reporter=begin(ada, deck))
    assert tables(ada)["reports"][0]["question"] is None


def test_somebody_who_has_done_nothing_gets_their_account(max):
    found = tables(max)
    assert found["account"][0]["user_name"] == "max"
    assert [name for name, rows in found.items() if rows] == ["account"]


def test_a_long_log_is_read_in_pieces(ada, deck, django_assert_max_num_queries):
    rate(begin(ada, deck), IRON, 3)
    _repeat(ada, 3_000)
    log = next(part for part in ALL_PARTS if part.name == "review_log")
    with django_assert_max_num_queries(12):
        rows = read_part(log, ada, now=NOW)
        assert next(rows)["seq"] == 1
        tracemalloc.start()
        count = 1 + sum(1 for _row in rows)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 3_001
    assert peak < 6_000_000


def _repeat(user, times):
    """So many copies of the one event in the log."""
    row = ReviewLog.objects.get(user=user)
    rows = []
    for number in range(2, times + 2):
        fields = {field.attname: getattr(row, field.attname) for field in ReviewLog._meta.concrete_fields}
        rows.append(ReviewLog(**{**fields, "seq": number, "client_id": uuid.UUID(int=number)}))
    ReviewLog.objects.bulk_create(rows, batch_size=500)


def test_attempts_without_questions_are_read_too(ada):
    AttemptFactory(user=ada)
    assert len(tables(ada)["attempts"]) == 1
