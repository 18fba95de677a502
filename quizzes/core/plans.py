"""Each card's case and its dozen option sets, in the arena that it shares with others. Kept once worked out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from quizzes.core import stems
from quizzes.core.arena import Arena
from quizzes.core.balance import dozen
from quizzes.core.cases import Case, Stem, given_away, loose, stem_of, veto, work_out
from quizzes.core.clang import covers
from quizzes.core.distractors import OptionSet
from quizzes.core.library import Library
from quizzes.core.offers import Offer, offers_of
from quizzes.core.places import Place, Places
from quizzes.core.specs import CardSpec, FactSpec
from quizzes.core.tables import Elsewhere, Sets

ENOUGH = 6
_MOST_EXTRA = 18


class Plans:
    """The cases and dozens of a deck's cards."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._places = Places(library)
        self._arenas: dict[Place, Arena] = {}
        self._stems: dict[str, Stem] = {}
        self._cases: dict[str, Case] = {}
        self._dozens: dict[str, tuple[OptionSet, ...]] = {}
        self._sketches: dict[str, tuple[OptionSet, ...]] = {}

    def stem(self, card: CardSpec) -> Stem:
        """The card's question after repair."""
        if card.key not in self._stems:
            fact = self._library.facts[card.code]
            self._stems[card.key] = stem_of(self._library, card, self._offers(fact, card))
        return self._stems[card.key]

    def case(self, card: CardSpec) -> Case:
        """The card's clean pool and option sets."""
        if card.key not in self._cases:
            self._cases[card.key] = self._work_out(card)
        return self._cases[card.key]

    def dozen(self, card: CardSpec) -> tuple[OptionSet, ...]:
        """The card's twelve turns; none if it is refused."""
        if card.key not in self._dozens:
            place = self._places.of(card)
            if place.crowded:
                self._dozens[card.key] = self._alone(self.case(card))
            else:
                self._plan(place)
        return self._dozens.get(card.key, ())

    def alone(self, card: CardSpec) -> tuple[OptionSet, ...]:
        """Twelve turns chosen for this card alone, in less time and less well than its dozen; none if it is refused."""
        if card.key not in self._sketches:
            case = self.case(card)
            cards = [Sets(case.question, case.sets)]
            self._sketches[card.key] = case.sets if case.in_turn else dozen(case.arena, cards, rough=True)[0]
        return self._sketches[card.key]

    def blank_is_loose(self, card: CardSpec) -> bool:
        """Whether the question with its blanks would fit another fact of the section as well."""
        fact, stem = self._library.facts[card.code], self.stem(card)
        others = (other for other in self._library.shelf(fact).facts if other.code != card.code)
        return bool(stem.hidden) and any(loose(fact, other, card, stem) for other in others)

    def _work_out(self, card: CardSpec) -> Case:
        place, stem = self._places.of(card), self.stem(card)
        arena = self._arena(place)
        for twin in self._library.twins(card):
            reason = f"the same question fits “{twin.label}” ({twin.code}) too"
            stem = Stem(stem.text, stem.hidden, stem.problem or reason)
        case = work_out(self._library, card, arena, stem, ring=place.crowded)
        if not stem.problem and self._may_widen(card, case):
            return work_out(self._library, card, self._wider(card, stem), stem, ring=False)
        return case

    def _may_widen(self, card: CardSpec, case: Case) -> bool:
        if len({other for found in case.sets for other in found.others}) >= ENOUGH:
            return False
        return card.direction not in stems.OF_SECTION and len(self._library.shelf_of(card).pods) > 1

    def _wider(self, card: CardSpec, stem: Stem) -> Arena:
        """The pod's arena and what else of the section is clean for this card, as far as needed.

        Where the question gives something of the answer away, distractors that share it come first.
        """
        here = self._arena(self._places.of(card))
        shelf = self._library.shelf_of(card)
        home = shelf.pod_of[card.code]
        pods = [shelf.pods[(home + step) % len(shelf.pods)] for step in range(1, len(shelf.pods))]
        others = (offer for pod in pods for fact in pod for offer in self._offers(fact, card)[:1])
        given = given_away(self._library, card, stem, self._offers(self._library.facts[card.code], card))
        clean = (offer for offer in others if not veto(self._library, card, offer, stem))
        if given:
            ranked = sorted(clean, key=lambda offer: not all(covers(offer.bag, clue) for clue in given))
            return Arena((*here.offers, *ranked[:_MOST_EXTRA]))
        return Arena((*here.offers, *islice(clean, _MOST_EXTRA)))

    def _plan(self, place: Place) -> None:
        """Chooses the turns of all cards that share an arena."""
        arena = self._arena(place)
        cases = [self.case(one) for one in self._places.cards(place)]
        self._dozens.update(self._chosen(place, self._elsewhere(place), rough=False))
        self._dozens.update({case.card.key: self._alone(case) for case in cases if case.arena is not arena})

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
        return self._fare(place, [(mixed, {card.key: self.dozen(card) for card in self._places.cards(mixed)})])

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
        if place not in self._arenas:
            kind = "term" if place.mixed else place.kind
            language = self._library.deck.language
            offers = [one for fact in self._places.facts(place) for one in offers_of(fact, kind, language)]
            self._arenas[place] = Arena(offers)
        return self._arenas[place]

    def _offers(self, fact: FactSpec, card: CardSpec) -> tuple[Offer, ...]:
        return offers_of(fact, stems.answer_slot(card.direction), self._library.deck.language)
