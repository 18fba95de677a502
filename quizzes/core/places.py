"""Which facts meet among the options of a card: its pod within the section, or a mix of sections for membership."""

from dataclasses import dataclass, replace
from functools import cached_property

from quizzes.core import stems
from quizzes.core.library import Library, Shelf
from quizzes.core.specs import CardSpec, Direction, FactSpec

TOGETHER = 240
_GROUP = 5
_MIXED_ENOUGH = 4
_MOST_MIXED = 10
_POD = 24
_FEWEST_EACH = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One arena: the section or the first of its group, the kind of slot (or "membership"), the number of the pod.

    `crowded` means that the section is too large for its cards' option sets to be chosen together.
    """

    section: str
    kind: str
    pod: int
    crowded: bool

    @property
    def mixed(self) -> bool:
        """Whether sections are mixed."""
        return self.kind == Direction.MEMBERSHIP.value


class Places:
    """The arenas of a deck."""

    together = TOGETHER

    def __init__(self, library: Library) -> None:
        self._library = library

    def group_of(self, section: str) -> tuple[str, ...]:
        """The sections whose facts meet in a section's membership questions, itself included; none if it has none."""
        return self._groups.get(section, ())

    def of(self, card: CardSpec) -> Place:
        """Where the card's options come from."""
        shelf = self._library.shelf(self._library.facts[card.code])
        if card.direction in stems.OF_SECTION:
            group = self._groups[shelf.section.slug]
            crowded = self._crowded(group)
            pod = shelf.order[card.code] // self._slice(group) if crowded else 0
            return Place(group[0], Direction.MEMBERSHIP.value, pod, crowded)
        kind = stems.answer_slot(card.direction)
        return Place(shelf.section.slug, kind, shelf.pod_of[card.code], len(shelf.facts) > TOGETHER)

    def neighbourhood(self, card: CardSpec) -> Place:
        """The same for all cards whose options are chosen in view of each other, whatever they ask for.

        Those of a pod; with membership questions for it that are not crowded, those of all sections in its group.
        """
        place = self.of(card)
        if place.mixed:
            return place
        term = replace(place, kind="term")
        return self.mixed_with(term) or term

    def mixed_with(self, place: Place) -> Place | None:
        """The uncrowded membership arena in which the terms of an arena meet others; None if there is none."""
        group = self._groups.get(place.section, ())
        if place.kind != "term" or not group or self._crowded(group):
            return None
        return Place(group[0], Direction.MEMBERSHIP.value, 0, False)

    def joined(self, place: Place) -> tuple[Place, ...]:
        """The arenas of terms, one a section, whose facts meet in an uncrowded membership arena."""
        shelves = [self._library.shelves[slug] for slug in self._groups[place.section]]
        found = [Place(one.section.slug, "term", pod, False) for one in shelves for pod in range(len(one.pods))]
        return tuple(found)

    def facts(self, place: Place) -> tuple[FactSpec, ...]:
        """The facts that meet in an arena."""
        if not place.mixed:
            return self._library.shelves[place.section].pods[place.pod]
        group = self._groups[place.section]
        shelves = [self._library.shelves[slug] for slug in group]
        if not place.crowded:
            return tuple(fact for shelf in shelves for fact in shelf.facts)
        return tuple(fact for shelf in shelves for fact in _slice_of(shelf, place.pod, self._slice(group)))

    def cards(self, place: Place) -> list[CardSpec]:
        """The cards whose options come from an arena."""
        facts = self.facts(place)
        cards = [one for fact in facts for one in stems.cards_of(fact, self._library.shelf(fact).section)]
        if place.mixed:
            return [one for one in cards if one.direction in stems.OF_SECTION]
        alike = [one for one in cards if stems.answer_slot(one.direction) == place.kind]
        return [one for one in alike if one.direction not in stems.OF_SECTION]

    def _crowded(self, group: tuple[str, ...]) -> bool:
        return sum(len(self._library.shelves[slug].facts) for slug in group) > TOGETHER

    def _slice(self, group: tuple[str, ...]) -> int:
        return max(_FEWEST_EACH, _POD // len(group))

    @cached_property
    def _groups(self) -> dict[str, tuple[str, ...]]:
        """For each section those whose facts meet in its membership questions: groups of sections that ask them.

        Where fewer than four sections ask, others join them.
        """
        held = [slug for slug, shelf in self._library.shelves.items() if shelf.facts]
        asking = [slug for slug in held if self._library.shelves[slug].section.wording.get(Direction.MEMBERSHIP)]
        if len(asking) < _MIXED_ENOUGH:
            joined = (asking + [slug for slug in held if slug not in asking])[:_MOST_MIXED]
            return dict.fromkeys(joined, tuple(joined)) if asking else {}
        count = max(1, len(asking) // _GROUP)
        groups = [tuple(asking[number::count]) for number in range(count)]
        return {slug: group for group in groups for slug in group}


def _slice_of(shelf: Shelf, number: int, size: int) -> tuple[FactSpec, ...]:
    """A stretch of the shelf's facts; beyond its end it starts over."""
    start = number % max(1, -(-len(shelf.facts) // size)) * size
    return shelf.facts[start : start + size]
