from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from quizzes.models import Card, Deck, Fact, FactVersion, Overlap, Section
from quizzes.selectors.content.decks import deck_content
from quizzes.services.content.facts import (
    OtherDeckError,
    bring_deck_up_to_date,
    check_facts,
    give_code,
    keep_versions,
    move_facts,
    remove_fact,
    remove_facts,
    restore_version,
    set_status,
)
from tests.factories import NOW, FactFactory, SectionFactory, elements
from tests.study import COPPER, HELIUM, IRON, USE_OF_IRON, begin, given, holds, learn, memory, press, put, rate

LATER = NOW + timedelta(days=3)


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def reworded(fact, *, change="wording", by=None, **content):
    """Edit a fact as an editor does; returns it as it then is."""
    Fact.objects.filter(pk=fact.pk).update(**content)
    bring_deck_up_to_date(deck=fact.deck, by=by, now=LATER, change=change)
    return Fact.objects.get(pk=fact.pk)


def versions(fact):
    rows = FactVersion.objects.filter(fact=fact).order_by("number")
    return list(rows.values_list("number", "meaning_version", "change"))


def statuses(fact):
    return dict(Card.objects.filter(fact=fact).values_list("key", "status"))


def test_codes_count_up_in_each_section(db):
    section = SectionFactory(slug="bones")
    assert [give_code(section=section) for _turn in range(3)] == ["bones/1", "bones/2", "bones/3"]
    assert give_code(section=SectionFactory(deck=section.deck, slug="joints")) == "joints/1"


def test_the_code_of_a_deleted_fact_is_not_given_again(deck):
    last = Fact.objects.get(code="uses/8")
    assert remove_fact(fact=last)
    assert give_code(section=last.section) == "uses/9"


def test_codes_pass_over_those_that_facts_already_have(deck, iron):
    Deck.objects.filter(pk=deck.pk).update(last_numbers={})
    assert give_code(section=iron.section) == "uses/9"
    assert Deck.objects.get().last_numbers == {"uses": 9}


def test_a_code_belongs_to_one_deck_only(deck):
    other = FactFactory(section=SectionFactory(slug="uses"))
    assert other.code == "uses/1"


