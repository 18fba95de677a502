import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.text import (
    STOP_WORDS,
    holds_words,
    key_form,
    normalise,
    singular,
    slug,
    without_brackets,
    word_count,
    words,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("X-Rays", "x rays"),
        ("  Shock\twave\u00a0therapy ", "shock wave therapy"),
        ("Crohn’s disease", "crohns disease"),
        ("MRI (scan)", "mri scan"),
        ("ﬁbre ﬂow", "fibre flow"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("and/or", "and or"),
        ("1.5 mg", "1.5 mg"),
        ("e.g.", "eg"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("؟כליה!", "כליה"),
        ("", ""),
    ],
)
def test_the_normal_form_folds_what_typing_varies(written, normal):
    assert normalise(written) == normal


@given(st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="abc12.,:;-'()[]/+ \t#_", max_size=30))
def test_plain_letters_take_the_same_way_as_any_other(text):
    accented = normalise(text + " é")
    assert accented.removesuffix("é").strip() == normalise(text)


def test_bracketed_additions_go_with_their_brackets():
    assert without_brackets("MRI (magnetic resonance (imaging)), then CT [slices].") == "MRI, then CT."
    assert without_brackets("钙化（沉积）") == "钙化"


def test_text_wholly_in_brackets_keeps_its_words():
    assert without_brackets("(all in brackets)") == "all in brackets"


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("binders", "binder"),
        ("biopsies", "biopsy"),
        ("analyses", "analysis"),
        ("diagnoses", "diagnosis"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("masses", "mass"),
        ("headaches", "headache"),
        ("beaches", "beach"),
        ("bursae", "bursa"),
        ("mass", "mass"),
        ("biopsy", "biopsy"),
        ("lupus", "lupus"),
        ("gas", "gas"),
    ],
)
def test_plurals_become_singular_by_their_ending(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phosphate binders", "phosphate-binder"),
        ("MRI (magnetic)", "M.R.I."),
        ("C++", "C#"),
        ("½", "1/2"),
        ("x²", "X2"),
    ],
)
def test_options_that_differ_in_form_alone_have_one_key_form(one, other):
    assert key_form(one).replace(" ", "") == key_form(other).replace(" ", "")


def test_a_key_form_is_empty_only_for_white_space():
    assert key_form("#") == "#"
    assert key_form(" \n") == ""


def test_words_are_found_in_any_script():
    assert words("Pain-relief: the 2nd") == ("pain", "relief", "the", "2nd")
    assert words("钙化 检查") == ("钙化", "检查")
    assert words("हृदय रोग") == ("हृदय", "रोग")


def test_two_letters_of_a_script_without_spaces_count_as_a_word():
    assert word_count("哪个器官把血液送到全身") == 6
    assert word_count("an X-ray – at once") == 5


def test_words_stand_within_others_whole_and_in_order():
    assert holds_words(("thyroid",), ("the", "thyroid", "gland"))
    assert not holds_words(("thyroid",), ("hypothyroid",))
    assert not holds_words(("gland", "thyroid"), ("thyroid", "gland"))
    assert not holds_words((), ("thyroid",))


def test_slugs_keep_letters_of_any_script():
    assert slug("Calcium supplements (oral)") == "calcium-supplements-oral"
    assert slug("心脏") == "心脏"


def test_the_stop_list_holds_function_words_alone():
    assert {"the", "of", "which", "is"} <= STOP_WORDS
    assert not {"pain", "reduce", "treatment", "guide"} & STOP_WORDS
