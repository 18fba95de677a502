import pytest

from quizzes.core.specs import Direction
from quizzes.models import Card, Deck, Fact, Overlap, Section
from tests.admin.forms import address, faults, save, send
from tests.factories import WORDING, FactFactory, SectionFactory, elements
from tests.study import IRON


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def uses(deck):
    return Section.objects.get(slug="uses")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def test_the_form_has_a_field_for_each_direction(editor, uses):
    form = editor.get(address(Section, uses.pk)).context["adminform"].form
    assert {direction.value for direction in Direction} <= set(form.fields)
    assert {name: form.initial[name] for name in WORDING["uses"]} == WORDING["uses"]
    assert form["membership"].value() is None


def test_saving_without_a_change_changes_no_wording(editor, uses):
    save(editor, address(Section, uses.pk))
    uses.refresh_from_db()
    assert uses.wording == WORDING["uses"]


def test_a_new_question_makes_its_cards(editor, uses):
    save(editor, address(Section, uses.pk), example_to_term="Which element is the main one\n in {example}? ")
    uses.refresh_from_db()
    assert uses.wording == {**WORDING["uses"], "example_to_term": "Which element is the main one in {example}?"}
    assert Card.objects.filter(direction="example_to_term", status="active").count() == 3


def test_a_question_taken_out_retires_its_cards(editor, uses):
    save(editor, address(Section, uses.pk), purpose_to_term="")
    uses.refresh_from_db()
    assert set(uses.wording) == {"term_to_purpose"}
    assert Card.objects.get(key=IRON).status == "retired"


@pytest.mark.parametrize(
    ("direction", "text", "message"),
    [
        ("term_to_purpose", "What is {trem} used for?", "There is no placeholder {trem}. Use {term}, {purpose},"),
        ("term_to_purpose", "What is it used for?", "The question must show {term}: put it where it belongs."),
        ("purpose_to_term", "Which element?", "The question must show {purpose}: put it where it belongs."),
        ("condition_to_term", "For whom?", "The question must show {condition}: put it where it belongs."),
        ("example_to_term", "Which element is it?", "The question must show {example}: put it where it belongs."),
        ("purpose_to_term", "Is {term} used {purpose}?", "{term} is the answer: take it out of the question."),
        ("term_to_purpose", "What is {term used for?", "A brace stands alone. Braces hold a placeholder's name"),
        ("term_to_purpose", "What is {} used for?", "A brace stands alone. Braces hold a placeholder's name"),
        ("term_to_purpose", "What is {term!r} used for?", "A brace stands alone. Braces hold a placeholder's name"),
        ("membership", "Which is a {kind}?", "There is no placeholder {kind}. Use {term}, {purpose},"),
    ],
)
def test_a_faulty_question_is_told_at_its_field(editor, uses, direction, text, message):
    response = send(editor, address(Section, uses.pk), **{direction: text})
    (fault,) = faults(response).pop(direction)
    assert fault.startswith(message)
    assert message.split(".")[0].replace("'", "&#x27;") in response.content.decode()
    uses.refresh_from_db()
    assert uses.wording == WORDING["uses"]


@pytest.mark.parametrize(
    ("direction", "text"),
    [
        ("term_to_purpose", "What is the {noun} {term} used for?"),
        ("purpose_to_example", "Which of these {noun_plural} is used {purpose}?"),
        ("term_to_example", "Which of these, used {purpose}, is made of {term}?"),
        ("membership", "Which of these is a noble gas?"),
        ("not_member", "Which of these is NOT a noble gas?"),
    ],
)
def test_a_sound_question_is_taken(editor, uses, direction, text):
    save(editor, address(Section, uses.pk), **{direction: text})
    uses.refresh_from_db()
    assert uses.wording[direction] == text


def test_slug_and_deck_are_chosen_once(editor, uses, deck):
    other = elements(slug="more-elements")
    fields = editor.get(address(Section, uses.pk)).context["adminform"].form.fields
    assert {"slug", "deck"}.isdisjoint(fields)
    save(editor, address(Section, uses.pk), slug="purposes", deck=other.pk, noun_plural="metals")
    uses.refresh_from_db()
    assert (uses.slug, uses.deck_id, uses.noun_plural) == ("uses", deck.pk, "metals")


