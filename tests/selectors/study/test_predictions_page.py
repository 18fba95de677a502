"""The page on how well predictions fit a student, from logs made for the purpose."""

import uuid
from random import Random

import pytest

from quizzes.core import fitting
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.models import Card, MemoryFit, ParameterSet, ReviewLog, StudySettings
from quizzes.selectors.study.predictions_page import predictions_page
from quizzes.services.study.fitting import fit_person
from tests.factories import NOW, correct_predictions, elements
from tests.logs import FORGETFUL, remember
from tests.study import DAY, IRON, begin, learn

OWN = (*DEFAULT_PARAMETERS[:2], 6.0, *DEFAULT_PARAMETERS[3:])


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def answered(user, *groups, first=1, used=None, **columns):
    """Answers on later days in the log: each group is (predicted recall, how many right, of how many)."""
    card, dice = Card.objects.get(key=IRON), Random(f"answered {first}")
    used = used or StudySettings.objects.get(user=user).parameter_set
    told = [(recall, at < right) for recall, right, n in groups for at in range(n)]
    common = {
        "kind": "answer", "card": card, "answered_at": NOW, "received_at": NOW, "study_day": NOW.date(),
        "time_zone": "UTC", "rollover_hour": 4, "evidence": "graded", "parameter_set": used, **columns,
    }  # fmt: skip
    ReviewLog.objects.bulk_create(
        ReviewLog(
            user=user, seq=seq, client_id=uuid.UUID(int=dice.getrandbits(128)), predicted_recall=recall, correct=right,
            **common,
        )
        for seq, (recall, right) in enumerate(told, start=first)
    )  # fmt: skip


def own_set(user, *, version=1, values=OWN, **fields):
    """Parameters fitted to somebody."""
    about = {
        "fitted_on": {"reviews": 1412},
        "quality": {"held_out": 353, "loss_parent": 0.36, "loss_fitted": 0.34},
        "created_at": NOW - 5 * DAY,
        "parent": ParameterSet.objects.get(scope="default"),
    }
    about["scope"], about["user"] = "person", user
    return ParameterSet.objects.create(version=version, values=list(values), **{**about, **fields})


def use(user, parameters):
    StudySettings.objects.filter(user=user).update(parameter_set=parameters)


def page(user, deck, **options):
    return predictions_page(user, deck, now=NOW, **options)


def sentences(user, deck):
    return page(user, deck).parameters.sentences


def test_it_begins_with_what_was_expected_and_what_came(student, deck):
    answered(student, (0.9, 90, 100))
    found = page(student, deck)
    assert found.finding == (
        "When calcquiz expected you to be right 9 times in 10, you were right 9 times in 10. "
        "The predictions fit you, as far as 100 answers can tell: your share is likely 83 % to 94 %."
    )
    assert found.plot.title == "Your answers agree with what was expected"
    assert found.plot.rows == [["90 %", "90 %", "83 % to 94 %", "100"]]
    assert found.notes == []


def test_hundredths_are_told_where_tenths_would_hide_a_difference(student, deck):
    answered(student, (0.94, 43, 50))
    assert "right 94 times in 100, you were right 86 times in 100" in page(student, deck).finding


def test_what_is_not_certain_is_never_said_to_be(student, deck):
    answered(student, (0.998, 2_999, 3_000))
    assert "right 99 times in 100, you were right 99 times in 100" in page(student, deck).finding


def test_it_owns_up_to_expecting_too_much_or_too_little(student, ben, deck):
    answered(student, (0.95, 70, 100))
    found = page(student, deck)
    assert "It expects too much of you: over 100 answers your share is likely 60 % to 78 %." in found.finding
    assert found.plot.title == "Right 70 % of the time, where 95 % was expected"
    answered(begin(ben, deck), (0.7, 95, 100))
    assert "You know more than it expects" in page(ben, deck).finding


