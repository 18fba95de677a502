import pytest

from quizzes.core.columns import table
from quizzes.core.importing import plan
from quizzes.core.new_sections import category_nouns
from quizzes.core.outcomes import KnownDeck, KnownFact, Outcome
from quizzes.core.slugs import ascii_slug
from quizzes.core.specs import SectionSpec
from quizzes.formats.tables import read_sheet

METALS = SectionSpec("metals", 1, "metal", "metals", {})
EMPTY = {
    "short_label": "", "aliases": [], "never_accept": [], "noun": "", "purpose": "", "condition": "", "examples": [],
    "tags": [], "explanation": "", "locator": "", "caution": "", "caution_source": "",
}  # fmt: skip


def fact(code, term, *, retired=False, **content):
    return KnownFact(code, code.rpartition("/")[0], 1, retired, EMPTY | {"term": term} | content)


def deck(*facts, sections=(METALS,)):
    return KnownDeck("Chemistry", "en", sections, facts, {"metals": 9}, 3)


def planned(text, known=None, mapping=None, **how):
    return plan(known or deck(), table(read_sheet(text.encode())), mapping, **how)


def outcomes(found):
    return [(line.line, line.outcome.value) for line in found.lines]


def test_new_facts_get_the_next_codes_and_places_of_their_section():
    found = planned("term,description\niron,rusts\ntin,melts early\n")
    assert [(one.code, one.position) for one in found.new] == [("metals/10", 1), ("metals/11", 2)]
    assert found.numbers == {"metals": 11}


def test_a_row_updates_the_fact_of_its_term_and_leaves_other_fields_alone():
    known = deck(fact("metals/1", "Iron", purpose="rusts", explanation="Kept."))
    found = planned("term,description\niron,rusts in damp air\n", known)
    (line,) = found.lines
    assert line.outcome is Outcome.UPDATED
    assert [(c.field, c.before, c.after) for c in line.changes] == [
        ("term", "Iron", "iron"),
        ("purpose", "rusts", "rusts in damp air"),
    ]
    assert found.changed[0].content == {"term": "iron", "purpose": "rusts in damp air"}


def test_a_code_finds_a_fact_that_was_renamed_and_moved():
    known = deck(fact("metals/1", "Iron", purpose="rusts"))
    found = planned("code,term,description,section\nmetals/1,Ferrum,rusts,gases\n", known)
    assert [change.field for change in found.lines[0].changes] == ["term", "section"]
    assert found.sections[0].slug == "gases"


def test_what_the_deck_says_already_is_unchanged_whatever_its_white_space():
    known = deck(fact("metals/1", "iron", purpose="rusts  in air ", aliases=["ferrum", " Fe"]))
    found = planned("term,description,aliases\niron,rusts in air,ferrum; Fe\n", known)
    assert outcomes(found) == [(2, "unchanged")]
    assert not found.writes


def test_a_repeated_term_with_the_same_description_is_merged():
    found = planned("term,description,examples\niron,rusts,nails\ntin,melts,\nIron,Rusts,rails; Nails\niron,,pans\n")
    assert outcomes(found) == [(2, "created"), (3, "created"), (4, "merged"), (5, "merged")]
    assert found.lines[2].into == 2
    assert found.new[0].content["examples"] == ("nails", "rails", "pans")


def test_a_repeated_term_with_another_description_is_refused_unless_codes_tell_them_apart():
    refused = planned("term,description\niron,rusts\niron,is drawn by magnets\n").lines[1]
    assert (refused.outcome, refused.column) == (Outcome.REFUSED, "term")
    assert "line 2" in refused.reason
    kept = planned("code,term,description\nmetals/1,iron,rusts\nmetals/2,iron,is drawn by magnets\n")
    assert outcomes(kept) == [(2, "created"), (3, "created")]


def test_terms_that_differ_in_capitals_and_description_are_two_facts():
    assert [line.outcome for line in planned("term,description\nCO,a gas\nCo,a metal\n").lines] == [Outcome.CREATED] * 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",rusts", "is empty"),
        ("<br>,rusts", "nothing but HTML"),
        ("x" * 301 + ",rusts", "has 301 letters"),
        ("iron,rusts,in air", "3 cells where the header has 2"),
    ],
)
def test_a_row_is_refused_with_reason_and_remedy(row, words):
    (line,) = planned(f"term,description\n{row}\n").lines
    assert (line.line, line.outcome) == (2, Outcome.REFUSED)
    assert words in line.reason
    assert line.remedy


def test_facts_that_are_left_out_stay_unless_the_deck_follows_the_table():
    known = deck(fact("metals/1", "iron"), fact("metals/2", "tin"), fact("metals/3", "lead", retired=True))
    text = "term,description\niron,rusts\nlead,shields\n"
    stays = planned(text, known)
    assert (stays.retired, outcomes(stays)) == ((), [(2, "updated"), (3, "refused")])
    follows = planned(text, known, retire_missing=True)
    assert (follows.retired, outcomes(follows)) == (("metals/2",), [(2, "updated"), (3, "updated")])


def test_a_refused_row_retires_nothing():
    known = deck(fact("metals/1", "iron", purpose="rusts"))
    found = planned(f"term,description\niron,{'x' * 5000}\n", known, retire_missing=True)
    assert found.retired == ()


def test_categories_become_sections_or_are_those_of_the_deck():
    found = planned("term,category\niron,Metals\nneon,Noble gases\ncell,細胞\n")
    assert [(s.slug, s.noun, s.noun_plural) for s in found.sections] == [
        ("noble-gases", "noble gas", "noble gases"),
        ("section-3", "細胞", "細胞"),
    ]
    assert [one.section for one in found.new] == ["metals", "noble-gases", "section-3"]


def test_singular_and_plural_of_a_category_are_one_section():
    found = planned("term,category\niron,Alloy\nbrass,Alloys\n")
    assert [section.slug for section in found.sections] == ["alloy"]


def test_descriptions_that_say_what_it_is_for_are_asked_so():
    found = plan(KnownDeck("Tools"), table(read_sheet(b"Tool,Use\nsaw,to cut wood\nhammer,to drive nails\n")))
    assert "{purpose}" in found.sections[0].wording["purpose_to_term"]


def test_without_categories_the_header_of_the_terms_names_the_section():
    found = plan(KnownDeck("Chemistry"), table(read_sheet(b"Element,Symbol\nIron,Fe\n")))
    (section,) = found.sections
    assert (section.slug, section.noun, section.noun_plural) == ("elements", "element", "elements")
    assert section.wording["purpose_to_term"] == "Which {noun} has the symbol {purpose}?"
    (other,) = plan(KnownDeck("Chemistry"), table(read_sheet(b"Front,Back\nIron,Fe\n"))).sections
    assert (other.slug, other.noun) == ("chemistry", "term")


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("Metals", ("metal", "metals")),
        ("Category", ("category", "categories")),
        ("Enzymes", ("enzyme", "enzymes")),
        ("Chapter 3", ("", "Chapter 3")),
        ("DNA", ("DNA", "DNAs")),
        ("children", ("child", "children")),
    ],
)
def test_a_group_has_a_noun(name, pair):
    assert category_nouns(name, "en") == pair


def test_other_languages_keep_the_name():
    assert category_nouns("Gefäße", "de") == ("Gefäße", "Gefäße")
    assert ascii_slug("Gefäße & Nerven") == "gefasse-nerven"
