"""How a quiz went: the sentence that matters, marks, attempts, questions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.grades import LEAST_TOLD, passes, spread_of
from quizzes.core.quiz_marks import Counting, counted
from quizzes.formats.plots import Plot
from quizzes.models import Attempt, Cohort, Quiz, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.figure_words import FigureLine
from quizzes.selectors.teaching.grade_page import attempt_end_words, points_of, time_used
from quizzes.selectors.teaching.grade_words import mark_words, moment_words, passed_words
from quizzes.selectors.teaching.gradebook import GradedStudent, read_graded
from quizzes.selectors.teaching.gradebook_page import marks_plot
from quizzes.selectors.teaching.item_figures import figures_of_items, figures_of_quiz
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.quiz_corrections import read_corrections
from quizzes.selectors.teaching.quiz_items import item_places, read_contents
from quizzes.selectors.teaching.quiz_questions import Given, QuestionLine, first_of_each, question_line, read_given
from quizzes.selectors.teaching.rulings import read_rulings
from quizzes.selectors.teaching.table import PAGE, Header, Wanted

MOST_QUESTIONS = 60
ALL, SUBMITTED, UNDER_WAY, RAPID = "", "submitted", "under_way", "rapid"


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt of one student; `url` reads it, once submitted."""

    name: str
    grade_url: str
    number: int
    state: str
    used: str
    mark: str
    passed: str
    points: str
    rapid: str
    url: str


@dataclass(frozen=True, slots=True)
class AttemptTable:
    """What is printed of the attempts."""

    headers: Sequence[Header]
    rows: Sequence[AttemptRow]
    found: int
    pages: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A quiz as those who teach the class see how it went; `told` if any of the figures in `lines` can be."""

    head: ClassHead
    quiz_id: int
    title: str
    closes: str
    sentence: str
    attempts: int
    plots: Sequence[Plot]
    table: AttemptTable
    wanted: Wanted
    shows: Sequence[tuple[str, str]]
    lines: Sequence[FigureLine]
    told: bool
    look: Sequence[QuestionLine]
    questions: Sequence[QuestionLine]
    more_questions: int
    corrected: Sequence[QuestionLine]


def results_page(
    user: User, cohort: Cohort, quiz: Quiz, wanted: Wanted, *, every_question: bool, now: datetime
) -> ResultsPage:
    """Everything on the page; fourteen queries, however many took it."""
    zone, students = zone_of(user), {one.user_id: one for one in read_graded(cohort)}
    attempts = [one for one in Attempt.objects.filter(quiz=quiz).order_by("number") if one.user_id in students]
    given = [one for one in read_given(quiz) if one.user_id in students]
    places, answered = item_places(quiz), first_of_each(given)
    questions = _questions(quiz, places, answered, zone)
    forms = {item_hash: form for item_hash, (form, _place) in places.items()}
    rapid = Counter(one.attempt_id for one in given if one.rapid)
    lines = figures_of_quiz(quiz, _first_marks(attempts), answered, forms)
    return ResultsPage(
        head=class_head(user, cohort, now=now),
        quiz_id=quiz.pk,
        title=quiz.title,
        closes=moment_words(quiz.closes_at, zone),
        sentence=_sentence(quiz, attempts, len(students)),
        attempts=len(attempts),
        plots=_plots(quiz, attempts),
        table=_table(quiz, attempts, students, rapid, wanted, zone),
        wanted=wanted,
        shows=[
            (ALL, _("all attempts")),
            (SUBMITTED, _("submitted")),
            (UNDER_WAY, _("under way")),
            (RAPID, _("with rapid guesses")),
        ],
        lines=lines,
        told=any(one.value for one in lines),
        look=[one for one in questions if one.figures is not None and one.figures.look],
        questions=questions if every_question else questions[:MOST_QUESTIONS],
        more_questions=0 if every_question else max(0, len(questions) - MOST_QUESTIONS),
        corrected=[one for one in questions if one.corrected],
    )


def _first_marks(attempts: Sequence[Attempt]) -> list[float]:
    """The mark of each student's first attempt that was submitted; they are in the order of their numbers."""
    first: dict[int, float | None] = {}
    for one in attempts:
        if one.submitted_at is not None:
            first.setdefault(one.user_id, one.mark)
    return [mark for mark in first.values() if mark is not None]


def _marks(quiz: Quiz, attempts: Sequence[Attempt]) -> dict[int, float | None]:
    """The mark that counts, as earned, of each student who has submitted."""
    found: dict[int, list[float | None]] = defaultdict(list)
    for one in attempts:
        if one.submitted_at is not None:
            found[one.user_id].append(one.mark)
    return {user_id: counted(marks, Counting(quiz.counting)) for user_id, marks in found.items()}


def _sentence(quiz: Quiz, attempts: Sequence[Attempt], students: int) -> str:
    by_student = _marks(quiz, attempts)
    marks = [mark for mark in by_student.values() if mark is not None]
    spread = spread_of(marks)
    words = ngettext("%(n)d of %(all)d has submitted", "%(n)d of %(all)d have submitted", len(by_student))
    parts = [words % {"n": len(by_student), "all": students}]
    if marks:
        mean = _("mean %s") % mark_words(spread.mean)
        parts.append(_("not enough answers yet to tell a mean") if spread.mean is None else mean)
    if marks and quiz.pass_mark is not None:
        passed = sum(bool(passes(mark, quiz.pass_mark)) for mark in marks)
        parts.append(_("%(n)d of %(all)d passed") % {"n": passed, "all": len(marks)})
    under_way = sum(one.submitted_at is None for one in attempts)
    if under_way:
        parts.append(ngettext("%d attempt under way", "%d attempts under way", under_way) % under_way)
    return "; ".join(parts)


