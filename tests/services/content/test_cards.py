import pytest

from quizzes.models import Card, Deck, Fact, Overlap, Section
from quizzes.services.content.cards import sync_cards
from tests.factories import DeckFactory, FactFactory, SectionFactory, elements, keep
from tests.study import IRON, begin, memory, rate

OF_COPPER = ("uses/2/example_to_term/brass", "uses/2/example_to_term/bronze")


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def examples_asked(deck):
    """The deck with a question for each example."""
    section = Section.objects.get(slug="uses")
    section.wording["example_to_term"] = "Which element is the main one in {example}?"
    section.save()
    sync_cards(deck=deck)
    return deck


def rows():
    return list(Card.objects.order_by("pk").values())


def card(key):
    return Card.objects.get(key=key)


def overlap(asked, offered, verdict="right", **fields):
    facts = {"asked": Fact.objects.get(code=asked), "offered": Fact.objects.get(code=offered)}
    Overlap.objects.create(**facts, verdict=verdict, reason="They are alike.", **fields)


def test_each_fact_gives_the_cards_its_section_asks_for(deck):
    keys = set(Card.objects.values_list("key", flat=True))
    uses = {f"uses/{n}/{way}" for n in range(1, 9) for way in ("purpose_to_term", "term_to_purpose")}
    assert keys == uses | {f"gases/{n}/membership" for n in range(1, 5)}
    assert set(Card.objects.values_list("status", flat=True)) == {"active"}


def test_cards_stand_in_teaching_order(deck):
    first, last = Card.objects.order_by("order").first(), Card.objects.order_by("order").last()
    assert (first.fact.code, last.key) == ("uses/1", "gases/4/membership")
    assert list(Card.objects.order_by("order").values_list("order", flat=True)) == list(range(20))


def test_moving_a_fact_to_the_front_moves_its_cards(deck):
    Fact.objects.filter(code="uses/8").update(position=0)
    sync_cards(deck=deck)
    assert set(Card.objects.order_by("order").values_list("fact__code", flat=True)[:2]) == {"uses/8"}


def test_a_second_sync_changes_no_card(deck):
    before = rows()
    sync_cards(deck=deck)
    assert rows() == before


def test_every_sync_tells_the_readers_of_the_deck(deck):
    sync_cards(deck=deck)
    assert Deck.objects.get().content_version == deck.content_version + 1


def test_a_sync_takes_the_same_queries_for_any_number_of_facts(deck, django_assert_max_num_queries):
    for number in range(30):
        FactFactory(section=Section.objects.get(slug="gases"), term=f"radon {number} isotope")
    with django_assert_max_num_queries(12):
        sync_cards(deck=deck)
    assert Card.objects.filter(direction="membership").count() == 34


def test_a_card_that_is_no_longer_made_is_retired_and_comes_back_as_the_same_card(ada, deck):
    student = begin(ada, deck)
    rate(student, IRON, 3)
    before, kept = card(IRON), memory(student, IRON)
    section = Section.objects.get(slug="uses")
    Section.objects.filter(pk=section.pk).update(wording={"term_to_purpose": "What is {term} used for?"})
    sync_cards(deck=deck)
    assert card(IRON).status == "retired"
    section.save()
    sync_cards(deck=deck)
    assert (card(IRON).pk, card(IRON).status) == (before.pk, "active")
    assert memory(student, IRON) == kept


def test_each_example_has_a_card_of_its_own(examples_asked):
    assert [card(key).part for key in OF_COPPER] == ["brass", "bronze"]


def test_removing_an_example_retires_its_card_and_no_other(examples_asked):
    ids = [card(key).pk for key in OF_COPPER]
    Fact.objects.filter(code="uses/2").update(examples=["bronze"])
    keep(examples_asked)
    assert [card(key).status for key in OF_COPPER] == ["retired", "active"]
    Fact.objects.filter(code="uses/2").update(examples=["bronze", "brass"])
    keep(examples_asked)
    assert [card(key).status for key in OF_COPPER] == ["active", "active"]
    assert [card(key).pk for key in OF_COPPER] == ids


def test_a_card_without_enough_answer_choices_says_why(deck):
    for code in (f"uses/{n}" for n in range(2, 8)):
        overlap("uses/1", code, "arguable", direction="purpose_to_term")
    sync_cards(deck=deck)
    assert "arguably right" in card(IRON).choice_refusal
    assert card(IRON).recall_refusal == ""
    assert card(IRON).status == "active"


def test_a_card_says_how_many_answer_choices_its_questions_have(deck):
    assert card(IRON).choices == 4
    for left, choices in ((3, 4), (2, 3), (1, 0)):
        Overlap.objects.all().delete()
        for code in [f"uses/{n}" for n in range(2, 9)][: 7 - left]:
            overlap("uses/1", code, "arguable", direction="purpose_to_term")
        sync_cards(deck=deck)
        assert (left, card(IRON).choices) == (left, choices)


def test_a_card_that_can_be_asked_in_no_way_is_refused(deck):
    for code in (f"uses/{n}" for n in range(2, 8)):
        overlap("uses/1", code, "right", direction="purpose_to_term")
    sync_cards(deck=deck)
    assert "also right" in card(IRON).choice_refusal
    assert "“copper” (uses/2)" in card(IRON).recall_refusal
    assert card(IRON).status == "refused"


def test_a_refused_card_is_asked_again_when_the_verdicts_go(deck):
    for code in (f"uses/{n}" for n in range(2, 8)):
        overlap("uses/1", code, "right", direction="purpose_to_term")
    sync_cards(deck=deck)
    Overlap.objects.all().delete()
    sync_cards(deck=deck)
    assert (card(IRON).status, card(IRON).choice_refusal, card(IRON).recall_refusal) == ("active", "", "")


def test_membership_is_asked_with_answer_choices_only(deck):
    helium = card("gases/1/membership")
    assert helium.choice_refusal == ""
    assert "multiple choice only" in helium.recall_refusal


def test_an_outsider_that_belongs_too_is_no_answer_choice(deck):
    section = Section.objects.get(slug="gases")
    outsiders = Fact.objects.filter(section__slug="uses")
    rows = [
        Overlap(asked_section=section, offered=fact, direction="membership", verdict="right", reason="It is one.")
        for fact in outsiders
    ]
    Overlap.objects.bulk_create(rows)
    sync_cards(deck=deck)
    assert card("gases/1/membership").status == "refused"


def test_a_sync_touches_no_other_deck(deck):
    other = elements(slug="more-elements")
    before = list(Card.objects.filter(deck=other).values())
    Fact.objects.filter(deck=deck).update(status="retired")
    sync_cards(deck=deck)
    assert list(Card.objects.filter(deck=other).values()) == before
    assert not Card.objects.filter(deck=deck, status="active").exists()
    assert Deck.objects.get(pk=other.pk).content_version == other.content_version


def test_a_deck_without_facts_has_no_cards(db):
    deck = DeckFactory()
    SectionFactory(deck=deck, wording={"membership": "Which of these is an element?"})
    sync_cards(deck=deck)
    assert not Card.objects.exists()
