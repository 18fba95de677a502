"""What a class takes for what, counted from the logs: going on where it ended, and over who is in the class now."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import ClassConfusion, ClassConfusionCount, Fact, ReviewLog, StudentConfusions
from quizzes.selectors.study.items import get_item
from quizzes.services.study.answering import Given
from quizzes.services.study.contrasting import ask_contrast
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.confusing import count_confusions, recount, wrong_counts
from quizzes.services.teaching.enrolling import leave_class
from tests.classes import class_of, join
from tests.factories import NOW, elements
from tests.study import DAY, IRON, MINUTE, learn, practise, press, put


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy)


def choose(user, key, at, *, wrong=""):
    """Ask a card with answer choices; the right one is chosen, or the first of a fact beside it. Returns its code."""
    now = NOW + at * MINUTE
    asked = put(user, key, Format.CHOICE, now=now)
    options = get_item(asked.item_hash)["options"]
    place = next(place for place, number in enumerate(asked.order) if options[number]["is_key"] is not bool(wrong))
    row = press(user, asked, Given(place=place, elapsed_ms=4_000), now=now).row
    return options[row.chosen]["code"]


def by_log(users):
    """The same counted here, without what the service does: {(asked, chosen): [shown, times, students]}."""
    gone = set(ReviewLog.objects.filter(kind="undo").values_list("user_id", "target_seq"))
    found = {}
    who = {}
    for row in ReviewLog.objects.filter(kind="answer", user__in=users).select_related("card__fact", "taken_for"):
        if (row.user_id, row.seq) in gone or row.evidence == "none" or not row.k or "contrast" in row.detail:
            continue
        for code in set(row.detail["offered"]) - {row.card.fact.code}:
            shown = found.setdefault((row.card.fact.code, code), [0, 0])
            shown[0] += 1
            if row.taken_for and row.taken_for.code == code:
                shown[1] += 1
                who.setdefault((row.card.fact.code, code), set()).add(row.user_id)
    return {pair: (*counts, len(who.get(pair, ()))) for pair, counts in found.items()}


def counted(klass):
    rows = ClassConfusion.objects.filter(cohort=klass)
    columns = ("asked__code", "taken_for__code", "shown", "times", "students")
    return {(asked, chosen): tuple(rest) for asked, chosen, *rest in rows.values_list(*columns)}


def count(now=NOW):
    while count_confusions(now=now, most=50):
        pass


@pytest.fixture
def two(klass):
    """Two students who have answered, one of them wrongly."""
    one, other = join(klass), join(klass)
    for at in range(4):
        choose(one, "uses/1/purpose_to_term", 10 * at, wrong="any")
        choose(other, "uses/1/purpose_to_term", 10 * at + 1)
        choose(other, "uses/2/purpose_to_term", 10 * at + 2, wrong="any")
    return one, other


def test_a_class_is_the_sum_over_its_students(klass, two):
    count()
    assert counted(klass) == by_log(two)
    assert sum(times for _shown, times, _students in counted(klass).values()) == 8
    assert ClassConfusionCount.objects.get(cohort=klass).students == 2


def test_it_goes_on_where_it_ended(klass, two):
    count()
    choose(two[0], "uses/3/purpose_to_term", 100, wrong="any")
    count()
    assert counted(klass) == by_log(two)
    assert wrong_counts(cohort=klass) == []


@pytest.mark.parametrize("counted_before", [True, False])
def test_what_was_taken_back_counts_no_more(klass, two, counted_before):
    choose(two[0], "uses/3/purpose_to_term", 100, wrong="any")
    if counted_before:
        count()
    undo_last(user=two[0], scope="", now=NOW + 101 * MINUTE)
    count()
    assert counted(klass) == by_log(two)
    assert ("uses/3", "uses/1") not in counted(klass)
    assert wrong_counts(cohort=klass) == []


def test_neither_practice_nor_two_choices_picked_for_somebody_count(klass, two, deck):
    count()
    before = counted(klass)
    practise(two[0], "gases/1/membership", right=False, now=NOW + 100 * MINUTE)
    learn(two[0], IRON, now=NOW + DAY)
    put(two[0], IRON, now=NOW + 20 * DAY)
    asked = ask_contrast(user=two[0], deck=deck, asked="uses/1", taken_for="uses/2", card_id=0, now=NOW + 20 * DAY)[1]
    assert press(two[0], asked, right=False, now=NOW + 20 * DAY).row.k == 2
    count()
    assert counted(klass) == before


def test_who_leaves_takes_their_answers_along_and_who_joins_brings_them(klass, two, deck, ivy):
    count()
    leave_class(user=two[1], cohort=klass, now=NOW)
    count()
    assert counted(klass) == by_log(two[:1])
    other = class_of(deck, ivy)
    join(other)
    leave_class(user=two[0], cohort=klass, now=NOW)
    count()
    assert counted(klass) == {}


def test_an_archived_class_keeps_its_figures(klass, two):
    count()
    before = counted(klass)
    archive_class(cohort=klass, now=NOW)
    count()
    assert counted(klass) == before != {}


def test_nothing_is_summed_up_anew_without_a_new_answer(klass, two):
    count()
    count(NOW + DAY)
    assert ClassConfusionCount.objects.get().made_at == NOW
    assert set(ClassConfusion.objects.values_list("cohort", flat=True)) == {klass.pk}


def test_a_turn_takes_so_many_students_at_most(klass, two):
    assert count_confusions(now=NOW, most=1)
    assert StudentConfusions.objects.count() == 1
    assert not ClassConfusionCount.objects.exists()


def test_it_ends_when_told_to(klass, two):
    assert not count_confusions(now=NOW, most=50, stop=lambda: True)
    assert not StudentConfusions.objects.exists()


def test_facts_of_decks_that_the_class_has_not_are_left_out(klass, two):
    klass.decks.clear()
    count()
    assert counted(klass) == {}


def test_counts_that_went_wrong_are_found(klass, two):
    count()
    kept = StudentConfusions.objects.get(user=two[0])
    asked = str(Fact.objects.get(code="uses/1").pk)
    kept.pairs[asked][next(iter(kept.pairs[asked]))][0] += 1
    kept.save()
    told = f"mix-ups of {two[0]}: not those of the log"
    assert told in wrong_counts(cohort=klass)
    recount(cohort=klass, now=NOW)
    assert wrong_counts(cohort=None) == []
