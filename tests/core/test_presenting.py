import pytest

from quizzes.core.phases import Phase
from quizzes.core.presenting import FormatPreference, pick_format
from quizzes.core.specs import Format

ALL = frozenset(Format)
MIXED = FormatPreference.MIXED


def formats(phase, interval_days, allowed=ALL, preference=MIXED):
    return [pick_format(phase, interval_days, allowed, preference, f"card/{i}") for i in range(1_000)]


def test_a_new_card_meets_recognition_first():
    assert set(formats(Phase.NEW, None)) == {Format.CHOICE}


@pytest.mark.parametrize("phase", [Phase.LEARNING, Phase.RELEARNING])
def test_cards_in_steps_are_recalled(phase):
    assert set(formats(phase, None)) == {Format.FLASHCARD, Format.TYPED}


@pytest.mark.parametrize(("interval_days", "low", "high"), [(5, 250, 350), (20.9, 250, 350), (21, 110, 190)])
def test_reviews_are_mostly_recalled_the_more_so_when_mature(interval_days, low, high):
    drawn = formats(Phase.REVIEW, interval_days)
    assert low < drawn.count(Format.CHOICE) < high
    assert abs(drawn.count(Format.FLASHCARD) - drawn.count(Format.TYPED)) < 120


@pytest.mark.parametrize("wanted", [Format.FLASHCARD, Format.CHOICE, Format.TYPED])
def test_a_single_format_is_kept_in_every_phase(wanted):
    for phase in Phase:
        assert set(formats(phase, 5, preference=FormatPreference(wanted))) == {wanted}


def test_a_format_that_the_card_does_not_allow_gives_way():
    allowed = {Format.CHOICE, Format.FLASHCARD}
    assert set(formats(Phase.REVIEW, 5, allowed, FormatPreference.TYPED)) == {Format.FLASHCARD}
    assert set(formats(Phase.REVIEW, 5, {Format.CHOICE})) == {Format.CHOICE}
    assert set(formats(Phase.NEW, None, {Format.TYPED})) == {Format.TYPED}


def test_the_same_seed_gives_the_same_format():
    first = [pick_format(Phase.REVIEW, 5, ALL, MIXED, f"drugs/8/{i}") for i in range(6)]
    assert first == ["choice", "flashcard", "choice", "flashcard", "choice", "typed"]


def test_a_card_without_any_format_is_refused():
    with pytest.raises(ValueError, match="no format"):
        pick_format(Phase.NEW, None, set(), MIXED, "seed")
