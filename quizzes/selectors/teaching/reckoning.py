"""Figures of a deck's cards over some students, reckoned from the log: what a rollup keeps."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from quizzes.core.answer_sums import AnswerSums, answer_sums
from quizzes.core.card_analysis import CardAnalysis, Gathered, analyses, overview
from quizzes.core.exposures import IN_SPACED_STUDY, rest_scores
from quizzes.core.option_book import Offer
from quizzes.models import Card, Cohort, Deck, DeckStudy, Enrolment, StudySession
from quizzes.selectors.teaching.answer_log import AnswersRead, read_answers

VERSION = 2
"""Grows with every change of how figures are reckoned, so that all are made anew."""


class StoppedError(RuntimeError):
    """Reckoning was told to stop before it was done."""


@dataclass(frozen=True, slots=True)
class CardReckoned:
    """One card with its figures; `shown` is the question that most met first, found by its hash."""

    card_id: int
    shown: str
    analysis: CardAnalysis


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The cards that somebody has answered, in the order of ids; `values` are core.card_analysis.overview of all."""

    students: int
    answers: int
    values: dict[str, Any]
    cards: tuple[CardReckoned, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """The students whose answers count, by rising id, each with the number of the last event of their log."""

    seqs: dict[int, int] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Another one for every change of these students and of their logs, and for another way of reckoning."""
        return sha256(repr((VERSION, sorted(self.seqs.items()))).encode()).hexdigest()


def population(deck: Deck, cohort: Cohort | None) -> Population:
    """The students of the class now who have studied at all; without a class all who ever took up the deck."""
    enrolled = Enrolment.objects.filter(cohort=cohort, role=Enrolment.Role.STUDENT, left_at=None)
    studying = DeckStudy.objects.filter(deck=deck)
    users = enrolled.values("user_id") if cohort is not None else studying.values("user_id")
    rows = StudySession.objects.filter(user_id__in=users, last_seq__gt=0)
    return Population(dict(rows.order_by("user_id").values_list("user_id", "last_seq")))


def reckon(deck: Deck, users: Collection[int], *, stop: Callable[[], bool] = lambda: False) -> Reckoned:
    """The figures of all cards of the deck over these students; a query for each hundred of them and one for the cards.

    Raises StoppedError.
    """
    cards = list(Card.objects.filter(deck=deck).order_by("pk").values_list("pk", "fact__code", "fact__section_id"))
    gathered, shown = Gathered(len(cards)), Counter[tuple[int, str]]()
    students = answers = 0
    for read in read_answers(sorted(users), [pk for pk, _code, _section in cards]):
        if stop():
            raise StoppedError
        students += len(np.unique(read.answers.student))
        answers += len(read.answers)
        _gather(gathered, shown, read)
    most = _most_shown(shown)
    found = analyses(gathered, [code for _pk, code, _section in cards])
    kept = (CardReckoned(cards[at][0], most.get(at, ""), analysis) for at, analysis in found)
    values = overview(gathered, [section for _pk, _code, section in cards])
    return Reckoned(students, answers, values, tuple(kept))


def _gather(gathered: Gathered, shown: Counter[tuple[int, str]], read: AnswersRead) -> None:
    sums = answer_sums(read.answers, cards=gathered.cards)
    gathered.parts.append(sums)
    gathered.options.append(read.answers.options[sums.first])
    gathered.book.add(_offers(read, sums, shown))


def _offers(read: AnswersRead, sums: AnswerSums, shown: Counter[tuple[int, str]]) -> Iterator[Offer]:
    """The choices among first answers, each with the student's rest score."""
    rest = rest_scores(sums.met, IN_SPACED_STUDY).tolist()
    for at, row in enumerate(sums.first.tolist()):
        showing = read.showings.get(row)
        if showing is None:
            continue
        card = int(sums.met.item[at])
        shown[card, showing.hash] += 1
        if showing.chosen is not None:
            yield Offer(card, showing.hash, showing.offered, showing.chosen, rest[at])


def _most_shown(shown: Counter[tuple[int, str]]) -> dict[int, str]:
    """By card the question shown most often, of equals the one with the smallest hash."""
    best: dict[int, tuple[int, str]] = {}
    for (card, item_hash), n in shown.items():
        best[card] = min(best.get(card, (0, "")), (-n, item_hash))
    return {card: item_hash for card, (_n, item_hash) in best.items()}
