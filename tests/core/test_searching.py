import pytest

from quizzes.core.searching import matches, query_words, search_form


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("CALCIUM", ("calcium channel blockers",)),
        ("channel calc", ("calcium channel blockers",)),
        ("raynaud", ("Raynaud’s phenomenon",)),
        ("naive", ("naïve T cell",)),
        ("lukasz", ("Łukasz",)),
        ("strasse", ("Straße",)),
        ("عربي", ("عَرَبِيّ",)),
        ("שלום", ("שָׁלוֹם",)),
        ("タワー", ("東京タワー",)),
        ("石灰", ("組織石灰化",)),
        ("елка", ("ёлка",)),
        ("extra-corporeal", ("extra corporeal shock wave",)),
        ("ferrum", ("iron", "ferrum")),
    ],
)
def test_it_is_found(query, texts):
    assert matches(query_words(query), search_form(texts))


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("iron copper", ("iron",)),
        ("steelferrum", ("steel", "ferrum")),
        ("か", ("が",)),
        ("bone scan", ("bone", "can")),
    ],
)
def test_it_is_not_found(query, texts):
    assert not matches(query_words(query), search_form(texts))


@pytest.mark.parametrize("query", ["", "   ", "?!"])
def test_a_query_of_nothing_finds_everything(query):
    assert query_words(query) == ()
    assert matches(query_words(query), search_form(("iron",)))
