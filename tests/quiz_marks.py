"""Quizzes in tests of marks: a frozen quiz with certain questions, and attempts at it that were answered somehow."""

from datetime import timedelta

from quizzes.core.snapshots import snapshot
from quizzes.models import Attempt, Card, ItemSnapshot, Response
from quizzes.selectors.content.decks import deck_content
from quizzes.services.teaching.marking_attempts import mark_attempt
from tests.factories import NOW, AttemptFactory, QuizFactory, QuizFormFactory, ResponseFactory

KEYS = [f"uses/{number}/purpose_to_term" for number in range(1, 5)]
MINUTE = timedelta(minutes=1)


def kept_item(deck, key):
    """A question of this card, drawn and kept; returns its hash."""
    content, card = deck_content(deck), Card.objects.get(key=key)
    item = content.bank.draw(content.cards[card.pk].spec, "seed")
    shown = snapshot(deck.slug, item.card, item.stem, item.options, locator=item.locator, caution=item.caution)
    ItemSnapshot.objects.get_or_create(hash=shown.hash, defaults={"content": shown.content, "created_at": NOW})
    return shown.hash


def frozen_quiz(deck, cohort, keys=KEYS, **fields):
    """A quiz of these cards, frozen, the same for everybody; from an hour ago for a week."""
    about = {"opens_at": NOW - 60 * MINUTE, "frozen_at": NOW - 60 * MINUTE, "picking": "picked", "forms": "same"}
    quiz = QuizFactory(cohort=cohort, deck=deck, **{**about, **fields})
    rows = [{"card": Card.objects.get(key=key).pk, "hash": kept_item(deck, key), "section": "uses"} for key in keys]
    QuizFormFactory(quiz=quiz, number=1, items=rows)
    return quiz


def options_of(item_hash):
    """The answer choices as kept."""
    return ItemSnapshot.objects.get(hash=item_hash).content["options"]


def key_of(item_hash):
    """The canonical number of the right answer choice."""
    return next(number for number, option in enumerate(options_of(item_hash)) if option["is_key"])


def wrong_of(item_hash, which=0):
    """The canonical number of a wrong answer choice."""
    return [number for number, option in enumerate(options_of(item_hash)) if not option["is_key"]][which]


def begin(user, quiz, *, number=1, started_at=NOW - 30 * MINUTE, certainty=None):
    """An attempt under way, nothing answered."""
    form = quiz.question_forms.get(number=1)
    attempt = AttemptFactory(quiz=quiz, form=form, user=user, number=number, started_at=started_at)
    for position, row in enumerate(form.items, start=1):
        order = list(range(len(options_of(row["hash"]))))
        about = {"card_id": row["card"], "item_hash": row["hash"], "order": order, "certainty": certainty}
        ResponseFactory(attempt=attempt, position=position, **about)
    return attempt


def take(user, quiz, *rights, number=1, used=5 * MINUTE, rapid=False, certainty=None, ended_by="student"):
    """A submitted attempt: each question right, wrong, the number of the option chosen, or None for left open."""
    attempt = begin(user, quiz, number=number, certainty=certainty)
    for response, right in zip(attempt.responses.order_by("position"), rights, strict=False):
        if right is not None:
            chosen = right if type(right) is int else (key_of if right else wrong_of)(response.item_hash)
            about = {"chosen": chosen, "answered_at": NOW, "duration_ms": 400 if rapid else 8_000, "rapid": rapid}
            Response.objects.filter(pk=response.pk).update(**about)
    ended = {"submitted_at": attempt.started_at + used, "ended_by": ended_by}
    Attempt.objects.filter(pk=attempt.pk).update(**ended)
    attempt.refresh_from_db()
    mark_attempt(attempt=attempt)
    return attempt


def hashes(quiz):
    """The questions of the quiz's first form."""
    return [row["hash"] for row in quiz.question_forms.get(number=1).items]
