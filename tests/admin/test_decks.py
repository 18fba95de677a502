import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import RequestFactory
from django.urls import reverse

from quizzes.admin.content.decks import DeckAdmin
from quizzes.models import Card, Deck, Fact
from quizzes.services.content.facts import give_code
from tests.admin.forms import address, faults, save, send, told
from tests.factories import DeckFactory, ReportFactory, elements, keep


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def test_the_list_counts_what_is_studied(editor, deck):
    Fact.objects.filter(code="uses/8").update(status=Fact.Status.RETIRED)
    keep(deck)
    Card.objects.filter(key="gases/1/membership").update(status=Card.Status.REFUSED)
    row = editor.get(address(Deck)).context["cl"].result_list[0]
    assert (row.n_facts, row.n_active, row.n_refused) == (11, 17, 1)


def test_the_list_leads_to_the_facts_of_a_deck(editor, deck):
    elements(slug="more-elements", title="More elements")
    assert f'href="/admin/quizzes/fact/?deck__id__exact={deck.pk}"' in editor.get(address(Deck)).content.decode()
    facts = editor.get(address(Fact), {"deck__id__exact": deck.pk}).context["cl"]
    assert facts.result_count == 12


def test_the_list_takes_the_same_queries_for_any_number_of_decks(editor, deck, django_assert_max_num_queries):
    DeckFactory.create_batch(9)
    with django_assert_max_num_queries(12):
        assert editor.get(address(Deck)).status_code == 200


def test_an_editor_adds_a_deck(editor, db):
    page = address(Deck, kind="add")
    save(editor, page, title="Birds", slug="birds", language="en", disclaimer="For bird lovers.")
    deck = Deck.objects.get(slug="birds")
    assert (deck.title, deck.status, deck.disclaimer) == ("Birds", "draft", "For bird lovers.")


def test_a_slug_that_is_taken_is_told_at_its_field(editor, deck):
    response = send(editor, address(Deck, kind="add"), title="Elements", slug="elements")
    assert faults(response) == {"slug": ["Deck with this Slug already exists."]}


def test_an_editor_changes_a_deck_but_not_its_slug(editor, deck):
    page = address(Deck, deck.pk)
    assert "slug" not in editor.get(page).context["adminform"].form.fields
    save(editor, page, title="The elements", slug="other", status="draft")
    deck.refresh_from_db()
    assert (deck.title, deck.slug, deck.status) == ("The elements", "elements", "published")


def test_cards_follow_the_title_of_their_deck(editor, deck):
    before = Deck.objects.get().content_version
    save(editor, address(Deck, deck.pk), title="Bridges and rails")
    assert Deck.objects.get().content_version == before + 1


def test_counters_that_moved_while_an_editor_was_saving_stay(deck, eve):
    stale = Deck.objects.get(pk=deck.pk)
    code = give_code(section=deck.sections.get(slug="uses"))
    keep(deck)
    request = RequestFactory().post("/")
    request.user = eve
    page = DeckAdmin(Deck, admin.site)
    form = page.get_form(request, stale)({"title": "The elements", "status": "draft", "language": "en"}, instance=stale)
    assert form.is_valid()
    page.save_model(request, form.instance, form, change=True)
    deck.refresh_from_db()
    assert (deck.title, deck.last_numbers["uses"]) == ("The elements", 9)
    assert code == "uses/9"
    assert deck.content_version > stale.content_version


def test_a_deck_with_facts_is_not_deleted(editor, deck):
    assert editor.post(address(Deck, deck.pk, kind="delete"), {"post": "yes"}).status_code == 403
    everything = {"action": "delete_selected", "_selected_action": [deck.pk], "post": "yes"}
    assert b"Cannot delete deck" in editor.post(address(Deck), everything).content
    assert Deck.objects.filter(pk=deck.pk).exists()


