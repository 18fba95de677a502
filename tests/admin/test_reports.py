from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes.core.specs import Format
from quizzes.models import Card, Fact, ProblemReport
from quizzes.selectors.study.items import get_item
from tests.admin.forms import address, faults, save, send, told
from tests.factories import NOW, ReportFactory, elements, keep
from tests.study import COPPER, IRON, USE_OF_IRON, begin, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def report(ada, deck):
    """Ada says of a question, answered wrongly, that her answer is right too."""
    asked = put(begin(ada, deck), IRON, Format.CHOICE)
    options = get_item(asked.item_hash)["options"]
    return ReportFactory(
        card=Card.objects.get(key=IRON),
        reporter=ada,
        item_hash=asked.item_hash,
        order=list(asked.order),
        answer=next(option["text"] for option in options if not option["is_key"]),
    )


def test_open_reports_stand_first_and_of_those_the_oldest(editor, deck):
    card = Card.objects.get(key=COPPER)
    for days, status in ((0, "open"), (-2, "fixed"), (-1, "open"), (-9, "dismissed")):
        ReportFactory(card=card, status=status, created_at=NOW + timedelta(days=days), message=f"{status} {days}")
    rows = editor.get(address(ProblemReport)).context["cl"].result_list
    assert [row.message for row in rows] == ["open -1", "open 0", "dismissed -9", "fixed -2"]


def test_the_queue_tells_deck_fact_kind_message_and_who(editor, report):
    page = editor.get(address(ProblemReport)).content.decode()
    for words in ("iron", "Chemical elements", "Another answer is right too", "Copper would be right too.", "ada"):
        assert words in page


@pytest.mark.parametrize("query", [{"status__exact": "fixed"}, {"kind__exact": "wording"}, {"q": "gold"}])
def test_the_queue_is_narrowed(editor, report, query):
    assert editor.get(address(ProblemReport)).context["cl"].result_count == 1
    assert editor.get(address(ProblemReport), query).context["cl"].result_count == 0


def test_the_queue_is_narrowed_to_one_fact_from_the_list_of_facts(editor, report):
    ReportFactory(card=Card.objects.get(key=COPPER))
    rows = editor.get(address(ProblemReport), {"fact": report.card.fact_id}).context["cl"].result_list
    assert list(rows) == [report]


def test_a_report_shows_the_question_as_it_was_shown_and_the_answer_given(editor, report):
    page = editor.get(address(ProblemReport, report.pk))
    item, text = page.context["page"].item, page.content.decode()
    assert [option.text for option in item.options if option.chosen] == [report.answer]
    assert "the student&#x27;s answer" in text or "the student's answer" in text
    assert "Which element is used to build bridges and rails?" in text
    assert f'href="{address(Fact, report.card.fact_id)}?report={report.pk}"' in text


def test_the_reply_is_said_to_be_read_by_whoever_reported_which_may_be_an_instructor(editor, report):
    text = editor.get(address(ProblemReport, report.pk)).content.decode()
    assert "Whoever reported it reads it" in text


def test_what_was_edited_since_is_told(editor, report, deck):
    Fact.objects.filter(code="uses/1").update(purpose="to build towers")
    keep(deck)
    text = editor.get(address(ProblemReport, report.pk)).content.decode()
    assert "the student saw version 1, now it is version 2" in text
    assert "<ins>towers</ins>" in text


def test_a_report_is_closed_with_a_reply_in_the_editors_name(editor, report, eve):
    response = save(editor, address(ProblemReport, report.pk), status="fixed", reply="Thank you: corrected.")
    report.refresh_from_db()
    assert (report.status, report.reply, report.handled_by) == ("fixed", "Thank you: corrected.", eve)
    assert report.handled_at is not None
    assert told(response)[0] == "No report is open any more."


@pytest.mark.parametrize("status", ["fixed", "dismissed"])
def test_a_report_is_not_closed_without_a_reply(editor, report, status):
    response = send(editor, address(ProblemReport, report.pk), status=status, reply=" ")
    assert faults(response) == {"reply": ["Say in a few words what was done, or why nothing needs to be."]}
    report.refresh_from_db()
    assert report.status == "open"


def test_open_reports_of_the_same_fact_are_closed_with_it_if_chosen(editor, report, eve):
    alike, other = (ReportFactory(card=Card.objects.get(key=key)) for key in (USE_OF_IRON, IRON))
    page = address(ProblemReport, report.pk)
    save(editor, page, status="dismissed", reply="Copper is too soft.", alike=[alike.pk])
    alike.refresh_from_db()
    other.refresh_from_db()
    assert (alike.status, alike.reply, alike.handled_by) == ("dismissed", "Copper is too soft.", eve)
    assert other.status == "open"


def test_reports_of_other_facts_cannot_be_closed_with_it(editor, report):
    stranger = ReportFactory(card=Card.objects.get(key=COPPER))
    response = send(editor, address(ProblemReport, report.pk), status="fixed", reply="Done.", alike=[stranger.pk])
    assert "alike" in faults(response)


def test_a_report_of_a_question_that_was_not_kept_can_still_be_handled(editor, deck):
    report = ReportFactory(reporter=None)
    assert "The question was not kept." in editor.get(address(ProblemReport, report.pk)).content.decode()
    save(editor, address(ProblemReport, report.pk), status="dismissed", reply="It was taken out.")


def test_what_a_student_writes_is_text(editor, report):
    ProblemReport.objects.update(message="<b>wrong</b>")
    for page in (address(ProblemReport), address(ProblemReport, report.pk)):
        assert "<b>wrong" not in editor.get(page).content.decode()


def test_reports_are_neither_made_nor_deleted_here(editor, report):
    assert editor.get(address(ProblemReport, kind="add")).status_code == 403
    assert editor.post(address(ProblemReport, report.pk, kind="delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in editor.get(address(ProblemReport)).content.decode()


def test_the_queue_and_a_report_take_the_same_queries_for_any_number(editor, report, django_assert_num_queries):
    ReportFactory(card=report.card)
    for number in range(2):
        with django_assert_num_queries(8):
            editor.get(address(ProblemReport))
        with django_assert_num_queries(13):
            editor.get(address(ProblemReport, report.pk))
        if not number:
            ReportFactory.create_batch(8, card=report.card)


def test_the_first_page_tells_what_is_to_do(editor, report, deck):
    Fact.objects.filter(code="uses/2").update(recheck_on="2020-01-01")
    page = editor.get(reverse("admin:index"))
    assert (page.context["workplace"].reports, page.context["workplace"].recheck) == (1, 1)
    text = " ".join(page.content.decode().split())
    assert "<strong>1</strong> problem report is open" in text
    assert "<strong>1</strong> fact is due for recheck" in text


def test_the_first_page_says_when_nothing_is_to_do(editor, deck):
    assert "Nothing waits" in editor.get(reverse("admin:index")).content.decode()


def test_staff_who_do_not_edit_see_no_workplace(client, db):
    from tests.factories import UserFactory

    client.force_login(UserFactory(is_staff=True))
    assert "workplace" not in client.get(reverse("admin:index")).context


@pytest.mark.parametrize("value", ["²", "٣", "x", "-1", "9" * 5000, "9" * 30])
def test_a_fact_that_is_no_number_narrows_nothing(editor, report, value):
    response = editor.get(address(ProblemReport), {"fact": value})
    assert response.status_code == 200
    assert response.context["cl"].result_count == 1
