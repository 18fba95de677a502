"""Writing to a class in a real browser, on phones and wide screens; what students find; reminders switched off."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Message, MessageCopy, Profile
from quizzes.selectors.people.reminders import reminders_path
from quizzes.services.teaching.mailing import send_some
from tests.classes import class_of, join
from tests.factories import CopyFactory, MessageFactory, elements
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"phone": {"width": 390, "height": 844}, "wide": {"width": 1280, "height": 900}}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenreinigung"


@pytest.fixture(autouse=True)
def sends(mail_server):
    return mail_server


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(ivy):
    return class_of(elements(), ivy, name="Chemistry, evening group")


@pytest.fixture
def una(klass):
    join(klass, now=timezone.now(), username="nomail")
    for number in range(20):
        join(klass, now=timezone.now(), first_name=LONG, last_name=f"of the {number}th", email=f"s{number}@example.org")
    return join(klass, now=timezone.now(), username="una", first_name="يونا", email="una@example.org")


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in ("light", "dark")], ids="-".join)
def page(request, new_context):
    size, scheme = request.param
    return new_context(viewport=SIZES[size], color_scheme=scheme).new_page()


def check(page, axe):
    expect(page.locator("h1")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


def test_every_page_of_a_message_is_accessible_and_fits(page, klass, ivy, una, sign_in, axe):
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/messages/")
    check(page, axe)
    page.get_by_role("link", name="New message").click()
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("Subject").fill(f"Room {LONG}")
    page.get_by_label("Message", exact=True).fill("It is room 5.\n\nBring a pen.")
    page.get_by_label("all 22 students").check()
    check(page, axe)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".finding")).to_contain_text("It goes by e-mail to 21 students")
    expect(page.get_by_role("region", name="Without e-mail")).to_contain_text("nomail")
    check(page, axe)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("It is room 5.\n\nBring a pen.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Send it to 22 students").click()
    expect(page.locator(".finding")).to_contain_text("21 waiting, 1 not sent")
    check(page, axe)
    while send_some(clock=timezone.now):
        pass
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".finding")).to_contain_text("21 sent by e-mail, 1 not sent")
    check(page, axe)
    page.goto(f"/classes/{klass.pk}/messages/")
    check(page, axe)
    sign_in(page, una)
    page.goto("/messages/")
    expect(page.get_by_text("Bring a pen.")).to_be_visible()
    check(page, axe)


def test_a_message_to_one_student_is_written_without_scripts(
    page_without_scripts, klass, ivy, una, sign_in, mailoutbox
):
    page = page_without_scripts
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/students/{una.profile.public_id}/")
    page.get_by_role("link", name="Write to them").click()
    page.get_by_label("Subject").fill("Well done")
    page.get_by_label("Message", exact=True).fill("Go on like this.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Send it to 1 student").click()
    assert [copy.user for copy in MessageCopy.objects.all()] == [una]
    send_some(clock=timezone.now)
    assert mailoutbox[0].to == ["una@example.org"]


def test_the_button_pressed_twice_sends_one_message(new_context, klass, ivy, una, sign_in):
    page = new_context(viewport=SIZES["phone"]).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/messages/new/")
    page.get_by_label("Subject").fill("Room")
    page.get_by_label("Message", exact=True).fill("It is room 5.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Send it").dblclick()
    expect(page.locator(".finding")).to_contain_text("21 waiting")
    assert Message.objects.count() == 1


def test_reminders_are_switched_off_without_signing_in(page, una, axe):
    page.goto(reminders_path(una.pk))
    check(page, axe)
    page.get_by_role("button", name="Switch reminders off").click()
    expect(page.get_by_role("heading", name="Reminders are off")).to_be_visible()
    check(page, axe)
    assert Profile.objects.get(user=una).preferences == {"reminders": False}
    page.get_by_role("button", name="Switch reminders on again").click()
    expect(page.get_by_role("heading", name="Reminders are on again")).to_be_visible()
    assert Profile.objects.get(user=una).preferences == {}


def test_a_long_list_of_messages_is_accessible_and_fits(page, klass, ivy, una, sign_in, axe):
    for _ in range(60):
        CopyFactory(message=MessageFactory(cohort=klass, sender=ivy, subject=LONG), user=una, state="failed")
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/messages/?page=2")
    check(page, axe)
