from quizzes.core.generation import Bank
from quizzes.core.specs import Direction, Refusal
from quizzes.core.survey import survey
from tests.core.decks import PURPOSE_WORDING, deck, fact, section

BELONGS = {"membership": "Which of these is one of the {noun_plural}?"}
FISH = "cod herring salmon trout carp pike perch tuna".split()
TREES = "oak beech lime alder rowan holly elder hazel".split()
USES = (
    ("iron", "is drawn by magnets"),
    ("nickel", "is drawn by magnets"),
    ("zinc", ""),
    ("lead", "shields people from X-rays"),
    ("mercury", "flows in old thermometers"),
    ("gold", "stays bright for centuries"),
    ("copper", "carries current through houses"),
)


def lists(**named):
    facts = [fact(f"{slug}/{n}", name) for slug, names in named.items() for n, name in enumerate(names, 1)]
    return deck([section(slug, BELONGS, slug, at) for at, slug in enumerate(named)], facts)


def offered(bank):
    return {option.code for card in bank.cards() for option in options(bank.draw(card, f"{card.key}/1"))}


def options(one):
    return () if isinstance(one, Refusal) else one.options


def asked(bank, slug):
    return [card.code for card in bank.cards() if bank.fact(card).section == slug and not bank.refusal(card)]


def test_a_name_that_is_never_the_answer_is_no_wrong_answer_either():
    facts = [fact(f"metals/{n}", term, does) for n, (term, does) in enumerate(USES, 1)]
    bank = Bank(deck([section("metals", PURPOSE_WORDING, "metal")], facts))
    named = [card for card in bank.cards() if card.direction is Direction.PURPOSE_TO_TERM]
    shown = {option.code for card in named for n in range(24) for option in options(bank.draw(card, f"{n}"))}
    assert shown == {"metals/4", "metals/5", "metals/6", "metals/7"}
    assert survey(bank).violations == ()


def test_a_refusal_counts_the_names_that_are_never_the_answer():
    facts = [fact(f"metals/{n}", term, does) for n, (term, does) in enumerate(USES[:5], 1)]
    bank = Bank(deck([section("metals", PURPOSE_WORDING, "metal")], facts))
    card = next(one for one in bank.cards() if one.key == "metals/4/purpose_to_term")
    assert bank.refusal(card).reason == "0 clean distractors, fewer than 2 (4 never the answer)"


def test_the_one_member_of_a_section_is_not_asked_for_where_no_other_section_is():
    bank = Bank(lists(whales=["orca"], fish=FISH))
    (card,) = [one for one in bank.cards() if one.code == "whales/1"]
    assert bank.refusal(card).reason.startswith("too few facts of other sections")
    assert offered(bank) == set()


def test_of_two_lists_no_more_members_are_asked_for_than_the_other_has():
    bank = Bank(lists(trees=TREES[:5], fish=FISH))
    assert (len(asked(bank, "trees")), len(asked(bank, "fish"))) == (5, 5)
    assert offered(bank) <= {*asked(bank, "trees"), *asked(bank, "fish")}


def test_lists_of_one_length_are_asked_for_whole():
    bank = Bank(lists(trees=TREES, fish=FISH))
    assert (len(asked(bank, "trees")), len(asked(bank, "fish"))) == (8, 8)
