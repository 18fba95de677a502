import pytest

from quizzes.models import Card, CardStatistics, Fact
from tests.admin.forms import address
from tests.analysed import answered_class, roll
from tests.classes import class_of
from tests.factories import elements
from tests.study import COPPER


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def rolled(deck, ivy):
    """Copper's key is wrong, as the answers have it."""
    cohort = class_of(deck, ivy)

    def right(number, key, dice):
        return (dice.random() < number / 80) != (key == COPPER)

    answered_class(cohort, deck, 80, right=right)
    roll(deck, cohort)
    return roll(deck)


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def test_the_queue_is_over_all_students_and_has_what_may_be_broken_first(editor, rolled):
    everything = editor.get(address(CardStatistics), {"need": "all"})
    rows = list(everything.context["cl"].result_list)
    assert {row.rollup_id for row in rows} == {rolled.pk}
    assert len(rows) > 1
    assert rows[0].card.key == COPPER
    assert "Questions that may be broken</h1>" not in everything.content.decode()
    page = editor.get(address(CardStatistics))
    assert [row.card.key for row in page.context["cl"].result_list] == [COPPER]
    assert "Questions that may be broken</h1>" in page.content.decode()
    assert "check the answer: those who know less do better" in page.content.decode()
    assert f'href="/admin/quizzes/fact/{rows[0].card.fact_id}/change/"' in page.content.decode()


def test_the_first_page_leads_to_it_unless_the_card_is_retired(editor, rolled):
    words = "question may be broken, by its answers"
    assert words in editor.get("/admin/").content.decode()
    Card.objects.filter(key=COPPER).update(status=Card.Status.RETIRED)
    assert words not in editor.get("/admin/").content.decode()


def test_its_page_tells_the_figures_and_changes_nothing(editor, rolled):
    row = rolled.cards.get(card__key=COPPER)
    page = editor.get(address(CardStatistics, row.pk)).content.decode()
    assert "Those who know less get it right more often" in page
    assert "discrimination, Pearson&#x27;s r" in page
    assert editor.post(address(CardStatistics, row.pk), {"stem": "changed"}).status_code == 403
    row.refresh_from_db()
    assert row.stem != "changed"


def test_the_figures_of_a_class_are_not_the_editors(editor, rolled):
    row = CardStatistics.objects.filter(rollup__cohort__isnull=False).first()
    assert editor.get(address(CardStatistics, row.pk)).status_code == 302


def test_a_fact_has_the_figures_of_its_cards_and_says_which_need_a_look(editor, rolled):
    page = editor.get(address(Fact, Fact.objects.get(term="copper").pk)).content.decode()
    assert "1 of its questions needs a look" in page
    assert "80 first answers" in page
    page = editor.get(address(Fact, Fact.objects.get(term="iron").pk)).content.decode()
    assert "needs a look" not in page
