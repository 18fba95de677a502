import pytest

from quizzes.models import Card, CardProgress, Deck, Fact
from quizzes.selectors.study.library import Standing, classes_by_deck, find_library_deck, library_page
from quizzes.selectors.study.library_deck import find_deck_page
from quizzes.services.study.joining import join_deck, leave_deck, pause_deck
from tests.factories import NOW, CohortFactory, DeckFactory, elements
from tests.people import enrol
from tests.study import IRON, begin, learn


@pytest.fixture
def deck(db):
    return elements(description="What elements are used for.", source="A wall chart.")


def page(user, *, query="", number=""):
    return library_page(user, query=query, page=number, now=NOW)


def standing(user, deck):
    return find_library_deck(user, deck.slug, now=NOW).standing


def titles(decks):
    return [deck.title for deck in decks]


def test_a_deck_says_how_large_it_is_and_how_far_it_is_checked(ada, deck):
    shown = find_library_deck(ada, "elements", now=NOW)
    assert shown.size == f"12 facts, {deck.cards.filter(status='active').count()} cards, 2 sections"
    assert (shown.language_name, shown.source) == ("English", "A wall chart.")
    assert shown.checked == "The facts have not been checked yet"
    Fact.objects.filter(code__startswith="uses").update(check_status="checked")
    Fact.objects.filter(code="gases/1").update(check_status="doubtful")
    shown = find_library_deck(ada, "elements", now=NOW)
    assert shown.checked == "8 of 12 facts are checked; 1 is marked as doubtful"
    Fact.objects.update(check_status="checked")
    assert find_library_deck(ada, "elements", now=NOW).checked == "All facts are checked"


def test_retired_facts_and_cards_are_not_counted(ada, deck):
    Card.objects.filter(fact__section__slug="gases").update(status="retired")
    Fact.objects.filter(section__slug="gases").update(status="retired")
    shown = find_library_deck(ada, "elements", now=NOW)
    assert shown.size.startswith("8 facts, ")
    assert shown.size.endswith("1 section")


def test_where_a_person_stands_with_a_deck(ada, deck):
    assert standing(ada, deck) is Standing.NEW
    join_deck(user=ada, deck=deck, now=NOW)
    assert standing(ada, deck) is Standing.JOINED
    pause_deck(user=ada, deck=deck, now=NOW)
    assert standing(ada, deck) is Standing.PAUSED
    leave_deck(user=ada, deck=deck, now=NOW)
    assert standing(ada, deck) is Standing.LEFT
    join_deck(user=ada, deck=deck, now=NOW)
    assert standing(ada, deck) is Standing.JOINED


def test_what_is_due_is_told_of_decks_under_study_only(ada, deck):
    begin(ada, deck)
    learn(ada, IRON)
    shown = find_library_deck(ada, "elements", now=NOW)
    assert (shown.due, shown.begun) == ("11 new", f"1 of {deck.cards.filter(status='active').count()} cards begun")
    pause_deck(user=ada, deck=deck, now=NOW)
    paused = find_library_deck(ada, "elements", now=NOW)
    assert (paused.due, paused.study_url, paused.begun) == ("", "", shown.begun)


def test_decks_stand_in_three_groups_with_the_paused_ones_last(ada, ben, deck):
    join_deck(user=ada, deck=deck, now=NOW)
    other = DeckFactory(title="A paused deck")
    join_deck(user=ada, deck=other, now=NOW)
    pause_deck(user=ada, deck=other, now=NOW)
    of_class, left, new = DeckFactory(title="Class"), DeckFactory(title="Left"), DeckFactory(title="New")
    ada.enrolments.get().cohort.decks.add(of_class, deck)
    join_deck(user=ada, deck=left, now=NOW)
    leave_deck(user=ada, deck=left, now=NOW)
    found = page(ada)
    assert titles(found.mine) == ["Chemical elements", "A paused deck"]
    assert titles(found.of_classes) == ["Class"]
    assert titles(found.others) == ["Left", new.title]
    assert found.mine[0].classes == "Anatomy 1"
    assert page(ben).mine == []


