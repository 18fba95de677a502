"""A class whose answers are written into the log at once, for tests of figures over many students."""

import uuid
from random import Random

from quizzes.models import Card, DeckStudy, Enrolment, ParameterSet, ReviewLog, StudySession, User
from quizzes.services.study.joining import join_deck
from quizzes.services.teaching.rolling_up import roll_up
from tests.classes import GASES, USES
from tests.factories import NOW, UserFactory
from tests.quiz_marks import kept_item, key_of, options_of
from tests.study import DAY

KEYS = [*USES, *GASES]


def roll(deck, cohort=None):
    return roll_up(deck=deck, cohort=cohort, now=NOW, clock=lambda: 0.0)


def answered_class(cohort, deck, students, *, keys=KEYS, right=None, later=None, seed="class"):
    """So many students of the class have met each card as a choice ten days ago, and once more two days on.

    `right(student, key, dice)` says who is right at first, `later` the same of the second time; without them the
    stronger more often, and nearly everybody. Wrong ones take any wrong choice. Returns the students.
    """
    dice = Random(seed)
    cohort.decks.add(deck)
    people = people_of(cohort, deck, students)
    items = {key: kept_item(deck, key) for key in keys}
    cards = dict(Card.objects.filter(deck=deck).values_list("key", "pk"))
    about = {key: (cards[key], one, options_of(one), key_of(one)) for key, one in items.items()}
    parameters = ParameterSet.objects.get(scope="default")
    rows = []
    for number, user in enumerate(people):
        strength = (number + 0.5) / students
        for at, key in enumerate(keys):
            knew = right(number, key, dice) if right else dice.random() < 0.1 + 0.8 * strength
            rows.append(_row(user, 2 * at + 1, *about[key], knew, 10, None, parameters, dice))
            knows = later(number, key, dice) if later else dice.random() < 0.95
            rows.append(_row(user, 2 * at + 2, *about[key], knows, 8, 0.9, parameters, dice))
    ReviewLog.objects.bulk_create(rows)
    StudySession.objects.filter(user__in=people).update(last_seq=2 * len(keys))
    return people


def people_of(cohort, deck, count):
    """So many new students of the class, who have taken up the deck."""
    people = User.objects.bulk_create([UserFactory.build(username=f"many{at:03}", password="!") for at in range(count)])
    if people:
        join_deck(user=people[0], deck=deck, now=NOW - 20 * DAY)
        settings, kept = people[0].study_settings, DeckStudy.objects.get(user=people[0], deck=deck)
        for user in people[1:]:
            for row in (settings, kept):
                row.user, row._state.adding = user, True
                row.pk = user.pk if row is settings else None
                row.save(force_insert=True)
            StudySession.objects.create(user=user)
        StudySession.objects.get_or_create(user=people[0])
    about = {"cohort": cohort, "role": Enrolment.Role.STUDENT, "joined_at": NOW - 20 * DAY}
    Enrolment.objects.bulk_create([Enrolment(user=user, **about) for user in people])
    return people


def _row(user, seq, card, item_hash, options, key, right, ago, recall, parameters, dice):
    wrong = [number for number in range(len(options)) if number != key]
    at = NOW - ago * DAY + seq * DAY / 1000
    return ReviewLog(
        user=user,
        seq=seq,
        kind="answer",
        client_id=uuid.UUID(int=user.pk * 1000 + seq),
        card_id=card,
        answered_at=at,
        received_at=at,
        study_day=at.date(),
        time_zone="UTC",
        rollover_hour=4,
        format="choice",
        item_hash=item_hash,
        order=list(range(len(options))),
        chosen=key if right else wrong[int(dice.random() * len(wrong))],
        correct=bool(right),
        k=len(options),
        evidence="choice" if right else "graded",
        rating=None if right else 1,
        predicted_recall=recall,
        parameter_set=parameters,
        detail={"offered": [option["code"] for option in options]},
    )
