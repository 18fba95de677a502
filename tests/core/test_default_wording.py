import pytest

from quizzes.core import stems
from quizzes.core.clang import stop_words
from quizzes.core.default_wording import frame_words, has_wording, language_base, wording_for
from quizzes.core.specs import DeckSpec, Direction, SectionSpec
from quizzes.core.wordings import LATIN
from quizzes.core.wordings_other import OTHER_SCRIPTS

KNOWN = sorted({**LATIN, **OTHER_SCRIPTS})
SIGNS = ["cy", "xx", "ur", ""]
LONG = "what binds oxygen, and lets go of it again where it is needed"


def english(**more):
    return wording_for(language="en", **{"noun": "element", "noun_plural": "elements", **more})


def filled(text, value):
    for name in ("term", "purpose", "condition", "example", "noun", "noun_plural"):
        text = text.replace(f"{{{name}}}", value)
    return text


@pytest.mark.parametrize("language", KNOWN + SIGNS)
@pytest.mark.parametrize("header", ["", "symbol"])
@pytest.mark.parametrize("value", ["Na", LONG])
def test_every_default_question_can_be_a_stem(language, header, value):
    found = wording_for(language=language, noun="element", noun_plural="elements", description=header)
    for direction, text in found.items():
        assert stems.stem_problem(filled(text, value), Direction(direction)) == "", text


@pytest.mark.parametrize("language", KNOWN + SIGNS)
def test_every_default_question_shows_what_it_asks_about_and_not_the_answer(language):
    found = wording_for(language=language, noun="element", noun_plural="elements", description="symbol")
    for direction, text in found.items():
        if direction not in stems.OF_SECTION:
            shown, asked = stems.NEEDS[Direction(direction)]
            assert shown in stems.fields(text), text
            assert asked not in stems.fields(text), text


@pytest.mark.parametrize("language", KNOWN)
def test_a_language_with_words_has_a_question_for_each_direction(language):
    found = wording_for(language=language, noun="element", noun_plural="elements")
    assert set(found) == {direction.value for direction in Direction}
    assert has_wording(language)


def test_a_column_with_a_name_of_its_own_is_named():
    found = english(description="Symbol")
    assert found["purpose_to_term"] == "Which {noun} has the symbol {purpose}?"
    assert found["term_to_purpose"] == "What is the symbol of {term}?"
    assert english(description="Uses (main)")["term_to_purpose"] == "What are the uses of {term}?"
    assert english(description="Latin name")["purpose_to_term"] == "Which {noun} has the Latin name {purpose}?"


@pytest.mark.parametrize(
    "header", ["", "Description", "BACK", "used for", "it is", "a b c d", "{x} {y} {z} {w}", "?", "2"]
)
def test_a_column_whose_name_says_nothing_is_not(header):
    assert english(description=header) == english()


def test_descriptions_that_say_what_for_are_asked_so():
    found = english(purposes=["to bind oxygen", "for salting food", ""])
    assert found["purpose_to_term"] == "Which {noun} is used {purpose}?"
    assert english(purposes=["to bind oxygen", "A salt"]) == english()
    assert english(purposes=[]) == english()


def test_what_cannot_be_counted_is_not_called_one_of_them():
    found = english(noun="species", noun_plural="species")
    assert found["membership"] == "Which of these belongs under “{noun_plural}”?"


@pytest.mark.parametrize(
    ("tag", "base"), [("pt-BR", "pt"), ("NN", "nb"), ("zh_TW", "zh-hant"), ("zh-Hant-HK", "zh-hant"), ("zh-CN", "zh")]
)
def test_a_region_speaks_its_language(tag, base):
    assert language_base(tag) == base
    assert wording_for(language=tag, noun="x", noun_plural="x") == wording_for(language=base, noun="x", noun_plural="x")


def test_an_unknown_language_gets_signs_and_no_foreign_sentence():
    found = wording_for(language="cy", noun="elfen", noun_plural="elfennau")
    assert found["purpose_to_term"] == "{noun_plural} → 1 {noun}: {purpose} = ?"
    assert "not_member" not in found
    assert wording_for(language="ur", noun="x", noun_plural="x")["membership"].endswith("؟")


def test_words_of_the_questions_themselves_are_no_clue():
    wording = english(description="job title")
    section = SectionSpec("staff", 1, "person", "people", wording)
    stop = stop_words(DeckSpec("d", "Staff", (section,), ()), section)
    assert {"example", "belong", "job", "title"} <= stop
    assert "description" not in frame_words("en", {"purpose_to_term": "Who has the job {purpose}?"})
    assert "job" not in frame_words("en", {"purpose_to_term": "Who has the job {purpose}?"})
