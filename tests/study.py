"""Studying in tests: put a certain question to a student, answer it, look at what is kept."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from quizzes.core.specs import Format
from quizzes.models import (
    Card,
    CardProgress,
    CardTally,
    DailyStudy,
    DeckStudy,
    DeckTally,
    ReviewLog,
    StudySettings,
)
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.replay import replay_all
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.people.notices import see_notice
from quizzes.services.study.answering import Given, answer_question
from quizzes.services.study.asking import ask_card, resume
from quizzes.services.study.joining import join_deck
from quizzes.services.study.log import close_log, open_log
from tests.factories import NOW

IRON, COPPER, ALUMINIUM = "uses/1/purpose_to_term", "uses/2/purpose_to_term", "uses/3/purpose_to_term"
USE_OF_IRON, HELIUM = "uses/1/term_to_purpose", "gases/1/membership"
MEMORY = (
    "phase", "step", "stability", "difficulty", "due_on", "due_at", "interval_days", "reps", "lapses",
    "first_study_day", "last_study_day", "last_answered_at", "suspended", "buried_until", "flag", "confusions",
)  # fmt: skip
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def begin(user, deck, *, now=NOW, limits=None, **settings):
    """Let somebody who has read its notice study a deck with these limits and settings; returns them."""
    join_deck(user=user, deck=deck, now=now)
    read_notice(user, deck)
    DeckStudy.objects.filter(user=user, deck=deck).update(**(limits or {}))
    StudySettings.objects.filter(user=user).update(**settings)
    return user


def read_notice(user, deck):
    """As after the page that stands before a deck's first question."""
    see_notice(user=user, slug=deck.slug, now=NOW)


def asked_now(user, *, scope="", now=NOW):
    """The question on the student's page."""
    return resume(user=user, scope=scope, now=now)[1]


@transaction.atomic
def put(user, key, way=Format.FLASHCARD, *, now=NOW, scope=""):
    """Put this card to the student, in this format."""
    StudySettings.objects.filter(user=user).update(format_preference=way)
    pen = open_log(user)
    desk = read_desk(pen.student, studied_decks(user, scope), now=now)
    asked = ask_card(desk, Card.objects.get(key=key).pk, scope=scope, now=now)
    close_log(pen, asked.to_json())
    assert asked.format == way
    return asked


def place_of(asked, *, right):
    """The place on the page of the right option, or of the first wrong one."""
    options = get_item(asked.item_hash)["options"]
    return next(place for place, number in enumerate(asked.order) if options[number]["is_key"] is right)


def given(asked, *, right=True, elapsed_ms=4_000):
    """A right or wrong answer, whatever the format."""
    if asked.format == Format.CHOICE:
        return Given(place=place_of(asked, right=right), elapsed_ms=elapsed_ms)
    if asked.format == Format.TYPED:
        key = next(option["text"] for option in get_item(asked.item_hash)["options"] if option["is_key"])
        return Given(typed=key if right else "no idea at all", elapsed_ms=elapsed_ms)
    return Given(rating=3 if right else 1, elapsed_ms=elapsed_ms)


def press(user, asked, answer=None, *, right=True, now=NOW):
    """Answer the question on the page."""
    return answer_question(user=user, asked=asked, given=answer or given(asked, right=right), now=now)


def rate(user, key, rating, *, now=NOW):
    """Ask a card as a flashcard and press a rating; returns the row of the log."""
    return press(user, put(user, key, now=now), Given(rating=rating, elapsed_ms=4_000), now=now).row


def hurry(user, key, *, now=NOW):
    """Choose wrongly, too quickly for the answer to count; returns the row of the log."""
    card = Card.objects.get(key=key)
    CardTally.objects.update_or_create(card=card, defaults={"answers": 30, "median_ms": 12_000})
    DeckTally.objects.update_or_create(
        deck=card.deck, defaults={"version": F("version") + 1}, create_defaults={"made_at": now}
    )
    asked = put(user, key, Format.CHOICE, now=now)
    row = press(user, asked, given(asked, right=False, elapsed_ms=900), now=now).row
    assert row.detail["rapid"]
    return row


def practise(user, key, *, right=True, now=NOW):
    """Answer a card of the deck of elements in practice; returns the row of the log."""
    way = Format.CHOICE if key.startswith("gases") else Format.FLASHCARD
    return press(user, put(user, key, way, now=now, scope="elements//1"), right=right, now=now).row


def learn(user, key, *, now=NOW):
    """Bring a new card into review at once: easy."""
    return rate(user, key, 4, now=now)


def progress(user, key):
    """The card's progress row."""
    return CardProgress.objects.get(user=user, card__key=key)


def waiting(user, *, now=NOW):
    """The keys of the cards in the queue, in their order."""
    desk = read_desk(get_student(user.pk), studied_decks(user), now=now)
    return [desk.place(card_id)[2].spec.key for card_id in desk.queue.order]


def memory(user, key):
    """What the student remembers of a card, without the count of its events; None if it was never touched."""
    return CardProgress.objects.filter(user=user, card__key=key).values(*MEMORY).first()


def memories(user):
    """All of a student's memory and days, without counts of events; rows that say nothing are left out."""
    rows = CardProgress.objects.filter(user=user).order_by("card_id").values("card_id", *MEMORY)
    days = (
        DailyStudy.objects.filter(user=user, answers__gt=0)
        .order_by("day")
        .values("day", "answers", "correct", "duration_ms")
    )
    return [row for row in rows if row["phase"] != "new" or row["suspended"] or row["buried_until"]], list(days)


def events(user):
    """Kinds of all events in the student's log."""
    return list(ReviewLog.objects.filter(user=user).order_by("seq").values_list("kind", flat=True))


def holds():
    """Whether the log replays to what is kept."""
    return replay_all().differences == []
