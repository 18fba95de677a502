import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, Fact
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.study.questions import Subject, memory_of
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.selectors.study.why import why_card
from quizzes.services.study.marks import mark_by_card
from tests.factories import NOW, correct_predictions, elements, keep
from tests.shifts import shift_card
from tests.study import COPPER, DAY, IRON, MINUTE, asked_now, begin, given, learn, press, progress, put, rate

LATER = NOW + 30 * DAY


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def why(user, key, *, now=NOW, promises=None):
    return why_card(subject_of(user, key), promises=promises, now=now)


def subject_of(user, key):
    student, (studied,), memories = get_student(user.pk), studied_decks(user), read_memories(user.pk)
    content = deck_content(studied.deck)
    place = content.cards[Card.objects.get(key=key).pk]
    return Subject(student, studied, content, place, memory_of(place, content, memories), memories)


def test_of_a_new_card_it_says_that_it_is_new(student):
    found = why(student, IRON)
    assert found.reasons == ["This card is new: you have not answered it yet."]
    assert (found.phase, found.recall, found.curve, found.answers) == ("not yet met", "", None, [])
    assert [(outlook.label, outlook.interval) for outlook in found.outlooks] == [("Again", "1 min"), ("Good", "10 min")]


def test_of_a_due_card_it_says_since_when_how_likely_and_what_was_answered(student):
    due_on = learn(student, IRON).due_on
    found = why(student, IRON, now=LATER)
    late = (LATER.date() - due_on).days
    assert found.reasons[0] == f"It has been due for {late} days."
    assert found.recall in found.reasons[1]
    assert "your aim of 90 %" in found.reasons[1]
    assert found.reasons[2] == "Last answered 30 days ago: right."
    assert (found.phase, found.due, found.lapses) == ("young", f"{late} days ago", 0)
    assert found.stability == "about 8 days"


def test_the_curve_has_a_dot_for_each_day_of_answers_and_goes_on(student):
    learn(student, IRON)
    rate(student, IRON, 1, now=LATER)
    found = why(student, IRON, now=LATER + 2 * DAY)
    columns, rows = found.curve.columns, found.curve.rows
    assert columns[1:] == ("Predicted recall, right answers", "Wrong answers", "Without a review")
    assert [row[0] for row in rows[:3]] == ["10 Mar", "9 Apr", "today"]
    assert rows[0][1] == "100 %"
    assert rows[1][2] == percent(found.answers[0].recall)
    assert rows[2][3] == found.recall


def test_a_curve_that_falls_to_the_aim_within_a_day_is_not_called_at_the_aim(student):
    rate(student, IRON, 1, now=NOW)
    assert why(student, IRON, now=NOW).curve.title == "Recall is 100 % now and falls to 90 % within a day"


def test_one_right_answer_among_several_is_spoken_of_in_the_singular(student):
    rate(student, IRON, 1, now=NOW)
    rate(student, IRON, 3, now=NOW + MINUTE)
    assert any("Of the last 2 answers, 1 was right." in reason for reason in why(student, IRON, now=LATER).reasons)


def test_a_forgotten_card_is_learned_again(student):
    learn(student, IRON)
    rate(student, IRON, 1, now=LATER)
    found = why(student, IRON, now=LATER)
    assert "learning this card again" in found.reasons[0]
    assert found.reasons[-1] == "Forgotten once."
    assert [(line.result, line.correct) for line in found.answers] == [("wrong", False), ("right", True)]


def test_the_buttons_keep_what_the_page_promised(student):
    asked = put(student, IRON, Format.CHOICE)
    found = why(student, IRON, promises=asked.promises)
    assert [outlook.label for outlook in found.outlooks] == ["Right choice", "A guess", "Wrong choice"]
    learn(student, COPPER)
    asked = put(student, COPPER, now=LATER)
    row = press(student, asked, given(asked), now=LATER).row
    promised = {o.label: o.interval for o in why(student, COPPER, promises=asked.promises, now=LATER).outlooks}
    assert promised["Good"] == f"{row.interval_days / 30.4:.1f} mo".replace(".0", "")


def test_what_was_chosen_instead_is_named(student):
    press(student, put(student, IRON, Format.CHOICE), right=False)
    (answer,) = why(student, IRON).answers
    assert answer.asked_as == "answer choices"
    assert answer.result.startswith("wrong: ")
    assert answer.interval == "1 min"


def test_a_card_whose_fact_means_something_else_now_says_so(student):
    learn(student, IRON)
    Fact.objects.filter(code="uses/1").update(purpose="to build towers")
    keep(Fact.objects.get(code="uses/1").deck, change="meaning")
    put(student, COPPER)
    asked_now(student)
    assert "changed since you learned it" in why(student, IRON).reasons[0]


@pytest.mark.parametrize(("mark", "word"), [("suspend", "suspended"), ("bury", "buried")])
def test_a_card_set_aside_says_so_first(student, mark, word):
    learn(student, IRON)
    seen = progress(student, IRON)
    mark_by_card(user=student, card_id=seen.card_id, mark=mark, seen_revision=seen.revision, now=NOW)
    assert word in why(student, IRON).reasons[0]


def test_after_many_lapses_it_gives_advice(student):
    now = NOW
    for _lapse in range(8):
        now += 40 * DAY
        rate(student, IRON, 4, now=now)
        now += 40 * DAY
        rate(student, IRON, 1, now=now)
    assert "Forgotten 8 times. It keeps slipping away" in why(student, IRON, now=now).reasons[-1]


def test_it_takes_one_query(student, django_assert_num_queries):
    learn(student, IRON)
    subject = subject_of(student, IRON)
    with django_assert_num_queries(1):
        why_card(subject, now=LATER)


def test_what_is_shown_is_put_right_by_the_students_own_answers_and_what_is_due_stays(student):
    due_on = learn(student, IRON).due_on
    before = why(student, IRON, now=LATER)
    correct_predictions(student, constant=-1.5)
    after = why(student, IRON, now=LATER)
    assert after.recall_share < before.recall_share - 0.2
    assert after.curve.rows[-1] != before.curve.rows[-1]
    assert read_memories(student.pk)[Card.objects.get(key=IRON).pk].due_on == due_on
    assert [line.interval for line in after.outlooks] == [line.interval for line in before.outlooks]


@pytest.mark.parametrize(
    ("ln_stability", "words"),
    [
        (-0.6, "Others found this card harder than most, so you started with shorter intervals."),
        (0.6, "Others found this card easier than most, so you started with longer intervals."),
    ],
)
def test_it_says_what_others_found_if_the_card_started_from_that(student, ln_stability, words):
    shift_card(IRON, ln_stability)
    assert words not in why(student, IRON).reasons
    learn(student, IRON)
    shift_card(IRON, -ln_stability, version=2)
    assert why(student, IRON, now=LATER).reasons[-1] == words


def test_it_is_silent_about_others_where_they_made_little_difference(student):
    shift_card(IRON, -0.1)
    learn(student, IRON)
    learn(student, COPPER)
    assert not any("Others" in reason for key in (IRON, COPPER) for reason in why(student, key).reasons)
