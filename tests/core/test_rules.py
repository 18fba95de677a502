from dataclasses import replace

import pytest

from quizzes.core.generation import Bank
from quizzes.core.rules import CHECKERS, quiz_violations
from quizzes.core.specs import CardSpec, Direction, Item, Verdict
from tests.core.decks import capitals, deck, elements, fact, violations

DECK = elements()
GOOD = Bank(DECK).draw(CardSpec("elements/12", Direction.PURPOSE_TO_TERM), "seed/1")
RECALLED = Bank(DECK).draw(CardSpec("elements/12", Direction.TERM_TO_PURPOSE), "seed/1")
MEMBER = Bank(capitals()).draw(CardSpec("towns/1", Direction.MEMBERSHIP), "seed/1")
OUTSIDER = Bank(capitals()).not_member("towns", "seed/1")


def broken(item, content=DECK):
    return {violation.rule for violation in violations(item, content)}


def changed(item, **values):
    """The item with its first distractor changed."""
    place = next(at for at, option in enumerate(item.options) if not option.is_key)
    return with_option(item, place, **values)


def with_option(item, place, **values):
    options = list(item.options)
    options[place] = replace(options[place], **values)
    return replace(item, options=tuple(options))


def with_key(item, **values):
    return with_option(item, item.options.index(item.key), **values)


def test_good_items_break_no_rule():
    assert broken(GOOD) == broken(RECALLED) == set()
    assert broken(MEMBER, capitals()) == broken(OUTSIDER, capitals()) == set()


FIRST = next(option for option in GOOD.options if not option.is_key)
SECOND = [option for option in GOOD.options if not option.is_key][1]
BROKEN = {
    "key of the card": replace(GOOD, card=CardSpec(FIRST.code, Direction.PURPOSE_TO_TERM)),
    "option count": replace(GOOD, options=GOOD.options[:2] if GOOD.key in GOOD.options[:2] else GOOD.options[2:]),
    "faithful options": changed(GOOD, text="platinum"),
    "unique options": changed(GOOD, text=f"{SECOND.text.upper()}s"),
    "options apart": changed(GOOD, text=f"{SECOND.text} ore"),
    "one idea once": changed(GOOD, text=f"the {SECOND.text}"),
    "no brackets": changed(GOOD, text="iron (Fe)"),
    "one section": changed(GOOD, section="metals"),
    "one slot": changed(GOOD, slot="purpose"),
    "one grammatical form": changed(RECALLED, text="to rust in damp air"),
    "one option per fact": changed(GOOD, code=GOOD.key.code),
    "words": replace(GOOD, stem="Which element?"),
    "one question": replace(GOOD, stem="This element stays bright through the"),
    "negation": replace(GOOD, stem="Which element does NOT stay bright?"),
    "no catch-all": changed(GOOD, text="none of the above"),
    "no absolute words": changed(RECALLED, text="always rusts in air"),
    "no clang": replace(GOOD, stem="Which element is golden and stays gold?"),
    "length is no cue": with_key(GOOD, text="gold of the alluvial kind"),
    "feedback": changed(GOOD, feedback=" "),
}


@pytest.mark.parametrize("rule", sorted(set(CHECKERS) - {"overlap", "one right answer"}))
def test_each_rule_can_be_broken(rule):
    assert rule in broken(BROKEN[rule])


def test_a_right_or_arguable_option_is_an_overlap():
    for verdict in (Verdict.RIGHT, Verdict.ARGUABLE):
        assert broken(GOOD, elements({("elements/12", FIRST.code, ""): verdict})) == {"overlap"}
    assert broken(GOOD, elements({("elements/12", FIRST.code, ""): Verdict.DISTINCT})) == set()


def test_an_outsider_who_counts_as_a_member_is_an_overlap():
    rows = {("towns", OUTSIDER.key.code, "membership"): Verdict.RIGHT}
    assert broken(OUTSIDER, replace(capitals(), overlaps=rows)) == {"overlap"}


