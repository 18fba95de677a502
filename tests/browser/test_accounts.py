"""Accounts in a real browser: an invitation on a phone, the second factor, too many tries, a forgotten password."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Enrolment, Profile
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.invitations import invite
from tests.factories import elements
from tests.views.pages import link_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
WORDS = "a long enough one"


@pytest.fixture
def phone(new_context):
    return new_context(viewport=PHONE, timezone_id="Europe/Rome").new_page()


@pytest.fixture
def invitation(cohort):
    return invite(emails=["kim@example.org"], role="student", by=None, now=timezone.now(), cohort_id=cohort.pk)[0]


def code(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in_by_hand(page, password="password", name="ada"):
    page.goto("/sign-in/")
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def fits(page):
    """Whether the page stays within the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_invitation_becomes_an_account_in_a_class_on_a_phone(phone, axe, invitation):
    phone.goto(f"/account/invitation/{invitation.token}/")
    expect(phone.get_by_text("Anatomy 1")).to_be_visible()
    expect(phone.get_by_label("E-mail")).to_have_value("kim@example.org")
    axe(phone)
    assert fits(phone)
    phone.get_by_label("User name").fill("kim")
    phone.get_by_label("Password", exact=True).fill("1234")
    phone.get_by_label("Password once more").fill("1234")
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.get_by_text("too short")).to_be_visible()
    axe(phone)
    phone.get_by_label("Password", exact=True).fill(WORDS)
    phone.get_by_label("Password once more").fill(WORDS)
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.locator(".who summary")).to_have_text("kim")
    assert Enrolment.objects.get(user__username="kim").cohort.name == "Anatomy 1"
    assert Profile.objects.get(user__username="kim").time_zone == "Europe/Rome"


def test_the_second_factor_is_set_up_and_then_asked_for_by_keyboard_alone(page, axe, ada):
    sign_in_by_hand(page)
    page.locator(".who summary").click()
    page.get_by_role("link", name="Account").click()
    axe(page)
    page.get_by_role("link", name="Set it up").click()
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("picture => picture.naturalWidth") > 0
    page.get_by_text("On this phone, or no camera?").click()
    axe(page)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe(page)
    spare = page.locator(".codes code").first.inner_text()
    page.goto("/account/2fa/")
    axe(page)
    page.locator(".who summary").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in_by_hand(page)
    expect(page.get_by_label("Code")).to_be_focused()
    axe(page)
    page.keyboard.type(spare)
    page.keyboard.press("Enter")
    expect(page.locator(".who summary")).to_have_text("ada")


def test_staff_is_led_to_the_set_up(phone, axe, eve, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in_by_hand(phone, name="eve")
    expect(phone.get_by_text("Your role lets you see")).to_be_visible()
    axe(phone)
    assert fits(phone)


def test_too_many_wrong_passwords_lead_to_a_page_that_says_when_to_try_again(page, axe, ada):
    for number in range(8):
        sign_in_by_hand(page, password=f"guess {number}")
    expect(page.get_by_role("heading", name="Too many wrong tries")).to_be_visible()
    expect(page.get_by_text("another 15 minutes")).to_be_visible()
    axe(page)


def test_a_forgotten_password_is_chosen_anew(page, axe, ada, mail_server):
    keep_address(user=ada, email="ada@example.org", verified=True)
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgotten your password?").click()
    axe(page)
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look at your e-mail")).to_be_visible()
    axe(page)
    page.goto(link_in(mail.outbox[0]))
    axe(page)
    page.get_by_label("New password", exact=True).fill(WORDS)
    page.get_by_label("New password once more").fill(WORDS)
    page.get_by_role("button", name="Change password").click()
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in_by_hand(page, password=WORDS)
    expect(page.locator(".who summary")).to_have_text("ada")


def test_an_address_is_confirmed_by_its_link(phone, axe, settings, mail_server):
    settings.SIGN_UP = "open"
    phone.goto("/account/signup/")
    for label, text in (("E-mail", "kim@example.org"), ("User name", "kim"), ("Password once more", WORDS)):
        phone.get_by_label(label).fill(text)
    phone.get_by_label("Password", exact=True).fill(WORDS)
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.get_by_role("heading", name="Look at your e-mail")).to_be_visible()
    axe(phone)
    phone.goto(link_in(mail.outbox[0]))
    axe(phone)
    phone.get_by_role("button", name="Yes, it is mine").click()
    expect(phone.locator(".who summary")).to_have_text("kim")


STRANGERS = [
    "/sign-in/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/inactive/",
    "/account/password/reset/key/1-no/",
]
OWN = ["/account/", "/account/email/", "/account/password/change/", "/account/reauthenticate/", "/welcome/elements/"]
WITH_APP = ["/account/2fa/totp/deactivate/", "/account/2fa/recovery-codes/generate/", "/account/2fa/reauthenticate/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_stays_within_a_phone(new_context, axe, sign_in, ada, scheme):
    elements()
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    for address in STRANGERS:
        page.goto(address)
        axe(page)
        assert fits(page), address
    sign_in(page, ada)
    for address in OWN:
        page.goto(address)
        axe(page)
        assert fits(page), address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_second_factor_are_accessible_too(new_context, axe, ada, scheme):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(ada, secret)
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    sign_in_by_hand(page)
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".who summary")).to_have_text("ada")
    for address in WITH_APP:
        page.goto(address)
        assert page.url.endswith(address)
        axe(page)
        assert fits(page), address


def test_an_admin_invites_several_and_sees_their_links(page, sign_in, cohort, live_server):
    from quizzes.services.people.roles import ADMIN
    from tests.people import person

    sign_in(page, person("root", ADMIN))
    page.goto("/admin/quizzes/invitation/add/")
    page.get_by_label("E-mail addresses").fill("kim@example.org\nno address")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Line 2: “no address” is no e-mail address.")).to_be_visible()
    page.get_by_label("E-mail addresses").fill("kim@example.org\nlou@example.org")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("2 invitations are ready.")).to_be_visible()
    expect(page.locator(".link-to-copy").first).to_have_text(re.compile(f"{live_server.url}/account/invitation/.+/"))


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_pages_of_people_and_invitations_are_accessible(new_context, sign_in, axe, ada, invitation, size):
    from quizzes.services.people.roles import ADMIN
    from tests.people import person

    Profile.objects.get_or_create(user=ada)
    page = new_context(viewport=size).new_page()
    sign_in(page, person("root", ADMIN))
    for path in ("user/", f"user/{ada.pk}/change/", "user/add/", "invitation/", "invitation/add/"):
        page.goto(f"/admin/quizzes/{path}")
        assert page.url.endswith(path)
        axe(page)
