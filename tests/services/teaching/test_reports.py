import pytest

from quizzes.models import ProblemReport
from quizzes.services.teaching.reports import NoReplyError, handle_report
from tests.factories import NOW, ReportFactory, elements

FIXED, DISMISSED, OPEN = ProblemReport.Status.FIXED, ProblemReport.Status.DISMISSED, ProblemReport.Status.OPEN


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