@pytest.mark.parametrize(
    ("direction", "part", "rival"),
    [
        (Direction.PURPOSE_TO_TERM, "", {"purpose": "To relieve pain."}),
        (Direction.CONDITION_TO_TERM, "", {"condition": "gout"}),
        (Direction.EXAMPLE_TO_TERM, "ibuprofen", {"examples": ("Ibuprofen",)}),
        (Direction.TERM_TO_EXAMPLE, "", {"aliases": ("painkiller",)}),
    ],
)
def test_what_the_facts_say_alike_makes_two_right_answers(direction, part, rival):
    facts = [
        fact("s/1", "painkillers", "to relieve pain", condition="gout", examples=("ibuprofen",)),
        replace(fact("s/2", "rivals", "to rival", condition="envy", examples=("rival",)), **rival),
    ]
    options = [replace(GOOD.key, code="s/1"), replace(FIRST, code="s/2")]
    item = Item(CardSpec("s/1", direction, part), "Which?", tuple(options), "", "", "")
    assert "one right answer" in broken(item, deck([], facts))


@pytest.mark.parametrize(
    ("direction", "rival"),
    [
        (Direction.PURPOSE_TO_TERM, {"purpose": "to relieve strong pain after surgery"}),
        (Direction.PURPOSE_TO_TERM, {"purpose": "to releive strong pain"}),
        (Direction.CONDITION_TO_TERM, {"condition": "acute gout"}),
        (Direction.PURPOSE_TO_TERM, {"examples": ("Ibuprofen",)}),
    ],
)
def test_what_the_facts_say_nearly_alike_is_right_too_until_judged_distinct(direction, rival):
    facts = [
        fact("s/1", "painkillers", "to relieve strong pain", condition="gout", examples=("ibuprofen",)),
        replace(fact("s/2", "rivals", "to rival", condition="envy", examples=("rival",)), **rival),
    ]
    options = [replace(GOOD.key, code="s/1"), replace(FIRST, code="s/2")]
    item = Item(CardSpec("s/1", direction), "Which?", tuple(options), "", "", "")
    assert "one right answer" in broken(item, deck([], facts))
    assert "one right answer" not in broken(item, deck([], facts, {("s/1", "s/2", ""): Verdict.DISTINCT}))


def test_a_member_among_the_outsiders_is_right_too():
    members = [one for one in capitals().facts if one.section == "towns"]
    namesake = replace(capitals(), facts=(*members, fact("countries/1", "Paris"), *capitals().facts[13:]))
    outsider = next(option for option in MEMBER.options if not option.is_key)
    item = replace(
        MEMBER, options=tuple(replace(o, code="countries/1") if o is outsider else o for o in MEMBER.options)
    )
    assert "one right answer" in broken(item, namesake)


def test_two_keys_or_none_are_found_first():
    assert broken(with_key(GOOD, is_key=False)) == {"one key"}
    assert broken(changed(GOOD, is_key=True)) == {"one key"}
    assert broken(changed(GOOD, code="elements/99")) == {"known facts"}


def test_a_missing_caution_note_is_missed():
    doubtful = tuple(replace(one, caution="Doubtful.") for one in DECK.facts)
    assert broken(GOOD, replace(DECK, facts=doubtful)) == {"feedback"}


def test_long_keys_may_be_a_third_longer_and_short_ones_ten_letters():
    assert "length is no cue" not in broken(with_key(GOOD, text="x" * (max(map(len, texts(GOOD))) + 10)))
    assert "length is no cue" in broken(with_key(GOOD, text="x" * (max(map(len, texts(GOOD))) + 11)))


def texts(item):
    return [option.text for option in item.options if not option.is_key]


def test_a_clue_that_a_distractor_shares_gives_nothing_away():
    stem = "Which element is golden and stays gold?"
    shared = replace(changed(GOOD, text="gold plate"), stem=stem)
    assert "no clang" not in broken(shared)


def test_a_quiz_asks_each_fact_once_and_gives_nothing_away():
    assert {v.rule for v in quiz_violations([GOOD, RECALLED], DECK)} == {"each fact once", "no give-away"}
    other = Bank(DECK).draw(CardSpec("elements/1", Direction.PURPOSE_TO_TERM), "seed/1")
    assert quiz_violations([GOOD, other], DECK) == []
    told = replace(other, stem="Which element, unlike gold, burns with oxygen to water?")
    assert [v.rule for v in quiz_violations([GOOD, told], DECK)] == ["no give-away"]


def test_a_quiz_has_few_questions_for_what_does_not_belong():
    assert "few negatives" in {v.rule for v in quiz_violations([OUTSIDER], capitals())}
