"""Quizzes that asked what has been corrected since: offered to their instructors, who alone decide."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Enrolment, Fact, FactVersion, ItemRuling, Overlap, Quiz, QuizForm, Response, User
from quizzes.selectors.access import edited_classes
from quizzes.selectors.people.told import Told, still_told
from quizzes.selectors.study.corrections import TOLD_FOR
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.quiz_corrections import Correction, read_corrections
from quizzes.selectors.teaching.quiz_items import Content, read_contents

MOST_LINKS = 10
Key = tuple[str, str]
"""Deck and code of a fact."""


@dataclass(frozen=True, slots=True)
class QuizAsking:
    """A quiz that asked a fact: of how many students, and where its questions are marked anew, for who may."""

    title: str
    cohort: str
    students: int
    urls: Sequence[str]


def regrade_offers(user: User, *, now: datetime) -> list[Told]:
    """For each quiz of the person's classes with questions corrected since and not ruled on since; ten queries at most.

    Three while nothing has been corrected in the last sixty days.
    """
    changed = _changed(now)
    quizzes = list(_quizzes_of(user, {deck for deck, _code in changed})) if changed else []
    if not quizzes:
        return []
    items = _items(quizzes)
    contents = _about(changed, read_contents({one for hashes in items.values() for one in hashes}))
    found, ruled = read_corrections(contents, zone_of(user)), _ruled(quizzes)
    return still_told(user, filter(None, (_offer(one, items[one.pk], contents, found, ruled) for one in quizzes)))


def _changed(now: datetime) -> set[Key]:
    """The facts that were edited, or judged to be right for others, in the last sixty days; two queries."""
    since = now - TOLD_FOR
    edited = FactVersion.objects.filter(created_at__gt=since).exclude(change=FactVersion.Change.FIRST)
    judged = Overlap.objects.filter(judged_at__gt=since).exclude(verdict=Overlap.Verdict.DISTINCT)
    return {
        *edited.values_list("fact__deck__slug", "fact__code"),
        *judged.values_list("offered__deck__slug", "offered__code"),
    }


def _quizzes_of(user: User, slugs: Collection[str]) -> Iterable[Quiz]:
    """The frozen quizzes of decks in active classes that the person themselves teaches."""
    held = {"enrolments__user": user, "enrolments__role": Enrolment.Role.INSTRUCTOR, "enrolments__left_at": None}
    cohorts = edited_classes(user).filter(archived_at=None, **held)
    rows = Quiz.objects.filter(cohort__in=cohorts, deck__slug__in=slugs, published_at__isnull=False)
    return rows.select_related("cohort").order_by("-opens_at", "pk")


def _items(quizzes: Sequence[Quiz]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {quiz.pk: [] for quiz in quizzes}
    forms = QuizForm.objects.filter(quiz__in=quizzes).order_by("quiz_id", "number")
    for quiz_id, items in forms.values_list("quiz_id", "items"):
        found[quiz_id] += [item["hash"] for item in items]
    return {quiz_id: list(dict.fromkeys(hashes)) for quiz_id, hashes in found.items()}


def _about(changed: Collection[Key], contents: Mapping[str, Content]) -> dict[str, Content]:
    """Those questions that show one of these facts."""
    return {
        one: content
        for one, content in contents.items()
        if any((content["deck"], option["code"]) in changed for option in content["options"])
    }


def _ruled(quizzes: Sequence[Quiz]) -> dict[tuple[int, str], datetime]:
    """When each question was ruled on last."""
    rows = ItemRuling.objects.filter(quiz__in=quizzes).order_by("pk")
    return {(quiz_id, item): at for quiz_id, item, at in rows.values_list("quiz_id", "item_hash", "ruled_at")}


def _offer(
    quiz: Quiz,
    hashes: Sequence[str],
    contents: Mapping[str, Content],
    found: Mapping[str, Sequence[Correction]],
    ruled: Mapping[tuple[int, str], datetime],
) -> Told | None:
    moments = {one: [some.at for some in found.get(one, ()) if some.at and _matters(some)] for one in hashes}
    latest = {one: max(some) for one, some in moments.items() if some}
    waiting = [one for one, at in latest.items() if (quiz.pk, one) not in ruled or ruled[quiz.pk, one] < at]
    if not waiting:
        return None
    said = ngettext(
        "%(n)d question of “%(quiz)s” rests on a fact that was corrected since",
        "%(n)d questions of “%(quiz)s” rest on facts that were corrected since",
        len(waiting),
    )
    return Told(
        title=said % {"n": len(waiting), "quiz": quiz.title},
        text=_("In the class %s. Nothing is marked anew until you decide; you see first whose mark changes.")
        % quiz.cohort.name,
        keys=[f"quiz:{quiz.pk}:{one[:16]}:{int(latest[one].timestamp())}" for one in waiting],
        links=[(contents[one]["stem"], _url(quiz.cohort_id, quiz.pk, one)) for one in waiting[:MOST_LINKS]],
    )


def _matters(one: Correction) -> bool:
    """Whether a mark may depend on it: not if only a wrong answer is worded otherwise."""
    return one.of_key or one.meaning


def _url(cohort_id: int, quiz_id: int, item_hash: str) -> str:
    return reverse("class-ruling", args=[cohort_id, quiz_id, item_hash])


def quizzes_asking(fact: Fact, user: User) -> list[QuizAsking]:
    """The quizzes in which students were asked the fact, with links for who may decide about marks; two queries."""
    asked = Response.objects.filter(card__fact=fact).order_by("-attempt__quiz__opens_at", "attempt__quiz_id")
    columns = ("attempt__quiz_id", "attempt__quiz__title", "attempt__quiz__cohort_id", "attempt__quiz__cohort__name")
    mine = set(edited_classes(user).values_list("pk", flat=True))
    rows: dict[tuple[int, str, int, str], tuple[set[int], set[str]]] = defaultdict(lambda: (set(), set()))
    for quiz_id, title, cohort_id, name, user_id, item in asked.values_list(*columns, "attempt__user_id", "item_hash"):
        students, items = rows[quiz_id, title, cohort_id, name]
        students.add(user_id)
        items.add(item)
    return [
        QuizAsking(title, name, len(students), _urls(cohort_id, quiz_id, items) if cohort_id in mine else ())
        for (quiz_id, title, cohort_id, name), (students, items) in rows.items()
    ]


def _urls(cohort_id: int, quiz_id: int, items: Iterable[str]) -> list[str]:
    return [_url(cohort_id, quiz_id, one) for one in sorted(items)]
