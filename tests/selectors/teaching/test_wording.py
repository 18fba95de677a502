"""Which section a class is told to be weak in, and when none is."""

import pytest

from quizzes.core.statistics import Share
from quizzes.selectors.teaching.class_plots import recall_plot
from quizzes.selectors.teaching.figures import ClassSection
from quizzes.selectors.teaching.wording import SectionShare, section_words

SECTION = ClassSection(1, "tests", 1, "Deck", 10)


def shares(**sections):
    """Name: mean, low, high; no interval where these are left out."""
    found = []
    for name, (mean, *ends) in sections.items():
        low, high = ends or (None, None)
        found.append(SectionShare(SECTION, name, Share(mean, 40, 12, low, high)))
    return found


@pytest.mark.parametrize("when", ["", "on 9 Dec"])
def test_a_section_is_named_where_its_interval_ends_below_the_others(when):
    clear = shares(types=(0.9, 0.85, 0.95), tests=(0.41, 0.3, 0.52), drugs=(0.8, 0.7, 0.9))
    assert section_words(clear, when).endswith("tests, 41\N{NO-BREAK SPACE}%")
    assert "weakest in tests" in recall_plot(clear, when).title


@pytest.mark.parametrize("when", ["", "on 9 Dec"])
def test_none_is_named_where_the_intervals_do_not_tell_them_apart(when):
    alike = shares(types=(0.93, 0.85, 0.97), tests=(0.91, 0.85, 0.96), drugs=(0.94, 0.88, 0.99))
    assert section_words(alike, when) == "no section stands out as weak (91–94\N{NO-BREAK SPACE}%)"
    title = recall_plot(alike, when).title
    assert title == " ".join(
        filter(None, ["Predicted recall", when, "is 91–94\N{NO-BREAK SPACE}%, and no section stands out as weak"])
    )


def test_equal_shares_are_told_once():
    alike = shares(types=(0.911, 0.85, 0.97), tests=(0.912, 0.85, 0.96))
    assert section_words(alike) == "no section stands out as weak (91\N{NO-BREAK SPACE}%)"


@pytest.mark.parametrize(
    "few", [{"tests": (0.7, 0.5, 0.9)}, {"types": (0.8,), "tests": (0.7,)}], ids=["one section", "no intervals"]
)
def test_where_nothing_can_be_told_apart_the_lowest_is_named(few):
    assert section_words(shares(**few)) == "weakest section: tests, 70\N{NO-BREAK SPACE}%"
