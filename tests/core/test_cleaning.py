import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.cleaning import cell, items, passage, phrase, tidy, with_markup, without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>conducts</b> <i class='x'>heat</i>", "conducts heat"),
        ("fish &amp; chips&nbsp;", "fish & chips"),
        ("<p>one</p><p>two</p>", "one; two"),
        ("First.<br>Second", "First. Second"),
        ("<ul><li>a</li><li>b</li></ul>", "a; b"),
        ("x<script>alert('<b>')</script>y<style>p {}</style>", "xy"),
        ("<img src=x onerror=alert(1)>gone", "gone"),
        ("a < b and c > d", "a < b and c > d"),
        ("List<String> and vector<int>", "List<String> and vector<int>"),
        ("AT&T, R&D", "AT&T, R&D"),
        ("&lt;b&gt;", "<b>"),
        ("=1+2", "=1+2"),
        (" two\n words\u200b\ufeff\x07 ", "two words"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_phrase_is_what_a_person_reads(text, plain):
    assert phrase(text) == plain


def test_a_passage_keeps_its_lines():
    assert passage("One.<br>Two.\n\n\n\n Three. ") == "One.\nTwo.\n\nThree."


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("a; b|c\nd", ["a", "b", "c", "d"]),
        ("a, b,c", ["a", "b", "c"]),
        ("a, b; c", ["a, b", "c"]),
        ("1,2-dichloroethane", ["1,2-dichloroethane"]),
        ('"Washington, D.C."; "say ""hi"""', ["Washington, D.C.", 'say "hi"']),
        ("<li>x</li><li>y, z</li>", ["x", "y, z"]),
        ("AT&amp;T; b; b", ["AT&T", "b"]),
        ("心、肺，肝", ["心", "肺", "肝"]),
        (" ; ", []),
    ],
)
def test_a_cell_holds_several_texts(text, several):
    assert list(items(text)) == several


@given(st.text(max_size=30) | st.sampled_from(["<b>", "&amp;", "&lt;br&gt;", "<script>x</script>"]))
def test_markup_reads_back(text):
    assert without_markup(with_markup(text)) == text


@given(st.lists(st.text('ab,;|" \n<>&', max_size=6).map(tidy).filter(bool), unique=True, max_size=4))
def test_a_cell_reads_back(texts):
    assert list(items(cell(texts))) == texts
