"""What a message to students who fall behind may begin with; its writer changes it as they like."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.core.falling_behind import Kind


class Draft(NamedTuple):
    """A subject and a text to begin with."""

    subject: str | Promise
    body: str | Promise


ANY = "any"
DRAFTS: dict[str, Draft] = {
    Kind.ABSENT: Draft(
        _("Shall we pick it up again?"),
        _(
            "Hello,\n\nyou have not studied for a while, and cards wait for you. Nothing is lost: the site begins "
            "with what you are most likely to have forgotten, and ten minutes today are a good start.\n\n"
            "If something keeps you from studying, or if you need other dates, please tell me."
        ),
    ),
    Kind.OVERLOADED: Draft(
        _("Too many cards at once?"),
        _(
            "Hello,\n\nmore cards come due for you each day than you get to. Set fewer new cards a day on the "
            "page of the deck in the library, or none for a week: then the pile shrinks. Short sittings every day "
            "do more than a long one.\n\nIf it is still too much, please tell me."
        ),
    ),
    Kind.RAPID_GUESSING: Draft(
        _("Take your time with the questions"),
        _(
            "Hello,\n\nmany of your answers came faster than the question can be read. They count for nothing, so "
            "the same cards come back. Fewer answers with a moment's thought get you further.\n\n"
            "If there is too much to do, or the questions are not the right ones for you, please tell me."
        ),
    ),
    Kind.WEAK_SECTION: Draft(
        _("One section needs more of you"),
        _(
            "Hello,\n\nyou know most of the deck well, but one section much less; your progress page shows which. "
            "You can practise a section on its own as often as you like.\n\n"
            "If something in it is unclear, please ask me."
        ),
    ),
    Kind.LOW_EFFORT: Draft(
        _("A little every day"),
        _(
            "Hello,\n\non most days what was due for you was left for later. A few minutes every day are less work "
            "than catching up.\n\nIf the dates or the amount do not fit, please tell me."
        ),
    ),
    ANY: Draft(
        _("How are you getting on?"),
        _(
            "Hello,\n\nyou have fallen a little behind in this class. Ten minutes a day are enough to come back: "
            "the site asks first what is most urgent.\n\nIf something keeps you from it, please tell me."
        ),
    ),
}


def draft_for(reason: str) -> Draft | None:
    """The draft for a reason of falling behind, or for several where the reason is ANY; None for nonsense."""
    found = DRAFTS.get(reason)
    return Draft(str(found.subject), str(found.body)) if found else None
