"""What is granted to a student, on the page where it is granted."""

from datetime import UTC, datetime

import pytest

from quizzes.models import Accommodation, Profile
from tests.factories import NOW, AssignmentFactory, CohortFactory, QuizFactory
from tests.study import DAY


@pytest.fixture
def work(klass, deck):
    return AssignmentFactory(cohort=klass, deck=deck, title="Week 1")


@pytest.fixture
def quiz(klass, deck):
    return QuizFactory(cohort=klass, deck=deck, title="Quiz 1", time_limit_minutes=20)


@pytest.fixture
def page_url(ada_url):
    return f"{ada_url}accommodations/"


def test_the_page_names_every_place_and_is_linked_from_the_students(desk, ada_url, page_url, work, quiz):
    assert page_url in desk.get(ada_url).content.decode()
    places = desk.get(page_url).context["page"].places
    assert [place.key for place in places] == ["class", f"assignment-{work.pk}", f"quiz-{quiz.pk}"]
    assert "1 attempt. Time limit: 20 min." in places[2].plain


def test_extra_time_is_granted_in_the_class_and_taken_back(desk, page_url, ada, ivy):
    sent = {"place": "class", "class-extra_time_percent": "25", "class-note": "by letter"}
    assert desk.post(page_url, sent).url == page_url
    kept = Accommodation.objects.get()
    assert (kept.user, kept.extra_time_percent, kept.note, kept.given_by, kept.given_at) == (
        ada,
        25,
        "by letter",
        ivy,
        NOW,
    )
    said = desk.get(page_url).content.decode()
    assert "25 % extra time" in said
    assert "by letter" in said
    desk.post(page_url, {"place": "class", "do": "revoke"})
    assert not Accommodation.objects.exists()


def test_own_dates_are_those_of_the_instructors_zone(desk, page_url, ivy, quiz):
    Profile.objects.update_or_create(user=ivy, defaults={"time_zone": "Asia/Tokyo"})
    key = f"quiz-{quiz.pk}"
    sent = {f"{key}-closes_at": "2026-03-20T09:00", f"{key}-attempts_allowed": "2", f"{key}-extra_time_percent": "0"}
    desk.post(page_url, {"place": key, **sent})
    kept = Accommodation.objects.get()
    assert (kept.closes_at, kept.opens_at) == (datetime(2026, 3, 20, 0, 0, tzinfo=UTC), None)
    assert (kept.attempts_allowed, kept.extra_time_percent) == (2, 0)
    assert [place.key for place in desk.get(page_url).context["page"].places][:2] == ["class", key]


def test_dates_that_leave_no_window_are_refused_with_the_reason(desk, page_url, work):
    key = f"assignment-{work.pk}"
    response = desk.post(page_url, {"place": key, f"{key}-closes_at": "2026-03-10T10:00"})
    assert "it would close before it opens" in response.content.decode()
    assert not Accommodation.objects.exists()


def test_an_assistant_sees_all_and_changes_nothing(signed_in, assistant, klass, ada, page_url, work):
    Accommodation.objects.create(
        cohort=klass, user=ada, assignment=work, closes_at=NOW + 9 * DAY, note="ill", given_at=NOW
    )
    web = signed_in(assistant)
    said = web.get(page_url).content.decode()
    assert "ill" in said
    assert '<form method="post" class="stack"' not in said
    assert web.post(page_url, {"place": "class", "class-extra_time_percent": "25"}).status_code == 404
    assert Accommodation.objects.count() == 1


def test_nothing_is_granted_in_another_class(desk, page_url, deck):
    other = QuizFactory(cohort=CohortFactory(), deck=deck)
    assert desk.post(page_url, {"place": f"quiz-{other.pk}"}).status_code == 404
    assert desk.post(page_url, {"place": "nonsense"}).status_code == 404
