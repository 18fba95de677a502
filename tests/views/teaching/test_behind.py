import re

import pytest

from quizzes.models import Message, User
from quizzes.selectors.teaching.message_drafts import ANY, draft_for
from tests.classes import USES, class_of, join, know
from tests.factories import NOW, AssignmentFactory, CohortFactory
from tests.study import DAY


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(response):
    return response.context["page"]


@pytest.fixture
def crowd(klass, ada):
    """Ada has been away for eight days; bob never began, cy studied yesterday."""
    bob = join(klass, username="bob", now=NOW - 20 * DAY)
    know(join(klass, username="cy"), USES[:2], days_ago=1)
    return klass, bob


def ticked(response):
    return re.findall(r'name="students" value="(\d+)" id="[^"]+" checked', html(response))


def test_the_list_says_who_and_why_the_most_urgent_first(desk, crowd, url):
    page = page_of(desk.get(url("behind/")))
    assert page.sentence == "2 of 3 fall behind: absent 2"
    assert [(line.name, line.reasons[0]) for line in page.lists[0].lines] == [
        ("bob", "has not begun; 20 cards wait"),
        ("ada", "last studied 8 days ago; 12 cards due"),
    ]


def test_the_class_page_leads_there(desk, crowd, url):
    text = html(desk.get(url()))
    assert f'<a href="{url("behind/")}">2 fall behind</a>' in text


def test_a_class_where_all_goes_well_says_so(desk, klass, url, ada):
    know(ada, USES[:3], days_ago=0)
    text = html(desk.get(url("behind/")))
    assert "Nobody falls behind." in text
    assert '<form method="post" action="/classes/' not in text


def test_a_class_of_nobody_shows_its_code(desk, ivy, deck):
    empty = class_of(deck, ivy)
    assert "No students yet" in html(desk.get(f"/classes/{empty.pk}/behind/"))


def test_those_ticked_are_chosen_and_the_words_fit_their_reason(desk, crowd, url):
    found = page_of(desk.get(url("behind/"))).lists[0]
    ids = [str(line.enrolment_id) for line in found.lines]
    response = desk.post(url("messages/new/"), {"do": "begin", "of-absent": found.ids, "students": ids[:1]})
    assert ticked(response) == ids[:1]
    assert draft_for("absent").subject in html(response)
    assert not Message.objects.exists()


def test_one_button_takes_all_of_a_list(desk, crowd, url):
    found = page_of(desk.get(url("behind/"))).lists[0]
    response = desk.post(
        url("messages/new/"), {"do": "begin", "of-absent": found.ids, "everybody": "absent", "students": []}
    )
    assert sorted(ticked(response)) == sorted(found.ids.split(","))


def test_of_several_reasons_the_words_are_general(desk, crowd, url):
    first, second = page_of(desk.get(url("behind/"))).lists[0].ids.split(",")
    data = {"do": "begin", "of-absent": first, "of-overloaded": second, "students": [first, second]}
    assert draft_for(ANY).subject in html(desk.post(url("messages/new/"), data))


@pytest.mark.parametrize("data", [{}, {"students": "x"}, {"everybody": "nonsense"}, {"students": "999999"}])
def test_nobody_ticked_leads_back_with_a_word(desk, crowd, url, data):
    response = desk.post(url("messages/new/"), {"do": "begin", **data}, follow=True)
    assert response.redirect_chain[-1][0] == url("behind/")
    assert "Tick at least one student" in html(response)


def test_students_of_another_class_are_not_taken(desk, crowd, url):
    stranger = join(CohortFactory())
    pk = str(stranger.enrolments.get().pk)
    response = desk.post(url("messages/new/"), {"do": "begin", "of-absent": pk, "students": pk})
    assert response.url == url("behind/")


def test_a_link_beside_each_begins_a_message_to_them(desk, crowd, url, ada):
    line = page_of(desk.get(url("behind/"))).lists[0].lines[1]
    response = desk.get(line.write_url)
    assert ticked(response) == [str(ada.enrolments.get(cohort=crowd[0], role="student").pk)]
    assert draft_for("absent").subject in html(response)
    assert draft_for("nonsense") is None


def test_an_assistant_reads_the_list_and_writes_to_nobody(signed_in, assistant, crowd, url):
    web = signed_in(assistant)
    text = html(web.get(url("behind/")))
    assert "last studied 8 days ago" in text
    assert 'type="checkbox"' not in text
    assert web.post(url("messages/new/"), {"do": "begin", "everybody": "absent"}).status_code == 404


def test_names_are_escaped_and_keep_their_direction(desk, crowd, url):
    User.objects.filter(username="bob").update(first_name="<b>محمد")
    assert "<bdi>&lt;b&gt;محمد" in html(desk.get(url("behind/")))


def test_the_class_page_shows_exam_day_where_an_assignment_names_one(desk, klass, url, deck):
    assert page_of(desk.get(url())).days == []
    exam = AssignmentFactory(cohort=klass, deck=deck, exam_on=(NOW + 9 * DAY).date())
    page = page_of(desk.get(url()))
    assert [(day.label, day.here) for day in page.days] == [("Today", True), ("Exam, 19 Mar", False)]
    assert page.score.startswith("expected score on exam day, 19 Mar (in 9 days): ")
    later = page_of(desk.get(url(f"?on={exam.exam_on}")))
    assert [day.here for day in later.days] == [False, True]
    know(join(klass), USES, days_ago=2)
    assert page_of(desk.get(url(f"?on={exam.exam_on}"))).section.startswith("weakest section on 19 Mar: ")
    assert "as if nothing more were studied" in later.told
    assert page_of(desk.get(url("?on=2026-03-12"))).wanted.on == ""


def test_the_view_of_days_keeps_what_was_chosen(desk, klass, url):
    page = page_of(desk.get(url("?view=days&sort=-due&q=a")))
    assert [head.label for head in page.table.headers][:3] == ["Student", "Last seen", "Last 28 days"]
    assert page.views[0].url == url("?sort=-due&q=a")
    assert '<input type="hidden" name="view" value="days">' in html(desk.get(url("?view=days")))
    assert page_of(desk.get(url("?view=nonsense"))).table.headers[1].label == "Recall"
