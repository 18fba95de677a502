"""What can be practised: the sections of the decks that a student studies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quizzes.core.days import elapsed_days
from quizzes.core.memory import retrievability
from quizzes.core.phases import Phase
from quizzes.models import User
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.memories import Memories, read_memories
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.scopes import Scope
from quizzes.selectors.study.students import Student, find_student, studied_decks


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """One section to practise: its cards, those met, and in percent what of them is recalled (None if none is met)."""

    title: str
    url: str
    cards: int
    met: int
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
    return [_deck(content, student, memories, student.day(now)) for content in contents]


def _deck(content: DeckContent, student: Student, memories: Memories, today: date) -> DeckChoice:
    cards, recalls = Counter[str](), dict[str, list[float]]()
    for place in content.cards.values():
        section = content.bank.fact(place.spec).section
        cards[section] += 1
        known = memories.get(place.id)
        if known is not None and known.phase is not Phase.NEW and known.memory is not None:
            days = elapsed_days(known.last_study_day, today)
            recall = retrievability(known.memory, days, student.config.parameters)
            recalls.setdefault(section, []).append(recall)
    sections = [
        SectionChoice(
            title=content.section_title(section),
            url=session_url(str(Scope(content.slug, section, 1))),
            cards=count,
            met=len(recalls.get(section, ())),
            recall=_percent(recalls.get(section, ())),
        )
        for section, count in cards.items()
    ]
    return DeckChoice(content.title, session_url(str(Scope(content.slug, "", 1))), sections)


def _percent(recalls: Sequence[float]) -> int | None:
    return round(100 * sum(recalls) / len(recalls)) if recalls else None
