from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.core.assembly import assemble
from quizzes.core.generation import Bank
from quizzes.core.rules import quiz_violations
from quizzes.core.specs import Closeness, DeckSpec, Direction, FactSpec, Item, Refusal, SectionSpec, Verdict
from tests.core.decks import violations

SPLINTERS = [
    *("calcium", "calcifications", "thyroid", "hypothyroidism", "binder", "binders", "to", "the", "of", "and", "a"),
    *("NOT", "not", "all of the above", "always", "A and C", "both", "X-ray", "pH", "=1+2", "-5", "@home", "+", "#"),
    *("(MRI)", "MRI", "[x", "{term}", "{nothing}", "<b>bold</b>", "?", "__", "’s", "\t", "\n", "\x00", "\u200f", "ß"),
    *("心脏", "钙通道阻滞剂药物", "血液", "לב", "כליה", "قلب", "हृदय", "İ", "ﬁ", "½", "١٢", "é", "e\u0301", "2.5", "25"),
    *("removing", "remove", "removes", "pain", "relief", "tumour", "word" * 30),
]
texts = st.lists(st.sampled_from(SPLINTERS), max_size=7).map(" ".join) | st.text(max_size=12)
names = st.lists(st.sampled_from(SPLINTERS), min_size=1, max_size=3).map(" ".join)
FIT = {
    "purpose_to_term": ["Which {noun} is meant by {purpose} in this deck?", "{purpose}是什么？"],
    "term_to_purpose": ["What is the use of {term} among {noun_plural}?"],
    "condition_to_term": ["Who is in need of it with {condition}?"],
    "term_to_example": ["Which of these is one case of {term}?"],
    "example_to_term": ["To which class does {example} belong here?"],
    "purpose_to_example": ["Which case of {noun} is for {purpose} here?"],
    "example_to_purpose": ["What is the good of {example} among others?"],
    "membership": ["Which of these belongs to the {noun_plural} in question?"],
    "not_member": ["Which of these is NOT one of the {noun_plural}?"],
}
ODD = [
    "No question {term} {purpose}",
    "Which is {nonsense} of {term}?",
    "What?",
    "",
    "Is it {term} or {purpose} or NOT?",
]


@st.composite
def wordings(draw: st.DrawFn) -> dict[str, str]:
    directions = draw(st.lists(st.sampled_from(sorted(FIT)), unique=True, max_size=9))
    return {name: draw(st.sampled_from([*FIT[name] * 3, *ODD])) for name in directions}


@st.composite
def decks(draw: st.DrawFn) -> DeckSpec:
    slugs = ["s", "t", "u", "v", "w"][: draw(st.integers(1, 5))]
    sections = [SectionSpec(slug, 0, draw(names), draw(names), draw(wordings())) for slug in slugs]
    facts = [
        FactSpec(
            code=f"{draw(st.sampled_from(slugs))}/{number}",
            section=draw(st.sampled_from([*slugs, "gone"])),
            term=draw(texts),
            short_label=draw(st.just("") | texts),
            aliases=tuple(draw(st.lists(texts, max_size=2))),
            noun=draw(st.just("") | names),
            purpose=draw(texts),
            condition=draw(st.just("") | texts),
            examples=tuple(draw(st.lists(texts, max_size=3))),
            tags=tuple(draw(st.lists(st.sampled_from("xyz"), max_size=2))),
            caution=draw(st.just("") | texts),
        )
        for number in range(draw(st.integers(0, 11)))
    ]
    pairs = st.tuples(
        st.sampled_from([*slugs, *(fact.code for fact in facts)]),
        st.sampled_from([fact.code for fact in facts] or [""]),
        st.sampled_from(["", *(direction.value for direction in Direction)]),
    )
    rows = draw(st.dictionaries(pairs, st.sampled_from(list(Verdict)), max_size=12))
    return DeckSpec("odd", draw(names), tuple(sections), tuple(facts), rows, draw(st.sampled_from(["en", "zh", "he"])))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(decks(), st.text(max_size=5), st.sampled_from(list(Closeness)))
def test_no_deck_however_strange_gives_a_bad_item(deck, seed, closeness):
    bank = Bank(deck)
    for card in bank.cards():
        bank.prompt(card)
        bank.unusable(card)
        refusal = bank.refusal(card)
        for number in range(3):
            item = bank.draw(card, f"{seed}{number}", closeness=closeness)
            assert (refusal is None) == isinstance(item, Item)
            assert isinstance(item, Refusal) or violations(item, deck) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(decks(), st.integers(0, 12))
def test_no_deck_however_strange_gives_a_bad_quiz(deck, size):
    bank = Bank(deck)
    quiz = assemble(bank, size, "seed")
    assert len(quiz.items) <= size
    assert quiz_violations(quiz.items, deck) == []
    assert [violation for item in quiz.items for violation in violations(item, deck)] == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(decks(), st.text(max_size=5))
def test_no_deck_however_strange_gives_a_bad_contrast(deck, seed):
    bank = Bank(deck)
    for card in bank.cards():
        for other in (*bank.facts, "nowhere/1"):
            item = bank.contrast(card, other, seed)
            assert item == bank.contrast(card, other, seed)
            if isinstance(item, Refusal):
                assert item.reason
                continue
            assert {option.code for option in item.options} == {card.code, other}
            assert {one.rule for one in violations(item, deck)} == {"option count"}
