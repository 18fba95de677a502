from django.utils import translation

from tests.factories import NOW, ReportFactory
from tests.study import DAY, IRON, begin, learn


def test_home_shows_what_is_due_with_a_button(web, student, clock):
    learn(student, IRON)
    clock.move_to(NOW + 30 * DAY)
    html = web.get("/").content.decode()
    assert "12 cards for now" in html
    assert "1 to review, 11 new" in html
    assert '<a class="button primary" href="/study/">Study, about 4 min</a>' in html


def test_home_of_somebody_new_writes_nothing(ben, deck, signed_in):
    assert "Welcome" in signed_in(ben).get("/").content.decode()
    assert not hasattr(type(ben).objects.get(pk=ben.pk), "study_settings")


def test_home_links_editors_to_the_admin_and_nobody_else(ada, eve, signed_in):
    assert "/admin/" in signed_in(eve).get("/").content.decode()
    assert "/admin/" not in signed_in(ada).get("/").content.decode()


def test_pages_say_the_language_they_are_in(web, student):
    assert '<html lang="en-gb"' in web.get("/").content.decode()
    with translation.override("de"):
        assert '<html lang="de"' in web.get("/").content.decode()


def test_home_of_who_teaches_begins_with_their_classes(ivy, ada, cohort, deck, signed_in):
    html = signed_in(ivy).get("/").content.decode()
    assert "<h1>Home</h1>" in html
    assert "Welcome" not in html
    assert f'<a href="/classes/{cohort.pk}/">Anatomy 1</a>' in html
    assert "1 student · 0 studied this week" in html
    assert "Begin" in html


def test_home_of_who_edits_leads_to_the_reports_that_are_open(eve, ada, deck, signed_in):
    web = signed_in(eve)
    assert "No problem report is open." in web.get("/").content.decode()
    ReportFactory(reporter=ada)
    html = web.get("/").content.decode()
    assert '/admin/quizzes/problemreport/?status__exact=open">1 problem report is open</a>' in html
    assert '<a class="button primary" href="/admin/">Your workplace</a>' in html


def test_home_of_who_teaches_and_studies_begins_with_their_cards(ivy, cohort, deck, signed_in):
    begin(ivy, deck)
    html = signed_in(ivy).get("/").content.decode()
    assert html.index("cards for now") < html.index("Anatomy 1") < html.index("All decks")


def test_home_of_a_student_says_nothing_of_teaching_or_editing(web, student):
    html = web.get("/").content.decode()
    assert "Classes you teach" not in html
    assert "Editing" not in html
