"""How hard each card of a deck is, from the answers of all its students; reads only."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, Sum

from quizzes.core.card_shifts import learn_shifts
from quizzes.core.review_arrays import Bools, Ints
from quizzes.models import CardProgress, DeckTally, ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.study.reviews import StudiedReviews, reviews_in

ENOUGH_STUDENTS = 10
MORE_SHARE = 0.2
"""A deck is looked at anew when its answers have grown by this share."""
CARDS_AT_ONCE, MOST_STUDENTS_OF_A_CARD, MOST_STUDENTS = 300, 100, 2_000
"""More students of a card hardly tell more; the newest are taken."""


@dataclass(frozen=True, slots=True)
class CardKnowledge:
    """What to shift a card's first memory by; how many students say so, with how many answers on later days."""

    card_id: int
    ln_stability: float
    difficulty: float
    students: int
    answers: int


def answers_so_far(*deck_ids: int) -> dict[int, tuple[int, int]]:
    """Of these decks (none given: all), students who have answered cards on a later day, and the answers to these."""
    rows = CardProgress.objects.filter(last_study_day__gt=F("first_study_day")).order_by()
    wanted = rows.filter(card__deck__in=deck_ids) if deck_ids else rows
    counted = wanted.values_list("card__deck").annotate(students=Count("user", distinct=True), answers=Sum("reps"))
    return {deck: (students, answers) for deck, students, answers in counted}


def decks_to_learn() -> list[int]:
    """The decks whose cards are to be looked at: enough students, and many more answers than at the last time."""
    last = dict(DeckTally.objects.values_list("deck_id", "shift_answers"))
    return [
        deck
        for deck, (students, answers) in sorted(answers_so_far().items())
        if students >= ENOUGH_STUDENTS and answers > last.get(deck, 0) * (1 + MORE_SHARE)
    ]


def card_knowledge(deck_id: int) -> Iterator[CardKnowledge]:
    """What the students of the deck showed of its cards, some cards at a time; without any for cards that nobody has
    answered on a later day."""
    studied = CardProgress.objects.filter(card__deck=deck_id, last_study_day__gt=F("first_study_day"))
    cards = sorted(studied.order_by().values_list("card_id", flat=True).distinct())
    for start in range(0, len(cards), CARDS_AT_ONCE):
        yield from _knowledge(cards[start : start + CARDS_AT_ONCE])


def _knowledge(cards: Sequence[int]) -> Iterator[CardKnowledge]:
    log: HistoryQuerySet = ReviewLog.objects.filter(user_id__in=_newest_students(cards), card_id__in=cards)
    read = reviews_in(log)
    known, card = np.unique(read.card_id, return_inverse=True)
    found = learn_shifts(read.arrays, card, np.unique(read.user_id, return_inverse=True)[1])
    students, answers = _counts(read, card)
    for at in np.flatnonzero(answers):
        shift = float(found.ln_stability[at]), float(found.difficulty[at])
        yield CardKnowledge(int(known[at]), *shift, int(students[at]), int(answers[at]))


def _newest_students(cards: Sequence[int]) -> list[int]:
    """Those who began these cards last, until there are enough of each card."""
    pairs = CardProgress.objects.filter(card_id__in=cards, last_study_day__gt=F("first_study_day"))
    cards_of: dict[int, list[int]] = {}
    for user, card in pairs.order_by("-first_study_day", "user_id").values_list("user_id", "card_id"):
        cards_of.setdefault(user, []).append(card)
    chosen: list[int] = []
    taken = Counter[int]()
    for user, own in cards_of.items():
        if len(chosen) < MOST_STUDENTS and any(taken[card] < MOST_STUDENTS_OF_A_CARD for card in own):
            chosen.append(user)
            taken.update(own)
    return chosen


def _counts(read: StudiedReviews, card: Ints) -> tuple[Ints, Ints]:
    """Students and answers of each card, of those on a later day."""
    later: Bools = read.arrays.crosses_days
    pairs = np.unique(np.column_stack([card[later], read.user_id[later]]), axis=0)
    length = int(card.max(initial=-1)) + 1
    return np.bincount(pairs[:, 0], minlength=length), np.bincount(card[later], minlength=length)
