"""A pair from the instructor's click to a student's answer, and notices put away, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import ClassConfusion, ClassConfusionCount, ContrastAnswer, Fact
from quizzes.services.content.facts import bring_deck_up_to_date
from tests.factories import elements
from tests.study import COPPER, DAY, IRON, begin, learn

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def student(ada, cohort):
    """Ada learned iron and copper two days ago, and her class takes one for the other."""
    deck = elements()
    cohort.decks.add(deck)
    now = timezone.now()
    begin(ada, deck, now=now - 3 * DAY)
    for key in (IRON, COPPER):
        learn(ada, key, now=now - 2 * DAY)
    ClassConfusionCount.objects.create(cohort=cohort, basis="made", students=1, made_at=now)
    iron, copper = (Fact.objects.get(code=code) for code in ("uses/1", "uses/2"))
    for asked, other in ((iron, copper), (copper, iron)):
        ClassConfusion.objects.create(cohort=cohort, asked=asked, taken_for=other, shown=30, times=9, students=4)
    return ada


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_one_click_gives_the_pair_and_the_student_is_asked_by_keys(new_context, student, ivy, cohort, sign_in, axe):
    desk = new_context(viewport=PHONE).new_page()
    sign_in(desk, ivy)
    desk.goto(f"/classes/{cohort.pk}/confusions/")
    desk.get_by_role("button", name="Give the class this pair").click()
    expect(desk.get_by_text("answered by 0 of 1 student")).to_be_visible()
    axe(desk)
    assert fits(desk)

    page = new_context(viewport=PHONE).new_page()
    sign_in(page, student)
    page.goto("/study/")
    expect(page.get_by_text("Your instructor asks you all: which is which?")).to_be_visible()
    axe(page)
    options = page.locator("#answer .option")
    expect(options).to_have_count(2)
    page.keyboard.press("1" if "iron" in options.first.inner_text() else "2")
    expect(page.locator("#session[data-state=feedback]")).to_contain_text("Your instructor asked which is which.")
    assert ContrastAnswer.objects.get().correct

    desk.reload()
    expect(desk.get_by_text("answered by 1 of 1 student: 1 right")).to_be_visible()
    desk.get_by_role("button", name="Withdraw").click()
    expect(desk.get_by_text("withdrawn", exact=True)).to_be_visible()


def test_what_was_corrected_is_told_on_home_and_put_away(new_context, student, cohort, sign_in, axe):
    deck = cohort.decks.get()
    for code in ("uses/1", "uses/2"):
        Fact.objects.filter(deck=deck, code=code).update(explanation=f"A better word about {code}.")
    bring_deck_up_to_date(deck=deck, by=None, now=timezone.now())
    page = new_context(viewport=PHONE, color_scheme="dark").new_page()
    sign_in(page, student)
    page.goto("/")
    expect(page.get_by_role("heading", name="“iron” was corrected")).to_be_visible()
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="“iron” was corrected").click()
    expect(page.get_by_role("heading", name="“iron” was corrected")).to_have_count(0)
    expect(page.get_by_role("heading", name="“copper” was corrected")).to_be_visible()
    page.get_by_role("button", name="“copper” was corrected").click()
    expect(page.get_by_role("heading", name="What changed")).to_have_count(0)
