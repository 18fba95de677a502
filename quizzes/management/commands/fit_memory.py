"""manage.py fit_memory: fit memory parameters to review logs, and let those adopt them whom they predict better."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes.core.guarded_fit import ENOUGH_REVIEWS, Verdict
from quizzes.management.finding import find_class
from quizzes.management.progress import Bar
from quizzes.models import Cohort, MemoryFit, User
from quizzes.selectors.study.fits import Trial, people_due, try_person
from quizzes.selectors.study.students import find_student
from quizzes.selectors.teaching.fits import try_class
from quizzes.services.study.fitting import OvertakenError, keep_fit
from quizzes.services.study.joining import default_parameter_set
from quizzes.services.teaching.fitting import adopt_class_sets, keep_class_fit

LINE = "{:<28} {:>9} {:>9} {:>9} {:>9}  {}"
LONGEST = 28
HEAD = LINE.format("who", "reviews", "held out", "loss now", "fitted", "what came of it")


class Command(BaseCommand):
    """One line for each student and class; the same as the worker does, at once and for whom you name."""

    help = "Fits memory parameters to students' and classes' answers; adopted where later answers are predicted better."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For whom, and whether anything is written."""
        parser.add_argument("--user", metavar="U", help="one student, by user name or e-mail")
        parser.add_argument("--class", dest="cohort", metavar="C", help="one class, by join code or id")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--reschedule", action="store_true", help="decide anew when cards of those who adopt come")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Fit, tell, and let students of classes adopt."""
        people, cohorts = _wanted(options["user"], options["cohort"])
        fits: list[_PersonFit | _ClassFit] = [*map(_PersonFit, people), *map(_ClassFit, cohorts)]
        bar = Bar(self.stderr)
        for done, fit in enumerate(fits):
            try:
                line = _told(fit, options, partial(bar.tell, "fits", done, len(fits)))
            finally:
                bar.end()
            self.stdout.write(line if done else f"{HEAD}\n{line}")
        if not fits:
            self.stdout.write("Nobody has answered enough since the last time.")
        if not options["dry_run"] and not options["user"]:
            adopted = adopt_class_sets(now=timezone.now(), reschedule=options["reschedule"])
            self.stdout.write(f"Students who adopted the parameters of their class: {adopted}")


class _PersonFit:
    """One student's turn."""

    def __init__(self, user: User) -> None:
        self.user, self.name = user, user.get_username()

    def run(self, between: Callable[[], None]) -> Trial:
        return try_person(self.user.pk, default_parameter_set(now=timezone.now()), between=between)

    def keep(self, trial: Trial, *, reschedule: bool) -> MemoryFit:
        return keep_fit(user=self.user, trial=trial, now=timezone.now(), reschedule=reschedule)


class _ClassFit:
    """One class's turn."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.name = cohort, cohort.name

    def run(self, between: Callable[[], None]) -> Trial:
        return try_class(self.cohort, default_parameter_set(now=timezone.now()), between=between)

    def keep(self, trial: Trial, *, reschedule: bool) -> MemoryFit:
        return keep_class_fit(cohort=self.cohort, trial=trial, now=timezone.now())


def _told(fit: _PersonFit | _ClassFit, options: dict[str, Any], between: Callable[[], None]) -> str:
    """A line of the table, after the fit was kept unless it is a dry run."""
    trial, kept = fit.run(between), None
    try:
        kept = None if options["dry_run"] else fit.keep(trial, reschedule=options["reschedule"])
        words = _words(trial, kept)
    except OvertakenError:
        words = "overtaken by another fit; nothing changed"
    found = trial.found
    losses = (_loss(found.loss_current), _loss(found.loss_fitted))
    return LINE.format(fit.name[:LONGEST], f"{found.reviews:,}", f"{found.held_out:,}", *losses, words)


def _wanted(user: str | None, cohort: str | None) -> tuple[list[User], list[Cohort]]:
    if user is None and cohort is None:
        people = User.objects.filter(pk__in=people_due(now=timezone.now(), idle=False)).order_by("username")
        return list(people), list(Cohort.objects.filter(archived_at=None).order_by("name", "pk"))
    return [_find_student(user)] if user is not None else [], [find_class(cohort)] if cohort is not None else []


def _find_student(name: str) -> User:
    found = User.objects.filter(username=name).first() or User.objects.filter(email__iexact=name).first()
    if found is None:
        raise CommandError(f"Nobody has the user name or e-mail address “{name}”.")
    if find_student(found.pk) is None:
        raise CommandError(f"{found.get_username()} has not begun to study.")
    return found


def _words(trial: Trial, kept: MemoryFit | None) -> str:
    match trial.found.verdict:
        case Verdict.FITTED:
            version = kept.parameter_set.version if kept and kept.parameter_set else None
            return f"adopted, version {version}" if version else "would be adopted"
        case Verdict.PARENT:
            return f"{trial.parent} {'predicts' if kept else 'would predict'} better than what was in use: back to it"
        case Verdict.TOO_FEW:
            return f"kept {trial.current}: needs {ENOUGH_REVIEWS} reviews on a later day"
        case Verdict.IN_USE:
            return f"kept {trial.current}: later answers are predicted as well by it"


def _loss(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
