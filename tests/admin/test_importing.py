from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.models import Deck, Fact, Upload
from tests.admin.forms import told
from tests.factories import elements
from tests.tables import TWO_COLUMNS

GUIDE = """Birds

Waders:
- Curlew: probes mud with a long curved bill
- Avocet: sweeps its upturned bill through the water
- Lapwing: tumbles through the air in spring

Owls:
- Barn owl: hunts along field edges at dusk
- Tawny owl: calls from old woods at night
"""


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def upload(editor, name, text, deck=None, **fields):
    page = reverse("admin:quizzes_deck_import", args=[deck.pk]) if deck else reverse("admin:quizzes_deck_import_new")
    data = text.encode() if isinstance(text, str) else text
    return editor.post(page, {"file": SimpleUploadedFile(name, data), **fields})


def confirm(editor, page, **fields):
    shown = editor.get(page)
    plan = shown.context["page"].plan
    return editor.post(page, {"do": "import", "version": plan.version, **fields})


def test_a_table_becomes_a_draft_after_it_was_looked_at(editor, db):
    page = upload(editor, "elements.csv", TWO_COLUMNS, title="Symbols", language="en").url
    shown = editor.get(page)
    assert [(group.outcome, group.count) for group in shown.context["page"].groups] == [("created", 12)]
    assert not Deck.objects.exists()
    response = confirm(editor, page)
    deck = Deck.objects.get()
    assert response.url == reverse("admin:quizzes_deck_change", args=[deck.pk])
    assert (deck.slug, deck.status, deck.facts.count()) == ("symbols", "draft", 12)
    assert "12 new facts" in told(response)[-1]
    assert not Upload.objects.exists()
    assert deck.facts.first().versions.get().created_by.username == "eve"


def test_importing_into_a_deck_says_what_changes_and_what_is_refused(editor, db):
    deck = elements()
    table = "code,term,description\nuses/1,iron,to build ships\n,tin,to coat cans\n,,lost\n"
    page = upload(editor, "more.csv", table, deck).url
    text = editor.get(page).content.decode()
    assert "from “to build bridges and rails” to “to build ships”" in text
    assert "line 4, refused" in text
    assert Fact.objects.get(code="uses/1").purpose == "to build bridges and rails"
    assert "1 row was refused" in told(confirm(editor, page))[-1]
    assert Fact.objects.get(code="uses/1").purpose == "to build ships"
    assert deck.facts.filter(term="tin").exists()


def test_columns_can_be_mapped_by_hand(editor, db):
    table = "A,B,C\nx1,iron,rusts in damp air\nx2,gold,stays bright for long\n"
    page = upload(editor, "odd.csv", table, title="Odd").context
    assert page["form"].errors == {"language": ["This field is required."]}
    address = upload(editor, "odd.csv", table, title="Odd", language="en").url
    assert "not clear" in editor.get(address).content.decode()
    mapped = {"column-term": "B", "column-description": "C"}
    shown = editor.get(address, mapped)
    assert [group.count for group in shown.context["page"].groups] == [2]
    editor.post(address, {"do": "import", "version": shown.context["page"].plan.version, **mapped})
    assert set(Fact.objects.values_list("term", "purpose")) == {
        ("iron", "rusts in damp air"),
        ("gold", "stays bright for long"),
    }


def test_a_deck_that_changed_meanwhile_is_looked_at_again(editor, db):
    deck = elements()
    page = upload(editor, "more.csv", "term,description\ntin,to coat cans\n", deck).url
    editor.get(page)
    response = editor.post(page, {"do": "import", "version": "0"})
    assert response.status_code == 200
    assert "has changed since" in told(response)[-1]
    assert not deck.facts.filter(term="tin").exists()


def test_a_file_that_is_no_table_says_so_and_writes_nothing(editor, db):
    page = upload(editor, "picture.csv", b"\x89PNG\r\n\x1a\n\x00", title="P", language="en").url
    shown = editor.get(page)
    assert shown.context["page"].trouble
    assert "errornote" in shown.content.decode()
    assert editor.post(page, {"do": "import", "version": "0"}).status_code == 200
    assert not Deck.objects.exists()


def test_a_guide_becomes_a_draft_with_its_sections(editor, db):
    page = upload(editor, "birds.txt", GUIDE, title="Birds", language="en").url
    text = editor.get(page).content.decode()
    assert "Sections: 2, facts: 5" in text
    editor.post(page, {"do": "import"})
    deck = Deck.objects.get()
    assert (deck.title, deck.status) == ("Birds", "draft")
    assert list(deck.sections.values_list("slug", flat=True)) == ["waders", "owls"]
    assert deck.facts.count() == 5


def test_a_guide_goes_into_no_deck_that_is_there(editor, db):
    response = upload(editor, "birds.txt", GUIDE, elements())
    assert "makes a deck of its own" in response.context["form"].errors["file"][0]


def test_cancelling_forgets_the_file(editor, db):
    page = upload(editor, "elements.csv", TWO_COLUMNS, title="Symbols", language="en").url
    editor.post(page, {"do": "cancel"})
    assert not Upload.objects.exists()
    assert editor.get(page).status_code == 404
    assert not Deck.objects.exists()


def test_a_title_that_a_deck_has_is_refused(editor, db):
    elements()
    response = upload(editor, "elements.csv", TWO_COLUMNS, title="Elements", language="en")
    assert "There is a deck" in response.context["form"].errors["title"][0]


def test_an_exported_deck_imports_without_a_change(editor, db):
    deck = elements()
    for kind in ("csv", "xlsx"):
        response = editor.get(reverse("admin:quizzes_deck_export", args=[deck.pk, kind]))
        data = response.getvalue()
        assert response["Content-Disposition"] == f'attachment; filename="elements.{kind}"'
        page = upload(editor, f"elements.{kind}", BytesIO(data).getvalue(), deck).url
        assert [(g.outcome, g.count) for g in editor.get(page).context["page"].groups] == [("unchanged", 12)]
