"""Each card's case and its dozen option sets, in the arena that it shares with others. Kept once worked out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from quizzes.core import stems
from quizzes.core.answers import Answers
from quizzes.core.arena import Arena
from quizzes.core.balance import dozen
from quizzes.core.cases import Case, Stem, given_away, left_to_say, stem_of, veto, work_out
from quizzes.core.clang import Bags
from quizzes.core.distractors import OptionSet
from quizzes.core.kept import Kept
from quizzes.core.library import Library, Shelf
from quizzes.core.offers import Offer
from quizzes.core.places import Place, Places
from quizzes.core.specs import CardSpec, Direction, FactSpec
from quizzes.core.tables import Elsewhere, Sets

ENOUGH = 6
_MOST_EXTRA = 18
_MOST_LOOKED_AT = 1000
_MOST_CARDS = 2048
_MOST_ARENAS = 2048


@dataclass(frozen=True, slots=True)
class Turns:
    """A card's twelve option sets in their arena; none, with the reason, if it is refused."""

    sets: tuple[OptionSet, ...]
    arena: Arena
    reason: str


class Plans:
    """The cases and dozens of a deck's cards.

    Turns are kept, and so are the arenas of small sections, which are planned as a whole. All else is forgotten when
    there is much of it, and worked out anew when it is needed.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._places = Places(library)
        self._answers = Answers(library, self._places, self._sound)
        self._arenas: dict[Place, Arena] = {}
        self._pods = Kept[Place, Arena](_MOST_ARENAS)
        self._stems = Kept[str, Stem](_MOST_CARDS)
        self._cases = Kept[str, Case](_MOST_CARDS)
        self._sketches = Kept[str, tuple[OptionSet, ...]](_MOST_CARDS)
        self._turns: dict[str, Turns] = {}
        self._words: dict[tuple[str, str], Bags] = {}

    def stem(self, card: CardSpec) -> Stem:
        """The card's question after repair."""
        fact = self._library.facts[card.code]
        return self._stems.get(card.key, lambda: stem_of(self._library, card, self._offers(fact, card)))

    def case(self, card: CardSpec) -> Case:
        """The card's clean pool and option sets."""
        return self._cases.get(card.key, lambda: self._work_out(card))

    def dozen(self, card: CardSpec) -> Turns:
        """The card's twelve turns; none if it is refused."""
        if card.key not in self._turns:
            place = self._places.of(card)
            if place.crowded:
                self._turn(self.case(card), self._alone(self.case(card)))
            else:
                self._plan(place)
            if card.key not in self._turns:
                self._turn(self.case(card), ())
        return self._turns[card.key]

    def alone(self, card: CardSpec) -> tuple[OptionSet, ...]:
        """Twelve turns chosen for this card alone, in less time and less well than its dozen; none if it is refused."""
        return self._sketches.get(card.key, lambda: self._sketch(self.case(card)))

    def _sketch(self, case: Case) -> tuple[OptionSet, ...]:
        cards = [Sets(case.question, case.sets)]
        return case.sets if case.in_turn else dozen(case.arena, cards, rough=True)[0]

    def neighbourhood(self, card: CardSpec) -> Place:
        """What the card has in common with those whose turns are chosen in view of its own."""
        return self._places.neighbourhood(card)

    def blank_is_loose(self, card: CardSpec) -> bool:
        """Whether the question with its blanks would fit another fact of the section as well."""
        fact, stem = self._library.facts[card.code], self.stem(card)
        if not stem.hidden:
            return False
        condition = card.direction is Direction.CONDITION_TO_TERM
        return self._library.shelf(fact).saying(left_to_say(fact, card, stem), fact, condition=condition)

    def _work_out(self, card: CardSpec) -> Case:
        place, stem = self._places.of(card), self.stem(card)
        arena = self._arena(place)
        for twin in self._library.twins(card):
            reason = f"the same question fits “{twin.label}” ({twin.code}) too"
            stem = Stem(stem.text, stem.hidden, stem.problem or reason)
        stem = Stem(stem.text, stem.hidden, stem.problem or self._answers.too_few(card))
        case = self._worked_out(card, arena, stem, ring=place.crowded)
        if not stem.problem and self._may_widen(card, case):
            return self._worked_out(card, self._wider(card, stem), stem, ring=False)
        return case

    def _worked_out(self, card: CardSpec, arena: Arena, stem: Stem, *, ring: bool) -> Case:
        return work_out(self._library, card, arena, stem, ring=ring, silent=self._answers.silent)

    def _sound(self, card: CardSpec) -> bool:
        """Whether the card's question, options apart, can be asked; in a large section its words are not repaired."""
        if any(self._library.twins(card)):
            return False
        if not self._places.of(card).crowded:
            return not self.stem(card).problem
        fact, shelf = self._library.facts[card.code], self._library.shelf_of(card)
        return not stems.stem_problem(stems.stem(card, fact, shelf.section), card.direction)

    def _may_widen(self, card: CardSpec, case: Case) -> bool:
        if len({other for found in case.sets for other in found.others}) >= ENOUGH:
            return False
        return card.direction not in stems.OF_SECTION and len(self._library.shelf_of(card).pods) > 1

    def _wider(self, card: CardSpec, stem: Stem) -> Arena:
        """The pod's arena and what else of the section is clean for this card, as far as needed.

        Where the question gives something of the answer away, distractors that share it come first. Of thousands of
        facts not all are looked at.
        """
        shelf, here = self._library.shelf_of(card), self._arena(self._places.of(card))
        given = given_away(self._library, card, stem, self._offers(self._library.facts[card.code], card))
        sharing = self._bags(shelf, card).covering(given) if given else frozenset()
        first = islice((at for at in shelf.around(card.code) if at in sharing), _MOST_LOOKED_AT)
        then = islice((at for at in shelf.around(card.code) if at not in sharing), _MOST_LOOKED_AT)
        others = (offer for at in chain(first, then) for offer in self._offers(shelf.in_pods[at], card)[:1])
        clean = (offer for offer in others if not veto(self._library, card, offer, stem, self._answers.silent))
        return Arena((*here.offers, *islice(clean, _MOST_EXTRA)))

    def _bags(self, shelf: Shelf, card: CardSpec) -> Bags:
        """The words of the options that a section's facts, pod by pod, are in a card's kind of slot."""
        key = shelf.section.slug, stems.answer_slot(card.direction)
        if key not in self._words:
            offered = (self._offers(fact, card)[:1] for fact in shelf.in_pods)
            self._words[key] = Bags(offers[0].bag if offers else None for offers in offered)
        return self._words[key]

    def _plan(self, place: Place) -> None:
        """Chooses the turns of all cards that share an arena."""
        arena = self._arena(place)
        chosen = self._chosen(place, self._elsewhere(place), rough=False)
        for case in map(self.case, self._places.cards(place)):
            self._turn(case, chosen[case.card.key] if case.arena is arena else self._alone(case))

    def _turn(self, case: Case, sets: tuple[OptionSet, ...]) -> None:
        self._turns[case.card.key] = Turns(sets, case.arena, case.reason)

    def _chosen(self, place: Place, elsewhere: Elsewhere | None, *, rough: bool) -> dict[str, tuple[OptionSet, ...]]:
        """The turns, by card, of the cards that draw from the arena itself."""
        arena = self._arena(place)
        shared = [case for case in map(self.case, self._places.cards(place)) if case.arena is arena]
        chosen = dozen(arena, [Sets(case.question, case.sets) for case in shared], elsewhere, rough=rough)
        return {case.card.key: turns for case, turns in zip(shared, chosen, strict=True)}

    def _alone(self, case: Case) -> tuple[OptionSet, ...]:
        if case.in_turn:
            return case.sets
        return dozen(case.arena, [Sets(case.question, case.sets)])[0]

    def _elsewhere(self, place: Place) -> Elsewhere | None:
        """How the offers of an arena fare in the others that show terms, so that all of them balance together.

        Membership questions are chosen after a first choice in each section, the final one in each section after that.
        """
        if place.mixed:
            sections = self._places.joined(place)
            return self._fare(place, [(one, self._chosen(one, None, rough=True)) for one in sections])
        mixed = self._places.mixed_with(place)
        if mixed is None:
            return None
        return self._fare(place, [(mixed, {card.key: self.dozen(card).sets for card in self._places.cards(mixed)})])

    def _fare(self, place: Place, others: Iterable[tuple[Place, Mapping[str, Sequence[OptionSet]]]]) -> Elsewhere:
        """How often the offers of one arena are distractors and keys in the turns of others."""
        seen, keyed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for other, chosen in others:
            faces = [(offer.fact.code, offer.slot) for offer in self._arena(other).offers]
            for turn in (turn for turns in chosen.values() for turn in turns):
                keyed[faces[turn.key]] += 1
                seen.update(faces[at] for at in turn.others)
        mine = [(offer.fact.code, offer.slot) for offer in self._arena(place).offers]
        return Elsewhere(tuple(seen[face] for face in mine), tuple(keyed[face] for face in mine))

    def _arena(self, place: Place) -> Arena:
        if place.crowded:
            return self._pods.get(place, lambda: self._made(place))
        if place not in self._arenas:
            self._arenas[place] = self._made(place)
        return self._arenas[place]

    def _made(self, place: Place) -> Arena:
        kind = "term" if place.mixed else place.kind
        return Arena([offer for fact in self._places.facts(place) for offer in self._library.offers(fact, kind)])

    def _offers(self, fact: FactSpec, card: CardSpec) -> tuple[Offer, ...]:
        return self._library.offers(fact, stems.answer_slot(card.direction))
