"""One student's term in memory: what they would have answered in weeks of study, as rows of the log and what follows
from them. By the rules of the core, without the services, which take ten times as long."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from quizzes.core.daily import NEW, NOTHING_DONE, REVIEW, with_answer
from quizzes.core.days import elapsed_days
from quizzes.core.events import Event, Kind
from quizzes.core.history import Progress, apply
from quizzes.core.minds import Ability, Mind
from quizzes.core.phases import Phase
from quizzes.core.presenting import FormatPreference, pick_format
from quizzes.core.scheduling import FUTURES, Context, Future, Outcome, futures_shown
from quizzes.core.snapshots import Snapshot, snapshot
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Format, Item, Rating
from quizzes.models import ReviewLog
from quizzes.selectors.content.decks import CardPlace, DeckContent
from quizzes.selectors.study.questions import allowed_formats, open_question
from quizzes.selectors.study.students import Student
from quizzes.services.study.log import evidence_columns, log_row

DRAWS = 8
ONE_DAY = timedelta(days=1)
GUESSES_SAID, FAVOURITE_TAKEN = 0.25, 0.6
SURE, UNSURE = 0.97, 0.55


@dataclass(frozen=True, slots=True)
class Questions:
    """How a card can be asked: its choices, drawn a few times, and the open question."""

    place: CardPlace
    formats: Sequence[Format]
    choices: Sequence[Snapshot]
    open: Snapshot


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody studies: for how many days until how many days ago, with what chance on a day, how much."""

    days: int
    until_days_ago: int
    chance: float
    new_a_day: int
    most: int
    ability: Ability


@dataclass(slots=True)
class Term:
    """What a term leaves: rows of the log, memories by card, what days keep."""

    rows: list[ReviewLog] = field(default_factory=list)
    memories: dict[int, Progress] = field(default_factory=dict)
    days: dict[Any, dict[str, Any]] = field(default_factory=dict)


def questions_of(content: DeckContent) -> list[Questions]:
    """The cards of a deck in teaching order, as they will be asked."""
    return [_questions(content, place) for place in sorted(content.cards.values(), key=lambda one: one.order)]


def _questions(content: DeckContent, place: CardPlace) -> Questions:
    drawn = (content.bank.draw(place.spec, f"term/{turn}") for turn in range(DRAWS)) if place.choice else ()
    choices = [
        snapshot(content.slug, place.spec, one.stem, one.options, locator=one.locator, caution=one.caution)
        for one in drawn
        if isinstance(one, Item)
    ]
    return Questions(place, list(allowed_formats(place, content)), choices, open_question(content, place))


def live_through(student: Student, content: DeckContent, asked: Sequence[Questions], way: Way, now: datetime) -> Term:
    """The term of one student, the same for the same name of their account."""
    return _Liver(student, content, asked, way, now).live()


