"""The pairs of a deck that are still to be judged, most similar first, and one of them with its questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.core import stems
from quizzes.core.pairs import Pair, outsiders_of, pairs_of, unjudged
from quizzes.core.specs import CardSpec, DeckSpec, Direction, FactSpec, SectionSpec, Verdict
from quizzes.models import Deck, Overlap, PairJudgement, User
from quizzes.selectors.content.specs import deck_spec
from quizzes.selectors.content.words import DIRECTION_LABELS

MEMBERSHIP_UP_TO = 2000
"""Of larger decks only the pairs within a section are judged: too few of their facts meet in a question on sections."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the pair: what is asked of whom, the answer, who would be offered, and the verdict so far."""

    asked: str
    direction: str
    label: str
    stem: str
    answer: str
    offered: str
    verdict: str

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"verdict {self.asked} {self.direction}"


@dataclass(frozen=True, slots=True)
class PairPage:
    """A pair side by side, its questions, and how far the deck has come. `other` stands in another section for
    membership, of which `one` is the nearest member."""

    deck: Deck
    pair: Pair
    one: FactSpec
    other: FactSpec
    section: SectionSpec
    questions: tuple[Asked, ...]
    reason: str
    place: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a deck's pairs have been judged, of those worth looking at."""

    judged: int
    pairs: int

    @property
    def left(self) -> int:
        """How many are still to be judged."""
        return self.pairs - self.judged

    @property
    def thousandths(self) -> int:
        """The share judged, for a bar of 1000."""
        return 1000 * self.judged // self.pairs if self.pairs else 1000


def rows_of(deck: Deck, pair: Pair) -> QuerySet[Overlap]:
    """The verdicts on a pair, either way round; or on a fact as a member of a section."""
    rows = Overlap.objects.filter(offered__deck=deck)
    if pair.section:
        return rows.filter(asked_section__slug=pair.section, offered__code=pair.other)
    return rows.filter(
        Q(asked__code=pair.one, offered__code=pair.other) | Q(asked__code=pair.other, offered__code=pair.one)
    )


def reach_of(deck: Deck) -> Reach:
    """How far the deck's pairs have been judged."""
    queue = _queue(deck.pk, deck.content_version)
    return Reach(len(queue) - sum(1 for _pair in unjudged(queue, _judged(deck))), len(queue))


def find_pair(deck: Deck, one: str, other: str) -> Pair | None:
    """The pair of these two in the deck's queue, judged or not; `one` may be a section's slug."""
    queue = _queue(deck.pk, deck.content_version)
    return next((pair for pair in queue if pair.other == other and one in {pair.section or pair.one}), None)


def next_pair(deck: Deck, skip: int = 0) -> Pair | None:
    """The most similar pair without a verdict after so many others; None when there is none."""
    left = unjudged(_queue(deck.pk, deck.content_version), _judged(deck))
    return next(islice(left, max(0, skip), None), None)


def pair_page(deck: Deck, pair: Pair, place: int) -> PairPage:
    """The pair with all questions in which one of the two is asked and the other could be offered."""
    spec = _spec(deck.pk, deck.content_version)
    facts = {fact.code: fact for fact in spec.facts if fact.code in {pair.one, pair.other}}
    one, other = facts[pair.one], facts[pair.other]
    section = next(s for s in spec.sections if s.slug == (pair.section or one.section))
    rows = {
        (r.asked.code if r.asked else pair.section, r.direction): r for r in rows_of(deck, pair).select_related("asked")
    }
    verdicts = {way: row.verdict for way, row in rows.items()}
    asked = _membership(pair, section, other, verdicts) if pair.section else _both(one, other, section, verdicts)
    reason = next((row.reason for row in rows.values() if row.reason), "")
    return PairPage(deck, pair, one, other, section, tuple(asked), reason, place)


def last_step(deck: Deck, person: User) -> PairJudgement | None:
    """The person's latest step in the deck that still stands."""
    steps = PairJudgement.objects.filter(deck=deck, judged_by=person, undone_at=None)
    return steps.select_related("one", "section", "other").order_by("-pk").first()