def test_of_very_many_answers_a_small_difference_is_called_small(student, deck):
    answered(student, (0.9, 8_900, 10_000))
    found = page(student, deck)
    assert "Over 10,000 answers that is less than 2 in 100 apart." in found.finding
    assert found.plot.title == "Your answers agree with what was expected"


def test_it_says_where_it_is_off_even_if_the_whole_fits(student, deck):
    answered(student, (0.6, 85, 100), (0.98, 75, 100))
    found = page(student, deck)
    assert "The predictions fit you" in found.finding
    assert found.plot.title == "In 2 of 2 groups your answers differ from what was expected"
    assert found.notes == ["It is furthest off where it expected 60 %: there you were right 85 % of 100 times."]


@pytest.mark.parametrize(("n", "told"), [(29, False), (30, True)])
def test_below_thirty_answers_it_says_how_many_there_are(student, deck, n, told):
    answered(student, (0.9, n - 3, n))
    found = page(student, deck)
    assert (found.plot is not None) is told
    assert found.finding.startswith("Not enough answers yet") is not told
    assert told or found.finding.endswith(": 29 of 30.")
    assert found.parameters is not None


def test_the_numbers_in_use_are_judged_on_their_own_where_others_came_before(student, deck):
    answered(student, (0.9, 35, 50))
    use(student, own := own_set(student))
    answered(student, (0.9, 36, 40), first=51, used=own)
    expected = (
        "With the numbers in use now, over 40 answers, it expected 9 times in 10 and you were right 9 times in 10."
    )
    assert expected in page(student, deck).notes


def test_published_numbers_are_said_to_be_and_how_many_answers_own_ones_need(student, deck):
    answered(student, (0.9, 10, 12))
    which, why = sentences(student, deck)
    assert "published numbers of the model FSRS-6" in which
    assert why == "You have 12 of about 400 answers on later days that numbers of your own need."


def test_with_enough_answers_own_numbers_are_on_their_way(student, deck):
    answered(student, (0.9, 360, 400))
    assert sentences(student, deck)[1].startswith("You have enough answers for numbers of your own.")


def test_own_numbers_tell_version_day_answers_and_what_they_won(student, deck):
    use(student, own_set(student, version=3))
    assert sentences(student, deck) == [
        "They are made with numbers of your own: version 3, of Thursday 5 March 2026, from 1,412 answers on later "
        "days.",
        "Tried on the last 353 answers, which they had not seen, they gave what really came a chance of 71.2 % on "
        "average; the published numbers gave it 69.8 %.",
    ]


@pytest.mark.parametrize(
    ("memory", "which", "why"),
    [
        (
            FORGETFUL,
            "numbers of your own: version 1, of Tuesday 10 March 2026, from 480 answers",
            "Tried on the last 120",
        ),
        (DEFAULT_PARAMETERS, "published numbers", "were tried on Tuesday 10 March 2026"),
    ],
)
def test_what_a_real_fit_came_to_is_told(student, deck, memory, which, why, monkeypatch):
    monkeypatch.setattr(fitting, "MOST_ROUNDS", 15)
    remember(student, memory)
    fit_person(user=student, now=NOW)
    said = sentences(student, deck)
    assert which in said[0]
    assert why in said[1]


def test_numbers_of_the_class_are_said_to_be(student, deck):
    use(student, own_set(None, scope="class", version=2, quality={}))
    which, why = sentences(student, deck)
    assert "numbers fitted to your class: version 2" in which
    assert "You have 0 of about 400" in why


def tried(user, verdict, **fields):
    """A try to fit parameters to somebody's answers."""
    return MemoryFit.objects.create(user=user, tried_at=NOW - DAY, answers=900, verdict=verdict, **fields)


def test_numbers_tried_in_vain_are_told_of(student, deck):
    tried(student, "too_few")
    tried(student, "in_use")
    assert sentences(student, deck)[1] == (
        "Numbers fitted to you were tried on Monday 9 March 2026 and predicted your later answers no better, "
        "so these stay."
    )


