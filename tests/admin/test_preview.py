import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.models import Card, Deck, Fact, FactVersion, ItemSnapshot, Overlap, Section
from tests.admin.forms import address, row, shown
from tests.factories import UserFactory, elements
from tests.study import IRON, begin, rate

HX = {"HX-Request": "true"}
TABLES = (Deck, Section, Fact, FactVersion, Overlap, Card, ItemSnapshot)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "DECLARE")


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def preview_address(model, pk=None):
    name = f"admin:quizzes_{model._meta.model_name}_preview"
    return reverse(name, args=[pk]) if pk else reverse(f"{name}_new")


def preview(client, model, pk=None, *, hx=True, **changes):
    """Send the form as it stands, with these changes, to be previewed."""
    page = client.get(address(model, pk) if pk else address(model, kind="add"))
    return client.post(preview_address(model, pk), {**shown(page), **changes}, headers=HX if hx else {})


def everything():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def notes(response, field):
    return [(note.kind, note.text) for note in response.context["notes"][field]]


def test_the_page_opens_with_a_preview_of_the_fact_as_it_is(editor, iron):
    page = editor.get(address(Fact, iron.pk)).content.decode()
    assert "Which element is used to build bridges and rails?" in page
    assert "Asked as: What is iron used for?" in page
    assert f'hx-post="{preview_address(Fact, iron.pk)}"' in page


def test_the_preview_follows_what_is_typed(editor, iron):
    answer = preview(editor, Fact, iron.pk, purpose="to build towers", aliases="Fe\nferrum")
    page = answer.content.decode()
    assert "Which element is used to build towers?" in page
    assert "Typed, also right: Fe, ferrum" in page
    assert "<html" not in page


def test_notes_are_swapped_into_their_places_beside_the_fields(editor, iron):
    page = editor.get(address(Fact, iron.pk)).content.decode()
    answer = preview(editor, Fact, iron.pk, purpose="for building bridges")
    for field in answer.context["notes"]:
        assert f'id="notes-{field}"' in page, field
        assert f'<div id="notes-{field}" hx-swap-oob="innerHTML">' in answer.content.decode()
    assert [kind for kind, _text in notes(answer, "purpose")] == ["asks", "refusal", "warning"]


def test_a_new_fact_is_previewed_once_it_has_a_section_and_a_term(editor, deck):
    assert "Choose a section and give a term." in preview(editor, Fact).content.decode()
    uses = Section.objects.get(slug="uses")
    answer = preview(editor, Fact, section=uses.pk, term="gold", purpose="to make rings")
    assert "Which element is used to make rings?" in answer.content.decode()
    assert Deck.objects.get().last_numbers == deck.last_numbers


def test_faults_of_the_form_stand_beside_their_fields_and_empty_ones_are_no_faults(editor, iron):
    answer = preview(editor, Fact, iron.pk, examples="x" * 121, term="")
    assert notes(answer, "examples")[0][0] == "error"
    assert not any(kind == "error" for kind, _text in notes(answer, "term"))


def test_a_verdict_that_is_being_added_counts(editor, iron):
    copper = Fact.objects.get(code="uses/2")
    added = row("overlaps", 0, offered=copper.pk, direction="purpose_to_term", verdict="right", reason="Both.")
    answer = preview(editor, Fact, iron.pk, **added)
    assert "“copper” (uses/2) is right for the same question" in answer.content.decode()
    assert notes(answer, "overlaps")[0][0] == "refusal"


@pytest.mark.parametrize("missing", [{"verdict": ""}, {"offered": ""}, {"reason": ""}])
def test_an_unfinished_verdict_does_not_count(editor, iron, missing):
    copper = Fact.objects.get(code="uses/2")
    fields = {"offered": copper.pk, "direction": "purpose_to_term", "verdict": "right", "reason": "Both.", **missing}
    answer = preview(editor, Fact, iron.pk, **row("overlaps", 0, **fields))
    assert (answer.status_code, notes(answer, "overlaps")) == (200, [])


def test_a_verdict_marked_for_deletion_no_longer_counts(editor, iron):
    about = {"asked": iron, "offered": Fact.objects.get(code="uses/2"), "direction": "purpose_to_term"}
    Overlap.objects.create(**about, verdict="right", reason="Both.")
    assert notes(preview(editor, Fact, iron.pk), "overlaps")[0][0] == "refusal"
    assert notes(preview(editor, Fact, iron.pk, **{"overlaps-0-DELETE": "on"}), "overlaps") == []


