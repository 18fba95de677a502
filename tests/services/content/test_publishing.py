import pytest

from quizzes.models import Deck, DeckSurvey
from quizzes.selectors.content.quality import current_survey, quality_page
from quizzes.services.content.publishing import (
    NotPublishableError,
    OpenWarningsError,
    publish_deck,
    survey_deck,
    unpublish_decks,
)
from tests.factories import NOW, DeckFactory, elements, keep
from tests.study import IRON, begin, holds, memory, rate, waiting


@pytest.fixture
def draft(db):
    return elements(status="draft")


def publish(deck, **more):
    return publish_deck(deck=deck, by=None, now=NOW, **more)


def status(deck):
    return Deck.objects.get(pk=deck.pk).status


def change_survey(deck, **found):
    """The survey of the deck as it is now, with something else found."""
    survey = survey_deck(deck=deck, by=None, now=NOW)
    survey.content["warnings"] = []
    survey.content["report"] |= found
    survey.save()


def test_memories_wait_while_a_deck_is_a_draft(ada):
    deck = elements()
    rate(begin(ada, deck), IRON, 3)
    kept, before = memory(ada, IRON), waiting(ada)
    assert unpublish_decks(decks=[deck, DeckFactory(status="draft")]) == 1
    assert waiting(ada) == []
    assert publish(deck, despite_warnings=True)
    assert (memory(ada, IRON), waiting(ada)) == (kept, before)
    assert holds()


def test_a_survey_tells_what_is_asked_and_is_current_until_the_deck_changes(draft, eve):
    survey_deck(deck=draft, by=eve, now=NOW)
    found = current_survey(draft)
    rows = {(row["section"], row["direction"]): row["cards"] for row in found.content["coverage"]}
    assert rows == {("uses", "purpose_to_term"): 8, ("uses", "term_to_purpose"): 8, ("gases", "membership"): 4}
    assert (found.made_by, found.made_at, found.content["report"]["broken"]) == (eve, NOW, [])
    keep(draft)
    assert current_survey(draft) is None
    draft.refresh_from_db()
    assert not quality_page(draft).current


def test_a_deck_that_breaks_a_rule_is_not_published(draft):
    change_survey(draft, broken=["uses/1/purpose_to_term: one key: 2 keys"], odd=[])
    with pytest.raises(NotPublishableError, match="2 keys"):
        publish(draft, despite_warnings=True)
    assert status(draft) == "draft"


def test_a_deck_that_asks_nothing_is_not_published(db):
    empty = DeckFactory(status="draft")
    with pytest.raises(NotPublishableError, match="asks nothing"):
        publish(empty)
    assert status(empty) == "draft"


def test_open_warnings_are_asked_about(draft):
    change_survey(draft, broken=[], odd=["robot longest: 0.400, chance allows 0.300"])
    with pytest.raises(OpenWarningsError):
        publish(draft)
    assert status(draft) == "draft"
    assert publish(draft, despite_warnings=True)
    assert status(draft) == "published"
    assert not publish(draft, despite_warnings=True)


def test_a_deck_without_a_finding_is_published_at_once(draft):
    change_survey(draft, broken=[], odd=[])
    assert publish(draft)


def test_a_survey_made_before_a_change_is_made_again(draft):
    change_survey(draft, broken=["something"], odd=[])
    keep(draft)
    assert publish(draft, despite_warnings=True)
    assert DeckSurvey.objects.get().content["report"]["broken"] == []
