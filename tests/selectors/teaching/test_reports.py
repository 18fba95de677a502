import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, Fact, ProblemReport
from quizzes.selectors.study.items import get_item
from quizzes.selectors.teaching.reports import open_reports, report_page
from tests.factories import ReportFactory, UserFactory, elements, keep
from tests.study import COPPER, IRON, begin, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def report_on(asked, answer="", **fields):
    about = {"item_hash": asked.item_hash, "order": list(asked.order), "format": asked.format, "card_id": asked.card_id}
    return ReportFactory(card=Card.objects.get(pk=asked.card_id), answer=answer, **{**about, **fields})


def page(report):
    """As anybody sees it who teaches no class."""
    return report_page(ProblemReport.objects.select_related("card__fact__section").get(pk=report.pk), UserFactory())


def test_the_question_is_shown_as_it_was_in_its_order(student):
    asked = put(student, IRON, Format.CHOICE)
    texts = [get_item(asked.item_hash)["options"][number]["text"] for number in asked.order]
    wrong = next(text for text in texts if text != "iron")
    item = page(report_on(asked, wrong)).item
    assert item.stem == "Which element is used to build bridges and rails?"
    assert [option.text for option in item.options] == texts
    assert [option.text for option in item.options if option.is_key] == ["iron"]
    assert [option.text for option in item.options if option.chosen] == [wrong]
    assert item.typed == ""


def test_a_report_before_the_answer_marks_none_as_chosen(student):
    item = page(report_on(put(student, IRON, Format.CHOICE))).item
    assert not any(option.chosen for option in item.options)


def test_a_typed_answer_is_shown_as_typed(student):
    item = page(report_on(put(student, COPPER, Format.TYPED), "kuprum")).item
    assert (item.options, item.key, item.typed) == ((), "copper", "kuprum")


def test_the_fact_is_shown_as_it_is_now_with_what_changed_since(student, deck):
    report = report_on(put(student, IRON))
    assert (page(report).changes, page(report).shown_version) == ((), 1)
    Fact.objects.filter(code="uses/1").update(purpose="to build towers")
    keep(deck)
    after = page(report)
    assert dict(after.says)["purpose"] == "to build towers"
    assert [change.label for change in after.changes] == ["purpose"]
    assert after.item.stem == "Which element is used to build bridges and rails?"


def test_other_reports_of_the_fact_are_listed_open_ones_first(student):
    report = report_on(put(student, IRON))
    done = ReportFactory(card=Card.objects.get(key="uses/1/term_to_purpose"), status="fixed")
    waiting = ReportFactory(card=Card.objects.get(key=IRON))
    ReportFactory(card=Card.objects.get(key=COPPER))
    assert page(report).similar == [waiting, done]


def test_a_question_that_was_not_kept_is_told_as_such(deck):
    assert page(ReportFactory()).item is None


def test_open_reports_are_those_that_wait(deck):
    waiting = ReportFactory()
    ReportFactory(status="dismissed")
    assert list(open_reports()) == [waiting]
