"""`manage.py replay --check`, after what a lively class may do, and after somebody has tampered with what is kept."""

import uuid
from collections import Counter
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, QuerySet

from quizzes.models import CardProgress, DailyStudy, Fact, ItemSnapshot, ReviewLog, StudySession
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.joining import allow_more_new
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import NothingToUndoError, undo_last
from tests.factories import NOW, elements, keep
from tests.study import DAY, IRON, MINUTE, asked_now, begin, events, given, press, put

STEPS = 330


def replay():
    """What the command prints; raises CommandError, exit 1, where it finds a difference."""
    out = StringIO()
    call_command("replay", "--check", stdout=out)
    return out.getvalue()


@pytest.fixture
def lively(ada, ben):
    """Two students, some hundred answers over weeks, with all that goes on between them."""
    deck, dice, now = elements(), Random("lively"), NOW
    for user in (ada, ben):
        begin(user, deck)
    for step in range(STEPS):
        now += (9 * MINUTE) if step % 15 else DAY
        if step in EDITS:
            EDITS[step](deck)
        act((ada, ben)[step % 2], deck, dice, now)
    return ada, ben


EDITS = {
    110: lambda deck: edit(deck, {"purpose": "to build towers"}, {"status": Fact.Status.RETIRED}),
    220: lambda deck: edit(deck, {"purpose": "to build towers and ships"}, {"status": Fact.Status.ACTIVE}),
}


def edit(deck, of_iron, of_aluminium):
    """One fact says something else, of another meaning; one is retired or comes back."""
    Fact.objects.filter(code="uses/3").update(**of_aluminium)
    keep(deck)
    Fact.objects.filter(code="uses/1").update(**of_iron)
    keep(deck, change="meaning")


def act(user, deck, dice, now):
    """Answer; sometimes twice, from two tabs, as a guess, with a mark, or take something back."""
    asked = asked_now(user, now=now)
    if asked is None:
        allow_more_new(user=user, deck=deck, now=now)
        return
    other_tab = asked_now(user, now=now)
    what = dice.random()
    if what < 0.1:
        take_back(user, now)
    elif what < 0.2:
        mark_card(
            user=user, asked=asked, mark=("bury", "suspend", "flag", "unsuspend")[int(dice.random() * 4)], now=now
        )
    else:
        row = press(user, asked, given(asked, right=dice.random() < 0.75), now=now).row
        if what < 0.35:
            press(user, asked, given(asked, right=False), now=now)
        if what < 0.45:
            answer_in_other_tab(user, other_tab.again(client_id=str(uuid.UUID(int=int(dice.random() * 2**64)))), now)
        if row.evidence == "choice" and dice.random() < 0.4:
            guessed_after_all(user=user, client_id=row.client_id, now=now)


def take_back(user, now):
    try:
        undo_last(user=user, scope="", now=now)
    except NothingToUndoError:
        assert "answer" not in events(user)


def answer_in_other_tab(user, asked, now):
    with pytest.raises(StaleQuestionError):
        press(user, asked, now=now)


def test_some_hundred_lively_answers_replay_to_what_is_kept(lively):
    kinds = Counter(kind for user in lively for kind in events(user))
    assert kinds["answer"] > 200
    assert {"answer", "undo", "bury", "suspend", "flag", "return"} <= set(kinds)
    out = replay()
    assert out.startswith(f"2 students, {ReviewLog.objects.count()} events, ")
    assert "The log replays to what is kept." in out


def test_an_empty_site_replays(db):
    assert "0 students, 0 events, 0 cards" in replay()


@pytest.fixture
def student(ada):
    """Somebody with two answers and a mark."""
    begin(ada, elements())
    press(ada, put(ada, IRON, "choice"), right=False)
    press(ada, put(ada, IRON, now=NOW + DAY), now=NOW + DAY)
    mark_card(user=ada, asked=put(ada, IRON), mark="flag", now=NOW + DAY)
    replay()
    return ada


def tamper(model, **changes):
    """Change rows behind the back of everything."""
    rows = QuerySet(model)
    assert rows.filter(pk=rows.order_by("pk").first().pk).update(**changes) == 1


@pytest.mark.parametrize("changes", [
    {"stability": F("stability") * (1 + 1e-8)},
    {"difficulty": F("difficulty") + 1e-6},
    {"due_on": NOW.date()},
    {"due_at": NOW},
    {"interval_days": 3},
    {"phase": "relearning"},
    {"step": 5},
    {"reps": 1},
    {"lapses": 1},
    {"revision": 2},
    {"suspended": True},
    {"buried_until": NOW.date()},
    {"flag": 0},
    {"meaning_version": 3},
    {"confusions": {}},
    {"first_study_day": None},
    {"last_study_day": NOW.date()},
    {"last_answered_at": NOW},
], ids=lambda changes: next(iter(changes)))  # fmt: skip
def test_a_memory_that_does_not_follow_from_the_log_is_found(student, changes):
    tamper(CardProgress, **changes)
    with pytest.raises(CommandError, match="1 differences"):
        replay()


def test_a_rounding_of_the_last_digit_is_no_difference(student):
    tamper(CardProgress, stability=F("stability") * (1 + 1e-12))
    replay()


@pytest.mark.parametrize("changes", [
    {"answers": 7}, {"correct": 1}, {"duration_ms": 1}, {"decks": {}}, {"day": NOW.date() - DAY},
], ids=lambda changes: next(iter(changes)))  # fmt: skip
def test_a_day_that_does_not_follow_from_the_log_is_found(student, changes):
    tamper(DailyStudy, **changes)
    with pytest.raises(CommandError):
        replay()


@pytest.mark.parametrize("changes", [
    {"rating": 4},
    {"answered_at": NOW + 5 * DAY},
    {"study_day": NOW.date() - DAY},
    {"evidence": "none"},
    {"kind": "flag"},
    {"correct": True},
    {"taken_for": None},
    {"duration_ms": 5},
    {"learning_steps": []},
    {"meaning_version": 9},
    {"item_hash": "0" * 64},
    {"seq": 99},
], ids=lambda changes: next(iter(changes)))  # fmt: skip
def test_a_changed_row_of_the_log_is_found(student, changes):
    tamper(ReviewLog, **changes)
    with pytest.raises(CommandError):
        replay()


@pytest.mark.parametrize("lost", [
    lambda: QuerySet(ReviewLog).filter(seq=2).delete(),
    lambda: QuerySet(ReviewLog).filter(seq=3).delete(),
    lambda: QuerySet(ReviewLog).delete(),
    lambda: CardProgress.objects.all().delete(),
    lambda: DailyStudy.objects.all().delete(),
    lambda: StudySession.objects.all().delete(),
    lambda: ItemSnapshot.objects.all().erase(),
])  # fmt: skip
def test_what_was_lost_is_missed(student, lost):
    lost()
    with pytest.raises(CommandError):
        replay()


def test_differences_are_listed_in_words_with_the_error_at_the_end(student, capsys):
    tamper(CardProgress, reps=9, lapses=9)
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences between the log and what is kept"):
        call_command("replay", "--check", stdout=out)
    assert f"person {student.pk}, card" in out.getvalue()
    assert "reps: log gives 2, kept is 9" in out.getvalue()


def test_the_command_line_exits_with_1(student):
    from django.core.management import execute_from_command_line

    tamper(CardProgress, reps=9)
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "replay", "--check"])
    assert ended.value.code == 1


def test_replay_writes_nothing(student):
    tamper(CardProgress, reps=9)
    with pytest.raises(CommandError):
        replay()
    assert CardProgress.objects.get().reps == 9
