"""What a session says to those who do not see it, and the buttons under a typed question."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import Card, ReviewLog, StudySettings
from tests.factories import elements
from tests.study import begin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def student(ada, db):
    return begin(ada, elements())


def prefer_typing(user):
    """Purposes cannot be typed, so their cards are left out."""
    StudySettings.objects.filter(user=user).update(format_preference="typed")
    Card.objects.filter(direction="term_to_purpose").update(status=Card.Status.RETIRED)


def test_the_status_line_says_what_became_of_a_flashcard_and_of_a_mark(page, student, sign_in):
    StudySettings.objects.filter(user=student).update(format_preference="flashcard")
    sign_in(page, student)
    page.goto("/study/")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_have_text(re.compile(r"^Good, comes back in \d+"))
    expect(page.locator("#stem")).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#said")).to_have_text("Flagged.")
    page.keyboard.press("f")
    expect(page.locator("#said")).to_have_text("No longer flagged.")


def test_the_question_is_read_with_the_field_that_asks_for_its_answer(page, student, sign_in):
    prefer_typing(student)
    sign_in(page, student)
    page.goto("/study/")
    field = page.locator("#typed")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(page.locator("#stem").inner_text())
    page.get_by_role("button", name="Hint").click()
    expect(field).to_have_accessible_description(
        re.compile(re.escape(page.locator("#stem").inner_text()) + " Begins with")
    )


def test_a_hint_is_no_answer_and_not_to_know_is_none_whatever_was_typed(page, student, sign_in):
    prefer_typing(student)
    sign_in(page, student)
    page.goto("/study/")
    page.get_by_role("button", name="Hint").click()
    expect(page.locator("#hint")).to_contain_text("Begins with")
    assert not ReviewLog.objects.filter(user=student, kind="answer").exists()
    page.locator("#typed").fill("something else")
    page.get_by_role("button", name="I don't know").click()
    expect(page.locator(".verdict")).to_contain_text("The answer is")
    assert ReviewLog.objects.get(user=student).typed == ""
