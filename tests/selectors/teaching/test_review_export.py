"""The review log of a class as a table: which rows it has, what they hold, what pseudonyms hide."""

import json
from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from quizzes.core.specs import Format
from quizzes.formats.spreadsheet import csv_text
from quizzes.models import Enrolment, ReviewLog
from quizzes.selectors.teaching import review_export
from quizzes.selectors.teaching.exported import exported_students
from quizzes.selectors.teaching.pseudonyms import pseudonym
from quizzes.selectors.teaching.review_export import review_rows
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.groups import create_group, fill_group
from tests.classes import GASES, USES, answer, class_of, join, know
from tests.factories import NOW, DeckFactory, elements
from tests.logs import FORGETFUL, remember
from tests.study import COPPER, DAY, IRON, begin, press, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck):
    return class_of(deck, name="Chemistry")


@pytest.fixture
def una(klass):
    return join(klass, username="una", first_name="Una", last_name="Unger", email="una@example.org")


def log(cohort, *, pseudonymous=False, everything=False, decks=None):
    """The rows as dictionaries."""
    students = exported_students(cohort, pseudonymous=pseudonymous)
    ids = [deck.pk for deck in decks or cohort.decks.all()]
    heads, *rows = review_rows(students, ids, pseudonymous=pseudonymous, everything=everything)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_each_answer_is_a_row_with_all_that_is_known_of_it(klass, una):
    answer(una, USES[:1], right=False)
    answer(una, GASES[:1], days_ago=-1)
    wrong, right = log(klass)
    logged = ReviewLog.objects.get(user=una, card__key=GASES[0])
    assert (wrong["card"], wrong["correct"], wrong["review_rating"], wrong["choices"]) == (USES[0], 0, 1, None)
    assert (right["format"], right["item"], right["chosen"]) == ("choice", logged.item_hash, logged.chosen)
    assert (right["correct"], right["choices"], right["evidence"], right["review_rating"]) == (1, 4, "choice", 3)
    assert (right["section"], right["deck"], right["event"], right["source"]) == (
        "gases",
        "elements",
        "answer",
        "study",
    )
    assert (right["review_time"], right["study_day"]) == (logged.answered_at.isoformat(), logged.study_day.isoformat())
    assert (right["review_duration"], right["time_zone"]) == (4_000, "UTC")
    assert (right["name"], right["user name"]) == ("Una Unger", "una")


def test_a_guess_said_to_be_one_is_a_card_not_recalled(klass, una):
    asked = put(una, GASES[0], Format.CHOICE)
    done = press(una, asked)
    guessed_after_all(user=una, client_id=done.row.client_id, now=NOW)
    (row,) = log(klass)
    assert (row["correct"], row["evidence"], row["review_rating"]) == (1, "guessed", 1)


def test_what_was_taken_back_is_no_row_unless_every_event_is_asked_for(klass, una):
    press(una, put(una, IRON))
    undo_last(user=una, scope="", now=NOW)
    press(una, put(una, IRON), right=False)
    mark_card(user=una, asked=put(una, COPPER), mark="bury", now=NOW)
    assert [row["correct"] for row in log(klass)] == [0]
    rows = log(klass, everything=True)
    assert [row["event"] for row in rows] == ["answer", "undo", "answer", "bury"]
    assert rows[1]["undoes"] == rows[0]["number"]
    assert [row["review_rating"] for row in rows] == [3, 0, 1, 0]


def test_practice_is_in_neither_nor_what_took_it_back(klass, una):
    know(una, USES[:1], days_ago=2)
    press(una, put(una, USES[0], scope="elements/uses/1"))
    assert ReviewLog.objects.filter(source="practice").exists()
    undo_last(user=una, scope="elements/uses/1", now=NOW)
    assert ReviewLog.objects.filter(kind="undo").exists()
    assert {row["source"] for row in log(klass, everything=True)} == {"study"}
    assert {row["event"] for row in log(klass, everything=True)} == {"answer"}


