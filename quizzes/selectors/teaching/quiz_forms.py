"""The forms of a quiz as they would be frozen now: the same for a preview and for the freezing itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.core.blueprints import Chosen, Row, Shortfall, draw_form
from quizzes.core.snapshots import Snapshot, snapshot
from quizzes.core.specs import CardSpec, Closeness, Direction, Item, Option
from quizzes.models import Card, Quiz
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.items import find_item

Line = dict[str, Any]
"""A row of `QuizForm.items`: card (id), hash of the item, section (slug), closeness ("" if it plays no part)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: its row in the form, what is to be kept of it, and which row of the blueprint drew it."""

    line: Line
    content: Mapping[str, Any]
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


def make_forms(quiz: Quiz, *, most: int | None = None) -> list[MadeForm]:
    """The forms of a quiz as they would be frozen now, the first `most` of them; of fresh draws one, as an example.

    After a form that is not whole no other is made.
    """
    if quiz.picking == Quiz.Picking.PICKED:
        return [_picked(quiz)]
    made: list[MadeForm] = []
    for number in range(1, min(form_count(quiz), most or form_count(quiz)) + 1):
        made.append(draw(quiz, f"{quiz.seed}/form {number}", others=made))
        if not made[-1].is_whole:
            break
    return made


def form_count(quiz: Quiz) -> int:
    """How many forms are made when the quiz is frozen; 1 for fresh draws, of which a preview shows one."""
    return quiz.form_count if quiz.picking == Quiz.Picking.DRAWN and quiz.forms == Quiz.Forms.PARALLEL else 1


def draw(quiz: Quiz, seed: str, *, others: Iterable[MadeForm] = ()) -> MadeForm:
    """One form by the quiz's blueprint, other than `others` as far as its deck allows."""
    content = deck_content(quiz.deck)
    before = [frozenset(one.card for one in other.questions if one.card) for other in others]
    rows = read_blueprint(quiz.blueprint)
    form = draw_form(content.bank, rows, seed, askable=askable_cards(content), without=before)
    questions = tuple(_drawn(content, one, rows[one.row]) for one in form.chosen)
    return MadeForm(questions, form.shortfalls, 0, seed)


def askable_cards(content: DeckContent) -> frozenset[CardSpec]:
    """The cards of a deck that give multiple-choice questions."""
    return frozenset(place.spec for place in content.cards.values() if place.choice)


def _drawn(content: DeckContent, chosen: Chosen, row: Row) -> Question:
    kept = snapshot_of(content, chosen.item)
    closeness = "" if row.direction is Direction.NOT_MEMBER else row.closeness.value
    line = line_of(content, chosen.item, kept.hash, closeness)
    return Question(line, kept.content, kept, chosen.row, chosen.item.card)


def snapshot_of(content: DeckContent, item: Item) -> Snapshot:
    """What is kept of a question."""
    return snapshot(content.slug, item.card, item.stem, item.options, locator=item.locator, caution=item.caution)


def line_of(content: DeckContent, item: Item, item_hash: str, closeness: str) -> Line:
    """The row of a question in a form. Its section is the one asked about, else that of its fact."""
    section = item.asked_section or content.bank.fact(item.card).section
    card_id = card_id_of(content, item.card)
    return {"card": card_id, "hash": item_hash, "section": section, "closeness": closeness}


def item_of(content: Mapping[str, Any], asked_section: str = "") -> Item:
    """A kept question as the core knows it, options in canonical order."""
    section, number, direction, *part = content["card"].split("/")
    card = CardSpec(f"{section}/{number}", Direction(direction), "/".join(part))
    options = tuple(Option(**one) for one in content["options"])
    mixing = card.direction in {Direction.MEMBERSHIP, Direction.NOT_MEMBER}
    asked = asked_section if mixing else ""
    return Item(card, content["stem"], options, content["locator"], content["caution"], "", asked)


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
    row = {"card": line["card"], "hash": line["hash"], "section": section, "closeness": line.get("closeness", "")}
    return Question(row, content, None, None, None)