def test_a_newer_try_in_vain_is_told_of_beside_own_numbers(student, deck):
    use(student, own := own_set(student))
    tried(student, "fitted", parameter_set=own)
    assert len(sentences(student, deck)) == 2
    tried(student, "in_use")
    assert "tried on Monday 9 March 2026" in sentences(student, deck)[2]


def test_going_back_to_what_was_there_before_is_told_of(student, deck):
    tried(student, "parent")
    assert sentences(student, deck)[1] == (
        "On Monday 9 March 2026 they predicted your later answers better than numbers of your own."
    )


def test_with_too_few_answers_at_the_try_it_counts_those_there_are_now(student, deck):
    tried(student, "too_few")
    assert "You have 0 of about 400" in sentences(student, deck)[1]


def test_nobody_else_s_numbers_are_told_of(student, ben, deck):
    tried(begin(ben, deck), "in_use")
    assert "tried" not in " ".join(sentences(student, deck))


def test_what_fitting_changed_is_told_in_days(student, deck):
    use(student, own_set(student))
    effects = page(student, deck).parameters.effects
    assert list(effects.columns) == ["A card", "Published", "Now"]
    assert effects.rows[0] == ("learned today", "2 days", "6 days")
    assert effects.title == "After three right answers a card now waits 11 months instead of 5 months"
    assert [name for _tone, name in effects.curve.legend] == ["Now", "Published"]
    assert "instead of 67 %" in effects.curve.title


def test_own_numbers_that_come_from_the_class_s_are_compared_with_those(student, deck):
    use(student, own_set(student, parent=own_set(None, scope="class", values=DEFAULT_PARAMETERS)))
    assert list(page(student, deck).parameters.effects.columns) == ["A card", "Of your class", "Now"]
    assert "those of your class gave it 69.8 %" in sentences(student, deck)[1]


def test_numbers_that_move_no_date_say_so(student, deck):
    use(student, own_set(student, values=DEFAULT_PARAMETERS))
    effects = page(student, deck).parameters.effects
    assert effects.title == "Fitting changed no date of a typical card"
    assert "instead" not in effects.curve.title


def test_published_numbers_have_nothing_before_them(student, deck):
    effects = page(student, deck).parameters.effects
    assert list(effects.columns) == ["A card", "Comes back after"]
    assert effects.title == "A card that you learned today comes back after 2 days"
    assert all(len(row) == 2 for row in effects.rows)
    assert effects.curve.legend == []


def test_the_days_are_those_at_the_student_s_own_aim(student, deck):
    StudySettings.objects.update(desired_retention=0.8)
    assert page(student, deck).parameters.effects.rows[0] == ("learned today", "8 days")


def test_latest_answers_are_told_of_only_where_they_move_something(student, deck):
    assert page(student, deck).latest == ""
    correct_predictions(student, constant=-0.4)
    assert page(student, deck).latest == (
        "And your latest answers move the shown predictions: a card answered 6 times and never forgotten, which these "
        "numbers put at 90 %, is shown as 86 %. The dates of cards keep to these numbers."
    )


def test_before_a_deck_is_begun_it_says_what_will_be_here(student, ben, deck):
    other = elements(slug="other", title="Other")
    for user, one in ((student, other), (ben, deck)):
        found = page(user, one)
        assert "Begin with the first card" in found.finding
        assert found.parameters is None


def test_it_asks_the_database_as_often_for_many_answers_as_for_none(student, deck, django_assert_num_queries):
    learn(student, IRON)
    page(student, deck)
    with django_assert_num_queries(7):
        page(student, deck)
    answered(student, (0.9, 900, 1_000), first=10)
    for version in range(1, 6):
        own_set(student, version=version)
        tried(student, "in_use")
    with django_assert_num_queries(7):
        page(student, deck)


def test_somebody_else_s_answers_are_no_part_of_it(student, ben, deck):
    answered(begin(ben, deck), (0.9, 90, 100))
    assert "0 of 30" in page(student, deck).finding
