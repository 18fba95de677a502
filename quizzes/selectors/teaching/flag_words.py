"""What may be wrong with a question, in words: a few for a list, a sentence with what to do about it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.core.card_flags import Weighed, Weight
from quizzes.core.item_flags import Why
from quizzes.selectors.study.days import percent


def flag_words(why: str, weight: int) -> str:
    """What is wrong, in a few words for a list."""
    match Why(why):
        case Why.STRONGER_CHOOSERS:
            if weight == Weight.LOOK:
                return _("check the answer: strong students take another answer")
            return _("strong students may take another answer")
        case Why.SURELY_NEGATIVE if weight == Weight.LOOK:
            return _("check the answer: those who know less do better")
        case Why.LOW_FACILITY | Why.NEAR_CHANCE:
            return _("check the answer: few get it right") if weight == Weight.LOOK else _("few right so far")
        case Why.SURELY_NEGATIVE | Why.NEGATIVE:
            return _("those who know less may do better")
        case Why.NEVER_CHOSEN:
            return _("an answer choice that nobody takes")
        case Why.ALL_RIGHT:
            return _("too easy: nearly everybody is right")


def flag_sentence(one: Weighed, texts: Sequence[str]) -> str:
    """What is wrong and what to do about it, as a sentence."""
    flag = one.flag
    option = texts[flag.option] if flag.option is not None else ""
    match flag.why:
        case Why.STRONGER_CHOOSERS:
            against = flag.against
            if one.weight is not Weight.LOOK:
                said = _("Those who choose “%s” seem to do better on everything else than those who choose the right "
                         "answer. Among so many questions that may be chance; look again later.")  # fmt: skip
                return said % option
            said = _(
                "Those who choose “%(option)s” do better on everything else (%(rest)s right) than those who choose the "
                "right answer (%(key)s right). Check which of the two is right."
            )
            return said % {
                "option": option,
                "rest": percent(flag.figure.value),
                "key": percent(against.value) if against else "–",
            }
        case Why.SURELY_NEGATIVE if one.weight is Weight.LOOK:
            return _(
                "Those who know less get it right more often than those who know more. Check the right answer, and "
                "whether the question can be misread."
            )
        case Why.LOW_FACILITY | Why.NEAR_CHANCE:
            return _low_words(one)
        case Why.SURELY_NEGATIVE | Why.NEGATIVE:
            return _("Those who know less get it right a little more often. That may be chance; look again later.")
        case Why.NEVER_CHOSEN:
            return _("Hardly anybody chooses “%s”. A more tempting answer choice would make it a better question.") % (
                option
            )
        case Why.ALL_RIGHT:
            return _("Nearly everybody is right (%s). It says little about who knows more.") % percent(
                flag.figure.value
            )


def _low_words(one: Weighed) -> str:
    share = percent(one.flag.figure.value)
    if one.weight is Weight.LOOK:
        return _("Only %s are right. Check the right answer, and whether the question can be misread.") % share
    return _("Only %s are right so far. That is normal before it has been taught; look again later.") % share
