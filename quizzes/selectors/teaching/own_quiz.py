"""One student's quizzes: what they are, what state they are in for that student, and what may be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.quiz_marks import POINTS_IF_RIGHT, POINTS_IF_WRONG, Counting, counted
from quizzes.core.windows import State, state_of
from quizzes.models import Attempt, Deck, GradeChange, Quiz, User
from quizzes.selectors.access import own_attempts, own_quizzes
from quizzes.selectors.teaching.attempt_words import (
    counting_words,
    ended_words,
    feedback_words,
    left_words,
    limit_words,
    mark_words,
    moment,
    points,
    points_words,
    questions_words,
)
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.selectors.teaching.windows import Rules, read_rules


@dataclass(frozen=True, slots=True)
class OwnQuiz:
    """A quiz as it stands for one student at one moment; `change` is what was set by hand, if anything."""

    quiz: Quiz
    rules: Rules
    attempts: Sequence[Attempt]
    state: State
    change: GradeChange | None

    @property
    def running(self) -> Attempt | None:
        """The attempt under way."""
        return next((one for one in self.attempts if one.submitted_at is None), None)

    @property
    def left(self) -> int:
        """How many attempts may still be started."""
        return max(0, self.rules.attempts_allowed - len(self.attempts))

    @property
    def can_start(self) -> bool:
        """Whether another attempt can be started now."""
        return self.state in (State.OPEN, State.SUBMITTED) and self.left > 0

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("own-quiz", args=[self.quiz.pk])


def own_quizzes_now(user: User, *, now: datetime) -> list[OwnQuiz]:
    """All quizzes that the student may take, with their states, those that close first first; four queries."""
    return read_own(user, own_quizzes(user).select_related("cohort", "deck"), now=now)


def read_own(user: User, quizzes: Iterable[Quiz], *, now: datetime) -> list[OwnQuiz]:
    """These quizzes as they stand for the student; three queries besides their own."""
    wanted = list(quizzes)
    rules, standing = read_rules(wanted, [user.pk]), read_standing(wanted, [user.pk])
    attempts: dict[int, list[Attempt]] = {quiz.pk: [] for quiz in wanted}
    for attempt in Attempt.objects.filter(user=user, quiz__in=wanted).order_by("number"):
        attempts[attempt.quiz_id].append(attempt)
    found = [
        _own(quiz, rules.of(quiz, user.pk), attempts[quiz.pk], standing.change(quiz, user.pk), now) for quiz in wanted
    ]
    return sorted(found, key=lambda one: (one.rules.window.closes_at, one.quiz.pk))


def _own(quiz: Quiz, rules: Rules, attempts: Sequence[Attempt], change: GradeChange | None, now: datetime) -> OwnQuiz:
    running = any(one.submitted_at is None and now < one.due_at for one in attempts)
    excused = change is not None and change.kind == GradeChange.Kind.EXCUSE
    state = state_of(rules.window, now, begun=running, done=bool(attempts) and not running, excused=excused)
    return OwnQuiz(quiz, rules, attempts, state, change)


def tells(quiz: Quiz, *, now: datetime) -> bool:
    """Whether those who have handed in may know marks and answers; a query where that waits for the closing."""
    return quiz.feedback != Quiz.Feedback.CLOSING or now >= read_rules([quiz]).closes_last_at(quiz)


def may_practise(user: User, deck: Deck, public_id: UUID, *, now: datetime) -> bool:
    """Whether the person may practise what they missed in this attempt: their own, handed in, at a quiz of the deck,
    and what was right may be told."""
    attempts = own_attempts(user).filter(public_id=public_id, quiz__deck=deck, submitted_at__isnull=False)
    attempt = attempts.select_related("quiz").first()
    return attempt is not None and tells(attempt.quiz, now=now)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt that was handed in; `mark` and `score` are empty while they are not told."""

    name: str
    ended: str
    mark: str
    score: str
    url: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """One row of the table of points."""

    words: str
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class OwnQuizPage:
    """What the page of a quiz prints; empty texts are left out. `told`: whether marks and answers may be known."""

    title: str
    class_name: str
    instructions: str
    state: str
    headline: str
    said: str
    warning: str
    facts: Sequence[tuple[str, str]]
    certainties: Sequence[Certainty]
    attempts: Sequence[AttemptLine]
    told: bool
    mark: str
    mark_said: str
    start_url: str
    start_label: str
    go_on_url: str
    timed: bool


def own_quiz_page(user: User, quiz: Quiz, *, now: datetime) -> OwnQuizPage:
    """The page of one quiz for a student of its class."""
    (own,) = read_own(user, [quiz], now=now)
    zone, told = zone_of(user), tells(quiz, now=now)
    headline, said = _state_words(own, zone, now)
    mark, mark_said = _mark(own, told)
    running = own.running if own.state is State.UNDER_WAY else None
    return OwnQuizPage(
        title=quiz.title,
        class_name=quiz.cohort.name,
        instructions=quiz.instructions,
        state=own.state.value,
        headline=headline,
        said=said,
        warning=_warning(own, now) if own.can_start else "",
        facts=_facts(own, zone),
        certainties=certainties() if quiz.certainty else (),
        attempts=[_line(one, own.quiz, zone, told) for one in own.attempts if one.submitted_at is not None],
        told=told,
        mark=mark,
        mark_said=mark_said,
        start_url=reverse("quiz-start", args=[quiz.pk]) if own.can_start else "",
        start_label=_("Start another attempt") if own.attempts else _("Start the quiz"),
        go_on_url=attempt_url(running) if running else "",
        timed=quiz.time_limit_minutes is not None,
    )


