from django.utils import translation

from tests.factories import NOW
from tests.study import DAY, IRON, learn


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