def _plots(quiz: Quiz, attempts: Sequence[Attempt]) -> list[Plot]:
    spread = spread_of([mark for mark in _marks(quiz, attempts).values() if mark is not None])
    if spread.n < LEAST_TOLD:
        return []
    title = _("Half of those who submitted have %s or more") % mark_words(spread.median)
    return [marks_plot(title, spread.bins, x_label=_("mark that counts in %"))]


def _table(
    quiz: Quiz,
    attempts: Sequence[Attempt],
    students: dict[int, GradedStudent],
    rapid: Counter[int],
    wanted: Wanted,
    zone: ZoneInfo,
) -> AttemptTable:
    found = _ordered(
        [one for one in attempts if _is_wanted(one, students[one.user_id], rapid, wanted)], students, wanted
    )
    shown = found if wanted.page == 0 else found[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    names = (("name", _("Student")), ("number", _("Attempt")), ("state", _("State")), ("used", _("Time used")))
    figures = (("mark", _("Mark")), ("score", _("Points")))
    return AttemptTable(
        headers=[_header(key, label, wanted, number=key not in ("name", "state")) for key, label in (*names, *figures)],
        rows=[_row(quiz, one, students[one.user_id], rapid[one.pk], zone) for one in shown],
        found=len(found),
        pages=_pages(len(found), wanted),
    )


def _row(quiz: Quiz, attempt: Attempt, student: GradedStudent, rapid: int, zone: ZoneInfo) -> AttemptRow:
    place = [quiz.cohort_id, quiz.pk, attempt.public_id]
    about = [quiz.cohort_id, student.public_id, "quiz", quiz.pk]
    return AttemptRow(
        name=student.name,
        grade_url=reverse("class-grade", args=about) if student.public_id else "",
        number=attempt.number,
        state=attempt_end_words(attempt, zone),
        used=time_used(attempt),
        mark=mark_words(attempt.mark),
        passed=passed_words(attempt.mark, quiz.pass_mark),
        points=points_of(attempt),
        rapid=ngettext("%d rapid guess", "%d rapid guesses", rapid) % rapid if rapid else "",
        url=reverse("class-attempt", args=place) if attempt.submitted_at else "",
    )


def _is_wanted(attempt: Attempt, student: GradedStudent, rapid: Counter[int], wanted: Wanted) -> bool:
    words = f"{student.name} {student.username} {student.email} {student.external_id}".casefold()
    if any(word not in words for word in wanted.search.casefold().split()):
        return False
    match wanted.show:
        case "submitted":
            return attempt.submitted_at is not None
        case "under_way":
            return attempt.submitted_at is None
        case "rapid":
            return bool(rapid[attempt.pk])
        case _:
            return True


def _ordered(found: list[Attempt], students: dict[int, GradedStudent], wanted: Wanted) -> list[Attempt]:
    """By name and number, or by a column; what has no figure there comes last either way."""
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    by_name = sorted(
        found,
        key=lambda one: (students[one.user_id].name.casefold(), one.user_id, one.number),
        reverse=down and key == "name",
    )
    if key == "name":
        return by_name
    known = [(figure, one) for one in by_name if (figure := _figure(one, key)) is not None]
    known.sort(key=lambda one: -one[0] if down else one[0])
    return [one for _value, one in known] + [one for one in by_name if _figure(one, key) is None]


def _figure(attempt: Attempt, key: str) -> float | None:
    ended = attempt.submitted_at
    match key:
        case "number":
            return attempt.number
        case "state":
            return ended.timestamp() if ended else None
        case "used":
            return (ended - attempt.started_at).total_seconds() if ended else None
        case "score":
            return attempt.score
        case _:
            return attempt.mark


def _header(key: str, label: str, wanted: Wanted, *, number: bool) -> Header:
    now = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Header(label, wanted.address(sort=f"-{key}" if now == "ascending" else key), now, number=number)


def _pages(found: int, wanted: Wanted) -> list[tuple[str, str, bool]]:
    if found <= PAGE:
        return []
    numbers = range(1, -(-found // PAGE) + 1)
    pages = [(str(number), wanted.address(page=number), wanted.page == number) for number in numbers]
    return [*pages, (_("All"), wanted.address(page=0), wanted.page == 0)]


def _questions(
    quiz: Quiz, places: Mapping[str, tuple[int, int]], answered: Mapping[str, Sequence[Given]], zone: ZoneInfo
) -> list[QuestionLine]:
    """The questions of the quiz's forms in their order; of a fresh draw those answered most often first."""
    hashes = list(places)
    if quiz.forms == Quiz.Forms.FRESH:
        hashes.sort(key=lambda one: -len(answered.get(one, [])))
    contents = read_contents(hashes)
    corrections, rulings = read_corrections(contents, zone), read_rulings(quiz.pk)
    figures = figures_of_items(quiz, answered, contents, rulings)
    return [
        question_line(
            quiz,
            one,
            contents[one],
            answered.get(one, []),
            place=None if quiz.forms == Quiz.Forms.FRESH else places[one],
            ruling=rulings.get(one),
            corrected=one in corrections,
            figures=figures.get(one),
        )
        for one in hashes
        if one in contents
    ]
