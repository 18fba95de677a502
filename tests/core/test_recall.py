import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizzes.core.recall import TypedKind, TypedMark, mark_typed
from quizzes.core.writings import forms_of, forms_of_answer

GUIDE = ("Tenotomy", "Bursectomy", "Diuretics", "Calcitonin", "X-rays", "MRI (Magnetic Resonance Imaging)", "Bone scan")
RIGHT = (TypedKind.EXACT, TypedKind.ALIAS, TypedKind.TYPO)


def read_cases():
    with Path(__file__).with_name("typed_cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = read_cases()


def read_decks():
    decks = defaultdict(dict)
    for case in CASES:
        decks[case["deck"]][case["accepted"]] = case["accepted"].split(" | ")
    return decks


DECKS = read_decks()


def mark(answer, accepted="Tenotomy", rivals=(), never_accept=(), slips=()):
    accepted = [accepted] if isinstance(accepted, str) else accepted
    return mark_typed(answer, accepted=accepted, rivals=rivals, never_accept=never_accept, slips=slips)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['accepted'].split(' | ')[0]}-{case['typed']}")
def test_a_typed_answer_is_marked_among_the_terms_of_its_deck(case):
    deck = DECKS[case["deck"]]
    rivals = [text for term, texts in deck.items() if term != case["accepted"] for text in texts]
    assert mark(case["typed"], deck[case["accepted"]], rivals).kind == case["kind"]


def test_the_table_is_large_and_even():
    kinds = [case["kind"] for case in CASES]
    assert len(CASES) >= 150
    assert min(kinds.count("typo"), kinds.count("wrong"), kinds.count("exact")) >= 50


def test_a_misspelling_is_shown_with_the_spelling_of_what_was_meant():
    marked = mark("computed tomografy", ["CT scan", "Computed tomography"])
    assert marked == TypedMark(TypedKind.TYPO, "CT scan", "Computed tomography", 2)


def test_an_alias_is_right_and_the_term_is_shown():
    marked = mark("water pills", ["Diuretics", "water pill"])
    assert marked == TypedMark(TypedKind.ALIAS, "Diuretics", "water pill", 0)


def test_a_wrong_answer_tells_which_other_term_it_is():
    assert mark("bursectmy", rivals=GUIDE[1:]) == TypedMark(TypedKind.WRONG, "Tenotomy", "Bursectomy", 7)


def test_a_wrong_answer_that_is_no_term_tells_none():
    assert mark("appendicitis", rivals=GUIDE[1:]).meant == ""


def test_a_misspelling_is_refused_if_it_is_as_near_to_another_term():
    assert mark("sevelaner", "sevelamer").kind is TypedKind.TYPO
    assert mark("sevelaner", "sevelamer", rivals=["sevelater"]).kind is TypedKind.WRONG
    assert mark("sevelaner", "sevelamer", rivals=["sevelanner"]).kind is TypedKind.WRONG


def test_a_misspelling_is_refused_if_it_is_as_near_to_what_must_not_be_accepted():
    assert mark("calcitoninn", "Calcitonin").kind is TypedKind.TYPO
    assert mark("calcitonin", "Calcitonin", never_accept=["procalcitonin"]).kind is TypedKind.EXACT
    assert mark("procalcitonin", "Calcitonin", never_accept=["procalcitonin"]).kind is TypedKind.WRONG
    assert mark("tendotomy", "Tenotomy", never_accept=["tendotom"]).kind is TypedKind.WRONG


def test_another_spelling_is_refused_if_the_editor_says_so():
    assert mark("tumor", "tumour").kind is TypedKind.EXACT
    assert mark("tumor", "tumour", never_accept=["tumor"]).kind is TypedKind.WRONG
    assert mark("tumour", "tumour", never_accept=["tumor"]).kind is TypedKind.EXACT


def test_a_misspelling_is_not_refused_for_a_term_that_two_facts_share():
    assert mark("diuretcs", "Diuretics", rivals=["Diuretic", "diuretics"]).kind is TypedKind.TYPO


def test_a_term_that_two_facts_share_is_right():
    assert mark("NSAIDs", "NSAIDs", rivals=["NSAIDs"]).kind is TypedKind.EXACT


def test_a_singular_is_refused_if_it_is_another_term():
    assert mark("dogs", "the dog").kind is TypedKind.EXACT
    assert mark("dogs", "the dog", rivals=["the dogs", "dogs"]).kind is TypedKind.WRONG


def test_a_homonym_is_right_without_its_gloss_and_wrong_with_the_other_one():
    assert mark("Mercury", "Mercury (element)", ["Mercury (planet)"]).kind is TypedKind.EXACT
    assert mark("Mercury (planet)", "Mercury (element)", ["Mercury (planet)"]).kind is TypedKind.WRONG


def test_an_answer_that_says_the_same_twice_is_right():
    names = ["MRI", "magnetic resonance imaging"]
    assert mark("magnetic resonance imaging (MRI)", names).kind is TypedKind.ALIAS
    assert mark("MRI (computed tomography)", names).kind is TypedKind.WRONG


def test_two_answers_at_once_are_wrong():
    assert mark("tenotomy or tenectomy").kind is TypedKind.WRONG
    assert mark("tenotomy (tenectomy)").kind is TypedKind.WRONG
    assert mark("tenotomy, bursectomy", rivals=GUIDE[1:]).kind is TypedKind.WRONG


