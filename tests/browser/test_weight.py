"""What a first visit costs on a phone: under 100 KB a page as sent, and nothing that jumps, while it loads or after.

The pages come through the middleware of production, with its static files, compressed and named by their content.
Counted are all bytes that Chromium received for a page and what it loads, headers included, with an empty cache.
"""

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db.models import Count
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.core.specs import Format
from quizzes.models import Fact, ProblemReport, Section, StudySettings, User
from quizzes.services.teaching.enrolling import enrol
from tests.classes import class_of
from tests.factories import ReportFactory, UserFactory, elements, guide
from tests.study import COPPER, DAY, IRON, begin, given, press, put, read_notice

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
HEAVIEST, MOST_SHIFT = 100_000, 0.01
STORED = {**site.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
NOTE_SHIFTS = """window.shifted = 0; new PerformanceObserver(list => {
    for (const shift of list.getEntries()) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A folder with the static files as `collectstatic` leaves them."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def address(collected, transactional_db):
    """Where the site is served as in production."""
    with override_settings(STATIC_ROOT=collected, STORAGES=STORED):
        server = LiveServerThread("localhost", lambda handler: handler.application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert not server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


@pytest.fixture
def deck(db):
    """The first deck, whose pages are the longest."""
    return guide()


@pytest.fixture
def klass(db, ivy):
    """A class of six students who have studied."""
    klass, now = class_of(elements(), ivy, name="Chemistry, evening group", join_code="KQ7MPY"), timezone.now()
    for number in range(6):
        student = UserFactory(username=f"student{number}")
        enrol(user=student, cohort=klass, now=now - 9 * DAY)
        for key in (IRON, COPPER):
            asked = put(student, key, now=now - 2 * DAY)
            press(student, asked, given(asked), now=now - 2 * DAY)
    return klass


@pytest.fixture
def page(new_context, address):
    """A page of a phone that notes how much its layout shifts, and how much was sent for it."""
    context = new_context(viewport=PHONE)
    context.add_init_script(NOTE_SHIFTS)
    page = context.new_page()
    page.address, page.sent = address, 0
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.on("Network.loadingFinished", lambda event: setattr(page, "sent", page.sent + event["encodedDataLength"]))
    return page


def shift(page):
    """How much the layout has shifted since the page was opened; what follows a press or a key counts too."""
    page.wait_for_timeout(250)
    return page.evaluate("window.shifted")


def visit(page, *paths):
    """Opens each page, and fails with those that are heavy or shift."""
    found = {}
    for path in paths:
        page.sent = 0
        response = page.goto(page.address + path, wait_until="networkidle")
        assert response.status == 200
        assert page.url.endswith(path), "another page came"
        assert response.headers["content-encoding"] == "gzip"
        shifted = shift(page)
        assert page.sent > 1_000
        if page.sent >= HEAVIEST or shifted >= MOST_SHIFT:
            found[path] = (page.sent, shifted)
    assert not found


def test_the_pages_before_the_sign_in_are_light_and_still(page, db):
    visit(page, "/sign-in/", "/account/password/reset/")


def test_the_pages_of_a_student_are_light_and_still(page, klass, sign_in):
    sign_in(page, User.objects.get(username="student1"))
    visit(page, "/", "/library/", "/progress/", "/browse/elements/", "/settings/", "/classes/", "/study/reports/")


def test_the_pages_of_the_first_deck_are_light_and_still(page, ada, deck, sign_in):
    begin(ada, deck)
    sign_in(page, ada)
    slug = deck.slug
    visit(
        page,
        "/",
        "/progress/",
        f"/library/{slug}/",
        f"/browse/{slug}/",
        f"/browse/{slug}/drugs/8/",
        f"/study/practice/{slug}/",
    )


def test_the_pages_of_an_account_are_light_and_still(page, ada, sign_in):
    sign_in(page, ada)
    visit(page, "/account/", "/account/email/", "/account/password/change/")


def test_the_pages_of_an_instructor_are_light_and_still(page, klass, ivy, sign_in):
    student = User.objects.get(username="student1")
    sign_in(page, ivy)
    here = f"/classes/{klass.pk}/"
    visit(
        page,
        "/classes/",
        "/classes/new/",
        here,
        f"{here}code/",
        f"{here}edit/",
        f"{here}students/{student.profile.public_id}/",
    )


def test_the_workplace_is_light_and_still(page, deck, eve, sign_in):
    sign_in(page, eve)
    report = ReportFactory(card=deck.cards.first())
    section = Section.objects.filter(deck=deck).annotate(n=Count("facts")).latest("n")
    judged = Fact.objects.filter(deck=deck).annotate(n=Count("overlaps")).latest("n")
    assert ProblemReport.objects.exists()
    kinds = {"deck": deck, "section": section, "fact": judged, "problemreport": report}
    lists = [f"/admin/quizzes/{kind}/" for kind in kinds]
    forms = [f"/admin/quizzes/{kind}/{row.pk}/change/" for kind, row in kinds.items()]
    new = [f"/admin/quizzes/{kind}/add/" for kind in ("deck", "section", "fact")]
    visit(page, "/admin/", *lists, *forms, *new, f"/admin/quizzes/fact/{judged.pk}/history/")


def test_people_and_invitations_are_light_and_still(page, ada, admin_user, sign_in):
    sign_in(page, admin_user)
    lists = ["/admin/quizzes/user/", "/admin/quizzes/invitation/"]
    visit(page, *lists, f"/admin/quizzes/user/{ada.pk}/change/", *[f"{path}add/" for path in lists])


@pytest.mark.parametrize("way", ["choice", "flashcard", "typed"])
def test_a_question_is_light_and_still(page, ada, sign_in, way):
    begin(ada, elements(), format_preference=way)
    sign_in(page, ada)
    visit(page, "/study/")


def test_feedback_with_the_question_behind_it_is_light_and_still(page, ada, sign_in):
    asked = put(begin(ada, elements()), IRON, Format.CHOICE, now=timezone.now())
    StudySettings.objects.update(format_preference="choice")
    row = press(ada, asked, given(asked), now=timezone.now()).row
    sign_in(page, ada)
    visit(page, f"/study/answered/{row.client_id}/")


def answer(page):
    """One question answered, in whatever way it is asked, and on to the next."""
    asked = page.locator("#stem").inner_text()
    if page.locator("[data-reveal]").count():
        page.locator("[data-reveal]").click()
        shift(page)
        page.locator("#answer .rate.primary").click()
    else:
        page.locator("#answer .option, .bar [name=skip]").first.click()
        page.locator(".verdict").wait_for()
        shift(page)
        page.locator("[data-next]").click()
    expect(page.locator("#stem")).not_to_have_text(asked)


@pytest.mark.parametrize("way", ["choice", "flashcard", "typed"])
def test_nothing_jumps_while_questions_are_answered_and_taken_back(page, ada, deck, sign_in, way):
    begin(ada, deck, format_preference=way)
    read_notice(ada, deck)
    sign_in(page, ada)
    page.goto(f"{page.address}/study/")
    for _card in range(4):
        answer(page)
        shift(page)
    page.get_by_role("button", name="Undo").click()
    page.locator(".notice.success").wait_for()
    assert shift(page) < MOST_SHIFT
