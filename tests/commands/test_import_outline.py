import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Deck, Fact

GUIDE = Path(__file__).parents[1] / "formats" / "guides" / "lighthouses.txt"


def told(*arguments, **options):
    out = io.StringIO()
    call_command("import_outline", *arguments, stdout=out, **options)
    return out.getvalue()


def test_it_says_what_it_understood_what_it_left_out_and_what_is_next(db):
    text = told(GUIDE)
    assert text.startswith("Lighthouses of the Coast (lighthouses-of-the-coast): 4 sections, 19 facts")
    assert "tools (tool / tools): 5 facts, 4 with a description, 1 with a condition, 4 with examples" in text
    assert "Descriptions begin in different forms: “These”, “Shown”. Give them one form." in text
    assert "Unclear (1), by line number:\n  43: It is not clear how" in text
    assert "  8: Lighthouses can be told apart" in text
    assert "manage.py bank lighthouses-of-the-coast --format text" in text
    assert Fact.objects.filter(deck__status="draft").count() == 19


def test_a_dry_run_makes_nothing(db):
    assert "Nothing was made" in told(GUIDE, dry_run=True)
    assert not Deck.objects.exists()


def test_it_prints_data(db):
    found = json.loads(told(GUIDE, dry_run=True, json=True, deck="lights", title="Lights"))
    assert (found["deck"], found["title"]) == ("lights", "Lights")
    assert [len(section["facts"]) for section in found["sections"]] == [3, 5, 6, 5]
    assert {"line", "text"} == set(found["skipped"][0])


def test_it_reads_standard_input(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Metals\n\n- Iron: rails\n")))
    assert told("-", deck="metals", language="nl").startswith("Metals (metals): 1 sections, 1 facts")
    assert Deck.objects.get().language == "nl"


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("Prose.", {}, "The text has no list"),
        ("- a\n", {}, "has no title that makes a slug"),
        ("- a\n", {"deck": "A deck"}, "is no slug"),
        ("- a\n", {"deck": "d", "language": "much too long a tag"}, "--language takes a language"),
    ],
)
def test_what_cannot_be_a_deck_is_refused(db, tmp_path, text, options, message):
    (tmp_path / "guide.txt").write_text(text)
    with pytest.raises(CommandError, match=message):
        told(tmp_path / "guide.txt", **options)
    assert not Deck.objects.exists()


def test_a_deck_that_is_there_and_a_file_that_is_not_are_refused(db, tmp_path):
    told(GUIDE)
    with pytest.raises(CommandError, match="already"):
        told(GUIDE)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        told(tmp_path / "none.txt")
