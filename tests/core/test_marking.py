import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.marking import Answered, Marked, Occasion, TypedKind, TypedMark, graphemes, hint, judge
from quizzes.core.specs import Evidence, Format, Rating

AGAIN = Marked(False, Evidence.GRADED, Rating.AGAIN)
GOOD = Marked(True, Evidence.GRADED, Rating.GOOD)


def typed(kind, **given):
    return Answered(format=Format.TYPED, typed=TypedMark(kind, "Tenotomy"), **given)


def choice(right, **given):
    return Answered(format=Format.CHOICE, right=right, k=4, **given)


def flashcard(rating, **given):
    return Answered(format=Format.FLASHCARD, rating=rating, **given)


@pytest.mark.parametrize("rating", Rating)
def test_a_flashcard_is_graded_as_pressed(rating):
    assert judge(flashcard(rating)) == Marked(rating > 1, Evidence.GRADED, rating)


def test_a_wrong_choice_is_again():
    assert judge(choice(False)) == Marked(False, Evidence.GRADED, Rating.AGAIN, k=4)


def test_a_wrong_choice_is_again_even_if_it_was_a_guess():
    assert judge(choice(False, guessed=True)) == Marked(False, Evidence.GRADED, Rating.AGAIN, k=4)


def test_a_right_choice_may_have_been_a_guess_among_k():
    assert judge(choice(True)) == Marked(True, Evidence.CHOICE, Rating.GOOD, k=4)


def test_a_right_choice_said_to_be_a_guess_is_that():
    assert judge(choice(True, guessed=True)) == Marked(True, Evidence.GUESSED, Rating.GOOD, k=4)


@pytest.mark.parametrize("right", [True, False])
def test_a_rapid_guess_is_logged_and_tells_nothing(right):
    rapid = judge(choice(right, duration_ms=900, median_ms=9001))
    assert rapid == Marked(right, Evidence.NONE, None, k=4, rapid=True)


@pytest.mark.parametrize(
    ("duration_ms", "median_ms"),
    [(1000, 60_000), (999, 9990), (500, 5000), (900, 4000), (10, None), (None, 60_000), (None, None)],
)
def test_an_answer_is_not_rapid_unless_under_a_second_and_under_a_tenth_of_the_median(duration_ms, median_ms):
    assert judge(choice(True, duration_ms=duration_ms, median_ms=median_ms)) == judge(choice(True))


def test_only_choices_can_be_rapid():
    assert judge(flashcard(Rating.EASY, duration_ms=100, median_ms=60_000)) == judge(flashcard(Rating.EASY))
    assert judge(typed(TypedKind.EXACT, duration_ms=100, median_ms=60_000)) == GOOD


@pytest.mark.parametrize("kind", [TypedKind.EXACT, TypedKind.ALIAS, TypedKind.TYPO])
def test_a_right_typed_answer_is_good_and_hard_after_a_hint(kind):
    assert judge(typed(kind)) == GOOD
    assert judge(typed(kind, hints=1)) == Marked(True, Evidence.GRADED, Rating.HARD)


@pytest.mark.parametrize("kind", [TypedKind.WRONG, TypedKind.EMPTY])
def test_a_wrong_or_empty_typed_answer_is_again(kind):
    assert judge(typed(kind)) == AGAIN
    assert judge(typed(kind, hints=2)) == AGAIN


def test_a_slip_is_met_with_another_try_and_counts_for_nothing():
    assert judge(typed(TypedKind.SLIP)) == Marked(None, Evidence.NONE, None, retry=True)


def test_the_second_try_after_a_slip_counts_as_the_first():
    assert judge(typed(TypedKind.EXACT, last_try=True)) == GOOD
    assert judge(typed(TypedKind.SLIP, last_try=True)) == AGAIN


EVERY_ANSWER = [
    *(flashcard(rating) for rating in Rating),
    *(choice(right, guessed=guessed) for right, guessed in itertools.product((True, False), repeat=2)),
    *(typed(kind, hints=hints, last_try=last) for kind in TypedKind for hints in (0, 1) for last in (False, True)),
]


@pytest.mark.parametrize("answered", EVERY_ANSWER)
def test_practice_is_never_evidence_but_keeps_what_was_right(answered):
    practised = judge(replace(answered, occasion=Occasion.PRACTICE))
    assert (practised.evidence, practised.rating) == (Evidence.NONE, None)
    assert (practised.correct, practised.k) == (judge(answered).correct, judge(answered).k)


@pytest.mark.parametrize("answered", EVERY_ANSWER)
def test_of_a_quiz_the_first_answer_of_the_day_counts(answered):
    assert judge(replace(answered, occasion=Occasion.QUIZ)) == judge(answered)
    again = judge(replace(answered, occasion=Occasion.QUIZ, already_counted_today=True))
    assert (again.correct, again.evidence, again.rating) == (judge(answered).correct, Evidence.NONE, None)


@pytest.mark.parametrize("answered", EVERY_ANSWER)
def test_every_studied_answer_counts_however_many_came_before(answered):
    assert judge(replace(answered, already_counted_today=True)) == judge(answered)


@pytest.mark.parametrize("answered", EVERY_ANSWER)
def test_only_a_pressed_rating_is_ever_easy(answered):
    assert judge(answered).rating != Rating.EASY or answered.rating == Rating.EASY


@pytest.mark.parametrize("answered", EVERY_ANSWER)
def test_there_is_a_rating_just_when_there_is_evidence(answered):
    assert (judge(answered).rating is None) == (judge(answered).evidence is Evidence.NONE)


@pytest.mark.parametrize(
    "answered",
    [
        Answered(format=Format.FLASHCARD),
        Answered(format=Format.CHOICE, k=4),
        Answered(format=Format.CHOICE, right=True),
        Answered(format=Format.CHOICE, right=True, k=1),
        Answered(format=Format.TYPED),
    ],
)
def test_an_answer_that_lacks_what_its_format_needs_is_refused(answered):
    with pytest.raises(ValueError, match="needs"):
        judge(answered)


@pytest.mark.parametrize(
    ("accepted", "hints"),
    [
        ("Tenotomy", ["", "T…", "Te…", "Ten…"]),
        ("Bone scan", ["", "B…", "Bo…", "Bon…", "Bone…", "Bone s…", "Bone sc…", "Bone sca…", "Bone sca…"]),
        ("MRI (Magnetic Resonance Imaging)", ["", "M…", "MR…", "MR…"]),
        ("C", ["", "", ""]),
        ("e\u0301le\u0300ve", ["", "é…", "él…"]),
        ("क्षत्रिय", ["", "क्ष…", "क्षत्रि…", "क्षत्रि…"]),
        ("שָׁלוֹם", ["", "שָׁ…"]),
        ("👩‍👩‍👧🇫🇷🇩🇪👍🏽", ["", "👩‍👩‍👧…", "👩‍👩‍👧🇫🇷…", "👩‍👩‍👧🇫🇷🇩🇪…", "👩‍👩‍👧🇫🇷🇩🇪…"]),
        ("東京", ["", "東…", "東…"]),
        ("", ["", ""]),
    ],
)
def test_a_hint_shows_the_first_letters_and_never_all(accepted, hints):
    assert [hint(accepted, step) for step in range(len(hints))] == hints


@given(st.text(), st.integers(0, 50))
def test_a_hint_never_gives_the_answer_away(accepted, step):
    shown = hint(accepted, step).removesuffix("…")
    assert len(list(graphemes(shown))) <= max(0, len(list(graphemes(accepted))) - 1)
