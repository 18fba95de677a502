"""What matters about a class or a student, in one sentence, and the small words of tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.statistics import Share, pooled_share
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.figures import ClassSection, Figures

TOO_FEW = "–"


@dataclass(frozen=True, slots=True)
class SectionShare:
    """A section's predicted recall over a class, of the cards learned; None while there are too few of them."""

    section: ClassSection
    name: str
    share: Share | None


def section_shares(figures: Figures) -> list[SectionShare]:
    """Predicted recall by section over all students, in teaching order: of today, of tomorrow where answered today."""
    names = section_names(figures.sections)
    return [
        SectionShare(section, names[at], pooled_share(figures.recall[:, at], figures.learned[:, at]))
        for at, section in enumerate(figures.sections)
    ]


def section_names(sections: Sequence[ClassSection]) -> list[str]:
    """Their names, with the deck's where there are several."""
    several = len({section.deck_id for section in sections}) > 1
    return [f"{section.name} ({section.deck_title})" if several else section.name for section in sections]


def weakest_of(shares: Sequence[SectionShare]) -> SectionShare | None:
    """The section with the lowest predicted recall; None while there are too few answers in all."""
    known = [one for one in shares if one.share is not None]
    return min(known, key=lambda one: one.share.mean if one.share else 1.0) if known else None


def weakest_words(weakest: SectionShare | None) -> str:
    """“tests, 61 %”; empty while there are too few answers."""
    return unbroken(f"{weakest.name}, {percent(weakest.share.mean)}") if weakest and weakest.share else ""


def stands_out(shares: Sequence[SectionShare]) -> bool:
    """Whether the weakest section is: its interval ends below the mean of the others. So is what has no interval."""
    weakest, known = weakest_of(shares), [one.share for one in shares if one.share is not None]
    others = [share for share in known if weakest is None or share is not weakest.share]
    if weakest is None or weakest.share is None or weakest.share.high is None or not others:
        return True
    return weakest.share.high < sum(one.mean * one.n for one in others) / sum(one.n for one in others)


def spread_words(shares: Sequence[SectionShare]) -> str:
    """“91–94 %”: from the weakest section to the strongest; “91 %” where they round to the same."""
    means = [one.share.mean for one in shares if one.share is not None]
    low, high = min(means), max(means)
    return unbroken(percent(low) if percent(low) == percent(high) else range_words(low, high))


def section_words(shares: Sequence[SectionShare], when: str = "") -> str:
    """The weakest section, or that none stands out; of today, or as `when` says."""
    weakest = weakest_words(weakest_of(shares))
    if not weakest:
        return _("not enough answers yet to name the weakest section")
    if not stands_out(shares):
        return _("no section stands out as weak (%s)") % spread_words(shares)
    if when:
        return _("weakest section %(when)s: %(section)s") % {"when": when, "section": weakest}
    return _("weakest section: %s") % weakest


def unbroken(words: str) -> str:
    """With no line broken between a number and its percent sign."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


def away_count(figures: Figures) -> int:
    """How many have not studied this week."""
    return int(np.count_nonzero(~figures.studied_this_week))


def class_sentences(figures: Figures, shares: Sequence[SectionShare], when: str = "") -> tuple[str, str]:
    """Who has not studied this week, and the weakest section; of today, or as `when` says."""
    return _away(away_count(figures), len(figures.students)), section_words(shares, when)


def _away(away: int, students: int) -> str:
    if away:
        words = ngettext(
            "%(away)d of %(n)d has not studied this week", "%(away)d of %(n)d have not studied this week", away
        )
        return words % {"away": away, "n": students}
    return ngettext("The one student studied this week", "All %d students studied this week", students) % (
        () if students == 1 else students
    )


def behind_words(behind: int) -> str:
    """How many fall behind; empty if nobody does."""
    return ngettext("%d falls behind", "%d fall behind", behind) % behind if behind else ""


def students_words(count: int) -> str:
    """“1 student”, “12 students”."""
    return ngettext("%d student", "%d students", count) % count


def learning_words(cards: int) -> str:
    """How many cards are begun but in learning steps yet, which no recall is predicted for."""
    words = ngettext("%(n)d of them is still being learned", "%(n)d of them are still being learned", cards)
    return words % {"n": cards}


def left_out_words(cards: int) -> str:
    """What the predicted recall of a class does not speak of; empty if that is nothing."""
    if not cards:
        return ""
    words = ngettext(
        "%(n)d card still being learned is left out of it.",
        "%(n)d cards still being learned are left out of it.",
        cards,
    )
    return words % {"n": cards}


def day_words(days_ago: int) -> str:
    """A day as seen from today."""
    if days_ago <= 0:
        return _("today")
    return ngettext("yesterday", "%d days ago", days_ago) % (() if days_ago == 1 else days_ago)


def range_words(low: float, high: float) -> str:
    """“60–94 %”: an interval of shares."""
    return f"{round(100 * low)}–{percent(high)}"