class _Liver:
    def __init__(
        self, student: Student, content: DeckContent, asked: Sequence[Questions], way: Way, now: datetime
    ) -> None:
        self.student, self.content, self.way, self.now = student, content, way, now
        self.unseen = list(reversed(asked))
        self.by_id = {one.place.id: one for one in asked}
        self.seed = f"{student.user_id}"
        self.mind, self.dice = Mind(way.ability, self.seed), Random(self.seed)
        self.term = Term()

    def live(self) -> Term:
        for ago in range(self.way.days, self.way.until_days_ago - 1, -1):
            if self.dice.random() < self.way.chance:
                self._sit(self.now - ago * ONE_DAY - timedelta(minutes=int(self.dice.random() * 90)))
        return self.term

    def _sit(self, at: datetime) -> None:
        today, new = self.student.day(at), self.way.new_a_day
        known = self.term.memories
        due = [pk for pk, one in known.items() if one.due_on and one.due_on <= today and not one.due_at]
        steps = {pk: one.due_at for pk, one in known.items() if one.due_at and one.due_on and one.due_on <= today}
        while len(self.term.rows) < self.way.most:
            ready = next((pk for pk, when in steps.items() if when <= at), None)
            if ready is not None:
                card_id = ready
            elif due:
                card_id = due.pop()
            elif new and self.unseen:
                card_id, new = self.unseen.pop().place.id, new - 1
            elif steps:
                card_id = min(steps, key=lambda pk: steps[pk])
                at = max(at, steps[card_id])
            else:
                return
            steps.pop(card_id, None)
            at += timedelta(seconds=7)
            left = self._answer(self.by_id[card_id], at)
            if left.due_at is not None:
                steps[card_id] = left.due_at

    def _answer(self, asked: Questions, at: datetime) -> Progress:
        card_id, today = asked.place.id, self.student.day(at)
        before = self.term.memories.get(card_id, Progress())
        seq = len(self.term.rows) + 1
        way = pick_format(
            before.phase, before.interval_days, asked.formats, FormatPreference.MIXED, f"{self.seed}/{seq}"
        )
        if way is Format.CHOICE and not asked.choices:
            way = Format.FLASHCARD
        shown = asked.choices[int(self.dice.random() * len(asked.choices))] if way is Format.CHOICE else asked.open
        chance = self.mind.chance(card_id, at.timestamp() / 86400)
        knows = self.dice.random() < chance
        self.mind.study(card_id, at.timestamp() / 86400, recalled=knows)
        given = self._given(way, shown, knows, chance)
        outcome = self._outcome(asked, before, given, at)
        event = self._event(seq, asked, given, outcome, at)
        after = apply(before, event)
        assert after is not None
        row = log_row(
            self.student, card_id, before, event, at, self._columns(before, event, given["chosen"], shown, way, outcome)
        )
        self.term.rows.append(row)
        self.term.memories[card_id] = after
        self._count(today, row)
        return after

    def _given(self, way: Format, shown: Snapshot, knows: bool, chance: float) -> dict[str, Any]:
        """What is answered: evidence, rating, option and the future that follows."""
        if way is not Format.CHOICE:
            rating = (Rating.EASY if chance > SURE else Rating.HARD if chance < UNSURE else Rating.GOOD) if knows else 1
            rating = Rating.GOOD if way is Format.TYPED and knows else Rating(rating)
            about = {"evidence": Evidence.GRADED, "rating": rating, "future": FUTURES[rating]}
            return {**about, "k": None, "chosen": None, "correct": rating > 1}
        options = shown.content["options"]
        key = next(number for number, one in enumerate(options) if one["is_key"])
        chosen = key if knows else self._mistaken(options, key)
        offered = tuple(one["code"] for one in options)
        about = {"k": len(options), "chosen": chosen, "correct": chosen == key, "offered": offered}
        if chosen != key:
            taken = offered[chosen] if offered[chosen] in self.content.fact_ids else ""
            wrong = {"evidence": Evidence.GRADED, "rating": Rating.AGAIN, "future": Future.WRONG}
            return {**about, **wrong, "taken_for": taken}
        guessed = not knows and self.dice.random() < GUESSES_SAID
        evidence, future = (Evidence.GUESSED, Future.GUESSED) if guessed else (Evidence.CHOICE, Future.RIGHT)
        return {**about, "evidence": evidence, "rating": Rating.GOOD, "future": future}

    def _mistaken(self, options: Sequence[Mapping[str, Any]], key: int) -> int:
        """Often the same wrong option, which many take for the right one, else any."""
        if self.dice.random() < FAVOURITE_TAKEN:
            return min((at for at in range(len(options)) if at != key), key=lambda at: options[at]["code"])
        return int(self.dice.random() * len(options))

    def _outcome(self, asked: Questions, before: Progress, given: Mapping[str, Any], at: datetime) -> Outcome:
        context = Context(
            now=at,
            zone=self.student.zone,
            seed=f"{self.seed}/{asked.place.spec.key}/{before.reps}",
            elapsed_days=elapsed_days(before.last_study_day, self.student.day(at)),
            rollover_hour=self.student.rollover_hour,
            config=self.student.config,
            k=given["k"],
        )
        return futures_shown(before.state, context)[given["future"]]

    def _event(self, seq: int, asked: Questions, given: Mapping[str, Any], outcome: Outcome, at: datetime) -> Event:
        return Event(
            seq=seq,
            kind=Kind.ANSWER,
            answered_at=at,
            study_day=self.student.day(at),
            client_id=str(uuid.UUID(int=seq)),
            evidence=given["evidence"],
            rating=given["rating"],
            k=given["k"],
            known_before=ASSUMED_KNOWN,
            config=self.student.config,
            correct=given["correct"],
            chosen_code=given.get("taken_for", ""),
            offered=given.get("offered", ()),
            meaning_version=asked.place.meaning_version,
            due_on=outcome.due_on,
            due_at=outcome.due_at,
            interval_days=outcome.interval_days,
            due_reason="promised",
        )

    def _columns(
        self,
        before: Progress,
        event: Event,
        chosen: int | None,
        shown: Snapshot,
        way: Format,
        outcome: Outcome,
    ) -> dict[str, Any]:
        phase = {Phase.NEW: NEW, Phase.REVIEW: REVIEW}.get(before.phase, "")
        return {
            "format": way.value,
            "item_hash": shown.hash,
            "order": list(shown.order),
            "source": ReviewLog.Source.STUDY.value,
            **evidence_columns(event, self.student),
            "predicted_recall": outcome.recall,
            "chance_known": outcome.chance,
            "chosen": chosen,
            "taken_for_id": self.content.fact_ids.get(event.chosen_code),
            "duration_ms": 2500 + int(self.dice.random() * 7000),
            "detail": {
                "deck": self.content.deck_id, "scope": "", "counts_as": phase, "offered": list(event.offered),
            },
        }  # fmt: skip

    def _count(self, day: Any, row: ReviewLog) -> None:  # noqa: ANN401
        kept = self.term.days.setdefault(day, {"answers": 0, "correct": 0, "duration_ms": 0, "decks": {}})
        kept["answers"] += 1
        kept["correct"] += bool(row.correct)
        kept["duration_ms"] += row.duration_ms or 0
        deck = str(self.content.deck_id)
        kept["decks"][deck] = with_answer(
            kept["decks"].get(deck, NOTHING_DONE),
            counts_as=row.detail["counts_as"],
            predicted_recall=row.predicted_recall,
            correct=row.correct,
        )
