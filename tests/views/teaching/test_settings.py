import re
from datetime import UTC, date, datetime

import pytest

from quizzes.models import Cohort, Enrolment, Profile
from quizzes.selectors.teaching.people import instructors_of
from quizzes.services.teaching.classes import close_joining
from tests.classes import join
from tests.factories import NOW, DeckFactory
from tests.people import person


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def new_class(web, deck, **fields):
    return web.post("/classes/new/", {"name": "Metals", "decks": [deck.pk], "last_day": "", **fields})


def test_a_new_class_leads_to_its_code(desk, deck):
    response = new_class(desk, deck)
    cohort = Cohort.objects.get(name="Metals")
    assert response.url == f"/classes/{cohort.pk}/code/"
    assert list(cohort.decks.all()) == [deck]
    assert cohort.joining_closes_at is None


def test_the_same_form_sent_twice_makes_one_class(desk, deck):
    issued = desk.get("/classes/new/").context["form"]["form_id"].value()
    first, again = (new_class(desk, deck, form_id=issued) for _ in range(2))
    assert first.url == again.url
    assert Cohort.objects.filter(name="Metals").count() == 1
    assert new_class(desk, deck, name="Gases", form_id=issued).url != first.url
    assert Cohort.objects.filter(name="Gases").count() == 1


def test_the_page_carries_a_new_id_each_time_and_keeps_it_after_a_fault(desk, deck):
    issued = [re.search('name="form_id" value="([^"]+)"', html(desk.get("/classes/new/")))[1] for _ in range(2)]
    assert issued[0] != issued[1]
    assert f'value="{issued[0]}"' in html(new_class(desk, deck, name="", form_id=issued[0]))


@pytest.mark.parametrize("sent", ["", "nonsense"])
def test_a_form_without_its_id_still_makes_a_class(desk, deck, sent):
    new_class(desk, deck, form_id=sent)
    new_class(desk, deck, form_id=sent)
    assert Cohort.objects.filter(name="Metals").count() == 2


def test_the_form_of_one_person_sent_by_another_makes_their_own_class(desk, signed_in, deck):
    issued, other = desk.get("/classes/new/").context["form"]["form_id"].value(), person("ida", "instructor")
    assert new_class(desk, deck, form_id=issued).url != new_class(signed_in(other), deck, form_id=issued).url


@pytest.mark.parametrize(
    ("field", "value", "error"), [("name", "", "Give the class a name."), ("decks", [], "Choose at least one deck.")]
)
def test_what_is_missing_is_named_and_the_rest_kept(desk, deck, field, value, error):
    text = html(new_class(desk, deck, **{field: value, "last_day": "2026-04-01"}))
    assert "Not saved" in text
    assert error in text
    assert 'value="2026-04-01"' in text
    assert not Cohort.objects.filter(name="Metals").exists()


def test_drafts_cannot_be_chosen(desk, deck):
    draft = DeckFactory(status="draft")
    assert draft.title not in html(desk.get("/classes/new/"))
    assert "Not saved" in html(new_class(desk, draft))


def test_joining_ends_with_the_last_day_where_the_instructor_is(desk, ivy, deck):
    Profile.objects.create(user=ivy, time_zone="America/New_York")
    new_class(desk, deck, last_day="2026-03-20")
    cohort = Cohort.objects.get(name="Metals")
    assert cohort.joining_closes_at == datetime(2026, 3, 21, 4, tzinfo=UTC)
    assert 'value="2026-03-20"' in html(desk.get(f"/classes/{cohort.pk}/edit/"))


def test_settings_are_saved(desk, klass, url, deck):
    form = {"name": "Anatomy 2", "decks": [deck.pk], "last_day": "2026-03-12"}
    assert desk.post(url("edit/"), form).url == url()
    klass.refresh_from_db()
    assert (klass.name, klass.joining_closes_at.date()) == ("Anatomy 2", date(2026, 3, 13))


def test_saving_something_else_does_not_open_what_was_closed_today(desk, klass, url, deck):
    close_joining(cohort=klass, now=NOW)
    desk.post(url("edit/"), {"name": "Anatomy 2", "decks": [deck.pk], "last_day": "2026-03-10"})
    klass.refresh_from_db()
    assert (klass.name, klass.joining_closes_at) == ("Anatomy 2", NOW)


def test_a_deck_that_has_become_a_draft_stays_in_the_class(desk, klass, url, deck):
    type(deck).objects.filter(pk=deck.pk).update(status="draft")
    desk.post(url("edit/"), {"name": "Anatomy 2", "decks": [deck.pk], "last_day": ""})
    assert list(klass.decks.all()) == [deck]


def test_the_code_stands_large_with_its_link_and_picture(desk, klass, url):
    text = html(desk.get(url("code/")))
    assert ">KQ7-MPX</p>" in text
    assert 'href="http://testserver/join/KQ7-MPX/"' in text
    assert '<svg class="qr"' in text


