"""Why a card is asked now, or not: its history, its curve, what is predicted, what each button would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.history import Progress
from quizzes.core.memory import Shift
from quizzes.core.phases import LEECH_LAPSES, Phase
from quizzes.core.presenting import MATURE_DAYS
from quizzes.core.scheduling import Future, futures
from quizzes.formats.plots import Plot
from quizzes.selectors.study.answers import AnswerLine, CardHistory, read_histories
from quizzes.selectors.study.asked import Promise
from quizzes.selectors.study.contrasts import ContrastOffer, offered_contrasts
from quizzes.selectors.study.curve_plot import curve_plot
from quizzes.selectors.study.days import about_days, ago_words, due_words, full_day, percent
from quizzes.selectors.study.questions import Subject, context_for, promises_of
from quizzes.selectors.study.students import Student
from quizzes.selectors.study.wording import interval_words

LAST_ANSWERS = 5
WORTH_TELLING = 0.25
"""A first interval shorter or longer by a fifth or a quarter (in natural logarithms)."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one button would do: when the card would come back."""

    label: str
    interval: str


@dataclass(frozen=True, slots=True)
class Why:
    """One student's card, explained. `curve` is None, and `recall` and `stability` empty, for a card never answered.

    `answers` stand newest first; `reasons` are whole sentences, the most telling first. A contrast asked of the card
    that is on the page just now counts: `contrast_counts`.
    """

    reasons: Sequence[str]
    phase: str
    recall: str
    recall_share: float | None
    stability: str
    due: str
    due_exact: str
    lapses: int
    curve: Plot | None
    answers: Sequence[AnswerLine]
    outlooks: Sequence[Outlook]
    contrasts: Sequence[ContrastOffer] = ()
    contrast_counts: bool = False


def why_card(subject: Subject, *, promises: Mapping[str, Promise] | None = None, now: datetime) -> Why:
    """Why this card now; one query.

    `promises` are those that its page made: with them the outlook is of the choices where it has any, else of the
    ratings; without them it is worked out for the ratings.
    """
    found = read_histories(subject.student, [subject.place.id], now=now)
    history = found.get(subject.place.id, CardHistory())
    return explain(subject, history, promises=promises, now=now)


def explain(
    subject: Subject,
    history: CardHistory,
    *,
    promises: Mapping[str, Promise] | None = None,
    now: datetime,
) -> Why:
    """The same from a history that has been read already; no query.

    Of a card that a quiz has asked which does not tell yet what was right, nothing is said that would tell.
    """
    if history.hidden_until is not None:
        return _waiting(subject.student, history)
    student, progress, on_page = subject.student, subject.memory.progress, promises is not None
    today = student.day(now)
    if promises is None:
        promises = _promises_of_ratings(subject, now)
    recall = _recall_now(student, progress, today)
    return Why(
        reasons=_reasons(student, progress, history, recall, today),
        phase=phase_words(progress),
        recall="" if recall is None else percent(recall),
        recall_share=recall,
        stability="" if progress.stability is None else about_days(progress.stability),
        due=_due(progress, today),
        due_exact=full_day(progress.due_on) if progress.due_on else "",
        lapses=progress.lapses,
        curve=curve_plot(
            history.stretches,
            history.answers,
            forecaster=student.forecaster,
            target=student.config.desired_retention,
            today=today,
        ),
        answers=list(reversed(history.answers)),
        outlooks=_outlooks(promises, four=student.four_buttons),
        contrasts=offered_contrasts(subject.content, subject.place, progress),
        contrast_counts=on_page,
    )


def _promises_of_ratings(subject: Subject, now: datetime) -> Mapping[str, Promise]:
    known, shift = subject.studied.known_before, subject.shift
    context = context_for(subject, k=None, known_before=known, shift=shift, now=now)
    return promises_of(futures(subject.memory.progress.state, context))


def _waiting(student: Student, history: CardHistory) -> Why:
    assert history.hidden_until is not None
    day = full_day(history.hidden_until.astimezone(student.zone).date())
    reason = _("You answered this card in a quiz that tells what was right when it has closed, on %s.") % day
    return Why(
        reasons=[reason],
        phase=_("waits for the quiz to close"),
        recall="",
        recall_share=None,
        stability="",
        due=_("once the quiz has closed"),
        due_exact=day,
        lapses=0,
        curve=None,
        answers=list(reversed(history.answers)),
        outlooks=(),
    )


def phase_words(progress: Progress) -> str:
    """How far the card has come."""
    names = {Phase.NEW: _("not yet met"), Phase.LEARNING: _("learning"), Phase.RELEARNING: _("learning again")}
    mature = (progress.interval_days or 0) >= MATURE_DAYS
    return names.get(progress.phase) or (_("mature") if mature else _("young"))