def test_a_verdict_from_the_other_side_counts(editor, iron):
    copper = Fact.objects.get(code="uses/2")
    added = row("offered_in-2", 0, asked=copper.pk, direction="purpose_to_term", verdict="right", reason="Both.")
    answer = preview(editor, Fact, iron.pk, **added)
    assert answer.context["preview"].summary == "Questions: 2"
    about = {"asked": copper, "offered": iron, "direction": "term_to_purpose"}
    Overlap.objects.create(**about, verdict="right", reason="Both.")
    sides = editor.get(address(Fact, iron.pk)).context["inline_admin_formsets"][2].formset
    assert [form.sentence for form in sides.forms] == ["“iron” is also right when “copper” is asked for its purpose"]


def test_a_preview_shows_the_section_chosen_rather_than_the_one_kept(editor, iron):
    answer = preview(editor, Fact, iron.pk, section=Section.objects.get(slug="gases").pk)
    assert [card.label for card in answer.context["preview"].cards] == ["which one belongs"]


def test_a_retired_fact_says_so(editor, iron):
    Fact.objects.filter(pk=iron.pk).update(status="retired")
    assert "Retired: nothing is asked." in editor.get(address(Fact, iron.pk)).content.decode()


def test_nothing_is_written_by_any_preview(editor, deck, iron, ada):
    rate(begin(ada, deck), IRON, 3)
    uses = Section.objects.get(slug="uses")
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        for hx in (True, False):
            preview(editor, Fact, iron.pk, hx=hx, purpose="to build towers", change="meaning", section=uses.pk)
            preview(editor, Fact, hx=hx, section=uses.pk, term="gold", purpose="to make rings")
            preview(editor, Section, uses.pk, hx=hx, purpose_to_term="What serves {purpose}?")
            preview(editor, Section, hx=hx, slug="new", noun="new", noun_plural="news")
    written = [query["sql"] for query in queries if not query["sql"].startswith(READS)]
    assert written == []
    assert everything() == before


def test_a_preview_takes_the_same_queries_for_a_deck_of_any_size(editor, iron, django_assert_num_queries):
    page = shown(editor.get(address(Fact, iron.pk)))
    for number in range(2):
        with django_assert_num_queries(13):
            assert editor.post(preview_address(Fact, iron.pk), page, headers=HX).status_code == 200
        for at in range(5 if not number else 0):
            Fact.objects.create(deck=iron.deck, section=iron.section, code=f"uses/{20 + at}", term=f"element {at}")


def test_without_a_script_the_page_comes_again_with_its_preview_unsaved(editor, iron):
    answer = preview(editor, Fact, iron.pk, hx=False, purpose="to build towers")
    page = answer.content.decode()
    assert "Preview: nothing is saved yet" in page
    assert "Which element is used to build towers?" in page
    assert "to build towers</textarea>" in page
    assert f'action="{address(Fact, iron.pk)}"' in page
    iron.refresh_from_db()
    assert iron.purpose == "to build bridges and rails"
    new = preview(editor, Fact, hx=False, term="gold", section=iron.section.pk).content.decode()
    assert f'action="{address(Fact, kind="add")}"' in new


def test_a_preview_is_only_for_those_who_may_edit(client, iron, ada, ivy):
    page = preview_address(Fact, iron.pk)
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_fact"))
    client.force_login(looker)
    assert client.post(page).status_code == 403
    assert "hx-post" not in client.get(address(Fact, iron.pk)).content.decode()
    for person in (ada, ivy):
        client.force_login(person)
        assert client.post(page)["Location"].startswith(reverse("admin:login"))


def test_a_preview_is_sent_as_a_form_for_a_fact_that_is_there(editor, iron):
    assert editor.get(preview_address(Fact, iron.pk)).status_code == 405
    assert editor.post(preview_address(Fact, 999_999)).status_code == 404
    assert editor.post(preview_address(Fact, iron.pk), {}).status_code == 200


def test_the_questions_of_a_section_follow_their_wording(editor, deck):
    uses = Section.objects.get(slug="uses")
    assert "Which element is used to build bridges and rails?" in editor.get(address(Section, uses.pk)).content.decode()
    answer = preview(editor, Section, uses.pk, purpose_to_term="What serves {purpose}?")
    assert "What serves to build bridges and rails?" in answer.content.decode()


def test_an_unknown_placeholder_is_told_beside_its_field_while_it_is_typed(editor, deck):
    uses = Section.objects.get(slug="uses")
    answer = preview(editor, Section, uses.pk, purpose_to_term="What serves {porpoise}?")
    ((kind, text),) = notes(answer, "purpose_to_term")
    assert kind == "error"
    assert text.startswith("There is no placeholder {porpoise}.")
    assert [direction.direction for direction in answer.context["preview"].directions] == ["term_to_purpose"]


def test_placeholders_are_explained_beside_the_questions(editor, deck):
    page = editor.get(address(Section, Section.objects.get(slug="uses").pk)).content.decode()
    assert "<dt><code>{purpose}</code></dt><dd>its purpose</dd>" in page
