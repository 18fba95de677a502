import io
import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quizzes.core.columns import MappingError, table
from quizzes.core.generation import Bank
from quizzes.core.importing import plan
from quizzes.core.outcomes import KnownDeck, Outcome
from quizzes.core.rules import examined
from quizzes.core.sheets import Row, Sheet
from quizzes.core.specs import Item
from quizzes.formats.tables import read_sheet
from quizzes.models import Card, Deck, Fact, FactVersion, Section
from quizzes.selectors.content.exporting import deck_csv, deck_workbook
from quizzes.selectors.content.importing import plan_import
from quizzes.selectors.content.specs import deck_spec
from quizzes.services.content.importing import StalePlanError, import_table
from tests.factories import NOW, elements, guide
from tests.tables import SHAPES, TWO_COLUMNS, thousands


def run(*arguments, stdin=b""):
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        call_command("import_facts", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def bring(deck, data, **how):
    found = plan_import(deck, table(read_sheet(data)))
    return import_table(deck=deck, plan=found, by=None, now=NOW, **how)


def bad_items(deck, draws=3):
    bank = Bank(deck_spec(deck))
    items = [bank.draw(card, f"check/{card.key}/{n}") for card in bank.cards() for n in range(draws)]
    return [fault for _, fault in examined([item for item in items if isinstance(item, Item)], bank.deck)]


@pytest.mark.django_db
@pytest.mark.parametrize("shape", SHAPES)
def test_a_table_of_any_shape_becomes_a_deck_whose_questions_break_no_rule(shape):
    out, _ = run("-", "--deck", "any", stdin=SHAPES[shape].encode())
    deck = Deck.objects.get(slug="any")
    assert deck.status == Deck.Status.DRAFT
    assert Card.objects.filter(deck=deck, status=Card.Status.ACTIVE).exists()
    assert not Card.objects.filter(deck=deck, status=Card.Status.REFUSED, choice_refusal="").exists()
    assert bad_items(deck) == []
    again, _ = run("-", "--deck", "any", stdin=SHAPES[shape].encode())
    assert again.startswith("0 created, 0 updated")
    assert out.count("refused:") == again.count("refused:")


@pytest.mark.django_db
def test_every_row_of_an_ugly_table_is_told_with_its_line():
    out, _ = run("-", "--deck", "any", "--json", stdin=SHAPES["same descriptions"].encode())
    rows = json.loads(out)["rows"]
    assert [row["line"] for row in rows] == list(range(2, 12))
    assert [row["outcome"] for row in rows[7:]] == ["merged", "refused", "refused"]
    assert all(row["reason"] and row["remedy"] for row in rows if row["outcome"] == "refused")


@pytest.mark.django_db
def test_html_becomes_plain_text_and_formulas_stay_text():
    run("-", "--deck", "any", stdin=SHAPES["html"].encode() + b"=1+2,a formula,web\n")
    said = dict(Fact.objects.values_list("term", "purpose"))
    assert said["osmosis"] == "water moves through a membrane"
    assert said["enzyme"] == "speeds up reactions; stays itself"
    assert {"<em>", "étude", "=1+2"} <= set(said)


@pytest.mark.django_db
def test_thousands_of_rows_are_planned_with_codes_of_their_own():
    found = plan_import(Deck(slug="wide", title="Wide"), table(read_sheet(thousands(3000).encode())))
    assert found.counts["created"] == 3000
    assert len({one.code for one in found.new}) == 3000
    assert len(found.sections) == 12


@pytest.mark.django_db
def test_a_dry_run_changes_nothing_and_says_what_would_happen():
    out, err = run("-", "--deck", "any", "--dry-run", stdin=TWO_COLUMNS.encode())
    assert out.startswith("12 created")
    assert "dry run" in err
    assert not Deck.objects.exists()


@pytest.mark.django_db
def test_importing_again_keeps_cards_and_codes_and_writes_a_version_of_what_changed():
    run("-", "--deck", "any", stdin=TWO_COLUMNS.encode())
    cards = set(Card.objects.values_list("pk", "key"))
    out, _ = run("-", "--deck", "any", "--meaning", stdin=TWO_COLUMNS.replace("Iron,Fe", "Iron,Ferr").encode())
    assert out.startswith("0 created, 1 updated, 11 unchanged")
    assert "description from “Fe” to “Ferr”" in out
    assert set(Card.objects.values_list("pk", "key")) == cards
    changed = FactVersion.objects.get(number=2)
    assert (changed.fact.term, changed.change, changed.meaning_version) == ("Iron", "meaning", 2)


@pytest.mark.django_db
def test_a_table_without_a_row_that_can_be_imported_is_an_error_and_makes_no_deck():
    with pytest.raises(CommandError, match="No row can be imported"):
        run("-", "--deck", "any", stdin=b"term,description\n,x\n")
    with pytest.raises(CommandError, match="no row below the header"):
        run("-", "--deck", "any", stdin=b"term,description\n")
    assert not Deck.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "data", "words"),
    [
        (["--deck", "any"], b"A,B,C\nx,y,z\n", "Map them"),
        (["--deck", "any"], b"%PDF-1.7", "neither a CSV file"),
        (["--deck", "no slug"], b"a,b\nc,d\n", "slug"),
        (["--deck", "any", "--map", "term"], b"a,b\nc,d\n", "--map takes pairs"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(arguments, data, words):
    with pytest.raises(CommandError, match=words):
        run("-", *arguments, stdin=data)


@pytest.mark.django_db
def test_columns_are_mapped_and_a_deck_named_by_hand():
    how = ("--map", "term=B,description=1,section=", "--title", "Zeichen", "--language", "de")
    run("-", "--deck", "any", *how, stdin=b"A,B,Category\nFe,Eisen,x\n")
    assert list(Fact.objects.values_list("term", "purpose")) == [("Eisen", "Fe")]
    deck = Deck.objects.get()
    assert (deck.title, deck.language) == ("Zeichen", "de")


@pytest.mark.django_db
def test_a_deck_that_changed_since_the_plan_is_not_written():
    deck = elements()
    found = plan_import(deck, table(read_sheet(b"term,description,section\ngold,to last,uses\n")))
    import_table(deck=deck, plan=found, by=None, now=NOW)
    with pytest.raises(StalePlanError):
        import_table(deck=deck, plan=found, by=None, now=NOW)
    assert Fact.objects.filter(term="gold").count() == 1


@pytest.mark.django_db
def test_nothing_is_half_imported(monkeypatch):
    monkeypatch.setattr("quizzes.services.content.importing.bring_deck_up_to_date", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("-", "--deck", "any", stdin=TWO_COLUMNS.encode())
    assert not Deck.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_an_export_imports_unchanged_into_the_same_deck_and_as_a_workbook_makes_it_anew():
    deck = guide()
    for data in ("".join(deck_csv(deck)).encode(), deck_workbook(deck)):
        found = plan_import(deck, table(read_sheet(data)))
        assert {line.outcome for line in found.lines} == {Outcome.UNCHANGED}
        assert not found.writes
    copy = bring(Deck(slug="copy", title="Copy"), deck_workbook(deck)).deck
    assert plain(deck_spec(copy)) == plain(deck_spec(deck))


def plain(spec):
    facts = tuple(replace(fact, version=1, meaning_version=1) for fact in spec.facts)
    return replace(spec, slug="", title="", overlaps={}, facts=facts)


@pytest.mark.django_db
def test_an_exported_csv_makes_the_same_facts_anew():
    deck = elements()
    copy = bring(Deck(slug="copy", title="Copy"), "".join(deck_csv(deck)).encode()).deck
    assert plain(deck_spec(copy)).facts == plain(deck_spec(deck)).facts
    nouns = list(Section.objects.filter(deck=deck).values_list("slug", "noun", "noun_plural"))
    assert list(Section.objects.filter(deck=copy).values_list("slug", "noun", "noun_plural")) == nouns


@pytest.mark.django_db
def test_a_deck_is_written_to_files_by_the_command(tmp_path):
    elements()
    for name in ("deck.csv", "deck.xlsx"):
        call_command("export_facts", "elements", str(tmp_path / name), stderr=io.StringIO())
        assert len(read_sheet((tmp_path / name).read_bytes()).rows) == 13
    with pytest.raises(CommandError, match=r"neither in \.csv"):
        call_command("export_facts", "elements", str(tmp_path / "deck.doc"))


PIECES = [
    *(
        "iron",
        "Iron",
        "rusts",
        "to rust",
        "=1+2",
        "'-x",
        "+",
        "@home",
        "<b>x</b>",
        "<br>",
        "&lt;i&gt;",
        "&amp;",
        "{term}",
    ),
    *(
        "a; b",
        "a|b",
        "a, b",
        '"q"',
        "x" * 130,
        "y " * 200,
        "心脏",
        "לב",
        "قلب",
        "\u200f",
        "NOT",
        "all of the above",
        "?",
    ),
    *("metals/1", "metals/2", "0", "7", "(MRI)", "", "", " "),
]
texts = st.lists(st.sampled_from(PIECES), max_size=3).map(" ".join) | st.text(st.characters(codec="utf-8"), max_size=8)
HEADS = "term description section tags aliases examples condition code position Symbol caution noun".split()


@st.composite
def sheets(draw):
    head = draw(st.lists(st.sampled_from(HEADS), min_size=1, max_size=6, unique=True))
    rows = draw(st.lists(st.lists(texts, min_size=1, max_size=7), max_size=8))
    return Sheet(tuple(Row(n, tuple(row)) for n, row in enumerate([head, *rows], start=1)))


class AnyTable(TestCase):
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(sheets(), sheets())
    def test_no_table_however_strange_fails_otherwise_than_by_a_refusal_or_gives_a_bad_item(self, first, second):
        deck = Deck(slug="odd", title="Odd")
        for sheet in (first, second):
            try:
                read = table(sheet)
                found = plan_import(deck, read)
            except MappingError:
                continue
            assert [line.line for line in found.lines] == [row.line for row in read.rows]
            deck = import_table(deck=deck, plan=found, by=None, now=NOW).deck
            assert not plan_import(deck, read).new
        if deck.pk is None:
            return
        assert bad_items(deck, draws=2) == []
        for data in ("".join(deck_csv(deck)).encode(), deck_workbook(deck)):
            if not Fact.objects.filter(deck=deck).exists():
                continue
            again = table(read_sheet(data))
            assert not plan_import(deck, again).writes
            copy = bring(Deck(slug="copy", title="Odd"), data).deck
            assert plain(deck_spec(copy)).facts == plain(deck_spec(deck)).facts
            Card.objects.filter(deck=copy).delete()
            Fact.objects.filter(deck=copy).delete()
            Section.objects.filter(deck=copy).delete()
            copy.delete()


def test_a_plan_needs_no_database():
    assert plan(KnownDeck("Any"), table(read_sheet(TWO_COLUMNS.encode()))).counts["created"] == 12
