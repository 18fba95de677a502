import numpy as np
import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, retrievability
from quizzes.models import Card, CardProgress, Cohort, DailyStudy, ParameterSet, Profile, ReviewLog, StudySettings
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.teaching.reading import enrolled, read_ahead, read_figures
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.enrolling import leave_class
from tests.classes import GASES, USES, answer, class_of, join, know
from tests.factories import NOW, FactFactory, SectionFactory, correct_predictions, elements, keep
from tests.study import DAY, begin, hurry, practise

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck):
    return class_of(deck)


def figures(klass, *, now=NOW):
    return read_figures(enrolled([klass]), [deck.pk for deck in klass.decks.all()], now=now)


def test_a_class_without_students_has_no_rows(klass):
    assert figures(klass).students == []


def test_a_class_without_decks_has_no_sections(klass):
    join(klass)
    klass.decks.clear()
    assert figures(klass).introduced.shape == (1, 0)


def test_sections_stand_in_teaching_order_with_the_cards_that_are_asked(klass, deck):
    Card.objects.filter(key="gases/1/membership").update(status=Card.Status.RETIRED)
    found = [(section.name, section.cards) for section in figures(klass).sections]
    assert found == [("elements", deck.cards.filter(fact__section__slug="uses", status="active").count()), ("gases", 3)]


def test_recall_is_that_of_each_memory_today(klass):
    ada = join(klass)
    know(ada, USES[:3], days_ago=5)
    answer(ada, USES[:1], days_ago=2)
    answer(ada, USES[3:5])
    found = figures(klass)
    expected = 0.0
    for key in USES[:3]:
        row = read_memories(ada.pk)[Card.objects.get(key=key).pk]
        days = (NOW.date() - row.last_study_day).days
        expected += retrievability(row.memory, days, DEFAULT_PARAMETERS)
    assert found.introduced.tolist() == [[5, 0]]
    assert (found.learned.tolist(), found.learning) == ([[3, 0]], 2)
    assert found.recall[0, 0] == pytest.approx(expected)


def test_everybody_forgets_at_their_own_pace(klass):
    quick, slow = join(klass), join(klass)
    for user in (quick, slow):
        know(user, USES[:1], days_ago=20)
    own = ParameterSet.objects.create(
        scope="person", user=quick, values=[*DEFAULT_PARAMETERS[:-1], 0.4], created_at=NOW
    )
    StudySettings.objects.filter(user=quick).update(parameter_set=own)
    recall = figures(klass).recall[:, 0]
    assert recall[0] != pytest.approx(recall[1])


def test_due_and_overdue_are_counted_on_the_students_own_day(klass):
    ada = join(klass)
    answer(ada, USES[:4], days_ago=1)
    CardProgress.objects.filter(card__key__in=USES[:2]).update(due_on=NOW.date())
    CardProgress.objects.filter(card__key=USES[2]).update(due_on=(NOW - 3 * DAY).date())
    CardProgress.objects.filter(card__key=USES[3]).update(due_on=(NOW + DAY).date())
    found = figures(klass)
    assert (found.due[0, 0], found.overdue[0, 0]) == (3, 1)
    Profile.objects.filter(user=ada).update(time_zone="Pacific/Kiritimati")
    found = figures(klass, now=NOW + 10 * DAY / 24)
    assert (found.due[0, 0], found.overdue[0, 0]) == (4, 3)


def test_what_is_set_aside_is_not_due(klass):
    ada = join(klass)
    answer(ada, USES[:3], days_ago=1)
    CardProgress.objects.update(due_on=NOW.date())
    CardProgress.objects.filter(card__key=USES[0]).update(suspended=True)
    CardProgress.objects.filter(card__key=USES[1]).update(buried_until=(NOW + DAY).date())
    found = figures(klass)
    assert found.due.sum() == 1
    assert found.introduced.sum() == 3


def test_days_are_those_with_answers(klass):
    ada = join(klass)
    answer(ada, USES[:2], days_ago=9)
    answer(ada, USES[2:3], days_ago=1)
    found = figures(klass)
    assert np.flatnonzero(found.studied[0]).tolist() == [1, 9]
    assert found.studied_this_week.tolist() == [True]
    assert found.last_day[0, 0] == (NOW - DAY).date().toordinal()


