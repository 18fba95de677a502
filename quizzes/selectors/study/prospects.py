"""What a student would recall and what waits for them, in sentences. From counts already made; reads nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.queueing import HeldBack
from quizzes.core.standing import Forecast, Standing, expected_recalled
from quizzes.selectors.study.days import cards_words


def recalled_words(cards: Standing) -> str:
    """How many of the cards learned would be recalled, when, and how many are not learned yet."""
    learned, answered = cards.learned, cards.learned & cards.answered_today
    n, today, learning = int(learned.sum()), int(answered.sum()), int((cards.met & ~learned).sum())
    if not n:
        return _only_learning(learning)
    figures = {"recalled": round(expected_recalled(cards)), "n": n, "today": today}
    said = [_recalled(n, today) % figures]
    if learning:
        more = ngettext("%(more)d more is still being learned.", "%(more)d more are still being learned.", learning)
        said.append(more % {"more": learning})
    return " ".join(said)


def _recalled(n: int, today: int) -> str:
    if not today:
        return ngettext(
            "Today you would recall about %(recalled)d of the %(n)d card you have learned.",
            "Today you would recall about %(recalled)d of the %(n)d cards you have learned.",
            n,
        )
    if today == n:
        return ngettext(
            "Tomorrow you would recall about %(recalled)d of the %(n)d card you have learned.",
            "Tomorrow you would recall about %(recalled)d of the %(n)d cards you have learned.",
            n,
        )
    return ngettext(
        "Today you would recall about %(recalled)d of the %(n)d cards you have learned, "
        "where the %(today)d answered today counts as of tomorrow.",
        "Today you would recall about %(recalled)d of the %(n)d cards you have learned, "
        "where the %(today)d answered today count as of tomorrow.",
        today,
    )


def _only_learning(learning: int) -> str:
    words = ngettext(
        "You are still learning the %(n)d card you have met; what you will recall is told once it is learned.",
        "You are still learning the %(n)d cards you have met; what you will recall is told once they are learned.",
        learning,
    )
    return words % {"n": learning}


def due_today_words(ahead: Forecast) -> str:
    """How many cards are due today, those that wait included."""
    if not ahead.today:
        return _("Nothing is due today.")
    words = ngettext("%(cards)s is due today.", "%(cards)s are due today.", ahead.today)
    return words % {"cards": cards_words(ahead.today)}


def waiting_words(held: HeldBack) -> list[str]:
    """Why some of the cards due today are not asked today; empty if all are."""
    said = []
    if held.review_siblings:
        words = ngettext(
            "%(n)d of the cards due today comes on another day, so that cards of one fact stay apart.",
            "%(n)d of the cards due today come on another day, so that cards of one fact stay apart.",
            held.review_siblings,
        )
        said.append(words % {"n": held.review_siblings})
    if held.review_limit:
        words = ngettext(
            "%(n)d of the cards due today is over your limit of reviews a day and waits.",
            "%(n)d of the cards due today are over your limit of reviews a day and wait.",
            held.review_limit,
        )
        said.append(words % {"n": held.review_limit})
    return said