def _recall_now(student: Student, progress: Progress, today: date) -> float | None:
    if progress.memory is None:
        return None
    elapsed = max(0, (today - progress.last_study_day).days) if progress.last_study_day else 0
    return student.recall(progress, elapsed)


def _due(progress: Progress, today: date) -> str:
    if progress.suspended:
        return _("not asked: suspended")
    if progress.buried_until and progress.buried_until > today:
        return due_words(max(progress.buried_until, progress.due_on or today), today)
    return due_words(progress.due_on, today) if progress.due_on else _("when its turn as a new card comes")


def _reasons(
    student: Student, progress: Progress, history: CardHistory, recall: float | None, today: date
) -> list[str]:
    said = [_held(progress, today), _when(progress, history, today)]
    if recall is not None:
        said.append(_expected(recall, student.config.desired_retention))
    said += [_last(history, today), _forgotten(progress), _beside_others(history.shift)]
    return [sentence for sentence in said if sentence]


def _held(progress: Progress, today: date) -> str:
    if progress.suspended:
        return _("You suspended this card: it is not asked until you bring it back.")
    if progress.buried_until and progress.buried_until > today:
        return _("You buried this card: it can be asked again from tomorrow.")
    return ""


def _when(progress: Progress, history: CardHistory, today: date) -> str:
    if progress.phase is Phase.NEW or progress.due_on is None:
        return _("This card is new: you have not answered it yet.")
    if history.due_reason == "meaning_changed":
        return _("What this card asks has been changed since you learned it, so it comes back.")
    if progress.phase is not Phase.REVIEW:
        words = _("You are learning this card: it comes back in short steps until you know it.")
        again = _("You are learning this card again, since it was forgotten.")
        return again if progress.phase is Phase.RELEARNING else words
    ahead = (progress.due_on - today).days
    if ahead > 0:
        return _("It is not due yet, but %(when)s.") % {"when": due_words(progress.due_on, today)}
    if ahead == 0:
        return _("It is due today.")
    words = ngettext("It has been due since yesterday.", "It has been due for %(n)d days.", -ahead)
    return words % {"n": -ahead}


def _expected(recall: float, target: float) -> str:
    words = {"recall": percent(recall), "target": percent(target)}
    if words["recall"] == words["target"]:
        return _("You would recall it now with a chance of %(recall)s, which is your aim.") % words
    if recall < target:
        return _("You would recall it now with a chance of %(recall)s, below your aim of %(target)s.") % words
    return _("You would recall it now with a chance of %(recall)s, above your aim of %(target)s.") % words


def _last(history: CardHistory, today: date) -> str:
    if not history.answers:
        return ""
    last, recent = history.answers[-1], history.answers[-LAST_ANSWERS:]
    said = _("Last answered %(when)s: %(result)s.") % {"when": ago_words(last.day, today), "result": last.result}
    if len(recent) < 2:
        return said
    right = sum(line.correct for line in recent)
    words = ngettext(
        "Of the last %(n)d answers, %(right)d was right.", "Of the last %(n)d answers, %(right)d were right.", right
    )
    return f"{said} {words % {'n': len(recent), 'right': right}}"


def _forgotten(progress: Progress) -> str:
    if not progress.lapses:
        return ""
    said = ngettext("Forgotten once.", "Forgotten %(n)d times.", progress.lapses) % {"n": progress.lapses}
    leech = _("It keeps slipping away: compare it with what you take it for, or find a picture for it.")
    return f"{said} {leech}" if progress.lapses >= LEECH_LAPSES else said


def _beside_others(shift: Shift) -> str:
    """What the first interval was made shorter or longer by."""
    if shift.ln_stability <= -WORTH_TELLING:
        return _("Others found this card harder than most, so you started with shorter intervals.")
    if shift.ln_stability >= WORTH_TELLING:
        return _("Others found this card easier than most, so you started with longer intervals.")
    return ""


def _outlooks(promises: Mapping[str, Promise], *, four: bool) -> list[Outlook]:
    choices = {Future.RIGHT: _("Right choice"), Future.GUESSED: _("A guess"), Future.WRONG: _("Wrong choice")}
    ratings = {Future.AGAIN: _("Again"), Future.HARD: _("Hard"), Future.GOOD: _("Good"), Future.EASY: _("Easy")}
    if not four:
        ratings = {future: ratings[future] for future in (Future.AGAIN, Future.GOOD)}
    names = choices if Future.RIGHT in promises else ratings
    return [Outlook(name, interval_words(promises[future])) for future, name in names.items() if future in promises]
