"""Which facts are the answer to some question by name, so that they may stand as wrong answers elsewhere.

A term that is offered again and again and never right is soon known to be wrong; one that is always right when it is
offered is soon known to be right.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from quizzes.core import stems
from quizzes.core.library import Library
from quizzes.core.places import Places
from quizzes.core.specs import CardSpec, Direction, FactSpec

FEWEST = 3
"""So many facts let a question be asked in more ways than one: an answer and two others, or three from elsewhere."""

Named = Mapping[str, frozenset[str]]
"""Codes of facts by section."""

Sound = Callable[[CardSpec], bool]
"""Whether a card's question, options apart, can be asked."""


class Answers:
    """The facts of a deck that are asked for by name. Large sections hold enough of them, and are taken as they are."""

    def __init__(self, library: Library, places: Places, sound: Sound) -> None:
        self._library = library
        self._places = places
        self._sound = sound
        self._told: dict[str, bool] = {}
        self._asked: dict[tuple[str, ...], Named] = {}

    def silent(self, fact: FactSpec) -> bool:
        """Whether no question has the fact's name for its answer."""
        return not self._spoken(fact) and not self._member(fact)

    def too_few(self, card: CardSpec) -> str:
        """Why a membership question cannot be asked in fairness to the others; empty if it can, or is none."""
        fact = self._library.facts[card.code]
        if card.direction is not Direction.MEMBERSHIP or self._member(fact):
            return ""
        return "too few facts of other sections are asked like this, so that options would give themselves away"

    def _spoken(self, fact: FactSpec) -> bool:
        """Whether a question about the fact itself, not its section, is answered by its name."""
        shelf = self._library.shelf(fact)
        if not self._tells(fact):
            return False
        return len(shelf.facts) > self._places.together or fact.section in self._told_enough

    @cached_property
    def _told_enough(self) -> frozenset[str]:
        small = [one for one in self._library.shelves.values() if len(one.facts) <= self._places.together]
        return frozenset(one.section.slug for one in small if sum(map(self._tells, one.facts)) >= FEWEST)

    def _tells(self, fact: FactSpec) -> bool:
        if fact.code not in self._told:
            section = self._library.shelf(fact).section
            asking = [one for one in stems.cards_of(fact, section) if stems.answer_slot(one.direction) == "term"]
            own = (one for one in asking if one.direction not in stems.OF_SECTION)
            self._told[fact.code] = any(map(self._sound, own))
        return self._told[fact.code]

    def _member(self, fact: FactSpec) -> bool:
        """Whether it is asked of the fact that it belongs to its section."""
        group = self._places.group_of(fact.section)
        if not group or not self._library.shelf(fact).section.wording.get(Direction.MEMBERSHIP):
            return False
        if group not in self._asked:
            self._asked[group] = self._members(group)
        return fact.code in self._asked[group][fact.section]

    def _members(self, group: Sequence[str]) -> Named:
        """For each section of a group the members that are asked for, the first ones where not all can be."""
        shelves = {slug: self._library.shelves[slug] for slug in group}
        spoken = {slug: self._spoken_of(slug) for slug in group}
        asking = [slug for slug in group if shelves[slug].section.wording.get(Direction.MEMBERSHIP)]
        asked = {slug: frozenset(one.code for one in shelves[slug].facts) for slug in asking}
        while True:
            found = {slug: self._fair(slug, asked, spoken) for slug in asking}
            if found == asked:
                return asked
            asked = found

    def _spoken_of(self, slug: str) -> frozenset[str]:
        """The facts of a section that are asked for themselves; of a large one all that might be."""
        facts = self._library.shelves[slug].facts
        if len(facts) > self._places.together:
            return frozenset(one.code for one in facts if one.purpose or one.condition)
        return frozenset(one.code for one in facts if self._spoken(one))

    def _fair(self, slug: str, asked: Named, spoken: Named) -> frozenset[str]:
        """The members of a section that can be asked for while those of the others are.

        Not more than there are outsiders, since each should be a wrong answer as often for its times as the right one;
        and none that would be the answer whenever it is seen, but where a list is the only one asked like this.
        """
        others = [one for one in spoken if one != slug]
        outsiders = sum(len(spoken[one] | asked.get(one, frozenset())) for one in others)
        if outsiders < FEWEST:
            return frozenset()
        facts = [one.code for one in self._library.shelves[slug].facts if one.code in asked[slug]]
        answered = sum(len(asked[one]) for one in others if one in asked)
        enough = answered >= FEWEST or (len(asked) == 1 and len(facts) > 1)
        return frozenset([code for code in facts if enough or code in spoken[slug]][:outsiders])
