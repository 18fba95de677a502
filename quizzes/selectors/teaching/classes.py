"""The list of classes: those that a person teaches, and those that they study in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.join_codes import show_code
from quizzes.models import Cohort, Deck, Enrolment, User
from quizzes.selectors.access import may_make_classes, own_classes, taught_classes, visible_decks
from quizzes.selectors.teaching.figures import Figures
from quizzes.selectors.teaching.people import Instructor, instructor_names, instructors_of
from quizzes.selectors.teaching.reading import enrolled, read_figures
from quizzes.selectors.teaching.wording import away_count, section_shares, section_words


@dataclass(frozen=True, slots=True)
class TaughtClass:
    """A class in its instructor's list; the sentence says how many study, and where the class is weak."""

    name: str
    url: str
    code: str
    code_url: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OtherClass:
    """A class without its figures: one in the archive, or one of other instructors in an admin's list."""

    name: str
    url: str
    instructors: str
    students: int


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class that the person is a student of."""

    id: int
    name: str
    instructors: str
    decks: Sequence[Deck]
    archived: bool


@dataclass(frozen=True, slots=True)
class ClassesPage:
    """All of a person's classes; `others` is for admins."""

    teaches: bool
    taught: Sequence[TaughtClass]
    archived: Sequence[OtherClass]
    others: Sequence[OtherClass]
    own: Sequence[OwnClass]


def classes_page(user: User, *, now: datetime) -> ClassesPage:
    """The person's classes; eleven queries at most, however many classes and students."""
    seen = list(taught_classes(user).annotate(students=_student_count()).order_by("name", "pk"))
    instructors = instructors_of(seen) if seen else {}
    mine = {pk for pk, found in instructors.items() if any(one.user_id == user.pk for one in found)}
    active = [cohort for cohort in seen if cohort.pk in mine and not cohort.archived_at]
    return ClassesPage(
        teaches=bool(seen) or may_make_classes(user),
        taught=told_classes(user, active, now=now) if active else [],
        archived=[_other(cohort, instructors) for cohort in seen if cohort.archived_at],
        others=[_other(cohort, instructors) for cohort in seen if cohort.pk not in mine and not cohort.archived_at],
        own=classes_of(user),
    )


def classes_of(user: User) -> list[OwnClass]:
    """The classes that the person is a student of, archived ones last; three queries."""
    cohorts = list(own_classes(user).order_by("name", "pk"))
    instructors, decks = instructors_of(cohorts), _decks_of(user, cohorts)
    found = [
        OwnClass(one.pk, one.name, instructor_names(instructors[one.pk]), decks[one.pk], one.archived_at is not None)
        for one in cohorts
    ]
    return sorted(found, key=lambda one: one.archived)


def told_classes(user: User, cohorts: Sequence[Cohort], *, now: datetime) -> list[TaughtClass]:
    """These classes as the person's list tells them; six queries at most."""
    decks, students = _decks_of(user, cohorts), defaultdict[int, set[int]](set)
    enrolments = enrolled(cohorts)
    for cohort_id, user_id in enrolments.values_list("cohort_id", "user_id"):
        students[cohort_id].add(user_id)
    figures = read_figures(enrolments, {deck.pk for found in decks.values() for deck in found}, now=now)
    return [_taught_class(one, figures.of(students[one.pk], {deck.pk for deck in decks[one.pk]})) for one in cohorts]


def _taught_class(cohort: Cohort, figures: Figures) -> TaughtClass:
    return TaughtClass(
        name=cohort.name,
        url=reverse("class", args=[cohort.pk]),
        code=show_code(cohort.join_code),
        code_url=reverse("class-code", args=[cohort.pk]),
        sentence=_sentence(figures),
    )


def _sentence(figures: Figures) -> str:
    students = len(figures.students)
    if not students:
        return _("no students yet")
    parts = [
        ngettext("%d student", "%d students", students) % students,
        _("%d studied this week") % (students - away_count(figures)),
        section_words(section_shares(figures)),
    ]
    return " · ".join(parts)


def _other(cohort: Cohort, instructors: Mapping[int, Sequence[Instructor]]) -> OtherClass:
    students: int = cohort.students  # type: ignore[attr-defined]
    return OtherClass(
        cohort.name, reverse("class", args=[cohort.pk]), instructor_names(instructors[cohort.pk]), students
    )


def _student_count() -> Count:
    counted = Q(enrolments__role=Enrolment.Role.STUDENT, enrolments__left_at=None)
    return Count("enrolments", filter=counted)


def _decks_of(user: User, cohorts: Sequence[Cohort]) -> dict[int, list[Deck]]:
    """The decks of each class that the person may see, by title; one query."""
    found: dict[int, list[Deck]] = {cohort.pk: [] for cohort in cohorts}
    rows = Cohort.decks.through.objects.filter(cohort__in=list(found), deck__in=visible_decks(user))
    for row in rows.select_related("deck").order_by("deck__title", "deck_id"):
        found[row.cohort_id].append(row.deck)
    return found
