"""Starting to study: a deck joined, with the rows that every student needs."""

from datetime import datetime

from django.db import transaction

from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.phases import Config
from quizzes.models import DailyStudy, Deck, DeckStudy, ParameterSet, StudySession, StudySettings, User
from quizzes.selectors.study.students import get_student
from quizzes.services.people.profiles import note_time_zone

MORE_NEW = 10


def default_parameter_set(*, now: datetime) -> ParameterSet:
    """The published parameters of FSRS-6 as a row."""
    found, _made = ParameterSet.objects.get_or_create(
        scope=ParameterSet.Scope.DEFAULT,
        model="fsrs6",
        version=1,
        user=None,
        cohort=None,
        defaults={"values": list(DEFAULT_PARAMETERS), "created_at": now},
    )
    return found


@transaction.atomic
def become_student(*, user: User, now: datetime) -> None:
    """Give a person the settings and the session that studying needs; does nothing the second time."""
    if StudySession.objects.filter(user=user).exists():
        return
    note_time_zone(user=user, time_zone="")
    config = Config()
    StudySettings.objects.get_or_create(
        user=user,
        defaults={
            "parameter_set": default_parameter_set(now=now),
            "learning_steps": list(config.learning_steps),
            "relearning_steps": list(config.relearning_steps),
        },
    )
    StudySession.objects.get_or_create(user=user)


@transaction.atomic
def join_deck(*, user: User, deck: Deck, now: datetime) -> DeckStudy:
    """Begin, or go on, studying a deck; limits set before are kept."""
    become_student(user=user, now=now)
    study, made = DeckStudy.objects.get_or_create(
        user=user, deck=deck, defaults={"joined_at": now, "content_version_seen": deck.content_version}
    )
    if not made and study.paused_at:
        study.paused_at = None
        study.save(update_fields=["paused_at"])
    return study


@transaction.atomic
def allow_more_new(*, user: User, deck: Deck, now: datetime, seen: int | None = None) -> None:
    """Raise today's limit of new cards in one deck by ten. Raises NotAStudentError.

    `seen` is the raise that the page showed: the same page sent twice raises once.
    """
    day = get_student(user.pk).day(now)
    StudySession.objects.select_for_update().get(user=user)
    row, _made = DailyStudy.objects.get_or_create(user_id=user.pk, day=day)
    new, reviews, extra = row.decks.get(str(deck.pk), [0, 0, 0])
    if seen not in (None, extra):
        return
    decks = {**row.decks, str(deck.pk): [new, reviews, extra + MORE_NEW]}
    DailyStudy.objects.filter(user_id=user.pk, day=day).update(decks=decks)
