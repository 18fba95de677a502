"""Who gets in: each address of a class, tried by each kind of person."""

import pytest

from quizzes.models import Cohort, Enrolment
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.people.roles import take_role
from tests.classes import join
from tests.factories import NOW, CohortFactory
from tests.people import enrol, person

LOOKED_AT = ("", "table.csv", "code/", "students/{ada}/")
CHANGED = ("edit/", "students/{ada}/remove/")
POSTED = (
    ("edit/", {"name": "Mine now"}),
    ("code/", {"do": "renew", "code": "KQ7-MPX"}),
    ("code/", {"do": "close"}),
    ("archive/", {}),
    ("instructors/", {"who": "max", "role": "assistant"}),
    ("instructors/{ivy}/remove/", {}),
    ("students/{ada}/remove/", {}),
)
OUTSIDERS = ("ada", "ben", "eve", "max", "other_instructor")


@pytest.fixture
def other_instructor(deck):
    """An instructor of another class."""
    user = person("ida", "instructor")
    enrol(user, CohortFactory(), Enrolment.Role.INSTRUCTOR)
    return user


@pytest.fixture
def address(url, ada, ivy):
    return lambda rest: url(rest.format(ada=ada.profile.public_id, ivy=ivy.pk))


@pytest.mark.parametrize("who", ["ivy", "assistant", "boss"])
@pytest.mark.parametrize("rest", LOOKED_AT)
def test_those_who_teach_or_assist_and_admins_look(request, signed_in, address, who, rest):
    assert signed_in(request.getfixturevalue(who)).get(address(rest)).status_code == 200


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("rest", [*LOOKED_AT, *CHANGED])
def test_nobody_else_does_the_students_themselves_included(request, signed_in, address, who, rest):
    assert signed_in(request.getfixturevalue(who)).get(address(rest)).status_code == 404


@pytest.mark.parametrize("who", ["ivy", "boss"])
@pytest.mark.parametrize("rest", CHANGED)
def test_those_who_teach_and_admins_change(request, signed_in, address, who, rest):
    assert signed_in(request.getfixturevalue(who)).get(address(rest)).status_code == 200


@pytest.mark.parametrize("who", [*OUTSIDERS, "assistant"])
@pytest.mark.parametrize(("rest", "form"), POSTED)
def test_nobody_else_changes_anything(request, signed_in, address, klass, who, rest, form):
    user = request.getfixturevalue(who)
    before = Cohort.objects.filter(pk=klass.pk).values().get(), list(Enrolment.objects.order_by("pk").values())
    assert signed_in(user).post(address(rest), form).status_code == 404
    after = Cohort.objects.filter(pk=klass.pk).values().get(), list(Enrolment.objects.order_by("pk").values())
    assert after == before


def test_an_assistant_sees_no_way_to_change(signed_in, assistant, url, ada_url):
    web = signed_in(assistant)
    for page in (url(), url("code/"), ada_url):
        html = web.get(page).content.decode()
        assert "/edit/" not in html
        assert "/remove/" not in html
    assert 'value="renew"' not in web.get(url("code/")).content.decode()


@pytest.mark.parametrize("rest", ["", "remove/"])
def test_a_student_who_has_left_is_not_there(desk, klass, ada, ada_url, rest):
    Enrolment.objects.filter(user=ada).update(left_at=NOW)
    assert desk.get(ada_url + rest).status_code == 404


@pytest.mark.parametrize("rest", ["", "remove/"])
def test_a_student_of_another_class_is_not_there(desk, url, rest):
    stranger = join(CohortFactory())
    assert desk.get(url(f"students/{stranger.profile.public_id}/{rest}")).status_code == 404


def test_an_instructor_is_no_student(desk, klass, ivy, url):
    profile = note_time_zone(user=ivy, time_zone="")
    assert desk.get(url(f"students/{profile.public_id}/")).status_code == 404


@pytest.mark.parametrize("who", ["ada", "max", "eve", "assistant"])
def test_only_instructors_and_admins_make_classes(request, signed_in, klass, who):
    web = signed_in(request.getfixturevalue(who))
    assert web.get("/classes/new/").status_code == 404
    assert web.post("/classes/new/", {"name": "Mine"}).status_code == 404
    assert not Cohort.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("rest", ["archive/", "instructors/", "instructors/{ivy}/remove/"])
def test_what_is_only_posted_leads_to_the_settings_when_opened(desk, address, url, rest):
    assert desk.get(address(rest)).url == url("edit/")


@pytest.mark.parametrize("who", ["ben", "ivy", "max"])
def test_only_a_student_of_the_class_can_leave_it(request, signed_in, klass, url, who):
    web = signed_in(request.getfixturevalue(who))
    assert web.get(url("leave/")).status_code == 404
    assert web.post(url("leave/")).status_code == 404


@pytest.mark.parametrize("rest", [*LOOKED_AT, *CHANGED])
def test_an_instructor_without_the_role_any_more_sees_nothing(desk, ivy, address, rest):
    take_role(user=ivy, role="instructor")
    assert desk.get(address(rest)).status_code == 404


@pytest.mark.parametrize(("rest", "form"), POSTED)
def test_an_instructor_without_the_role_any_more_changes_nothing(desk, ivy, address, klass, rest, form):
    take_role(user=ivy, role="instructor")
    before = Cohort.objects.filter(pk=klass.pk).values().get(), list(Enrolment.objects.order_by("pk").values())
    assert desk.post(address(rest), form).status_code == 404
    after = Cohort.objects.filter(pk=klass.pk).values().get(), list(Enrolment.objects.order_by("pk").values())
    assert after == before


def test_an_instructor_without_the_role_any_more_is_not_led_by_the_code_to_where_they_cannot_go(desk, ivy, klass):
    take_role(user=ivy, role="instructor")
    page = desk.get("/join/KQ7-MPX/").context["page"]
    assert (page.place, page.onward) == ("You teach this class.", "/")


@pytest.mark.parametrize("who", ["assistant", "ivy"])
def test_who_teaches_needs_a_second_factor_with_or_without_a_role(request, signed_in, settings, url, who):
    settings.STAFF_SECOND_FACTOR = True
    user = request.getfixturevalue(who)
    take_role(user=user, role="instructor")
    assert signed_in(user).get(url()).url == "/account/2fa/totp/activate/"


def test_who_begins_to_assist_needs_a_second_factor_at_once(signed_in, settings, klass, max, url):
    settings.STAFF_SECOND_FACTOR = True
    web = signed_in(max)
    assert web.get("/classes/").status_code == 200
    enrol(max, klass, Enrolment.Role.ASSISTANT)
    assert web.get(url()).url == "/account/2fa/totp/activate/"
