"""A question reported is kept as it was shown, once; an editor closes the report with a word."""

import uuid

import pytest

from quizzes.core.specs import Format
from quizzes.models import ProblemReport
from quizzes.services.teaching.reports import (
    NoReplyError,
    UnreadableReportError,
    WordlessReportError,
    handle_report,
    report_problem,
)
from tests.factories import NOW, ReportFactory, elements
from tests.study import IRON, begin, given, press, put

FIXED, DISMISSED, OPEN = ProblemReport.Status.FIXED, ProblemReport.Status.DISMISSED, ProblemReport.Status.OPEN
ID = uuid.UUID(int=7)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def tell(user, asked, kind="also_right", message="", client_id=ID):
    return report_problem(user=user, asked=asked, kind=kind, message=message, client_id=client_id, now=NOW)


def test_a_report_keeps_what_was_shown_in_its_order(student):
    asked = put(student, IRON, Format.CHOICE)
    kept = tell(student, asked, message="  steel too \n")
    assert (kept.item_hash, tuple(kept.order), kept.format) == (asked.item_hash, asked.order, "choice")
    assert (kept.card.key, kept.reporter, kept.status, kept.created_at) == (IRON, student, "open", NOW)
    assert (kept.message, kept.answer) == ("steel too", "")


@pytest.mark.parametrize(("way", "said"), [(Format.TYPED, "iron"), (Format.CHOICE, "iron")])
def test_a_report_after_the_answer_keeps_the_answer(student, way, said):
    asked = put(student, IRON, way)
    press(student, asked, given(asked))
    assert tell(student, asked.again(revision=1)).answer == said


def test_the_same_form_sent_twice_is_one_report(student):
    asked = put(student, IRON)
    assert tell(student, asked) == tell(student, asked, kind="unclear")
    assert ProblemReport.objects.count() == 1


def test_a_report_without_a_kind_is_refused(student):
    with pytest.raises(UnreadableReportError, match="rubbish"):
        tell(student, put(student, IRON), kind="rubbish")
    assert not ProblemReport.objects.exists()


def test_something_else_must_be_said_in_words(student):
    with pytest.raises(WordlessReportError):
        tell(student, put(student, IRON), kind="other", message="  ")
    assert tell(student, put(student, IRON), kind="other", message="odd").message == "odd"


def test_a_very_long_message_is_cut(student):
    assert len(tell(student, put(student, IRON), message="x" * 9000).message) == 2000


def test_an_id_of_another_persons_report_is_no_obstacle(student, ben):
    theirs = tell(student, put(student, IRON))
    begin(ben, theirs.card.deck)
    own = tell(ben, put(ben, IRON), kind="unclear")
    assert (own.reporter, own.kind, own.pk == theirs.pk) == (ben, "unclear", False)


@pytest.fixture
def report(db):
    elements()
    return ReportFactory()


@pytest.mark.parametrize("status", [FIXED, DISMISSED])
def test_a_report_is_closed_with_a_reply(report, eve, status):
    handle_report(report=report, by=eve, status=status, reply=" Thank you. ", now=NOW)
    report.refresh_from_db()
    assert (report.status, report.reply, report.handled_by, report.handled_at) == (status, "Thank you.", eve, NOW)


@pytest.mark.parametrize("status", [FIXED, DISMISSED])
def test_nobody_is_left_without_a_word(report, eve, status):
    with pytest.raises(NoReplyError):
        handle_report(report=report, by=eve, status=status, reply="  ", now=NOW)
    report.refresh_from_db()
    assert (report.status, report.handled_by) == (OPEN, None)


def test_a_report_opened_again_waits_for_somebody(report, eve):
    handle_report(report=report, by=eve, status=FIXED, reply="Thank you.", now=NOW)
    handle_report(report=report, by=eve, status=OPEN, reply="", now=NOW)
    report.refresh_from_db()
    assert (report.status, report.handled_by, report.handled_at) == (OPEN, None, None)


def test_what_the_student_said_stays(report, eve):
    said = ["kind", "message", "item_hash", "order", "answer", "created_at", "reporter"]
    before = ProblemReport.objects.values(*said).get()
    handle_report(report=report, by=eve, status=FIXED, reply="Thank you.", now=NOW)
    assert ProblemReport.objects.values(*said).get() == before


def test_a_status_that_is_none_is_refused(report, eve):
    with pytest.raises(ValueError, match="lost"):
        handle_report(report=report, by=eve, status="lost", reply="Thank you.", now=NOW)