def test_an_editor_adds_a_section(editor, deck):
    page, nouns = address(Section, kind="add"), {"noun": "metal", "noun_plural": "metals"}
    save(editor, page, deck=deck.pk, slug="metals", position=3, **nouns, membership="Which of these is a metal?")
    section = Section.objects.get(slug="metals")
    assert (section.deck, section.wording["membership"]) == (deck, "Which of these is a metal?")


def test_a_new_section_has_the_default_questions_of_its_decks_language(editor, deck):
    page, nouns = address(Section, kind="add"), {"noun": "Metall", "noun_plural": "Metalle"}
    form = editor.get(page).context["adminform"].form
    assert form["term_to_purpose"].value() == "Which description fits {term}?"
    assert form["membership"].value() is None
    Deck.objects.update(language="de")
    save(editor, page, deck=deck.pk, slug="metals", **nouns, purpose_to_term="Welches Metall dient {purpose}?")
    wording = Section.objects.get(slug="metals").wording
    assert wording["term_to_purpose"] == "Welche Beschreibung passt zu {term}?"
    assert wording["purpose_to_term"] == "Welches Metall dient {purpose}?"


def test_a_default_question_is_put_back_where_one_is_empty(editor, uses):
    save(editor, address(Section, uses.pk), purpose_to_term="", put_back="on")
    uses.refresh_from_db()
    assert uses.wording["purpose_to_term"] == "Which {noun} fits this description: {purpose}?"
    assert uses.wording["term_to_purpose"] == WORDING["uses"]["term_to_purpose"]
    assert "membership" not in uses.wording


def test_a_section_without_descriptions_gets_back_the_question_what_belongs(editor, deck):
    gases = Section.objects.get(slug="gases")
    save(editor, address(Section, gases.pk), membership="", put_back="on")
    gases.refresh_from_db()
    assert gases.wording["membership"] == "Which of these is one of the {noun_plural}?"
    assert "purpose_to_term" not in gases.wording


def test_a_slug_that_the_deck_has_is_told(editor, deck):
    page = address(Section, kind="add")
    response = send(editor, page, deck=deck.pk, slug="uses", position=3, noun="use", noun_plural="uses")
    assert "already exists" in str(response.context["adminform"].form.errors)
    assert Section.objects.filter(slug="uses").count() == 1


def test_a_new_section_gets_its_slug_from_its_noun_and_the_last_place(editor, deck):
    page = editor.get(address(Section, kind="add"))
    assert [field["field"].name for field in page.context["adminform"].prepopulated_fields] == ["slug"]
    save(editor, address(Section, kind="add"), deck=deck.pk, slug="metals", noun="metal", noun_plural="metals")
    assert Section.objects.get(slug="metals").position == 3


def test_the_list_shows_what_each_section_asks(editor, deck):
    page = editor.get(address(Section)).content.decode()
    assert "term → purpose, purpose → term" in page
    assert "which one belongs" in page


def test_the_list_takes_the_same_queries_for_any_number_of_sections(editor, deck, django_assert_max_num_queries):
    for section in SectionFactory.create_batch(9, deck=deck):
        FactFactory(section=section)
    with django_assert_max_num_queries(9):
        assert editor.get(address(Section)).status_code == 200


def test_a_section_with_facts_is_not_deleted(editor, uses):
    assert editor.post(address(Section, uses.pk, kind="delete"), {"post": "yes"}).status_code == 403
    everything = {"action": "delete_selected", "_selected_action": [uses.pk], "post": "yes"}
    assert b"Cannot delete section" in editor.post(address(Section), everything).content
    assert Section.objects.filter(pk=uses.pk).exists()


@pytest.mark.parametrize("together", [False, True])
def test_an_empty_section_is_deleted_with_its_verdicts(editor, deck, together):
    section = SectionFactory(deck=deck)
    iron = Fact.objects.get(code="uses/1")
    Overlap.objects.create(asked_section=section, offered=iron, direction="membership", verdict="right")
    before = Deck.objects.get().content_version
    selected = {"action": "delete_selected", "_selected_action": [section.pk], "post": "yes"}
    page = address(Section) if together else address(Section, section.pk, kind="delete")
    assert editor.post(page, selected).status_code == 302
    assert not Section.objects.filter(pk=section.pk).exists()
    assert not Overlap.objects.exists()
    assert Deck.objects.get().content_version > before