def test_an_answer_taken_back_does_not_make_a_day(klass):
    ada = join(klass)
    answer(ada, USES[:1], days_ago=1)
    undo_last(user=ada, scope="", now=NOW - DAY)
    assert not figures(klass).studied.any()


def test_recall_of_a_card_answered_today_is_that_of_tomorrow(klass):
    ada = join(klass)
    know(ada, USES[:1])
    row = read_memories(ada.pk)[Card.objects.get(key=USES[0]).pk]
    assert figures(klass).recall[0, 0] == pytest.approx(retrievability(row.memory, 1, DEFAULT_PARAMETERS))


def test_practice_makes_no_day_and_is_not_asked_again(klass):
    ada = join(klass)
    know(ada, USES[:1], days_ago=9)
    practise(ada, USES[0], now=NOW - 2 * DAY)
    practise(ada, USES[0], right=False, now=NOW)
    found = figures(klass)
    assert np.flatnonzero(found.studied[0]).tolist() == [9]
    assert (found.asked_again.sum(), found.right_again.sum()) == (0, 0)


def test_what_was_too_quick_to_count_makes_no_day_and_is_not_asked_again(klass):
    ada = join(klass)
    know(ada, USES[:1], days_ago=9)
    hurry(ada, USES[0], now=NOW - 2 * DAY)
    found = figures(klass)
    assert np.flatnonzero(found.studied[0]).tolist() == [9]
    assert (found.asked_again.sum(), found.right_again.sum()) == (0, 0)


def test_only_first_answers_of_a_day_to_cards_met_before_count_as_asked_again(klass):
    ada = join(klass)
    answer(ada, USES[:2], days_ago=4)
    answer(ada, USES[:2], days_ago=2, right=False)
    answer(ada, USES[:2], days_ago=2)
    answer(ada, USES[:1], days_ago=0)
    found = figures(klass)
    assert (found.asked_again.sum(), found.right_again.sum()) == (3, 1)


def test_only_the_classes_own_decks_are_seen(klass):
    ada = join(klass)
    section = SectionFactory(wording={"purpose_to_term": "Which metal is used {purpose}?"})
    for metal in range(4):
        FactFactory(section=section, term=f"metal{metal}", purpose=f"to build thing {metal}")
    keep(section.deck)
    begin(ada, section.deck)
    answer(ada, [f"{section.slug}/1/purpose_to_term"])
    found = figures(klass)
    assert not found.introduced.any()
    assert not found.studied.any()
    assert not found.last_day.any()


def test_who_has_left_is_not_read(klass):
    ada, ben = join(klass), join(klass)
    answer(ada, USES[:1])
    leave_class(user=ada, cohort=klass, now=NOW)
    assert [student.user_id for student in figures(klass).students] == [ben.pk]


def test_the_figures_of_a_part_are_its_rows_and_columns(klass):
    ada, ben = join(klass), join(klass)
    answer(ben, [*USES[:2], GASES[0]])
    part = figures(klass).of({ben.pk}, set(klass.decks.values_list("pk", flat=True)))
    assert part.introduced.tolist() == [[2, 1]]
    assert part.studied.shape == (1, 28)
    assert figures(klass).of({ada.pk}, set()).introduced.shape == (1, 0)


@pytest.mark.parametrize("students", [1, 4])
def test_it_takes_five_queries_however_many_students(klass, students, django_assert_num_queries):
    for _ in range(students):
        answer(join(klass), USES[:2])
    deck_ids = list(klass.decks.values_list("pk", flat=True))
    with django_assert_num_queries(5):
        read_figures(enrolled([klass]), deck_ids, now=NOW)


def straightforward(klass, deck, *, now=NOW):
    """The same figures counted answer by answer, for each student."""
    cards = dict(deck.cards.values_list("pk", "fact__section__slug"))
    found = {}
    for student in figures(klass, now=now).students:
        mine = {"user_id": student.user_id}
        recall = dict.fromkeys(sorted(set(cards.values()), reverse=True), 0.0)
        for card_id, row in read_memories(student.user_id).items():
            if row.phase == "review":
                days = max(1, (student.today - row.last_study_day).days)
                recall[cards[card_id]] += retrievability(row.memory, days, DEFAULT_PARAMETERS)
        undone = set(ReviewLog.objects.filter(kind="undo", **mine).values_list("target_seq", flat=True))
        log = ReviewLog.objects.filter(kind="answer", **mine).exclude(evidence="none")
        answers = [row for row in log if row.seq not in undone]
        again = [row for row in answers if row.predicted_recall is not None and row.predicted_recall < 1]
        found[student.user_id] = (
            [pytest.approx(value) for value in recall.values()],
            sorted({(student.today - row.study_day).days for row in answers}),
            len(again),
            sum(row.correct for row in again),
        )
    return found


