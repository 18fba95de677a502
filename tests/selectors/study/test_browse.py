import pytest

from quizzes.models import Card
from quizzes.selectors.study.browse import FACTS_A_PAGE, Wanted, browse_page
from quizzes.services.study.marks import mark_by_card
from tests.factories import NOW, FactFactory, elements, keep
from tests.study import COPPER, DAY, HELIUM, IRON, begin, learn, progress

LATER = NOW + 30 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def found(user, deck, *, now=NOW, **wanted):
    page = browse_page(user, deck, Wanted(**wanted), now=now)
    return [line.term for _title, lines in page.groups for line in lines]


def test_all_facts_stand_under_their_sections(student, deck):
    page = browse_page(student, deck, Wanted(), now=NOW)
    assert [(title, len(lines)) for title, lines in page.groups] == [("Elements", 8), ("Gases", 4)]
    assert page.finding == "12 facts"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("IRON", ["iron"]),
        ("ferrum", ["iron"]),
        ("brass", ["copper"]),
        ("telephones", ["lithium"]),
        ("clean pools", ["chlorine"]),
        ("on", ["iron", "silicon", "argon", "krypton", "neon"]),
        ("gold", []),
    ],
)
def test_it_searches_terms_other_names_examples_and_purposes(student, deck, query, terms):
    listed = found(student, deck, query=query)
    assert set(terms) <= set(listed)
    assert bool(listed) == bool(terms)


def test_any_script_is_searched(student, deck):
    section = deck.sections.get(slug="uses")
    FactFactory(section=section, code="uses/9", term="حديد", purpose="لبناء الجسور")
    FactFactory(section=section, code="uses/10", term="鉄鋼", purpose="橋を架ける")
    FactFactory(section=section, code="uses/11", term="Éternium", purpose="to last")
    keep(deck)
    deck.refresh_from_db()
    assert found(student, deck, query="الجسور") == ["حديد"]
    assert found(student, deck, query="鋼") == ["鉄鋼"]
    assert found(student, deck, query="eternium") == ["Éternium"]


def test_a_section_can_be_chosen(student, deck):
    assert found(student, deck, section="gases") == ["helium", "neon", "argon", "krypton"]
    assert found(student, deck, section="gases", query="iron") == []


def test_each_fact_shows_its_weakest_card_and_the_next_day_it_is_due(student, deck):
    due_on = learn(student, IRON).due_on
    page = browse_page(student, deck, Wanted(query="iron"), now=LATER)
    line = page.groups[0][1][0]
    assert 70 < line.share < 95
    assert line.due == f"{(LATER.date() - due_on).days} days ago"
    assert browse_page(student, deck, Wanted(query="copper"), now=LATER).groups[0][1][0].share is None


def test_states_are_counted_and_chosen(student, deck):
    learn(student, IRON)
    learn(student, COPPER)
    for mark in ("suspend", "flag"):
        row = progress(student, COPPER)
        mark_by_card(user=student, card_id=row.card_id, mark=mark, seen_revision=row.revision, now=NOW)
    assert found(student, deck, state="young") == ["iron", "copper"]
    assert found(student, deck, state="suspended") == ["copper"]
    assert found(student, deck, state="flagged") == ["copper"]
    assert found(student, deck, state="mature") == []
    assert len(found(student, deck, state="unmet")) == 10
    names = [choice.name for choice in browse_page(student, deck, Wanted(), now=NOW).states]
    assert names[:4] == ["Any state", "not yet met (10)", "learning (0)", "young (2)"]


def test_a_card_buried_before_it_was_met_is_found_again(student, deck):
    card = Card.objects.get(key=HELIUM)
    mark_by_card(user=student, card_id=card.pk, mark="bury", seen_revision=0, now=NOW)
    assert found(student, deck, state="buried") == ["helium"]
    assert found(student, deck, state="buried", now=NOW + DAY) == []


def test_somebody_who_has_not_begun_sees_the_facts_and_no_memory(student, deck, max):
    learn(student, IRON)
    page = browse_page(max, deck, Wanted(), now=NOW)
    assert (page.memory, page.states) == (False, [])
    assert {line.share for _title, lines in page.groups for line in lines} == {None}


def test_many_facts_come_page_by_page(student, deck):
    section = deck.sections.get(slug="gases")
    for number in range(FACTS_A_PAGE):
        FactFactory(section=section, code=f"gases/{number + 5}", term=f"gas {number}")
    keep(deck)
    deck.refresh_from_db()
    first = browse_page(student, deck, Wanted(query="a"), now=NOW)
    assert first.before_url == ""
    assert first.after_url == "?q=a&page=2"
    last = browse_page(student, deck, Wanted(page=99), now=NOW)
    assert last.finding == "62 facts, page 2 of 2"
    assert (last.before_url, last.after_url) == ("?", "")
    assert sum(len(lines) for _title, lines in last.groups) == 12
