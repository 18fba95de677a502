from quizzes.models import Deck, DeckStudy
from quizzes.selectors.study.home import home_page
from tests.factories import NOW, DeckFactory, elements
from tests.study import COPPER, DAY, IRON, MINUTE, begin, learn, rate

BEGIN = "/study/deck/elements/begin/"
DUE = NOW + 30 * DAY


def test_a_first_visit_offers_the_decks_there_are(ada):
    elements(description="What they are used for.")
    page = home_page(ada, now=NOW)
    assert (page.headline, page.button, page.button_url) == ("Welcome", "Chemical elements", BEGIN)
    assert page.begins
    assert page.decks[0].url == BEGIN
    assert [(deck.title, deck.sentence, deck.button) for deck in page.decks] == [
        ("Chemical elements", "What they are used for.", "Begin")
    ]


def test_the_way_into_a_class_is_shown_until_a_deck_is_studied(ada):
    assert home_page(ada, now=NOW).offers_class is True
    deck = elements()
    assert home_page(ada, now=NOW).offers_class is True
    begin(ada, deck)
    assert home_page(ada, now=NOW).offers_class is False


def test_on_the_first_evening_it_does_not_say_that_nothing_comes_back(ada):
    begin(ada, elements())
    rate(ada, IRON, 1, now=NOW)
    (line,) = home_page(ada, now=NOW + MINUTE).doing.coming
    assert line == "Nothing is planned for the next seven days yet; what you learn today comes on top."


def test_without_a_published_deck_it_says_what_to_do(ada):
    DeckFactory(status=Deck.Status.DRAFT)
    page = home_page(ada, now=NOW)
    assert (page.headline, page.decks, page.button_url) == ("Nothing to study yet", [], "")
    assert "instructor" in page.sentence


def test_it_says_what_is_there_now_with_one_button(ada):
    begin(ada, elements())
    learn(ada, COPPER)
    rate(ada, IRON, 1, now=DUE)
    page = home_page(ada, now=DUE + MINUTE)
    assert page.headline == "12 cards for now"
    assert page.sentence == "1 in learning, 1 to review, 10 new"
    assert (page.button, page.button_url) == ("Study, about 3 min", "/study/")
    assert [(deck.sentence, deck.url, deck.button) for deck in page.decks] == [
        ("1 in learning, 1 to review, 10 new", "/study/deck/elements/", "Study")
    ]


def test_when_nothing_is_due_it_says_why_and_has_no_button(ada):
    begin(ada, elements(), limits={"new_per_day": 0})
    page = home_page(ada, now=NOW)
    assert (page.headline, page.button, page.button_url) == ("Done for today", "", "")
    assert page.decks[0].sentence == "nothing due now"


def test_a_paused_deck_is_gone_on_with_in_the_library(ada):
    begin(ada, elements(), limits={"paused_at": NOW})
    page = home_page(ada, now=NOW)
    assert (page.headline, page.button_url, list(page.decks)) == ("Nothing to study now", "/library/", [])


def test_beside_decks_under_study_those_put_aside_are_left_out(ada):
    begin(ada, elements())
    begin(ada, DeckFactory(title="Paused"), limits={"paused_at": NOW})
    assert [deck.button for deck in home_page(ada, now=NOW).decks] == ["Study"]


def test_drafts_are_shown_to_editors_alone(ada, eve):
    begin(ada, elements())
    DeckFactory(title="Draft", status=Deck.Status.DRAFT)
    assert "Draft" not in {deck.title for deck in home_page(ada, now=NOW).decks}
    assert "Draft" in {deck.title for deck in home_page(eve, now=NOW).decks}
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert home_page(ada, now=NOW).headline == "Nothing to study yet"
    assert DeckStudy.objects.filter(user=ada).exists()