def test_an_empty_deck_is_deleted(editor, db):
    deck = DeckFactory()
    assert editor.post(address(Deck, deck.pk, kind="delete"), {"post": "yes"}).status_code == 302
    assert not Deck.objects.exists()


def choose(editor, action, *decks):
    return editor.post(address(Deck), {"action": action, "_selected_action": [deck.pk for deck in decks]})


def test_a_deck_with_warnings_is_published_from_its_page_once_they_are_accepted(editor):
    deck = elements(status="draft")
    page = reverse("admin:quizzes_deck_quality", args=[deck.pk])
    response = choose(editor, "publish", deck)
    assert response.url == page
    assert "look at its warnings" in told(response)[0]
    shown = editor.get(page).content.decode()
    assert "No rule is broken; there are" in shown
    assert "Publish it with these warnings" in shown
    editor.post(page, {"do": "publish"})
    assert Deck.objects.get().status == "draft"
    assert "is published" in told(editor.post(page, {"do": "publish", "despite": "on"}))[-1]
    assert Deck.objects.get().status == "published"
    editor.post(page, {"do": "unpublish"})
    assert Deck.objects.get().status == "draft"
    notes = [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=str(deck.pk)).order_by("pk")]
    assert notes == ["Published.", "Made a draft again."]


def test_an_empty_deck_is_not_published_and_says_why(editor, db):
    assert "asks nothing yet" in told(choose(editor, "publish", DeckFactory(status="draft")))[0]
    assert Deck.objects.get().status == "draft"


def test_the_quality_page_tells_before_and_after_the_first_look(editor, deck):
    page = reverse("admin:quizzes_deck_quality", args=[deck.pk])
    assert "have not been looked at" in editor.get(page).content.decode()
    editor.post(page, {"do": "survey"})
    shown = editor.get(page).content.decode()
    assert "20 of 20 cards are asked" in shown
    assert "what chance allows" in shown


def test_what_draft_and_published_mean_is_told_on_the_list_and_the_form(editor, deck):
    for page in (address(Deck), address(Deck, deck.pk)):
        assert "A draft is seen by editors alone" in editor.get(page).content.decode()


def test_the_list_tells_how_far_a_deck_is_checked(editor, deck):
    Fact.objects.filter(code__in=["uses/1", "uses/2"]).update(check_status="checked")
    Fact.objects.filter(code="uses/3").update(recheck_on="2020-01-01")
    ReportFactory()
    page = editor.get(address(Deck)).content.decode()
    assert '<td class="field-progress">2 of 12</td>' in page
    assert '<td class="field-recheck">1</td>' in page
    assert '<td class="field-reports">1</td>' in page


def test_a_deck_that_is_being_worked_out_says_how_far_it_has_come(editor, deck):
    Card.objects.filter(fact__code="uses/1").update(status=Card.Status.PENDING, stale=True)
    for page in (address(Deck), address(Deck, deck.pk), address(Fact), "/admin/"):
        text = editor.get(page).content.decode()
        assert "Questions worked out: 18 of 20 cards" in text
        assert text.count("htmx.min.js") == 1
    assert "0, 2 being worked out" in editor.get(address(Fact)).content.decode()


def test_how_far_it_has_come_is_asked_again_until_all_is_done(editor, deck):
    Card.objects.filter(fact__code="uses/1").update(stale=True)
    page = address(Deck, deck.pk, kind="work_left")
    assert f'hx-get="{page}" hx-trigger="every 3s"' in editor.get(page).content.decode()
    Card.objects.update(stale=False)
    done = editor.get(page).content.decode()
    assert "All 20 cards are worked out." in done
    assert "hx-get" not in done


def test_a_deck_that_is_worked_out_says_nothing_of_it(editor, deck):
    for page in (address(Deck), address(Deck, deck.pk), address(Fact), "/admin/"):
        text = editor.get(page).content.decode()
        assert "worked out" not in text
        assert "htmx" not in text
