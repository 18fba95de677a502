import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.nouns import nouns_of


@pytest.mark.parametrize(
    ("name", "one", "several"),
    [
        ("Elements", "element", "elements"),
        ("Element", "element", "elements"),
        ("Drugs", "drug", "drugs"),
        ("Phosphate binders", "phosphate binder", "phosphate binders"),
        ("Species", "species", "species"),
        ("Capital cities", "capital city", "capital cities"),
        ("Country", "country", "countries"),
        ("Muscles of the arm", "muscle of the arm", "muscles of the arm"),
        ("Bones (hand):", "bone", "bones"),
        ("Diseases", "disease", "diseases"),
        ("DNA viruses", "DNA virus", "DNA viruses"),
        ("NSAIDs", "NSAID", "NSAIDs"),
        ("ATPases", "ATPase", "ATPases"),
        ("Latin verbs", "Latin verb", "Latin verbs"),
        ("Criteria", "criterion", "criteria"),
        ("tooth", "tooth", "teeth"),
        ("Genetics", "genetics", "genetics"),
        ("Vitamin C", "vitamin C", "vitamin C"),
        ("Box", "box", "boxes"),
        ("", "term", "terms"),
        ("1.", "term", "terms"),
        ("What holds it together?", "term", "terms"),
    ],
)
def test_a_name_gives_singular_and_plural(name, one, several):
    assert nouns_of(name, "en") == (one, several)


def test_names_in_other_languages_stay_as_they_are():
    assert nouns_of("Elemente", "de") == ("Elemente", "Elemente")
    assert nouns_of("", "de-AT") == ("Begriff", "Begriffe")


@given(st.text(), st.sampled_from(["en", "de", "ja", ""]))
def test_any_name_gives_nouns_that_a_question_can_show(name, language):
    for noun in nouns_of(name, language):
        assert 0 < len(noun) <= 100
        assert not set("{}\n") & set(noun)
