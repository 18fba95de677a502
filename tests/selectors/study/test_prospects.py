"""What the first evenings say of what would be recalled."""

import pytest

from quizzes.selectors.study.home import home_page
from quizzes.selectors.study.practice_choice import practice_choices
from quizzes.selectors.study.progress import progress_page
from tests.classes import USES
from tests.factories import NOW, FactFactory, elements, keep
from tests.study import COPPER, DAY, IRON, MINUTE, begin, learn, rate

TEN = [*USES, "uses/9/purpose_to_term", "uses/10/purpose_to_term"]


@pytest.fixture
def student(ada):
    deck = elements()
    uses = deck.sections.get(slug="uses")
    for term, purpose in (("gold", "to fill hollow teeth"), ("silver", "to coat the back of mirrors")):
        FactFactory(section=uses, term=term, purpose=purpose)
    keep(deck)
    return begin(ada, deck)


def evening(user, *, right=(), wrong=()):
    """Ten minutes of new cards; those right are known at once."""
    for at, key in enumerate(TEN):
        if key in right:
            learn(user, key, now=NOW + at * MINUTE)
        if key in wrong:
            rate(user, key, 1, now=NOW + at * MINUTE)
    return NOW + 15 * MINUTE


def said(user, now):
    """What home says, and that progress says the same."""
    sentence = home_page(user, now=now).doing.sentence
    assert progress_page(user, None, now=now).finding.startswith(sentence)
    return sentence


def test_after_ten_wrong_answers_nothing_is_promised(student):
    now = evening(student, wrong=TEN)
    words = "You are still learning the 10 cards you have met; what you will recall is told once they are learned."
    assert said(student, now) == words
    titles = [plot.title for plot in progress_page(student, None, now=now).plots]
    assert "What you would recall, by section" in titles
    assert not any("100 %" in title for title in titles)
    (section, *_others) = practice_choices(student, now=now)[0].sections
    assert (section.learned, section.learning, section.recall) == (0, 10, None)


def test_after_ten_right_answers_it_speaks_of_tomorrow(student):
    now = evening(student, right=TEN)
    assert said(student, now) == "Tomorrow you would recall about 10 of the 10 cards you have learned."
    section = practice_choices(student, now=now)[0].sections[0]
    assert (section.learned, section.learning) == (10, 0)
    assert 90 < section.recall < 100


def test_of_a_mixed_evening_it_says_how_many_are_still_being_learned(student):
    now = evening(student, right=TEN[:6], wrong=TEN[6:])
    words = "Tomorrow you would recall about 6 of the 6 cards you have learned. 4 more are still being learned."
    assert said(student, now) == words


def test_later_it_speaks_of_today_and_counts_what_was_answered_today_as_of_tomorrow(student):
    learn(student, IRON)
    learn(student, COPPER)
    later = NOW + 30 * DAY
    assert said(student, later) == "Today you would recall about 2 of the 2 cards you have learned."
    rate(student, IRON, 3, now=later)
    assert said(student, later).endswith("2 cards you have learned, where the 1 answered today counts as of tomorrow.")


def test_a_card_that_was_forgotten_today_is_being_learned_again(student):
    learn(student, IRON)
    learn(student, COPPER)
    later = NOW + 30 * DAY
    rate(student, IRON, 1, now=later)
    assert said(student, later) == (
        "Today you would recall about 1 of the 1 card you have learned. 1 more is still being learned."
    )
    assert [fact.recall for fact in progress_page(student, None, now=later).hardest] == ["learning"]
