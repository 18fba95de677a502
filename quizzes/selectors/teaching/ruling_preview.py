"""What a ruling would change, in words, before it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from quizzes.models import Cohort, Quiz
from quizzes.selectors.teaching.grade_words import mark_words, passed_words
from quizzes.selectors.teaching.quiz_items import read_contents
from quizzes.selectors.teaching.ruling_page import decision_words, names_in


class Changed(Protocol):
    """The mark that counts of one student, before and after; `held` if a word by hand stays over both."""

    @property
    def user_id(self) -> int: ...
    @property
    def before(self) -> float | None: ...
    @property
    def after(self) -> float | None: ...
    @property
    def held(self) -> bool: ...


class Decided(Protocol):
    """What is to hold for one question."""

    @property
    def kind(self) -> str: ...
    @property
    def accepted(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One student whose mark changes."""

    name: str
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would hold, and whose mark would change."""

    decision: str
    lines: Sequence[EffectLine]


def effects_words(cohort: Cohort, quiz: Quiz, item_hash: str, effects: Sequence[Changed], decision: Decided) -> Preview:
    """The preview by name; two queries."""
    names = names_in(cohort, [one.user_id for one in effects])
    content = read_contents([item_hash])[item_hash]
    lines = [_line(quiz, one, names.get(one.user_id, _("somebody who has left"))) for one in effects]
    return Preview(
        decision_words(decision.kind, decision.accepted, content),
        sorted(lines, key=lambda line: line.name.casefold()),
    )


def _line(quiz: Quiz, effect: Changed, name: str) -> EffectLine:
    notes = [passed_words(effect.after, quiz.pass_mark)]
    if effect.held:
        notes.append(_("set by hand, which stays"))
    return EffectLine(name, mark_words(effect.before), mark_words(effect.after), ", ".join(filter(None, notes)))
