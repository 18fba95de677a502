"""A question reported is kept as it was shown, once."""

import uuid

import pytest

from quizzes.core.specs import Format
from quizzes.models import ProblemReport
from quizzes.services.teaching.reporting import UnreadableReportError, WordlessReportError, report_problem
from tests.factories import NOW, elements
from tests.study import IRON, begin, given, press, put

ID = uuid.UUID(int=7)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def report(user, asked, kind="also_right", message="", client_id=ID):
    return report_problem(user=user, asked=asked, kind=kind, message=message, client_id=client_id, now=NOW)


def test_a_report_keeps_what_was_shown_in_its_order(student):
    asked = put(student, IRON, Format.CHOICE)
    kept = report(student, asked, message="  steel too \n")
    assert (kept.item_hash, tuple(kept.order), kept.format) == (asked.item_hash, asked.order, "choice")
    assert (kept.card.key, kept.reporter, kept.status, kept.created_at) == (IRON, student, "open", NOW)
    assert (kept.message, kept.answer) == ("steel too", "")


@pytest.mark.parametrize(("way", "said"), [(Format.TYPED, "iron"), (Format.CHOICE, "iron")])
def test_a_report_after_the_answer_keeps_the_answer(student, way, said):
    asked = put(student, IRON, way)
    press(student, asked, given(asked))
    assert report(student, asked.again(revision=1)).answer == said


def test_the_same_form_sent_twice_is_one_report(student):
    asked = put(student, IRON)
    assert report(student, asked) == report(student, asked, kind="unclear")
    assert ProblemReport.objects.count() == 1


def test_a_report_without_a_kind_is_refused(student):
    with pytest.raises(UnreadableReportError, match="rubbish"):
        report(student, put(student, IRON), kind="rubbish")
    assert not ProblemReport.objects.exists()


def test_something_else_must_be_said_in_words(student):
    with pytest.raises(WordlessReportError):
        report(student, put(student, IRON), kind="other", message="  ")
    assert report(student, put(student, IRON), kind="other", message="odd").message == "odd"


def test_a_very_long_message_is_cut(student):
    assert len(report(student, put(student, IRON), message="x" * 9000).message) == 2000


def test_an_id_of_another_persons_report_is_no_obstacle(student, ben):
    theirs = report(student, put(student, IRON))
    begin(ben, theirs.card.deck)
    own = report(ben, put(ben, IRON), kind="unclear")
    assert (own.reporter, own.kind, own.pk == theirs.pk) == (ben, "unclear", False)
