from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzes.core.outlines import drafts_of
from quizzes.formats.outline import NoOutlineError, read_outline
from quizzes.formats.outline_text import MOST_LETTERS, UndecodableError, decode

GUIDE = (Path(__file__).parent / "guides" / "lighthouses.txt").read_text()


@pytest.fixture(scope="module")
def guide():
    return read_outline(GUIDE)


def facts(text):
    return {fact.term: fact for fact in read_outline(text).facts}


def fact(line, heading="Things"):
    (found,) = read_outline(f"{heading}\n\n- {line}\n").facts
    return found


def said(found):
    return found.description, found.condition, found.examples, found.aliases


def test_a_guide_gives_its_title_introduction_sections_and_facts(guide):
    assert guide.title == "Lighthouses of the Coast"
    assert guide.introduction.startswith("A lighthouse warns ships")
    assert [section.heading for section in guide.sections] == [
        "Kinds of Lighthouses",
        "Reasons for Building Lighthouses",
        "Optical Parts of Lighthouses",
        "Tools Used in Keeping Lighthouses",
    ]
    assert [len(section.facts) for section in guide.sections] == [3, 5, 6, 5]


def test_headings_give_slugs_and_nouns(guide):
    drafts = drafts_of(guide, "en")
    assert [(draft.slug, draft.noun, draft.noun_plural) for draft in drafts] == [
        ("kinds", "kind", "kinds"),
        ("reasons", "reason", "reasons"),
        ("parts", "optical part", "optical parts"),
        ("tools", "tool", "tools"),
    ]


def test_a_plain_list_asks_what_belongs_and_one_with_descriptions_does_not(guide):
    kinds, reasons, _, tools = drafts_of(guide, "en")
    assert {"membership", "not_member"} <= set(reasons.wording)
    assert "purpose_to_term" not in reasons.wording
    assert "membership" not in kinds.wording
    assert kinds.wording["purpose_to_term"] == "Which {noun} fits this description: {purpose}?"
    assert tools.forms


def test_descriptions_in_different_forms_are_reported(guide):
    assert drafts_of(guide, "en")[0].forms == ("These", "Shown")
    assert drafts_of(guide, "de")[0].forms == ()


def test_what_is_in_no_list_is_left_out_with_its_line(guide):
    left = {line.line: line.text for line in guide.skipped}
    assert left[8] == "Lighthouses can be told apart by the place where they stand:"
    assert {"Closing Words", "References"} <= set(left.values())
    lines = GUIDE.splitlines()
    assert all(text.rstrip(":") in lines[number - 1] for number, text in left.items())


@pytest.mark.parametrize(
    ("term", "parts"),
    [
        ("Rock towers", ("These rise out of the sea on a reef that floods at high water", "", (), ())),
        ("Wrecks or strandings on the reefs", ("", "", (), ())),
        ("Busy trades", ("", "", ("whaling", "coal"), ())),
        ("Natural hazards", ("", "", ("fog",), ())),
        ("Currents", ("", "", ("tidal currents", "river currents"), ())),
        ("Growing harbours leading to heavier traffic", ("", "", (), ())),
        ("Fresnel lens (prism lens)", ("Bends light into a flat beam with rings of glass", "", (), ())),
        ("LED", ("Provides light for years without care", "", (), ("Light Emitting Diode",))),
        ("Main lamp", ("to burn all night", "", (), ("ML",))),
        ("Spare lamp", ("for sailors with no other light in sight", "", (), ())),
        ("Blinds", ("", "bright sun that could set the room on fire", (), ())),
        ("Cloths", ("for polishing the glass", "", ("linen", "chamois"), ())),
        ("Oils", ("to feed the lamp", "", ("colza",), ())),
        ("Whistles", ("", "people with no view of the light", ("reed horn",), ())),
        ("Winch", ("to raise the weight of the clockwork", "", (), ())),
        ("Brushes", ("mostly in spring", "", ("wire brush",), ())),
    ],
)
def test_each_shape_of_line_is_taken_apart(guide, term, parts):
    (found,) = [one for one in guide.facts if one.term == term]
    assert said(found) == parts


@pytest.mark.parametrize(
    "line",
    ["Iron: binds oxygen", "Iron – binds oxygen", "Iron — binds oxygen", "Iron - binds oxygen", "Iron\tbinds oxygen",
     "**Iron**: binds oxygen.", "Iron = binds oxygen", "[Iron](https://example.org): binds oxygen [3]"],
)  # fmt: skip
def test_a_term_is_parted_from_its_description(line):
    found = fact(line)
    assert (found.term, found.description, found.unclear) == ("Iron", "binds oxygen", ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Rest: In cases where nothing hurts, waiting is enough", "It says when as well as what"),
        ("Habits: Including walks to keep fit and sleep to recover", "It is not clear where the examples end"),
        ("Salts: needed by plants, such as algae", "It names examples: of the term, or of something else"),
        ("This is a sentence of many words that nobody would ever ask anybody to type", "It is long for a term"),
        ("Brushes (e.g. wire brush), mostly in spring", "It is not clear how the words behind the bracket"),
        (": nothing before it", "It has no term"),
    ],
)
def test_what_is_not_clear_is_kept_and_says_why(line, reason):
    found = fact(line)
    assert found.unclear[0].startswith(reason)
    assert line in found.text