@pytest.mark.parametrize("answer", ["ibuprofen", "Ibuprofin", "naproxen"])
def test_an_example_where_the_category_was_asked_is_a_slip(answer):
    marked = mark(answer, "NSAIDs", rivals=["ibuprofen", "verapamil"], slips=["ibuprofen", "naproxen"])
    assert (marked.kind, marked.meant[:3]) == (TypedKind.SLIP, answer[:3].lower())


def test_an_example_of_another_category_is_no_slip():
    marked = mark("verapamil", "NSAIDs", rivals=["ibuprofen", "verapamil"], slips=["ibuprofen", "naproxen"])
    assert (marked.kind, marked.meant) == (TypedKind.WRONG, "verapamil")


def test_a_drug_that_is_its_own_category_is_right():
    assert mark("allopurinol", "Allopurinol", slips=["Allopurinol"]).kind is TypedKind.EXACT


def test_a_slip_that_must_not_be_accepted_is_wrong():
    assert mark("ibuprofen", "NSAIDs", slips=["ibuprofen"], never_accept=["ibuprofen"]).kind is TypedKind.WRONG


@pytest.mark.parametrize("answer", ["", " ", "\n\t", "\u200b", "?", "...", "-"])
def test_an_answer_without_words_is_empty(answer):
    assert mark(answer) == TypedMark(TypedKind.EMPTY, "Tenotomy")


def test_a_sign_can_be_the_answer():
    assert mark("?", "?").kind is TypedKind.EXACT
    assert mark(" ; ", ";").kind is TypedKind.EXACT
    assert mark("=", "!=").kind is TypedKind.WRONG


def test_nothing_is_right_without_an_accepted_text():
    with pytest.raises(ValueError, match="accepted"):
        mark_typed("tenotomy", accepted=[], rivals=[])


@pytest.mark.parametrize(
    ("accepted", "allowed"),
    [("dose", 0), ("lupus", 1), ("rickets", 1), ("arterial", 2), ("pulmonary oedema", 2)],
)
def test_a_longer_answer_may_have_more_misspelt_letters(accepted, allowed):
    changed = [accepted[:-count] + "qq"[:count] for count in (1, 2)]
    assert [mark(answer, accepted).is_right for answer in changed] == [allowed >= 1, allowed >= 2]


def test_the_first_letter_must_be_right():
    assert mark("renotomy").kind is TypedKind.WRONG
    assert mark("etnotomy").kind is TypedKind.WRONG


def test_swapped_letters_count_as_one():
    assert mark("teontomy").distance == 1


TEXTS = st.one_of(
    st.sampled_from(sorted({text for deck in DECKS.values() for texts in deck.values() for text in texts})),
    st.text("abcdehinoprstxyzé -()12αßж", min_size=1, max_size=25),
    st.text(min_size=1, max_size=15),
)
WORDY = TEXTS.filter(lambda text: any(map(str.isalnum, text)))
DECORATIONS = (str, str.upper, str.lower, str.swapcase, "  {} ".format, "[{}]".format, "{}.".format, "\t{}\n".format)


def keeps_its_letters(decorate, text):
    return decorate(text).casefold() == decorate(text.casefold()).casefold()


@given(WORDY, st.sampled_from(DECORATIONS), st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
@example("Cl-", DECORATIONS[5], [], [])
@example("-5", DECORATIONS[5], [], [])
def test_an_accepted_answer_is_right_whatever_its_case_space_and_brackets(text, decorate, aliases, rivals):
    assume(keeps_its_letters(decorate, text))
    assume("." not in decorate("") or text[-1].isalpha())
    for accepted in ([text, *aliases], [*aliases, text]):
        assert mark(decorate(text), accepted, rivals).kind in (TypedKind.EXACT, TypedKind.ALIAS)


@given(TEXTS, st.sampled_from(DECORATIONS), st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=4))
@example("re-", str, ["re", "re−"], [])
def test_what_must_not_be_accepted_is_never_right(text, decorate, accepted, rivals):
    assume(keeps_its_letters(decorate, text))
    assume("." not in decorate("") or text[-1].isalpha())
    assert not mark(decorate(text), accepted, rivals, never_accept=[text]).is_right


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=4))
@example("dogs", ["dog"], [])
@example("hyperthyroidism", ["hypothyroidism"], [])
def test_a_rival_typed_exactly_is_never_right(rival, accepted, others):
    said = {form.literal for form in forms_of_answer(rival)}
    assume(not any(form.literal in said for text in accepted for form in forms_of(text)))
    assert not mark(rival, accepted, [rival, *others]).is_right


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=4), st.data())
def test_the_order_of_accepted_texts_only_tells_term_from_alias(answer, accepted, rivals, data):
    first = mark(answer, accepted, rivals)
    second = mark(answer, data.draw(st.permutations(accepted)), rivals)
    assert (first.is_right, first.distance) == (second.is_right, second.distance)
    assert (first.kind is TypedKind.TYPO) == (second.kind is TypedKind.TYPO)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
def test_more_rivals_never_make_an_answer_right(answer, accepted, rivals):
    assert mark(answer, accepted).is_right or not mark(answer, accepted, rivals).is_right