def attempt_url(attempt: Attempt) -> str:
    """Where an attempt goes on: at its first question, from which the page leads to the others."""
    return reverse("attempt-question", args=[attempt.public_id, 1])


def certainties() -> list[Certainty]:
    """The points of certainty marking, from the least certain on."""
    words = {1: certainty_words(1), 2: certainty_words(2), 3: certainty_words(3)}
    return [
        Certainty(words[level], f"+{points(POINTS_IF_RIGHT[level])}", points(POINTS_IF_WRONG[level])) for level in words
    ]


def certainty_words(level: int) -> str:
    """What a level of certainty is called."""
    return {1: _("not sure"), 2: _("fairly sure"), 3: _("very sure")}[level]


def _state_words(own: OwnQuiz, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    """What the quiz is to the student now, and what that means."""
    opens, closes = moment(own.rules.window.opens_at, zone), moment(own.rules.window.closes_at, zone)
    match own.state:
        case State.EXCUSED:
            return _("You are excused from this quiz"), _("There is nothing for you to do. It does not count for you.")
        case State.NOT_OPEN:
            return _("Not open yet"), _("It opens on %s.") % opens
        case State.UNDER_WAY:
            assert own.running is not None
            left = left_words(own.running.due_at - now)
            return _("You are in the middle of it"), _("%s left. What you have answered is saved.") % left
        case State.SUBMITTED:
            again = _("You can take it again until %s.") % closes if own.left else ""
            return _("You have handed it in"), again or _("You have used all your attempts.")
        case State.CLOSED:
            return _("Closed"), _("It closed on %s. You have taken it.") % closes
        case State.OVERDUE:
            missed = _("It closed on %s, and you have not taken it. If you could not, write to your instructor.")
            return _("Missed"), missed % closes
        case _:
            return _("Open"), _("It closes on %s.") % closes


def _warning(own: OwnQuiz, now: datetime) -> str:
    """Where the closing leaves less than the time limit."""
    limit, rest = own.quiz.time_limit_minutes, own.rules.window.closes_at - now
    if limit is None or rest >= timedelta(minutes=limit * (1 + own.rules.extra_time_percent / 100)):
        return ""
    return _("It closes in %s: an attempt begun now ends then.") % left_words(rest)


def _facts(own: OwnQuiz, zone: ZoneInfo) -> list[tuple[str, str]]:
    quiz, rules = own.quiz, own.rules
    several = rules.attempts_allowed > 1
    rows = [
        (_("Questions"), questions_words(_count(own))),
        (_("Time"), limit_words(quiz, rules.extra_time_percent)),
        (_("Attempts"), _attempts_words(own)),
        (_("Mark"), counting_words(quiz) if several else ""),
        (_("To pass"), mark_words(quiz.pass_mark) if quiz.pass_mark is not None else ""),
        (_("Opens"), moment(rules.window.opens_at, zone)),
        (_("Closes"), moment(rules.window.closes_at, zone)),
        (_("Answers are shown"), feedback_words(quiz)),
    ]
    return [(name, words) for name, words in rows if words]


def _attempts_words(own: OwnQuiz) -> str:
    allowed, taken = own.rules.attempts_allowed, len(own.attempts)
    if not taken:
        return ngettext("%d", "%d", allowed) % allowed
    return _("%(taken)d of %(allowed)d used") % {"taken": taken, "allowed": allowed}


def _count(own: OwnQuiz) -> int:
    """How many questions an attempt has."""
    quiz = own.quiz
    if quiz.picking == Quiz.Picking.PICKED:
        return len(quiz.picks)
    return sum(int(row["number"]) for row in quiz.blueprint)


def _line(attempt: Attempt, quiz: Quiz, zone: ZoneInfo, told: bool) -> AttemptLine:
    return AttemptLine(
        name=_("Attempt %d") % attempt.number,
        ended=ended_words(attempt, zone),
        mark=mark_words(attempt.mark) if told else "",
        score=points_words(attempt.score, attempt.score_of) if told and quiz.certainty else "",
        url=reverse("attempt-review", args=[attempt.public_id]),
    )


def _mark(own: OwnQuiz, told: bool) -> tuple[str, str]:
    """The mark that counts, and where it comes from; empty while there is none to tell."""
    if own.state is State.EXCUSED or not told:
        return "", ""
    if own.change is not None:
        return mark_words(own.change.mark), _("set by your instructor")
    mark = counted([one.mark for one in own.attempts if one.submitted_at], Counting(own.quiz.counting))
    if mark is None:
        return "", ""
    passed = own.quiz.pass_mark
    if passed is None:
        return mark_words(mark), ""
    return mark_words(mark), _("passed") if mark >= passed else _("not passed: %s is needed") % mark_words(passed)
