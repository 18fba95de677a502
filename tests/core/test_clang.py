from quizzes.core.clang import Bags, Clue, bag, clues, covers, stop_words
from tests.core.decks import deck, section


def given(stem, key):
    return [(clue.kind, clue.text) for clue in clues(bag(stem), bag(key))]


def test_a_shared_word_is_a_clue_whatever_its_number():
    assert ("word", "binder") in given("Which of the binders is meant?", "phosphate binder")


def test_a_common_start_of_five_letters_is_a_clue():
    assert given("to calm", "calcium") == []
    assert given("when tissue calcifies", "calcium") == [("start", "calci")]


def test_a_common_piece_of_six_letters_is_a_clue():
    assert given("an underactive thyroid", "hypothyroidism") == [("piece", "thyroid")]
    assert given("in the knee", "kneecap") == []


def test_function_words_are_no_clue():
    assert given("What is it for, and with what?", "for and with") == []


def test_a_distractor_covers_a_clue_with_the_same_letters_alone():
    clue = Clue("start", "calci", "calcifies")
    assert covers(bag("calcitonin"), clue)
    assert not covers(bag("decalcified"), clue)
    assert covers(bag("hypothyroid state"), Clue("piece", "thyroid", "thyroid"))
    assert not covers(bag("calcitonin"), Clue("word", "calcium", "calcium"))


def test_the_stop_list_takes_in_the_title_and_the_sections_own_noun():
    own = section("drugs", {}, "medicine")
    stop = stop_words(deck([own], [], title="Soft tissue calcifications"), own)
    assert {"medicine", "medicines", "tissue", "calcification", "calcifications", "the"} <= stop
    assert bag("the tissue of a bone", stop).words == ("bone",)


def test_of_many_texts_those_are_found_that_cover_all_clues():
    texts = ["calcium binders", "calcitonin", None, "bone binder", "decalcified bone"]
    bags = Bags(text and bag(text) for text in texts)
    assert bags.covering([Clue("start", "calci", "calcifies")]) == {0, 1}
    assert bags.covering([Clue("word", "binder", "binders")]) == {0, 3}
    assert bags.covering([Clue("piece", "calcif", "calcifies")]) == {4}
    assert bags.covering([Clue("start", "calci", "calcifies"), Clue("word", "binder", "binders")]) == {0}
    assert bags.covering([]) == set()
