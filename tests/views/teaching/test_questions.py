"""Pages of a class's questions through browsers: who sees them, and what reaches the editors."""

import io
import uuid

import openpyxl
import pytest

from quizzes.models import Card, CardStatistics, Enrolment, ProblemReport
from tests.analysed import answered_class, roll
from tests.classes import class_of
from tests.people import enrol, person
from tests.study import COPPER, IRON


@pytest.fixture
def rolled(cohort, deck, ivy):
    """Fourteen students of ivy's class have answered."""
    answered_class(cohort, deck, 14)
    roll(deck, cohort)
    roll(deck)
    return cohort


@pytest.fixture
def desk(ivy, signed_in):
    return signed_in(ivy)


def address(cohort, key=IRON):
    return f"/classes/{cohort.pk}/questions/{Card.objects.get(key=key).pk}/"


def send(browser, cohort, message="", form_id=None):
    data = {"message": message, "form_id": form_id or str(uuid.uuid4())}
    return browser.post(address(cohort), data, follow=True)


def test_an_instructor_sends_a_question_with_its_figures_to_the_editor(rolled, desk, ivy):
    page = send(desk, rolled, "Is it not copper?").content.decode()
    assert "Sent to the editors with its figures." in page
    assert "It waits for an editor." in page
    report = ProblemReport.objects.get()
    row = CardStatistics.objects.get(rollup__cohort=rolled, card__key=IRON)
    assert (report.reporter, report.kind, report.message) == (ivy, "statistics", "Is it not copper?")
    assert report.figures["values"] == row.values
    assert report.item_hash == row.shown


def test_a_form_sent_twice_is_one_report(rolled, desk):
    form_id = str(uuid.uuid4())
    for _time in range(2):
        send(desk, rolled, form_id=form_id)
    assert ProblemReport.objects.count() == 1


def test_a_form_that_was_made_up_is_refused(rolled, desk):
    assert desk.post(address(rolled), {"form_id": "made up"}).status_code == 404
    assert not ProblemReport.objects.exists()


def test_somebody_who_may_look_at_the_class_may_send_too_and_a_student_may_not(rolled, signed_in, ada):
    tom = person("tom")
    enrol(tom, rolled, Enrolment.Role.ASSISTANT)
    assert send(signed_in(tom), rolled).status_code == 200
    assert send(signed_in(ada), rolled).status_code == 404
    assert ProblemReport.objects.count() == 1


def test_the_answer_of_the_editor_stands_on_the_page_of_the_class_alone_that_asked(rolled, deck, desk, ivy):
    send(desk, rolled, "Please look.")
    ProblemReport.objects.update(status="fixed", reply="It was copper.")
    other = class_of(deck, ivy)
    answered = CardStatistics.objects.filter(rollup__cohort=rolled, card__key=IRON)
    row = roll(deck, other)
    CardStatistics.objects.create(rollup=row, card=answered[0].card, n=14, weight=3, values=answered[0].values)
    page = desk.get(address(rolled)).content.decode()
    assert "It was copper." in page
    assert "Send to the editor" in page
    assert "It was copper." not in desk.get(address(other)).content.decode()


def test_a_card_that_nobody_in_the_class_has_answered_has_no_page(rolled, desk, deck):
    CardStatistics.objects.filter(rollup__cohort=rolled, card__key=COPPER).delete()
    assert desk.get(address(rolled, COPPER)).status_code == 404
    deck.status = "draft"
    deck.save()
    assert desk.get(address(rolled)).status_code == 404
    deck.status = "published"
    deck.save()
    rolled.decks.remove(deck)
    assert desk.get(address(rolled)).status_code == 404


def test_the_workbook_has_the_questions_and_their_answer_choices(rolled, desk):
    file = desk.get(f"/classes/{rolled.pk}/questions/questions.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["questions", "answer choices"]
    assert book["questions"].max_row == 13
    assert "anatomy-1-questions-" in file.headers["Content-Disposition"]


def test_an_editor_sees_the_figures_of_the_class_and_of_all_beside_the_report(rolled, desk, eve, client):
    send(desk, rolled, "Please look.")
    client.force_login(eve)
    report = ProblemReport.objects.get()
    page = client.get(f"/admin/quizzes/problemreport/{report.pk}/change/").content.decode()
    assert "How the class “Anatomy 1” answered it" in page
    assert "How all students answer it" in page
    assert "facility at first exposure" in page


def test_the_list_is_kept_to_the_address_and_answers_nonsense(rolled, desk):
    page = desk.get(f"/classes/{rolled.pk}/questions/?q=bridges&sort=-later&page=x&section=%00&deck=9")
    assert page.status_code == 200
    assert [row.term for row in page.context["page"].rows] == ["iron"]


def test_a_student_is_not_offered_to_send_figures(ada, deck, signed_in):
    from quizzes.core.specs import Format
    from quizzes.selectors.study.reports import kinds_of
    from tests.study import begin, put

    asked = put(begin(ada, deck), IRON, Format.CHOICE)
    assert "statistics" not in {one.value for one in kinds_of(asked)}
