"""A student's decks: joined, paused, left, with own limits; and the rows that every student needs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from quizzes.core.daily import NOTHING_DONE
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.phases import Config
from quizzes.models import DailyStudy, Deck, DeckStudy, ParameterSet, StudySession, StudySettings, User
from quizzes.selectors.study.students import get_student
from quizzes.services.people.profiles import give_profiles, note_time_zone

MORE_NEW = 10
MOST_A_DAY = 9_999


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
def become_students(*, users: Sequence[User], now: datetime) -> None:
    """The same as `become_student` for several people; six queries however many."""
    ids = [user.pk for user in users]
    there = set(StudySession.objects.filter(user__in=ids).values_list("user_id", flat=True))
    new, config, kept = [pk for pk in ids if pk not in there], Config(), default_parameter_set(now=now)
    give_profiles(user_ids=ids)
    StudySettings.objects.bulk_create(
        [
            StudySettings(
                user_id=pk,
                parameter_set=kept,
                learning_steps=list(config.learning_steps),
                relearning_steps=list(config.relearning_steps),
            )
            for pk in new
        ],
        ignore_conflicts=True,
    )
    StudySession.objects.bulk_create([StudySession(user_id=pk) for pk in new], ignore_conflicts=True)


@transaction.atomic
def join_decks(*, users: Sequence[User], decks: Sequence[Deck], now: datetime) -> None:
    """The same as `join_deck` for several students and decks; three queries however many."""
    ids = [user.pk for user in users]
    paused = DeckStudy.objects.filter(user__in=ids, deck__in=decks, paused_at__isnull=False)
    paused.update(paused_at=None, left_at=None)
    DeckStudy.objects.bulk_create(
        [
            DeckStudy(user_id=pk, deck=deck, joined_at=now, content_version_seen=deck.content_version)
            for pk in ids
            for deck in decks
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def join_deck(*, user: User, deck: Deck, now: datetime) -> DeckStudy:
    """Begin, or go on, studying a deck after a pause or after leaving it; limits set before are kept."""
    study = open_deck(user=user, deck=deck, now=now)
    if study.paused_at:
        study.paused_at = study.left_at = None
        study.save(update_fields=["paused_at", "left_at"])
    return study


@transaction.atomic
def open_deck(*, user: User, deck: Deck, now: datetime) -> DeckStudy:
    """Begin studying a deck that was never begun; a deck paused or left stays so."""
    become_student(user=user, now=now)
    study, _made = DeckStudy.objects.get_or_create(
        user=user, deck=deck, defaults={"joined_at": now, "content_version_seen": deck.content_version}
    )
    return study


@transaction.atomic
def pause_deck(*, user: User, deck: Deck, now: datetime) -> bool:
    """Ask no cards of a deck until it is joined again; returns whether it was being studied."""
    return bool(DeckStudy.objects.filter(user=user, deck=deck, paused_at=None).update(paused_at=now))


@transaction.atomic
def leave_deck(*, user: User, deck: Deck, now: datetime) -> bool:
    """Take a deck off the person's decks; returns whether it was among them.

    Nothing learned is lost: memories, limits, exam date and what was seen of the deck's content stay for joining again.
    """
    rows = DeckStudy.objects.filter(user=user, deck=deck, left_at=None)
    return bool(rows.update(left_at=now, paused_at=Coalesce("paused_at", Value(now))))


@transaction.atomic
def change_limits(*, user: User, deck: Deck, new_per_day: int, reviews_per_day: int) -> bool:
    """Set the daily limits of one deck, from today on; returns whether it is among the person's decks.

    Raises ValueError unless both lie in 0 to MOST_A_DAY.
    """
    if not (0 <= new_per_day <= MOST_A_DAY and 0 <= reviews_per_day <= MOST_A_DAY):
        raise ValueError(f"limits must be 0 to {MOST_A_DAY}: {new_per_day}, {reviews_per_day}")
    rows = DeckStudy.objects.filter(user=user, deck=deck, left_at=None)
    return bool(rows.update(new_per_day=new_per_day, reviews_per_day=reviews_per_day))


@transaction.atomic
def allow_more_new(*, user: User, deck: Deck, now: datetime, seen: int | None = None) -> None:
    """Raise today's limit of new cards in one deck by ten. Raises NotAStudentError.

    `seen` is the raise that the page showed: the same page sent twice raises once.
    """
    day = get_student(user.pk).day(now)
    StudySession.objects.select_for_update().get(user=user)
    row, _made = DailyStudy.objects.get_or_create(user_id=user.pk, day=day)
    new, reviews, extra, *others = row.decks.get(str(deck.pk), NOTHING_DONE)
    if seen not in (None, extra):
        return
    decks = {**row.decks, str(deck.pk): [new, reviews, extra + MORE_NEW, *others]}
    DailyStudy.objects.filter(user_id=user.pk, day=day).update(decks=decks)