def test_a_new_code_is_made_on_demand(desk, klass, url):
    assert 'name="code" value="KQ7-MPX"' in html(desk.get(url("code/")))
    response = desk.post(url("code/"), {"do": "renew", "code": "KQ7-MPX"}, follow=True)
    klass.refresh_from_db()
    assert klass.join_code != "KQ7MPX"
    assert "The old one and its link open nothing" in html(response)


@pytest.mark.parametrize("code", ["KQ7-MPX", "", "WWW-WWW"])
def test_a_code_is_renewed_once_for_the_one_that_was_shown(desk, klass, url, code):
    desk.post(url("code/"), {"do": "renew", "code": "KQ7-MPX"})
    klass.refresh_from_db()
    new = klass.join_code
    assert "already" in html(desk.post(url("code/"), {"do": "renew", "code": code}, follow=True))
    klass.refresh_from_db()
    assert klass.join_code == new


def test_joining_is_closed_and_opened(desk, klass, url):
    text = html(desk.post(url("code/"), {"do": "close"}, follow=True))
    assert "Joining is closed" in text
    assert ">KQ7-MPX<" not in text
    assert "/join/KQ7-MPX/" not in text
    assert "KQ7-MPX" in html(desk.post(url("code/"), {"do": "open"}, follow=True))


def test_a_class_is_archived_and_restored(desk, klass, url):
    assert "is in the archive" in html(desk.post(url("archive/"), {"do": "archive"}, follow=True))
    assert "Nobody can join it" in html(desk.get(url("code/")))
    assert "active again" in html(desk.post(url("archive/"), {"do": "restore"}, follow=True))
    klass.refresh_from_db()
    assert klass.archived_at is None


def roles(klass):
    return {one.username: one.role for one in instructors_of([klass])[klass.pk]}


def test_a_fellow_is_added_and_removed(desk, klass, url):
    ida = person("ida", "instructor")
    text = html(desk.post(url("instructors/"), {"who": " ida ", "role": "instructor"}, follow=True))
    assert "ida (user name ida) can see this class now" in text
    assert roles(klass) == {"ivy": "instructor", "ida": "instructor"}
    assert "ida can see this class no longer" in html(desk.post(url(f"instructors/{ida.pk}/remove/"), follow=True))
    assert roles(klass) == {"ivy": "instructor"}


@pytest.mark.parametrize(
    ("who", "role", "error"),
    [
        ("nobody", "assistant", "nobody with this user name"),
        ("max", "instructor", "max is no instructor on this site"),
        ("ada", "assistant", "ada is a student of this class"),
        ("ivy", "assistant", "A class needs an instructor"),
        ("max", "student", "Select a valid choice"),
    ],
)
def test_who_cannot_be_added_is_named_with_the_remedy(desk, klass, url, max, who, role, error):
    text = html(desk.post(url("instructors/"), {"who": who, "role": role}))
    assert error in text
    assert roles(klass) == {"ivy": "instructor"}


def test_the_last_instructor_cannot_be_removed(desk, klass, ivy, url):
    assert "A class needs an instructor" in html(desk.post(url(f"instructors/{ivy.pk}/remove/"), follow=True))
    assert roles(klass) == {"ivy": "instructor"}


def test_an_instructor_who_goes_is_led_to_the_list(desk, klass, ivy, url):
    Enrolment.objects.create(cohort=klass, user=person("ida", "instructor"), role="instructor", joined_at=NOW)
    assert desk.post(url(f"instructors/{ivy.pk}/remove/")).url == "/classes/"


def test_a_student_is_removed_after_asking_once(desk, klass, url):
    student = join(klass, username="zoe")
    address = url(f"students/{student.profile.public_id}/remove/")
    assert "Remove zoe from the class?" in html(desk.get(address))
    assert "zoe is no longer in this class" in html(desk.post(address, follow=True))
    assert Enrolment.objects.get(user=student).left_at == NOW
    klass.refresh_from_db()
    assert klass.join_code == "KQ7MPX"


def test_a_removed_student_is_kept_out_by_a_new_code(desk, signed_in, klass, url):
    student = join(klass, username="zoe")
    address = url(f"students/{student.profile.public_id}/remove/")
    page = html(desk.get(address))
    assert "they can join again at once" in page
    assert 'name="renew"' in page
    done = desk.post(address, {"renew": "on", "code": "KQ7-MPX"}, follow=True)
    assert "zoe is no longer in this class. The class has a new code." in html(done)
    assert signed_in(student).post("/join/KQ7-MPX/").status_code == 404
    assert Enrolment.objects.get(user=student).left_at == NOW


def test_removing_from_a_closed_class_says_that_the_code_opens_nothing_yet(desk, klass, url):
    student = join(klass, username="zoe")
    close_joining(cohort=klass, now=NOW)
    assert "Joining is closed." in html(desk.get(url(f"students/{student.profile.public_id}/remove/")))
