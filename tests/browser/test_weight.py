"""What a first visit costs on a phone: under 100 KB a page, and nothing that jumps while it loads.

Counted are the bodies of all responses, the page itself and what it loads, with an empty cache, as the real server
sends them: static files compressed (WhiteNoise does so beforehand, the server of the tests does not), pages not.
"""

import gzip

import pytest
from django.utils import timezone

from quizzes.core.specs import Format
from quizzes.models import StudySettings, User
from quizzes.services.teaching.enrolling import enrol
from tests.classes import class_of
from tests.factories import UserFactory, elements
from tests.study import COPPER, DAY, IRON, begin, given, press, put

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
HEAVIEST, MOST_SHIFT = 100_000, 0.01
NOTE_SHIFTS = """window.shifted = 0; new PerformanceObserver(list => {
    for (const shift of list.getEntries()) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });"""


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


def sent(request):
    """Bytes of the answer to a request."""
    body = request.response().body()
    return len(gzip.compress(body)) if "/static/" in request.url else len(body)


@pytest.fixture
def visit(new_context):
    """`visit(path)` opens a page on a phone with an empty cache; fails if it is heavy or shifts."""
    context = new_context(viewport=PHONE)
    context.add_init_script(NOTE_SHIFTS)
    page = context.new_page()
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))

    def visit(path):
        """Bytes, and the shift of the layout, of a first visit."""
        page.goto(path, wait_until="networkidle")
        page.wait_for_timeout(200)
        assert page.url.endswith(path), "another page came"
        weight = sum(map(sent, finished))
        assert 1_000 < weight < HEAVIEST
        assert page.evaluate("window.shifted") < MOST_SHIFT

    visit.page = page
    return visit


def test_the_sign_in_is_light_and_still(visit, db):
    visit("/sign-in/")


@pytest.mark.parametrize("path", ["/", "/library/", "/progress/", "/browse/elements/", "/settings/", "/classes/"])
def test_the_pages_of_a_student_are_light_and_still(visit, klass, sign_in, path):
    student = User.objects.get(username="student1")
    sign_in(visit.page, student)
    visit(path)


@pytest.mark.parametrize("way", ["choice", "flashcard", "typed"])
def test_a_question_is_light_and_still(visit, ada, sign_in, way):
    begin(ada, elements(), format_preference=way)
    sign_in(visit.page, ada)
    visit("/study/")


def test_feedback_with_the_question_behind_it_is_light_and_still(visit, ada, sign_in):
    asked = put(begin(ada, elements()), IRON, Format.CHOICE, now=timezone.now())
    StudySettings.objects.update(format_preference="choice")
    row = press(ada, asked, given(asked), now=timezone.now()).row
    sign_in(visit.page, ada)
    visit(f"/study/answered/{row.client_id}/")


def test_a_class_is_light_and_still(visit, klass, ivy, sign_in):
    sign_in(visit.page, ivy)
    visit(f"/classes/{klass.pk}/")
