import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.writings import forms_of, forms_of_answer, split_gloss


def keys(phrase):
    return {form.key for form in forms_of(phrase)}


def test_an_abbreviation_and_its_expansion_stand_for_each_other():
    assert keys("MRI (Magnetic Resonance Imaging)") >= {"mri", "magneticresonanceimaging"}
    assert keys("Magnetic Resonance Imaging (MRI)") >= {"mri", "magneticresonanceimaging"}
    assert keys("CT scan (Computed Tomography)") >= {"ct", "ctscan", "computedtomography", "computedtomographyscan"}


@pytest.mark.parametrize(
    "phrase", ["NSAIDs (e.g., ibuprofen)", "Mercury (planet)", "Sodium (Na)", "Lead (HEAVY METAL)"]
)
def test_what_stands_in_brackets_is_no_name_unless_it_abbreviates(phrase):
    head, glosses = split_gloss(phrase)
    assert not keys(phrase) & keys(glosses[0])
    assert keys(phrase) >= keys(head)


@pytest.mark.parametrize("phrase", ["colo(u)r", "Ca(OH)2", "f(x)", "iron (III) chloride", "(R)-limonene"])
def test_brackets_inside_a_word_or_formula_stay(phrase):
    assert len(forms_of(phrase)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fe²⁺", "Fe2+"),
        ("x²", "x^2"),
        ("10⁻³", "10^-3"),
        ("½", "1/2"),
        (".5", "0,5"),
        ("5 000 000", "5,000,000"),
        ("１９１４", "1914"),
        ("١٩١٤", "1914"),
        ("SO4^2-", "SO₄²⁻"),
        ("R&D", "r and d"),
        ("كتـاب", "كتاب"),
    ],
)
def test_signs_and_figures_are_read_in_one_form(one, other):
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("10²", "102"), (".5", "5"), ("-5", "5"), ("m/s", "ms"), ("Cl-", "Cl"), ("A-", "A+"), ("1/2", "12"), ("!=", "=")],
)
def test_signs_that_mean_something_are_kept(one, other):
    assert {(form.key, form.numbers) for form in forms_of(one)}.isdisjoint(
        (form.key, form.numbers) for form in forms_of(other)
    )


def test_the_letter_a_is_an_article_only_where_it_was_written_as_one():
    assert [form.key for form in forms_of("A band")] == ["aband"]
    assert [form.key for form in forms_of("a cat")] == ["cat"]
    assert [form.key for form in forms_of_answer("A cat")] == ["acat", "cat"]


@given(st.text())
def test_any_text_has_forms_unless_it_is_white_space(text):
    for form in (*forms_of(text), *forms_of_answer(text)):
        assert form.said
        assert all(form.said)
