import json

from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, Direction, Item, Option, Refusal
from quizzes.formats.bank import dumps, line, refused, text
from tests.core.decks import capitals

ITEM = Item(
    card=CardSpec("drugs/8", Direction.TERM_TO_EXAMPLE),
    stem="Which drug is a phosphate binder?",
    options=(
        Option("drugs/3", "drugs", "example:alendronate", "alendronate", 2, False, "Bisphosphonates."),
        Option("drugs/8", "drugs", "example:sevelamer", "sevelamer", 1, True, "Phosphate binders."),
    ),
    locator="Drugs, 8",
    caution="With meals.",
    seed="deck/drugs/8/term_to_example/17",
)


def test_an_item_becomes_one_json_object():
    assert line("deck", ITEM) == {
        "deck": "deck",
        "card": "drugs/8/term_to_example",
        "direction": "term_to_example",
        "section": "drugs",
        "number": 8,
        "stem": "Which drug is a phosphate binder?",
        "options": [
            {
                "text": "alendronate",
                "section": "drugs",
                "number": 3,
                "slot": "example:alendronate",
                "version": 2,
                "is_key": False,
                "feedback": "Bisphosphonates.",
            },
            {
                "text": "sevelamer",
                "section": "drugs",
                "number": 8,
                "slot": "example:sevelamer",
                "version": 1,
                "is_key": True,
                "feedback": "Phosphate binders.",
            },
        ],
        "locator": "Drugs, 8",
        "caution": "With meals.",
        "seed": "deck/drugs/8/term_to_example/17",
    }


def test_a_membership_item_names_the_section_asked_for():
    item = Bank(capitals()).draw(CardSpec("towns/2", Direction.MEMBERSHIP), "x/1")
    written = line("small", item)
    assert (written["asked_section"], written["section"], written["number"]) == ("towns", "towns", 2)
    assert {option["section"] for option in written["options"] if not option["is_key"]} == {"countries"}


def test_section_and_number_are_those_of_the_code_even_after_a_move():
    moved = Option("old/4", "new", "term", "t", 1, True, "f")
    written = line("d", Item(CardSpec("old/4", Direction.MEMBERSHIP), "s", (moved,), "", "", "", "new"))
    assert (written["section"], written["number"], written["asked_section"]) == ("old", 4, "new")
    assert written["options"][0]["section"] == "old"


def test_a_refusal_says_why():
    refusal = Refusal(CardSpec("tests/7", Direction.PURPOSE_TO_TERM), "too few")
    assert refused(refusal) == {
        "card": "tests/7/purpose_to_term",
        "direction": "purpose_to_term",
        "refused": "too few",
    }
    assert text(refusal) == "tests/7/purpose_to_term\n  refused: too few\n"


def test_a_line_of_json_is_one_line_in_its_own_script():
    assert dumps({"stem": "哪个\n器官"}) == '{"stem": "哪个\\n器官"}'
    assert json.loads(dumps(line("deck", ITEM))) == line("deck", ITEM)


def test_a_person_reads_question_choices_answer_and_reasons():
    assert text(ITEM) == (
        "Which drug is a phosphate binder?\n"
        "  A. alendronate\n"
        "  B. sevelamer\n"
        "  Answer: B\n"
        "    A: Bisphosphonates.\n"
        "    B: Phosphate binders.\n"
        "  Source: Drugs, 8\n"
        "  Caution: With meals.\n"
    )