@pytest.mark.django_db(transaction=True)
def test_editors_at_the_same_moment_get_different_codes():
    section = SectionFactory(slug="bones")

    def take(_turn):
        try:
            return give_code(section=Section.objects.get(pk=section.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as editors:
        codes = list(editors.map(take, range(12)))
    assert sorted(codes) == sorted(f"bones/{number}" for number in range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_editors_who_save_at_the_same_moment_leave_one_version_and_one_card_each():
    deck = elements()
    facts = list(Fact.objects.filter(section__slug="uses").order_by("position")[:4])
    for fact in facts:
        Fact.objects.filter(pk=fact.pk).update(examples=[f"{fact.term} wire"], purpose=f"to sell {fact.term}")
    Section.objects.filter(slug="uses").update(wording={"term_to_example": "Which of these is made of {term}?"})

    def save(_turn):
        try:
            bring_deck_up_to_date(deck=Deck.objects.get(pk=deck.pk), by=None, now=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as editors:
        list(editors.map(save, range(4)))
    assert all(versions(fact) == [(1, 1, "first"), (2, 1, "wording")] for fact in facts)
    assert Card.objects.filter(direction="term_to_example").count() == 4
    assert Deck.objects.get(pk=deck.pk).content_version == deck.content_version + 4


def test_a_fact_has_its_first_version_when_it_is_made(iron):
    version = FactVersion.objects.get(fact=iron)
    assert (version.number, version.meaning_version, version.change, version.created_at) == (1, 1, "first", NOW)
    assert version.content["term"] == "iron"
    assert version.content["aliases"] == ["ferrum"]


def test_a_change_of_wording_keeps_the_meaning(iron, eve):
    fact = reworded(iron, purpose="to build bridges", by=eve)
    assert (fact.version, fact.meaning_version) == (2, 1)
    assert versions(iron) == [(1, 1, "first"), (2, 1, "wording")]
    latest = FactVersion.objects.get(fact=iron, number=2)
    assert (latest.created_by, latest.created_at, latest.content["purpose"]) == (eve, LATER, "to build bridges")


def test_a_change_of_meaning_counts_up_the_meaning(iron):
    fact = reworded(iron, purpose="to colour blood red", change="meaning")
    assert (fact.version, fact.meaning_version) == (2, 2)
    assert versions(iron) == [(1, 1, "first"), (2, 2, "meaning")]


def test_wording_after_a_change_of_meaning_keeps_the_new_meaning(iron):
    reworded(iron, purpose="to colour blood red", change="meaning")
    assert reworded(iron, purpose="to make blood red").meaning_version == 2


def test_only_facts_that_say_something_new_get_a_version(deck, iron):
    Fact.objects.filter(pk=iron.pk).update(position=7, check_status="checked")
    assert keep_versions(deck=deck, by=None, now=LATER, change="meaning") == 0
    Fact.objects.filter(pk=iron.pk).update(caution="Rusts.")
    assert keep_versions(deck=deck, by=None, now=LATER) == 1
    assert FactVersion.objects.filter(number__gt=1).count() == 1


def test_earlier_versions_stay_as_they_were(iron):
    before = FactVersion.objects.filter(fact=iron).values().get()
    reworded(iron, term="ferrous iron")
    assert FactVersion.objects.filter(fact=iron, number=1).values().get() == before


def test_a_new_version_is_read_by_the_next_question(deck, iron):
    before = deck_content(deck)
    reworded(iron, purpose="to build towers of steel", examples=[])
    content = deck_content(Deck.objects.get(pk=deck.pk))
    place = next(place for place in content.cards.values() if place.spec.key == IRON)
    assert content.bank.prompt(place.spec).stem == "Which element is used to build towers of steel?"
    assert before.bank.prompt(place.spec).stem == "Which element is used to build bridges and rails?"


def test_a_fact_that_nobody_studied_is_deleted_with_what_hangs_on_it(deck, iron):
    Overlap.objects.create(asked=iron, offered=Fact.objects.get(code="uses/2"), verdict="right", reason="Both.")
    version = deck.content_version
    assert remove_fact(fact=iron)
    assert not Fact.objects.filter(code="uses/1").exists()
    assert not Card.objects.filter(key__startswith="uses/1/").exists()
    assert not FactVersion.objects.filter(fact_id=iron.pk).exists()
    assert not Overlap.objects.exists()
    assert Deck.objects.get().content_version > version


def test_a_fact_that_was_studied_is_retired_with_its_cards(student, iron):
    rate(student, IRON, 3)
    kept = memory(student, IRON)
    assert not remove_fact(fact=iron)
    iron.refresh_from_db()
    assert iron.status == Fact.Status.RETIRED
    assert statuses(iron) == {IRON: "retired", USE_OF_IRON: "retired"}
    assert memory(student, IRON) == kept
    assert holds()


def test_a_fact_that_was_only_taken_for_another_is_retired_too(student, iron, deck):
    asked = put(student, COPPER, "choice")
    wrong = press(student, asked, given(asked, right=False)).row.taken_for
    assert not remove_fact(fact=wrong)
    assert Fact.objects.get(pk=wrong.pk).status == Fact.Status.RETIRED


def test_a_fact_that_a_question_was_put_with_is_retired_though_nobody_answered(student, iron):
    put(student, IRON)
    assert not remove_fact(fact=iron)
    assert statuses(iron) == {IRON: "retired", USE_OF_IRON: "retired"}


def test_facts_are_moved_last_into_another_section_with_their_codes(student, iron, deck):
    rate(student, IRON, 3)
    kept, gases, copper = memory(student, IRON), Section.objects.get(slug="gases"), Fact.objects.get(code="uses/2")
    assert move_facts(facts=[iron, copper, Fact.objects.get(code="gases/1")], section=gases, by=None, now=LATER) == 2
    assert [fact.code for fact in Fact.objects.filter(section=gases)][-2:] == ["uses/1", "uses/2"]
    assert statuses(iron) == {IRON: "retired", USE_OF_IRON: "retired", "uses/1/membership": "active"}
    assert move_facts(facts=[Fact.objects.get(pk=iron.pk)], section=iron.section, by=None, now=LATER) == 1
    assert statuses(iron) == {IRON: "active", USE_OF_IRON: "active", "uses/1/membership": "retired"}
    assert memory(student, IRON) == kept
    assert holds()


def test_a_fact_is_not_moved_to_another_deck(iron):
    other = elements(slug="more-elements")
    with pytest.raises(OtherDeckError):
        move_facts(facts=[iron], section=other.sections.first(), by=None, now=LATER)
    assert Fact.objects.get(pk=iron.pk).section == iron.section


def test_facts_are_checked_by_somebody_on_a_day_and_a_recheck_due_is_done(iron, eve):
    copper = Fact.objects.get(code="uses/2")
    Fact.objects.filter(pk=iron.pk).update(recheck_on=LATER.date())
    Fact.objects.filter(pk=copper.pk).update(recheck_on=LATER.date() + timedelta(days=1))
    check_facts(facts=[iron, copper], by=eve, on=LATER.date())
    rows = Fact.objects.filter(checker=eve).order_by("code").values_list("check_status", "checked_on", "recheck_on")
    assert list(rows) == [
        ("checked", LATER.date(), None),
        ("checked", LATER.date(), LATER.date() + timedelta(days=1)),
    ]
    assert FactVersion.objects.filter(fact=iron).count() == 1


def test_a_version_is_restored_as_a_new_one(iron, eve):
    first = FactVersion.objects.values().get(fact=iron)
    reworded(iron, purpose="to build towers", aliases=["Fe"])
    assert restore_version(fact=iron, number=1, by=eve, now=LATER)
    iron.refresh_from_db()
    assert (iron.purpose, iron.aliases, iron.version) == ("to build bridges and rails", ["ferrum"], 3)
    assert FactVersion.objects.values().get(fact=iron, number=1) == first
    last = FactVersion.objects.get(fact=iron, number=3)
    assert (last.created_by, last.created_at, last.change, last.content) == (eve, LATER, "wording", first["content"])


def test_a_restored_meaning_comes_back_to_who_learned_it(student, iron):
    learn(student, IRON)
    reworded(iron, purpose="to build towers")
    restore_version(fact=iron, number=1, by=None, now=LATER, change="meaning")
    iron.refresh_from_db()
    assert iron.meaning_version == 2


def test_restoring_what_a_fact_says_writes_nothing(iron):
    assert not restore_version(fact=iron, number=1, by=None, now=LATER)
    assert FactVersion.objects.filter(fact=iron).count() == 1


def test_a_version_of_another_fact_is_not_restored(iron):
    copper = Fact.objects.get(code="uses/2")
    reworded(copper, purpose="to make coins")
    with pytest.raises(FactVersion.DoesNotExist):
        restore_version(fact=iron, number=2, by=None, now=LATER)


def test_removing_several_facts_deletes_some_and_retires_others(student, iron, deck):
    rate(student, IRON, 3)
    assert remove_facts(facts=list(Fact.objects.filter(code__in=["uses/1", "gases/3", "gases/4"]))) == 1
    assert Fact.objects.filter(code__in=["gases/3", "gases/4"]).count() == 0
    assert Fact.objects.get(code="uses/1").status == Fact.Status.RETIRED


def test_a_retired_fact_leaves_the_answer_choices(deck, iron):
    set_status(facts=[iron], status=Fact.Status.RETIRED)
    content = deck_content(Deck.objects.get())
    drawn = [content.bank.draw(place.spec, f"seed/{n}") for place in content.cards.values() for n in range(12)]
    shown = {option.code for item in drawn for option in item.options}
    assert "uses/2" in shown
    assert "uses/1" not in shown


def test_a_fact_that_is_brought_back_has_its_cards_and_memories_again(student, iron):
    rate(student, IRON, 3)
    ids, kept = dict(Card.objects.filter(fact=iron).values_list("key", "pk")), memory(student, IRON)
    set_status(facts=[iron], status=Fact.Status.RETIRED)
    set_status(facts=[iron], status=Fact.Status.ACTIVE)
    assert statuses(iron) == {IRON: "active", USE_OF_IRON: "active"}
    assert dict(Card.objects.filter(fact=iron).values_list("key", "pk")) == ids
    assert memory(student, IRON) == kept


def test_a_fact_moved_to_another_section_keeps_code_and_cards(student, iron, deck):
    rate(student, IRON, 3)
    uses, ids = iron.section, set(Card.objects.filter(fact=iron).values_list("pk", flat=True))
    metals = SectionFactory(deck=deck, slug="metals", wording=uses.wording)
    Fact.objects.filter(code__in=["uses/1", "uses/2", "uses/3", "uses/4"]).update(section=metals)
    bring_deck_up_to_date(deck=deck, by=None, now=LATER)
    assert statuses(iron) == {IRON: "active", USE_OF_IRON: "active"}
    assert set(Card.objects.filter(fact=iron).values_list("pk", flat=True)) == ids
    assert memory(student, IRON)["reps"] == 1
    assert give_code(section=metals) == "metals/1"
    assert give_code(section=uses) == "uses/9"


def test_a_fact_moved_to_a_section_that_asks_otherwise_gets_that_sections_cards(iron, deck):
    Fact.objects.filter(pk=iron.pk).update(section=Section.objects.get(slug="gases"))
    bring_deck_up_to_date(deck=deck, by=None, now=LATER)
    assert statuses(iron) == {IRON: "retired", USE_OF_IRON: "retired", "uses/1/membership": "active"}
    assert statuses(Fact.objects.get(code="gases/1")) == {HELIUM: "active"}
