"""Decks looked at as a whole, and published if their questions are good."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from quizzes.core.survey import Told, survey
from quizzes.models import Deck, DeckSurvey, User
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.content.quality import current_survey

DRAWS = 24


class NotPublishableError(ValueError):
    """The deck asks nothing, or asks questions that break a rule."""


class OpenWarningsError(ValueError):
    """The deck has warnings, and nobody has said yet that it is to be published all the same."""


def survey_deck(*, deck: Deck, by: User | None, now: datetime, told: Told | None = None) -> DeckSurvey:
    """Draw from the deck's cards, look at the questions, and keep what was found in place of the last survey.

    Takes seconds: some hundreds of cards are looked at. `told` hears how many of how many are done.
    """
    deck = Deck.objects.select_related("tally").get(pk=deck.pk)
    found = survey(deck_content(deck).bank, draws=DRAWS, told=told)
    report = found.report
    made, _created = DeckSurvey.objects.update_or_create(
        deck=deck,
        defaults={
            "content_version": deck.content_version,
            "content": {
                **asdict(found),
                "report": {
                    "items": report.items,
                    "robots": [asdict(one) for one in report.robots],
                    "broken": report.broken,
                    "odd": report.odd,
                },
            },
            "made_at": now,
            "made_by": by,
        },
    )
    return made


def publish_deck(*, deck: Deck, by: User | None, now: datetime, despite_warnings: bool = False) -> bool:
    """Let students find the deck; surveys it first where that was not done since its last change.

    Returns whether it was a draft before. Raises NotPublishableError and OpenWarningsError.
    """
    found = current_survey(deck) or survey_deck(deck=deck, by=by, now=now)
    if not found.content["report"]["items"] and not any(one["recall"] for one in found.content["coverage"]):
        raise NotPublishableError("the deck asks nothing yet")
    if found.content["report"]["broken"]:
        raise NotPublishableError(found.content["report"]["broken"][0])
    if not despite_warnings and (found.content["warnings"] or found.content["report"]["odd"]):
        raise OpenWarningsError("the deck has warnings")
    return (
        Deck.objects.filter(pk=deck.pk).exclude(status=Deck.Status.PUBLISHED).update(status=Deck.Status.PUBLISHED) > 0
    )


@transaction.atomic
def unpublish_decks(*, decks: Collection[Deck]) -> int:
    """Make decks drafts again; returns how many changed.

    Memories stay: of a draft nothing is asked, and when it is published again it goes on where it was.
    """
    rows = Deck.objects.filter(pk__in=[deck.pk for deck in decks], status=Deck.Status.PUBLISHED)
    return rows.update(status=Deck.Status.DRAFT)
