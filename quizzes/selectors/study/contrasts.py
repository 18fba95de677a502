"""“Which is which?”: the pairs of facts that can be asked so, by which card, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.events import Kind
from quizzes.core.history import Progress
from quizzes.core.snapshots import Snapshot, snapshot
from quizzes.core.specs import Refusal
from quizzes.models import ReviewLog
from quizzes.selectors.content.decks import CardPlace, DeckContent
from quizzes.selectors.study.memories import Memories
from quizzes.selectors.study.questions import Subject

MOST_OFFERED = 2


@dataclass(frozen=True, slots=True)
class ContrastOffer:
    """What a card was taken for, in a sentence, and where to be asked which is which."""

    said: str
    url: str


def contrast_url(slug: str, asked: str, taken_for: str, card_id: int = 0) -> str:
    """The address of the question, by the codes of two facts of a deck and, where it matters, the card asked."""
    fields = [("fact", asked), ("fact", taken_for), *([("card", card_id)] if card_id else [])]
    return f"{reverse('contrast', args=[slug])}?{urlencode(fields)}"


def compare_url(slug: str, asked: str, taken_for: str) -> str:
    """The address of two facts side by side."""
    return f"{reverse('compare', args=[slug])}?{urlencode([('fact', asked), ('fact', taken_for)])}"


def refused(content: DeckContent, place: CardPlace, taken_for: str) -> str:
    """Why a card cannot be asked with this fact as its only other choice, as the end of a sentence; empty if it can."""
    drawn = content.bank.contrast(place.spec, taken_for, "")
    return drawn.reason if isinstance(drawn, Refusal) else ""


def pair_refused(content: DeckContent, one: str, other: str) -> str:
    """Why neither of two facts can be asked with the other as its only other choice; empty if one can."""
    (place, reason), (back, _reason) = find_contrast(content, one, other), find_contrast(content, other, one)
    return "" if place or back else reason


def find_contrast(
    content: DeckContent, asked: str, taken_for: str, *, memories: Memories | None = None, card_id: int = 0
) -> tuple[CardPlace | None, str]:
    """The card of the asked fact to ask, or None with the reason.

    `card_id` names one of the fact's cards; without it the one most often answered with the other fact comes first,
    then the first in teaching order.
    """
    cards = content.cards_of_fact.get(content.fact_ids.get(asked, 0), ())
    if taken_for not in content.names or not cards:
        return None, _("one of the two is not asked any more")
    taken = {one: _taken((memories or {}).get(one) or Progress(), taken_for) for one in cards}
    ordered = sorted(cards, key=lambda one: (-taken[one], content.cards[one].order))
    tried = [card_id] if card_id in cards else ordered
    reasons = [refused(content, content.cards[one], taken_for) for one in tried]
    found = next((one for one, reason in zip(tried, reasons, strict=True) if not reason), None)
    return (None, reasons[0]) if found is None else (content.cards[found], "")


def _taken(progress: Progress, code: str) -> int:
    return progress.confusions[code].taken if code in progress.confusions else 0


def draw_contrast(subject: Subject, taken_for: str, number: int) -> Snapshot:
    """The question in the order in which it is put the `number`-th time; raises ValueError if it is refused."""
    content, spec = subject.content, subject.place.spec
    seed = f"{content.slug}/{spec.key}/{taken_for}/{subject.student.user_id}/{number}"
    item = content.bank.contrast(spec, taken_for, seed)
    if isinstance(item, Refusal):
        raise ValueError(item.reason)
    return snapshot(content.slug, spec, item.stem, item.options, locator=item.locator, caution=item.caution)


def contrasts_answered(user_id: int, card_id: int) -> int:
    """How many answers of the student to such questions of a card stand; one query."""
    undone = ReviewLog.objects.filter(user_id=user_id, kind=Kind.UNDO, target_seq=OuterRef("seq"))
    rows = ReviewLog.objects.filter(user_id=user_id, card_id=card_id, kind=Kind.ANSWER, detail__has_key="contrast")
    return rows.exclude(Exists(undone)).count()


def offered_contrasts(content: DeckContent, place: CardPlace, progress: Progress) -> Sequence[ContrastOffer]:
    """For what a student takes a card, most often first, where it can be asked as a question of two choices."""
    known = sorted(progress.confusions, key=lambda code: (-progress.confusions[code].taken, code))
    codes = [code for code in known if code in content.names and not refused(content, place, code)]
    asked = place.spec.code
    return [
        ContrastOffer(
            _taken_words(content.names[code][0], progress.confusions[code].taken),
            contrast_url(content.slug, asked, code, place.id),
        )
        for code in codes[:MOST_OFFERED]
    ]


def _taken_words(name: str, times: int) -> str:
    words = ngettext("You have taken it for “%(name)s” once.", "You have taken it for “%(name)s” %(n)d times.", times)
    return words % {"name": name, "n": times}
