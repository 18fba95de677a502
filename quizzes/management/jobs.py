"""What the worker does. A new job is a function here and a line in JOBS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import monotonic

from django.utils import timezone

from quizzes.services.content.working_out import work_out_some
from quizzes.services.people.posting import send_queued
from quizzes.services.study.calibrating import calibrate_changed
from quizzes.services.study.card_learning import learn_changed
from quizzes.services.study.refolding import refold_some
from quizzes.services.study.tallying import tally_changed
from quizzes.services.teaching.attempting import end_overdue
from quizzes.services.teaching.confusing import count_confusions
from quizzes.services.teaching.downloading import make_next, remove_old
from quizzes.services.teaching.due_work import count_due_work
from quizzes.services.teaching.fitting import fit_some
from quizzes.services.teaching.forming import freeze_due
from quizzes.services.teaching.mailing import send_some
from quizzes.services.teaching.remembering import set_aside_longer
from quizzes.services.teaching.reminding import remind_some
from quizzes.services.teaching.results import keep_counts, make_results
from quizzes.services.teaching.retention import keep_no_longer
from quizzes.services.teaching.rolling_up import roll_up_changed

SECONDS_OF_A_TURN = 5.0
RESULTS_OF_A_TURN, COUNTS_OF_A_TURN, STUDENTS_OF_A_TURN = 100, 100, 50


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work. `run` does a few seconds of it and says whether there is more to do at once.

    When there is not, the worker comes back after `every`. A run that is told to `stop` ends as soon as it can, with
    nothing lost; two workers may run the same job at the same time.
    """

    name: str
    every: timedelta
    run: Callable[[datetime, Event], bool]


def work_out_questions(now: datetime, stop: Event) -> bool:
    """Some of the questions of large decks that are new or may have changed."""
    return work_out_some(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set) is not None


def count_answers(now: datetime, stop: Event) -> bool:
    """The counts over all students, of decks that were studied since they were made."""
    tally_changed(now=now, stop=stop.is_set)
    return False


def learn_cards(now: datetime, stop: Event) -> bool:
    """How hard the cards are, of decks that were studied much more since that was learned."""
    learn_changed(now=now, stop=stop.is_set)
    return False


def send_invitations(now: datetime, stop: Event) -> bool:
    """E-mails to those whom instructors have invited into their classes."""
    return send_queued(now=now, stop=stop.is_set)


def write_reminders(now: datetime, stop: Event) -> bool:
    """Reminders to students for whom it is time, put among what waits to be sent."""
    return remind_some(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set)


def send_mail(now: datetime, stop: Event) -> bool:
    """Some of the e-mails that wait to be sent."""
    return send_some(clock=timezone.now, stop=stop.is_set)


def keep_assignment_results(now: datetime, stop: Event) -> bool:
    """What was reached in assignments that have closed."""
    return make_results(now=now, most=RESULTS_OF_A_TURN, stop=stop.is_set) == RESULTS_OF_A_TURN


def count_assignment_days(now: datetime, stop: Event) -> bool:
    """The days done in assignments that are open, of students who have studied since."""
    return keep_counts(now=now, most=COUNTS_OF_A_TURN, stop=stop.is_set) == COUNTS_OF_A_TURN


def fold_anew(now: datetime, stop: Event) -> bool:
    """The memories that an older version of the scheduler has left."""
    return refold_some(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set)


def put_predictions_right(now: datetime, stop: Event) -> bool:
    """How the predictions shown to students are put right, of those who have answered much since."""
    return calibrate_changed(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set)


def freeze_quizzes(now: datetime, stop: Event) -> bool:
    """The questions of the quizzes that have opened."""
    freeze_due(now=now, stop=stop.is_set)
    return False


def end_attempts(now: datetime, stop: Event) -> bool:
    """Attempts at quizzes whose time is over are handed in."""
    end_overdue(now=now, stop=stop.is_set)
    return False


def set_cards_aside(now: datetime, stop: Event) -> bool:
    """The cards of quizzes that keep their feedback until a closing that was put off."""
    set_aside_longer(now=now, stop=stop.is_set)
    return False


def fit_memories(now: datetime, stop: Event) -> bool:
    """Memory parameters of students and classes that have answered much since the last time."""
    return fit_some(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set)


def keep_what_is_to_be_kept(now: datetime, stop: Event) -> bool:
    """Accounts that nobody has used for long are told, then erased, where the site is set to."""
    return keep_no_longer(now=now, stop=stop.is_set)


def make_downloads(_now: datetime, stop: Event) -> bool:
    """A file that an instructor has asked for, however long it takes."""
    return make_next(clock=timezone.now, stop=stop.is_set)


def remove_downloads(now: datetime, _stop: Event) -> bool:
    """Files that instructors have asked for a day ago."""
    remove_old(now=now)
    return False


def roll_up_answers(now: datetime, stop: Event) -> bool:
    """The figures of cards, of classes and decks that were studied since they were made."""
    return roll_up_changed(now=now, seconds=SECONDS_OF_A_TURN, clock=monotonic, stop=stop.is_set)


def count_what_is_confused(now: datetime, stop: Event) -> bool:
    """Which facts the students of each class take for which, from what they have answered since."""
    return count_confusions(now=now, most=STUDENTS_OF_A_TURN, stop=stop.is_set)


def count_what_was_due(now: datetime, stop: Event) -> bool:
    """What the students of classes let wait and did on each day, of those whose day has changed since."""
    return count_due_work(now=now, stop=stop.is_set)


JOBS = (
    Job("questions", timedelta(seconds=2), work_out_questions),
    Job("counts", timedelta(minutes=10), count_answers),
    Job("cards", timedelta(hours=1), learn_cards),
    Job("invitations", timedelta(seconds=20), send_invitations),
    Job("reminders", timedelta(minutes=10), write_reminders),
    Job("mail", timedelta(seconds=5), send_mail),
    Job("assignment results", timedelta(minutes=1), keep_assignment_results),
    Job("assignment days", timedelta(minutes=2), count_assignment_days),
    Job("memories", timedelta(minutes=10), fold_anew),
    Job("predictions", timedelta(minutes=10), put_predictions_right),
    Job("quizzes", timedelta(seconds=15), freeze_quizzes),
    Job("attempts", timedelta(seconds=5), end_attempts),
    Job("closings put off", timedelta(minutes=1), set_cards_aside),
    Job("memory", timedelta(hours=1), fit_memories),
    Job("accounts not used", timedelta(hours=1), keep_what_is_to_be_kept),
    Job("old downloads", timedelta(minutes=10), remove_downloads),
    Job("figures of cards", timedelta(minutes=2), roll_up_answers),
    Job("confusions", timedelta(minutes=10), count_what_is_confused),
    Job("due work", timedelta(minutes=10), count_what_was_due),
)
LONG_JOBS = (Job("downloads", timedelta(seconds=2), make_downloads),)
"""Those of minutes, which go on beside the others: a quiz that ends must not wait for a file."""