def test_a_term_that_stands_twice_says_so():
    first, second = read_outline("Metals\n\n- Iron: for rails\n- Irons: for shirts").facts
    assert (first.unclear, second.unclear) == ((), ("Its term stands on line 3 as well.",))


@pytest.mark.parametrize(
    "text",
    [
        "# Deck\n\n## Metals\n* Iron: rails\n* Gold: rings\n\n## Gases\n* Neon: signs",
        "Deck\n\nMetals\n------\n- Iron: rails\n- Gold: rings\n\nGases\n-----\n- Neon: signs",
        "Deck\n\nMETALS\n1. Iron: rails\n2. Gold: rings\n\nGASES\n1. Neon: signs",
        "Deck\n\n1. Metals\n\n- Iron: rails\n- Gold: rings\n\n2. Gases\n\n- Neon: signs",
        "Deck\n\nMetals:\n(a) Iron: rails\n(b) Gold: rings\n\nGases:\n(a) Neon: signs",
        "Deck\n\nMetals\n1) Iron: rails\n2) Gold: rings\n\nGases\n1) Neon: signs",
        "Deck\n\n**Metals**\n◦ Iron: rails\n◦ Gold: rings\n\n**Gases:**\n– Neon: signs",
        "Deck\n\n- Metals\n  - Iron: rails\n  - Gold: rings\n- Gases\n  - Neon: signs\n  - Argon: lamps",
    ],
)
def test_headings_of_many_kinds_are_told(text):
    found = read_outline(text)
    assert found.title == "Deck"
    assert [section.heading.capitalize() for section in found.sections] == ["Metals", "Gases"]
    assert [one.term for one in found.sections[0].facts] == ["Iron", "Gold"]


def test_lines_that_go_on_belong_to_the_line_above():
    found = facts("Metals\n\n- Iron: a metal that is used for the building\nof bridges\n\n- Gold: soft\n  and yellow\n")
    assert found["Iron"].description == "a metal that is used for the building of bridges"
    assert found["Gold"].description == "soft and yellow"


def test_lines_below_a_line_are_its_examples_or_its_description():
    found = facts(
        "Drugs\n\n- Painkillers\n  - aspirin\n  - codeine\n- Insulin\n  - lowers the sugar in the blood of the body\n"
        "- Statins: against fat\n  - Examples: simvastatin, lovastatin\n- Salts: many\n    - Tonic: from bark\n"
    )
    assert found["Painkillers"].examples == ("aspirin", "codeine")
    assert found["Insulin"].description == "lowers the sugar in the blood of the body"
    assert found["Statins"].examples == ("simvastatin", "lovastatin")
    assert found["Tonic"].unclear == ("It stands below “Salts”.",)


def test_a_text_without_a_list_is_refused_with_what_to_do():
    with pytest.raises(NoOutlineError, match=r"The text has no list\. Put one fact on each line"):
        read_outline("A heading\n\nAnd prose, and more of it.")
    with pytest.raises(NoOutlineError, match="longer than"):
        read_outline("- a\n" * MOST_LETTERS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, end):
    text = decode("Metalle\n\n• Gold – für Schmuck\n• Blei – für Röhren".replace("\n", end).encode(encoding))
    assert [one.description for one in read_outline(text).facts] == ["für Schmuck", "für Röhren"]


def test_what_is_no_text_is_refused():
    with pytest.raises(UndecodableError, match="no text that can be read"):
        decode(b"\xff\xfe\x00\xd8")
    with pytest.raises(UndecodableError):
        decode(b"PK\x03\x04\x00\xff\xfe")


PIECES = st.sampled_from(
    ["- ", "• ", "1. ", "(a) ", "  ", "\t", "\n", "\n\n", ": ", " – ", "(e.g. ", ")", "such as ", " and ", "to ",
     "for ", "#", "# ", "===", "**", "Iron", "what it does", "NAMES", "{term}", "\u200f", "鉄", "：", "،", "?", ".",
     "\x00"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
@example("- \n- :\n- (e.g. )\n1. \n")
@example("• – \n  • (e.g., a)\n")
@example("\n".join(" " * 2 * depth + "- a" for depth in range(1500)))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_outline(text)
    except NoOutlineError:
        return
    drafts = drafts_of(found, "en")
    assert len({draft.slug for draft in drafts}) == len(drafts)
    assert all(one.term and len(one.term) <= 300 for one in found.facts)
    assert sum(len(draft.facts) for draft in drafts) == len(found.facts)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    with suppress(UndecodableError):
        assert isinstance(decode(data), str)