def test_only_classes_that_the_person_is_a_student_of_now_count(ada, ivy, deck):
    cohort = ada.enrolments.get().cohort
    cohort.decks.add(deck)
    second = CohortFactory(name="Biology 9")
    second.decks.add(deck)
    enrolment = enrol(ada, second)
    assert classes_by_deck(ada) == {deck.pk: "Anatomy 1, Biology 9"}
    assert classes_by_deck(ivy) == {}
    enrolment.left_at = NOW
    enrolment.save()
    assert classes_by_deck(ada) == {deck.pk: "Anatomy 1"}
    cohort.archived_at = NOW
    cohort.save()
    assert classes_by_deck(ada) == {}


def test_drafts_are_for_editors(ada, eve, deck):
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert find_library_deck(ada, "elements", now=NOW) is None
    assert find_deck_page(ada, "elements", now=NOW) is None
    assert page(ada).empty == "No deck has been published yet. Ask your instructor, or come back later."
    assert find_library_deck(eve, "elements", now=NOW).draft


def test_a_deck_unpublished_while_studied_is_not_shown(ada, deck):
    begin(ada, deck)
    Deck.objects.update(status=Deck.Status.DRAFT)
    assert page(ada).mine == []


@pytest.mark.parametrize(("query", "found"), [
    ("elements", True), ("CHEMICAL", True), ("used wall", True), ("gases", True), ("iron", False),
    ("wall paper", False),
])  # fmt: skip
def test_search_looks_for_every_word_in_title_description_source_and_sections(ada, deck, query, found):
    assert page(ada, query=query).found == found


def test_a_search_that_finds_nothing_says_so(ada, deck):
    found = page(ada, query="zzz")
    assert found.empty == "No deck has “zzz” in its title, description, source or sections."
    assert found.searchable


def test_search_is_offered_from_eight_decks_on(ada, deck):
    for _deck in range(6):
        DeckFactory()
    assert not page(ada).searchable
    DeckFactory()
    assert page(ada).searchable


@pytest.mark.parametrize(("number", "shown"), [("", 20), ("1", 20), ("2", 5), ("99", 5), ("x", 20)])
def test_a_long_list_is_shown_in_pages(ada, number, shown):
    for at in range(25):
        DeckFactory(title=f"Deck {at:02d}")
    found = page(ada, number=number)
    assert (len(found.others), found.found) == (shown, 25)


def test_an_unknown_language_is_shown_by_its_code(ada):
    DeckFactory(slug="odd", language="x-odd")
    assert find_library_deck(ada, "odd", now=NOW).language_name == "x-odd"


def test_the_page_of_a_deck_lists_its_sections_and_what_was_begun(ada, deck):
    begin(ada, deck)
    learn(ada, IRON)
    sections = {line.title: line for line in find_deck_page(ada, "elements", now=NOW).sections}
    assert list(sections) == ["Elements", "Gases"]
    assert (sections["Elements"].facts, sections["Elements"].begun) == (8, 1)
    assert (sections["Gases"].facts, sections["Gases"].begun) == (4, 0)
    assert sum(line.cards for line in sections.values()) == deck.cards.filter(status="active").count()
    assert CardProgress.objects.count() == 1


def test_the_sample_is_a_question_of_the_deck_and_always_the_same(ada, ben, deck):
    sample = find_deck_page(ada, "elements", now=NOW).sample
    assert sample == find_deck_page(ben, "elements", now=NOW).sample
    assert sample.stem.startswith("Which element is used")
    assert sample.answer in sample.options
    assert len(sample.options) >= 3


def test_a_deck_without_questions_has_no_sample(ada):
    DeckFactory(slug="empty")
    found = find_deck_page(ada, "empty", now=NOW)
    assert (found.sample, list(found.sections), found.deck.size) == (None, [], "Nothing to ask yet")
