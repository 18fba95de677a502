"""Problem reports as an editor reads them: the question exactly as it was shown, and the fact as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from quizzes.core.specs import Format
from quizzes.core.text import normalise
from quizzes.models import Fact, FactVersion, ProblemReport, User
from quizzes.selectors.content.facts import learners
from quizzes.selectors.content.specs import fact_content
from quizzes.selectors.content.versions import FieldChange, content_changes
from quizzes.selectors.content.words import FIELD_LABELS
from quizzes.selectors.study.items import find_item
from quizzes.selectors.study.pages import Choice, choices
from quizzes.selectors.teaching.editor_figures import card_figures
from quizzes.selectors.teaching.question_figures import QuestionFigures, question_figures
from quizzes.selectors.teaching.regrade_offers import QuizAsking, quizzes_asking


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question as the student saw it, with the answer given."""

    stem: str
    format: str
    options: Sequence[Choice]
    key: str
    typed: str
    locator: str
    caution: str


@dataclass(frozen=True, slots=True)
class SentFigures:
    """The figures that an instructor sent, of their class as of then."""

    cohort: str
    students: int
    made_at: datetime
    figures: QuestionFigures


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with all that is needed to judge it. `item` is None if the question was not kept.

    `figures` are those over all students as they are now, None where nobody has answered the card. So many have
    `learned` the fact and are told of a change; the instructors of `quizzes` are asked about their marks.
    """

    report: ProblemReport
    item: ShownItem | None
    fact: Fact
    says: tuple[tuple[str, str], ...]
    changes: tuple[FieldChange, ...]
    shown_version: int | None
    similar: Sequence[ProblemReport]
    figures: QuestionFigures | None
    sent: SentFigures | None
    learned: int
    quizzes: Sequence[QuizAsking]


def report_page(report: ProblemReport, user: User) -> ReportPage:
    """The page of one report for an editor; ten queries at most."""
    content = find_item(report.item_hash)
    fact = report.card.fact
    shown = _version_shown(content)
    return ReportPage(
        report=report,
        item=_item(report, content) if content else None,
        fact=fact,
        says=tuple((str(FIELD_LABELS[name]), text) for name, text in _says(fact)),
        changes=_changes_since(fact, shown),
        shown_version=shown,
        similar=list(_similar(report)),
        figures=card_figures(report.card),
        sent=_sent(report.figures) if report.figures else None,
        learned=learners(fact),
        quizzes=quizzes_asking(fact, user),
    )


def open_reports() -> QuerySet[ProblemReport]:
    """What waits for an editor."""
    return ProblemReport.objects.filter(status=ProblemReport.Status.OPEN)


def _sent(kept: Mapping[str, Any]) -> SentFigures:
    return SentFigures(
        cohort=kept["class"],
        students=kept["students"],
        made_at=datetime.fromisoformat(kept["made_at"]),
        figures=question_figures(kept["values"], kept["shown"], kept["stem"]),
    )


def _similar(report: ProblemReport) -> QuerySet[ProblemReport]:
    rows = ProblemReport.objects.filter(card__fact=report.card.fact_id).exclude(pk=report.pk)
    return rows.select_related("card", "reporter").order_by("-status", "-created_at")


def _item(report: ProblemReport, content: Mapping[str, Any]) -> ShownItem:
    choice = report.format == Format.CHOICE
    chosen = _chosen(report.answer, content["options"]) if choice else None
    return ShownItem(
        stem=content["stem"],
        format=report.format,
        options=choices(content, report.order, chosen) if choice else (),
        key=next(option["text"] for option in content["options"] if option["is_key"]),
        typed="" if chosen is not None else report.answer,
        locator=content["locator"],
        caution=content["caution"],
    )


def _chosen(answer: str, options: Sequence[Mapping[str, Any]]) -> int | None:
    """The canonical number of the option whose text is the answer; None if the student had not chosen."""
    texts = [normalise(option["text"]) for option in options]
    return texts.index(normalise(answer)) if answer and normalise(answer) in texts else None


def _version_shown(content: Mapping[str, Any] | None) -> int | None:
    return next((option["version"] for option in content["options"] if option["is_key"]), None) if content else None


def _says(fact: Fact) -> list[tuple[str, str]]:
    content = fact_content(fact)
    texts = {name: ", ".join(value) if isinstance(value, list) else value for name, value in content.items()}
    return [(name, value) for name, value in texts.items() if value]


def _changes_since(fact: Fact, number: int | None) -> tuple[FieldChange, ...]:
    """What was edited since the question was shown."""
    if number is None or number == fact.version:
        return ()
    version = FactVersion.objects.filter(fact=fact, number=number).first()
    return content_changes(version.content, fact_content(fact)) if version else ()