def in_short(figures):
    return {
        student.user_id: (
            figures.recall[at].tolist(),
            np.flatnonzero(figures.studied[at]).tolist(),
            int(figures.asked_again[at].sum()),
            int(figures.right_again[at].sum()),
        )
        for at, student in enumerate(figures.students)
    }


@pytest.fixture
def busy(klass):
    """Two students with weeks behind them and one without; one has taken back an answer and hurried one."""
    ada, ben, _max = (join(klass) for _ in range(3))
    for days_ago in (20, 9, 3, 0):
        answer(ada, [*USES[:5], *GASES[:2]], days_ago=days_ago, right=days_ago != 9)
    answer(ben, USES[:3], days_ago=6)
    hurry(ben, USES[0], now=NOW - 4 * DAY)
    answer(ben, USES[:4], days_ago=2)
    undo_last(user=ben, scope="", now=NOW - 2 * DAY)
    return ada, ben


def test_the_figures_are_those_of_counting_one_by_one(klass, deck, busy):
    assert in_short(figures(klass)) == straightforward(klass, deck)


def test_what_is_known_of_a_student_is_read_again_when_they_have_done_something(klass, deck, busy):
    figures(klass)
    answer(busy[1], USES[4:6], right=False)
    assert in_short(figures(klass)) == straightforward(klass, deck)
    undo_last(user=busy[1], scope="", now=NOW)
    assert in_short(figures(klass)) == straightforward(klass, deck)


def test_what_is_known_of_a_student_is_right_on_another_day_too(klass, deck, busy):
    figures(klass)
    later = NOW + 12 * DAY
    found, expected = figures(klass, now=later), straightforward(klass, deck, now=later)
    recent = {user: [day for day in days if day < 28] for user, (_recall, days, *_) in expected.items()}
    assert {user: one[1] for user, one in in_short(found).items()} == recent
    assert {user: one[0] for user, one in in_short(found).items()} == {user: one[0] for user, one in expected.items()}


def test_students_who_have_done_nothing_since_are_not_read_again(klass, busy, django_assert_num_queries):
    figures(klass)
    with django_assert_num_queries(4):  # the class's decks, its students and their parameters, the sections
        figures(klass)


def test_a_class_read_ahead_is_known(klass, busy, django_assert_num_queries):
    read_ahead(now=NOW)
    with django_assert_num_queries(4):
        assert figures(klass).introduced.any()


def test_a_class_in_the_archive_is_not_read_ahead(klass, busy, django_assert_num_queries):
    Cohort.objects.update(archived_at=NOW)
    with django_assert_num_queries(1):
        read_ahead(now=NOW)


def test_days_kept_by_an_earlier_release_are_counted_from_the_log(klass, deck, busy):
    for row in DailyStudy.objects.all():
        DailyStudy.objects.filter(pk=row.pk).update(decks={deck: counts[:3] for deck, counts in row.decks.items()})
    assert in_short(figures(klass)) == straightforward(klass, deck)
    answer(busy[1], USES[:2])
    assert in_short(figures(klass)) == straightforward(klass, deck)


def test_a_process_forgets_those_it_read_first_when_it_knows_too_much(klass, deck, busy, monkeypatch):
    monkeypatch.setattr("quizzes.selectors.teaching.keeping.MOST_ROWS", 3)
    assert in_short(figures(klass)) == straightforward(klass, deck)
    assert in_short(figures(klass)) == straightforward(klass, deck)


def test_each_students_recall_is_as_their_own_answers_put_it_right(klass):
    plain, forgetful = join(klass), join(klass)
    for user in (plain, forgetful):
        know(user, USES[:2], days_ago=20)
    before = figures(klass).recall
    correct_predictions(forgetful, constant=-1.5)
    after = figures(klass).recall
    assert after[0].tolist() == before[0].tolist()
    assert after[1, 0] < before[1, 0] - 0.4
