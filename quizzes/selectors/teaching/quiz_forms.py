"""The forms of a quiz as they would be frozen now: the same for a preview and for the freezing itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.core.blueprints import Chosen, Row, Shortfall, draw_form
from quizzes.core.snapshots import Snapshot, snapshot
from quizzes.core.specs import CardSpec, Closeness, Direction, Item
from quizzes.models import Card, Quiz
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.items import find_item

Line = dict[str, Any]
"""A row of `QuizForm.items`: card (id), hash of the item, section (slug)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: its row in the form, what is to be kept of it, and which row of the blueprint drew it."""

    line: Line
    content: dict[str, Any]
    snapshot: Snapshot | None
    row: int | None
    card: CardSpec | None


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A form not kept yet. `shortfalls` are rows of the blueprint it cannot fill; `lost` are picks no longer there."""

    questions: Sequence[Question]
    shortfalls: Sequence[Shortfall]
    lost: int
    seed: str

    @property
    def is_whole(self) -> bool:
        """Whether it has all that was asked for, and anything at all."""
        return bool(self.questions) and not self.shortfalls and not self.lost


def read_blueprint(lines: Iterable[Line]) -> tuple[Row, ...]:
    """The rows of a blueprint as the core draws by them."""
    return tuple(
        Row(
            line["section"],
            Direction(line["direction"]) if line["direction"] else None,
            Closeness(line["closeness"]),
            line["number"],
        )
        for line in lines
    )


def make_forms(quiz: Quiz) -> list[MadeForm]:
    """All forms of a quiz as they would be frozen now; of fresh draws one, as an example."""
    if quiz.picking == Quiz.Picking.PICKED:
        return [_picked(quiz)]
    made: list[MadeForm] = []
    for number in range(1, (quiz.form_count if quiz.forms == Quiz.Forms.PARALLEL else 1) + 1):
        made.append(draw(quiz, f"{quiz.seed}/form {number}", others=made))
    return made


def draw(quiz: Quiz, seed: str, *, others: Iterable[MadeForm] = ()) -> MadeForm:
    """One form by the quiz's blueprint, other than `others` as far as its deck allows."""
    content = deck_content(quiz.deck)
    askable = {place.spec for place in content.cards.values() if place.choice}
    before = [frozenset(one.card for one in other.questions if one.card) for other in others]
    rows = read_blueprint(quiz.blueprint)
    form = draw_form(content.bank, rows, seed, askable=askable, without=before)
    return MadeForm(tuple(_drawn(content, one) for one in form.chosen), form.shortfalls, 0, seed)


def _drawn(content: DeckContent, chosen: Chosen) -> Question:
    kept = snapshot_of(content, chosen.item)
    return Question(line_of(content, chosen.item, kept.hash), kept.content, kept, chosen.row, chosen.item.card)


def snapshot_of(content: DeckContent, item: Item) -> Snapshot:
    """What is kept of a question."""
    return snapshot(content.slug, item.card, item.stem, item.options, locator=item.locator, caution=item.caution)


def line_of(content: DeckContent, item: Item, item_hash: str) -> Line:
    """The row of a question in a form. Its section is the one asked about, else that of its fact."""
    section = item.asked_section or content.bank.fact(item.card).section
    return {"card": card_id_of(content, item.card), "hash": item_hash, "section": section}


def card_id_of(content: DeckContent, card: CardSpec) -> int:
    """The card that a question stands for.

    A question for what does not belong has no card of its own. It stands for its key's membership card, and is evidence
    for that one; where there is none, for the fact's first card, and is evidence for nothing.
    """
    wanted = CardSpec(card.code, Direction.MEMBERSHIP) if card.direction is Direction.NOT_MEMBER else card
    places = [content.cards[one] for one in content.cards_of_fact.get(content.fact_ids[card.code], ())]
    found = [place.id for place in places if place.spec == wanted] or [place.id for place in places]
    return found[0] if found else _any_card(content.fact_ids[card.code])


def _any_card(fact_id: int) -> int:
    card_id: int = Card.objects.filter(fact_id=fact_id).order_by("order", "pk").values_list("pk", flat=True)[0]
    return card_id


def _picked(quiz: Quiz) -> MadeForm:
    """The form of what was picked by hand, each question as it was when it was picked."""
    found = [(line, find_item(line["hash"])) for line in quiz.picks]
    questions = tuple(_as_picked(line, content) for line, content in found if content)
    return MadeForm(questions, (), sum(content is None for _line, content in found), quiz.seed)


def _as_picked(line: Line, content: dict[str, Any]) -> Question:
    section = line.get("section") or next(one["section"] for one in content["options"] if one["is_key"])
    return Question({"card": line["card"], "hash": line["hash"], "section": section}, content, None, None, None)
