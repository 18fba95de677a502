"""What the pictures of docs/pictures show: whose page, and how it comes about. Needs Django to be set up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from quizzes.models import Card, Cohort, Deck, DeckStudy, Fact, StudySettings, User
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import studied_decks
from quizzes.services.people.notices import see_notice
from quizzes.services.study.asking import ask_card
from quizzes.services.study.demo import Habit, study_for_days
from quizzes.services.study.joining import join_deck
from quizzes.services.study.log import close_log, open_log

PHONE = (390, 720)
WRONG_CARD, PHONE_CARD, TURNED_CARD = (
    "tests/10/purpose_to_term",
    "procedures/4/term_to_purpose",
    "drugs/8/term_to_example",
)
NEW_CARDS = 12


def nothing(*_: object) -> None:
    """For scenes that are there anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One page of one person. `stage` prepares the database, `act` the page; a `tall` page is shown to its end."""

    name: str
    who: str
    path: str
    size: tuple[int, int]
    stage: Callable[[], None] = nothing
    act: Callable[[Page], None] = nothing
    schemes: tuple[str, ...] = ("light",)
    tall: bool = False
    scale: float = 1.5

    @property
    def phone(self) -> bool:
        """Whether fingers do the pointing."""
        return self.size == PHONE


def scenes() -> list[Scene]:
    """All of them, in an order in which none spoils the next."""
    study, fact, cohort = reverse("study"), Fact.objects.get(code="drugs/1"), Cohort.objects.get()
    to_take = cohort.quizzes.filter(published_at__isnull=False).latest("opens_at")
    return [
        Scene(name="home", who="student", path=reverse("home"), size=(900, 1100), scale=1),
        Scene(name="progress", who="student", path=reverse("progress"), size=(1000, 1240), scale=1),
        Scene(
            name="feedback", who="student", path=study, size=(800, 600), tall=True, schemes=("light", "dark"),
            stage=put(WRONG_CARD, "choice"), act=answer_wrong, scale=1.1,
        ),
        Scene(name="phone-choice", who="student", path=study, size=PHONE, stage=put(PHONE_CARD, "choice")),
        Scene(
            name="phone-flashcard", who="student", path=study, size=PHONE, schemes=("dark",),
            stage=put(TURNED_CARD, "flashcard"), act=turn,
        ),
        Scene(
            name="finished", who="newcomer", path=study, size=(800, 500), tall=True, stage=finish_the_day,
            act=see_that_it_ended,
        ),
        Scene(
            name="class", who="instructor", path=reverse("class", args=[cohort.pk]) + "?cells=short",
            size=(1180, 700), tall=True, scale=0.54,
        ),
        Scene(
            name="grades", who="instructor", path=reverse("class-grades", args=[cohort.pk]), size=(1180, 700),
            tall=True, scale=0.75,
        ),
        Scene(
            name="phone-quiz", who="student", path=reverse("own-quiz", args=[to_take.pk]), size=PHONE,
            act=begin_the_quiz,
        ),
        Scene(
            name="fact", who="editor", path=reverse("admin:quizzes_fact_change", args=[fact.pk]), size=(1200, 790),
            act=write_a_purpose, scale=1,
        ),
    ]  # fmt: skip


def put(key: str, way: str) -> Callable[[], None]:
    """A stage that lays the card of that key on the student's page, in that format."""

    def stage() -> None:
        user, now = User.objects.get(username="student"), timezone.now()
        StudySettings.objects.filter(user=user).update(format_preference=way)
        with transaction.atomic():
            pen = open_log(user)
            desk = read_desk(pen.student, studied_decks(user), now=now)
            asked = ask_card(desk, Card.objects.get(key=key).pk, scope="", now=now)
            close_log(pen, asked.to_json() if asked else None)

    return stage


def finish_the_day() -> None:
    """The newcomer studies until nothing is left for today."""
    user, now = User.objects.get(username="newcomer"), timezone.now()
    deck = Deck.objects.get()
    join_deck(user=user, deck=deck, now=now)
    see_notice(user=user, slug=deck.slug, now=now)
    DeckStudy.objects.filter(user=user).update(new_per_day=NEW_CARDS)
    tomorrow = now + timedelta(days=1)
    every_day = Habit(chance=lambda _ago, _start: 1.0)
    study_for_days(user=user, days=1, answers_a_day=200, until=tomorrow, seed="pictures", tell=nothing, habit=every_day)


def see_that_it_ended(page: Page) -> None:
    """Nothing is left to be asked."""
    page.locator("[data-state=finished]").wait_for()


def answer_wrong(page: Page) -> None:
    """Choose the first answer, or undo and choose the second if the first was right."""
    page.locator("button.option").first.click()
    page.locator("[data-state=feedback]").wait_for()
    if page.locator(".verdict.right").count():
        page.get_by_role("button", name="Undo").click()
        page.locator("button.option").nth(1).click()
        page.locator(".verdict.wrong").wait_for()


def turn(page: Page) -> None:
    """Show the flashcard's answer."""
    page.locator("[data-reveal]").click()


def begin_the_quiz(page: Page) -> None:
    """Start it, answer the first question, strike out a choice of the second and choose another."""
    page.get_by_role("button", name="Start").click()
    page.locator("form.question:not([hidden]) .choice label").first.click()
    page.get_by_role("button", name="Next").click()
    second = page.locator("form.question:not([hidden]) .choice")
    second.nth(3).get_by_role("button").click()
    second.nth(1).locator("label").click()
    page.get_by_text("Saved").first.wait_for()


def write_a_purpose(page: Page) -> None:
    """Type into the form, and wait for the preview to follow."""
    page.get_by_label("Purpose").fill("to relieve pain and calm inflammation")
    page.locator("#preview-body", has_text="to relieve pain and calm inflammation?").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