def steps_by_person(deck: Deck) -> list[tuple[str, int]]:
    """Who has judged how many pairs of the deck, most first."""
    rows = PairJudgement.objects.filter(deck=deck, undone_at=None, judged_by__isnull=False)
    counted = rows.values_list("judged_by__username").annotate(n=Count("pk")).order_by("-n", "judged_by__username")
    return list(counted)


def _judged(deck: Deck) -> frozenset[tuple[str, str]]:
    rows = Overlap.objects.filter(offered__deck=deck).values_list("asked__code", "asked_section__slug", "offered__code")
    return frozenset((code or slug, offered) for code, slug, offered in rows.distinct())


def _both(
    one: FactSpec, other: FactSpec, section: SectionSpec, verdicts: Mapping[tuple[str, str], str]
) -> Iterator[Asked]:
    for asked, offered in ((one, other), (other, one)):
        known = {card.direction: card for card in reversed(stems.cards_of(asked, section))}
        told = verdicts.get((asked.code, ""), "")
        for direction in (way for way in Direction if way in known and way not in stems.OF_SECTION):
            slot = stems.answer_slot(direction)
            if not stems.has_slots(offered, (slot,)):
                continue
            verdict = verdicts.get((asked.code, direction), told)
            yield _asked(known[direction], asked, section, stems.offered_text(offered, slot), verdict)


def _membership(
    pair: Pair, section: SectionSpec, other: FactSpec, verdicts: Mapping[tuple[str, str], str]
) -> Iterator[Asked]:
    card = CardSpec(other.code, Direction.MEMBERSHIP)
    stem = stems.stem(card, other, section)
    label = str(DIRECTION_LABELS[Direction.MEMBERSHIP])
    verdict = verdicts.get((pair.section, Direction.MEMBERSHIP.value), "")
    yield Asked(pair.section, Direction.MEMBERSHIP.value, label, stem, "", other.label, verdict)


def _asked(card: CardSpec, asked: FactSpec, section: SectionSpec, offered: str, verdict: str) -> Asked:
    stem = stems.stem(card, asked, section)
    answer = stems.offered_text(asked, stems.answer_slot(card.direction))
    label = str(DIRECTION_LABELS[card.direction])
    return Asked(asked.code, card.direction.value, label, stem, answer, offered, verdict)


def verdicts_sent(page: PairPage, sent: Mapping[str, str]) -> dict[tuple[str, str], Verdict] | None:
    """The verdicts of a form that was sent for this page; None where one is missing or unknown."""
    found = {(one.asked, one.direction): sent.get(one.name, "") for one in page.questions}
    if {asked for asked, _direction in found} != set(page.pair.ways) or not set(found.values()) <= set(Verdict):
        return None
    return {way: Verdict(verdict) for way, verdict in found.items()}


@lru_cache(maxsize=4)
def _spec(deck_id: int, content_version: int) -> DeckSpec:
    return deck_spec(Deck.objects.get(pk=deck_id))


@lru_cache(maxsize=4)
def _queue(deck_id: int, content_version: int) -> tuple[Pair, ...]:
    """All pairs of the deck worth judging, most similar first; worked out once per version in each process."""
    spec = _spec(deck_id, content_version)
    members = {section.slug: _members(spec, section) for section in spec.sections}
    asking = [one for one in spec.sections if set(one.wording) - stems.OF_SECTION]
    pairs = [pair for section in asking for pair in pairs_of(members[section.slug])]
    for section in spec.sections:
        if section.wording.get(Direction.MEMBERSHIP) and len(spec.facts) <= MEMBERSHIP_UP_TO:
            others = [fact for fact in spec.facts if fact.section != section.slug]
            pairs += outsiders_of(section.slug, members[section.slug], others)
    return tuple(sorted(pairs, key=lambda pair: -pair.likeness))


def _members(spec: DeckSpec, section: SectionSpec) -> Sequence[FactSpec]:
    return [fact for fact in spec.facts if fact.section == section.slug]


def clear_cache() -> None:
    """Forget what was worked out."""
    _spec.cache_clear()
    _queue.cache_clear()


def verdict_choices() -> list[tuple[str, str, str]]:
    """Each verdict with its name and the key that gives it."""
    return [
        (Verdict.DISTINCT.value, _("wrong: may be offered"), "1"),
        (Verdict.ARGUABLE.value, _("arguably right"), "2"),
        (Verdict.RIGHT.value, _("also right"), "3"),
    ]
