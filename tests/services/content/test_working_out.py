from datetime import timedelta
from itertools import count

import pytest

from quizzes.models import Card, Deck, Fact, FactVersion, Overlap
from quizzes.services.content import cards, working_out
from quizzes.services.content.facts import bring_deck_up_to_date, set_status
from quizzes.services.content.working_out import claim, work_out_some
from tests.factories import NOW, USES, elements
from tests.study import IRON, USE_OF_IRON


@pytest.fixture
def large(db, monkeypatch):
    """A deck of elements that counts as large, with all its cards worked out."""
    deck = elements()
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 5)
    return deck


@pytest.fixture
def imported(db, monkeypatch):
    """The same, just imported: nothing is worked out."""
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 5)
    monkeypatch.setattr(cards, "CHANGED_AT_ONCE", 5)
    return elements()


def edit(deck, code, **content):
    """As an editor who saves the form of one fact."""
    Fact.objects.filter(deck=deck, code=code).update(**content)
    bring_deck_up_to_date(deck=deck, by=None, now=NOW, facts=Fact.objects.filter(deck=deck, code=code))


def work(*, most=10_000, now=NOW):
    """One turn of the worker, of so many cards at most."""
    return work_out_some(now=now, seconds=most, clock=count().__next__)


def states():
    return set(Card.objects.values_list("status", "stale"))


def rows():
    return list(
        Card.objects.order_by("key").values("key", "order", "status", "choice_refusal", "recall_refusal", "choices")
    )


def version(deck):
    return Deck.objects.get(pk=deck.pk).content_version


def test_the_cards_of_a_new_large_deck_wait_for_the_worker(imported):
    assert states() == {("pending", True)}
    assert FactVersion.objects.count() == 12
    assert Card.objects.count() == 20


def test_the_worker_finds_what_a_small_deck_is_told_at_once(imported, monkeypatch):
    assert work().changed == 20
    found = rows()
    monkeypatch.setattr(cards, "WORKED_OUT_AT_ONCE", 1_000)
    bring_deck_up_to_date(deck=imported, by=None, now=NOW)
    assert found == rows()
    assert states() == {("active", False)}


def test_an_editor_sees_the_cards_of_the_saved_fact_at_once(large):
    edit(large, "uses/1", purpose="iron")
    iron = Card.objects.get(key=IRON)
    assert (iron.status, iron.stale) == ("refused", False)
    assert set(Card.objects.exclude(fact__code="uses/1").values_list("status", "stale")) == {("active", True)}


def test_cards_that_may_have_changed_are_asked_as_before(large):
    copper = Fact.objects.get(code="uses/2")
    Overlap.objects.create(asked=Fact.objects.get(code="uses/1"), offered=copper, verdict="right")
    bring_deck_up_to_date(deck=large, by=None, now=NOW, facts=[copper])
    assert Card.objects.get(key=IRON).status == "active"
    work()
    iron = Card.objects.get(key=IRON)
    assert (iron.status, iron.stale) == ("active", False)
    assert "copper" in iron.recall_refusal


def test_many_changed_facts_are_left_to_the_worker(large, monkeypatch):
    monkeypatch.setattr(cards, "CHANGED_AT_ONCE", 3)
    Fact.objects.filter(code__in=["uses/1", "uses/2"]).update(noun="metal")
    bring_deck_up_to_date(deck=large, by=None, now=NOW)
    assert states() == {("active", True)}


def test_a_few_changed_facts_are_found_where_nobody_names_them(large):
    Fact.objects.filter(code="uses/1").update(noun="metal")
    bring_deck_up_to_date(deck=large, by=None, now=NOW)
    assert set(Card.objects.filter(stale=False).values_list("key", flat=True)) == {IRON, USE_OF_IRON}


def test_a_card_that_comes_back_with_many_is_asked_when_it_is_worked_out(large, monkeypatch):
    facts = list(Fact.objects.filter(code__startswith="uses/"))
    set_status(facts=facts, status="retired")
    assert Card.objects.get(key=IRON).status == "retired"
    monkeypatch.setattr(cards, "CHANGED_AT_ONCE", 3)
    set_status(facts=facts, status="active")
    assert Card.objects.get(key=IRON).status == "pending"
    work()
    assert Card.objects.get(key=IRON).status == "active"


def test_a_fact_put_in_between_moves_the_cards_behind_it(large):
    for code in ("uses/8", "uses/3"):
        edit(large, code, position=0)
    kept = list(Card.objects.exclude(status="retired").order_by("order").values_list("order", "key"))
    assert [order for order, _key in kept] == list(range(20))
    assert [key.rpartition("/")[0] for _order, key in kept[:4]] == ["uses/3", "uses/3", "uses/8", "uses/8"]


def test_a_turn_ends_when_it_has_enough_and_the_next_goes_on(imported):
    assert [work(most=8).cards for _turn in range(3)] == [8, 8, 4]
    assert work() is None


def test_nothing_new_to_say_leaves_the_version_of_the_content(large):
    edit(large, "uses/1", explanation="It rusts.")
    before = version(large)
    assert (work().changed, version(large)) == (0, before)
    assert states() == {("active", False)}


def test_what_changed_is_told_by_a_new_version_of_the_content(imported):
    before = version(imported)
    work()
    assert version(imported) == before + 1


def test_an_edit_meanwhile_throws_away_what_was_found(imported, monkeypatch):
    find = working_out._find

    def slow(deck, *others):
        found = find(deck, *others)
        edit(deck, "uses/1", term="steel")
        return found

    monkeypatch.setattr(working_out, "_find", slow)
    assert not work().kept
    assert Card.objects.get(key=USE_OF_IRON).status == "active"
    assert Card.objects.filter(status="pending", stale=True).count() == 18
    monkeypatch.setattr(working_out, "_find", find)
    assert work().kept
    assert states() == {("active", False)}


def test_two_workers_never_have_the_same_deck_in_hand(imported):
    mine = claim(now=NOW)
    assert claim(now=NOW) is None
    other = elements(slug="other", title="Other")
    assert claim(now=NOW) == other
    assert work() is None
    assert mine == imported


def test_the_deck_of_a_worker_that_was_killed_is_taken_up_later(imported):
    claim(now=NOW)
    assert work(now=NOW + timedelta(minutes=1)) is None
    assert work(now=NOW + timedelta(minutes=3)).cards == 20


def test_a_deck_is_free_again_after_a_fault(imported, monkeypatch):
    monkeypatch.setattr(working_out, "finding", None)
    with pytest.raises(TypeError):
        work()
    assert claim(now=NOW) == imported


def test_published_decks_come_before_drafts(imported):
    Deck.objects.filter(pk=imported.pk).update(status="draft")
    published = elements(slug="other", title="Other")
    assert work().deck == published
    assert len(USES) == 8


def test_a_card_that_no_fact_gives_does_not_keep_the_worker_busy(large):
    Card.objects.filter(key=IRON).update(stale=True, key="uses/1/condition_to_term")
    assert (work().cards, work()) == (1, None)


def test_a_worker_that_stops_keeps_what_it_has(imported):
    assert work_out_some(now=NOW, seconds=60, clock=count().__next__, stop=lambda: True).cards == 1
    assert Card.objects.filter(stale=False).count() == 1
