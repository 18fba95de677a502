"""What can be practised: the sections of the decks that a student studies."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quizzes.core.days import SOONEST_PREDICTED_DAYS, elapsed_days
from quizzes.core.phases import Phase
from quizzes.models import User
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.answers import hidden_cards, may_wait
from quizzes.selectors.study.memories import Memories, read_memories
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.scopes import Scope
from quizzes.selectors.study.students import Student, find_student, studied_decks


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """One section to practise: its cards, those learned and those in learning steps.

    `recall` is what would be recalled of those learned, in percent: today, tomorrow of those answered today; None if
    none is learned.
    """

    title: str
    url: str
    cards: int
    learned: int
    learning: int
    recall: int | None


@dataclass(frozen=True, slots=True)
class DeckChoice:
    """One deck to practise, whole or by section."""

    title: str
    url: str
    sections: Sequence[SectionChoice]


def practice_choices(user: User, *, now: datetime) -> list[DeckChoice]:
    """The decks that the person studies with their sections; a constant number of queries besides cached content."""
    student = find_student(user.pk)
    if student is None:
        return []
    memories = read_memories(user.pk)
    contents = [deck_content(studied.deck) for studied in studied_decks(user)]
    today = student.day(now)
    waits = may_wait((one.buried_until for one in memories.values()), today)
    hidden = hidden_cards(user.pk, now=now) if waits else ()
    return [_deck(content, student, memories, today, hidden) for content in contents]


def _deck(
    content: DeckContent, student: Student, memories: Memories, today: date, hidden: Collection[int]
) -> DeckChoice:
    """Cards of which a quiz keeps how they were answered count as in learning."""
    cards, learning, recalls = Counter[str](), Counter[str](), dict[str, list[float]]()
    for place in content.cards.values():
        section = content.bank.fact(place.spec).section
        cards[section] += 1
        known = memories.get(place.id)
        if known is None or known.memory is None:
            continue
        days = max(SOONEST_PREDICTED_DAYS, elapsed_days(known.last_study_day, today))
        recall = student.recall(known, days)
        if recall is not None and known.phase is Phase.REVIEW and place.id not in hidden:
            recalls.setdefault(section, []).append(recall)
        else:
            learning[section] += 1
    sections = [
        SectionChoice(
            title=content.section_title(section),
            url=session_url(str(Scope(content.slug, section, 1))),
            cards=count,
            learned=len(recalls.get(section, ())),
            learning=learning[section],
            recall=_percent(recalls.get(section, ())),
        )
        for section, count in cards.items()
    ]
    return DeckChoice(content.title, session_url(str(Scope(content.slug, "", 1))), sections)


def _percent(recalls: Sequence[float]) -> int | None:
    return round(100 * sum(recalls) / len(recalls)) if recalls else None
