"""Grades in a real browser: a gradebook with every state, a mark by hand, a quiz marked anew, a student's own page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt, CohortGroup, Enrolment, Fact, GradeChange, ItemRuling, Profile
from tests.classes import class_of
from tests.factories import AssignmentFactory, UserFactory, elements, keep
from tests.people import enrol, person
from tests.quiz_marks import begin, frozen_quiz, hashes, take, wrong_of

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsprüfung"
ARABIC = "اختبار التكلسات"


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def ivy(db):
    return person("ivy", "instructor")


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy, name="Chemistry, evening group", join_code="KQ7MPX")


@pytest.fixture
def quiz(deck, klass):
    """Twelve students, of whom ten have submitted, one is under way and one has not begun; a fact was corrected."""
    now = timezone.now()
    about = {"pass_mark": 0.6, "certainty": True, "opens_at": now - timedelta(days=2), "feedback": "after"}
    quiz = frozen_quiz(deck, klass, title="Metals, first quiz", closes_at=now + timedelta(days=2), **about)
    closed = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=3)}
    frozen_quiz(deck, klass, title=ARABIC, **closed)
    AssignmentFactory(cohort=klass, deck=deck, title=LONG, **closed)
    group = CohortGroup.objects.create(cohort=klass, name="Tutorial 1")
    for number in range(12):
        user = UserFactory(username=f"student{number:02}")
        Profile.objects.create(user=user, external_id=f"M-{number:04}")
        enrol(user, klass)
        started = now - timedelta(minutes=30)
        if number < 10:
            attempt = take(user, quiz, number % 2 == 0, number > 4, True, number > 7, certainty=2, rapid=number == 3)
            ended = started + timedelta(minutes=5)
            Attempt.objects.filter(pk=attempt.pk).update(started_at=started, submitted_at=ended)
        elif number == 10:
            begin(user, quiz, started_at=now)
    Enrolment.objects.filter(user__username__lt="student05", cohort=klass).update(group=group)
    Enrolment.objects.filter(cohort=klass).update(joined_at=now - timedelta(days=20))
    fact = Fact.objects.get(deck=deck, code="uses/1")
    fact.purpose = "to build bridges, rails and ships"
    fact.save()
    keep(deck, change="meaning")
    return quiz


def student(number):
    return Enrolment.objects.get(user__username=f"student{number:02}").user


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling of the page"


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_grades_is_accessible_and_fits(new_context, quiz, klass, ivy, sign_in, axe, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, ivy)
    first, base = student(0), f"/classes/{klass.pk}"
    paper = klass.assignments.get()
    results, attempt = f"{base}/quizzes/{quiz.pk}/results/", first.attempts.get().public_id
    for path in (
        f"{base}/grades/",
        f"{base}/grades/{first.profile.public_id}/quiz/{quiz.pk}/",
        f"{base}/grades/{first.profile.public_id}/assignment/{paper.pk}/",
        results,
        f"{results}{attempt}/",
        f"{base}/quizzes/{quiz.pk}/rulings/{hashes(quiz)[0]}/",
    ):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        fits(page)
    sign_in(page, first)
    page.goto("/grades/")
    axe(page)
    fits(page)


def test_an_instructor_sets_a_mark_on_a_phone_and_the_student_reads_why(new_context, quiz, klass, ivy, sign_in):
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/grades/")
    page.get_by_label("Name, e-mail or number").fill("M-0001")
    page.get_by_role("button", name="Show").tap()
    expect(page.locator(".book tbody tr")).to_have_count(1)
    page.locator(".book tbody td a").last.tap()
    page.get_by_label("a mark of mine").check()
    page.get_by_label("Mark in percent").fill("77,5")
    page.get_by_label("Reason").fill("Explained it in the laboratory.")
    page.get_by_role("button", name="Save the grade").tap()
    expect(page.locator(".finding")).to_contain_text("77.5 %")
    expect(page.locator(".notes")).to_contain_text("by ivy")
    sign_in(page, student(1))
    page.goto("/grades/")
    page.get_by_text("What was changed, and why").tap()
    expect(page.locator(".own")).to_contain_text("77.5 %")
    expect(page.locator(".notes")).to_contain_text("Explained it in the laboratory.")
    fits(page)


def test_a_corrected_question_is_accepted_after_a_look_at_whose_mark_changes(page, quiz, klass, ivy, sign_in):
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/quizzes/{quiz.pk}/results/")
    expect(page.locator(".finding")).to_contain_text("10 of 12 have submitted")
    page.locator(".notice.warning a").first.click()
    expect(page.locator(".changes").first).to_contain_text("bridges, rails and ships")
    page.get_by_label("the answer choices ticked below are right").check()
    text = page.locator(".taken li").nth(wrong_of(hashes(quiz)[0])).locator(".text").inner_text()
    page.get_by_label(text).check()
    page.get_by_label("Reason").fill("Ships are right too.")
    page.get_by_role("button", name="Show whose mark would change").click()
    expect(page.get_by_role("region", name="Table of the marks that change").locator("tbody tr")).to_have_count(5)
    assert not ItemRuling.objects.exists()
    page.get_by_role("button", name="Mark the quiz anew").click()
    expect(page.get_by_role("status")).to_contain_text("the marks of 5 students changed")
    assert GradeChange.objects.filter(kind="regrade").count() == 5
    expect(page.get_by_text(re.compile("accepted as right: ")).first).to_be_visible()


def test_the_gradebook_works_without_scripts(page_without_scripts, quiz, klass, ivy, sign_in):
    page = page_without_scripts
    sign_in(page, ivy)
    page.goto(f"/classes/{klass.pk}/grades/")
    page.get_by_label("Group").select_option(label="Tutorial 1")
    page.get_by_label("Show").select_option("missing")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".book tbody tr")).to_have_count(5)
    page.get_by_role("link", name="Metals, first quiz", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Metals, first quiz")
    expect(page.locator(".book tbody tr")).to_have_count(5)