def test_only_the_decks_and_the_students_of_the_class_are_in_it(klass, una, deck):
    answer(una, USES[:2])
    gone = join(klass)
    answer(gone, USES[:1])
    Enrolment.objects.filter(user=gone).update(left_at=NOW)
    answer(begin(join(class_of(deck)), deck), USES[:1])
    assert [row["user name"] for row in log(klass)] == ["una", "una"]
    assert log(klass, decks=[DeckFactory()]) == []


@pytest.mark.parametrize("at_once", [1, 3, 1_000])
def test_however_students_are_parted_all_rows_are_there_in_order(klass, una, monkeypatch, at_once):
    monkeypatch.setattr(review_export, "EVENTS_AT_ONCE", at_once)
    answer(una, USES[:3])
    for _ in range(3):
        answer(join(klass), USES[:2])
    rows = log(klass)
    assert sorted(row["number"] for row in rows) == [1, 1, 1, 1, 2, 2, 2, 2, 3]
    numbers = [(row["student"], row["number"]) for row in rows]
    assert all(one[1] < other[1] for one, other in pairwise(numbers) if one[0] == other[0])


def test_it_says_how_far_it_is(klass, una, monkeypatch):
    monkeypatch.setattr(review_export, "EVENTS_AT_ONCE", 1)
    answer(una, USES[:3])
    answer(join(klass), USES[:2])
    heard = []
    list(review_rows(exported_students(klass, pseudonymous=False), [klass.decks.get().pk], tell=heard.append))
    assert heard[-1] == 5
    assert len(heard) == 2


def test_pseudonyms_hide_who_it_was_and_when_exactly(klass, una):
    fill_group(group=create_group(cohort=klass, name="Unger's tutorial"), user_ids=[una.pk], shown=[])
    una.profile.external_id = "s-4711"
    una.profile.save()
    answer(una, USES[:3])
    text = json.dumps(log(klass, pseudonymous=True))
    for word in ("una", "Una", "Unger", "example.org", "4711", str(una.profile.public_id), "tutorial", "time_zone"):
        assert word not in text
    (moment,) = {row["review_time"] for row in log(klass, pseudonymous=True)}
    assert datetime.fromisoformat(moment) == NOW.astimezone(UTC).replace(hour=NOW.hour - 1, minute=0)


def test_a_pseudonym_is_the_same_in_each_file_of_a_class_and_another_in_another_class_or_under_another_key(
    klass, una, settings
):
    before = {one.mark for one in exported_students(klass, pseudonymous=True)}
    assert before == {one.mark for one in exported_students(klass, pseudonymous=True)}
    assert pseudonym(klass.pk + 1, "student", una.profile.public_id) not in before
    settings.SECRET_KEY = "another key" * 5
    assert not before & {one.mark for one in exported_students(klass, pseudonymous=True)}


def test_pseudonymous_rows_stand_in_the_order_of_pseudonyms_and_not_of_names(klass):
    for number in range(8):
        answer(join(klass, last_name=f"Name {number}"), USES[:1])
    marks = [row["student"] for row in log(klass, pseudonymous=True)]
    assert marks == sorted(marks)
    assert len(set(marks)) == 8


def test_two_students_answers_to_one_card_are_two_cards(klass, una):
    answer(una, USES[:1])
    answer(join(klass), USES[:1])
    for hidden in (True, False):
        assert len({row["card_id"] for row in log(klass, pseudonymous=hidden)}) == 2


@pytest.mark.parametrize("pseudonymous", [True, False])
def test_evaluate_memory_reads_it(klass, una, tmp_path, pseudonymous):
    remember(una, FORGETFUL, now=NOW - DAY)
    students = exported_students(klass, pseudonymous=pseudonymous)
    rows = list(review_rows(students, [klass.decks.get().pk], pseudonymous=pseudonymous, everything=True))
    (tmp_path / "log.csv").write_text(csv_text(rows), encoding="utf-8")
    out = StringIO()
    call_command("evaluate_memory", str(tmp_path / "log.csv"), "--json", stdout=out)
    assert json.loads(out.getvalue())["n_test"] > 100


def test_the_columns_are_explained():
    text = (Path(__file__).parents[3] / "docs" / "downloads.md").read_text(encoding="utf-8")
    assert [head for head in review_export.HEADS if f"| `{head}` |" not in text] == []
