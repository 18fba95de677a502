"""What the core reports on facts and their questions, in the editors' words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.core.advice import Advice, Kind
from quizzes.core.specs import Direction

DIRECTION_LABELS = {
    Direction.TERM_TO_PURPOSE: gettext_lazy("term → purpose"),
    Direction.PURPOSE_TO_TERM: gettext_lazy("purpose → term"),
    Direction.CONDITION_TO_TERM: gettext_lazy("condition → term"),
    Direction.TERM_TO_EXAMPLE: gettext_lazy("term → example"),
    Direction.EXAMPLE_TO_TERM: gettext_lazy("example → term"),
    Direction.PURPOSE_TO_EXAMPLE: gettext_lazy("purpose → example"),
    Direction.EXAMPLE_TO_PURPOSE: gettext_lazy("example → purpose"),
    Direction.MEMBERSHIP: gettext_lazy("which one belongs"),
    Direction.NOT_MEMBER: gettext_lazy("which one does NOT belong"),
}
FIELD_LABELS = {
    "term": gettext_lazy("term"),
    "short_label": gettext_lazy("short label"),
    "aliases": gettext_lazy("other names"),
    "never_accept": gettext_lazy("never accepted"),
    "noun": gettext_lazy("category noun"),
    "purpose": gettext_lazy("purpose"),
    "condition": gettext_lazy("condition"),
    "examples": gettext_lazy("examples"),
    "tags": gettext_lazy("subgroups"),
    "explanation": gettext_lazy("explanation"),
    "locator": gettext_lazy("place in the source"),
    "caution": gettext_lazy("caution"),
    "caution_source": gettext_lazy("source of the caution"),
}
ASKED_HOW = {
    "": gettext_lazy("in any question about “%(asked)s”"),
    Direction.TERM_TO_PURPOSE.value: gettext_lazy("when “%(asked)s” is asked for its purpose"),
    Direction.PURPOSE_TO_TERM.value: gettext_lazy("when “%(asked)s” is asked by its purpose"),
    Direction.CONDITION_TO_TERM.value: gettext_lazy("when “%(asked)s” is asked by its condition"),
    Direction.TERM_TO_EXAMPLE.value: gettext_lazy("when “%(asked)s” is asked for an example"),
    Direction.EXAMPLE_TO_TERM.value: gettext_lazy("when “%(asked)s” is asked by an example"),
    Direction.PURPOSE_TO_EXAMPLE.value: gettext_lazy("when “%(asked)s” is asked by its purpose for an example"),
    Direction.EXAMPLE_TO_PURPOSE.value: gettext_lazy("when “%(asked)s” is asked by an example for its purpose"),
    Direction.MEMBERSHIP.value: gettext_lazy("when a question asks which one belongs to “%(asked)s”"),
}
VERDICTS = {
    "right": gettext_lazy("is also right"),
    "arguable": gettext_lazy("is arguably right"),
    "distinct": gettext_lazy("is wrong, so it may be offered,"),
}


def sentence(*, asked: str, offered: str, direction: str, verdict: str) -> str:
    """A verdict on a pair as a sentence, up to its reason."""
    how = str(ASKED_HOW[direction]) % {"asked": asked}
    return _("“%(offered)s” %(verdict)s %(how)s") % {"offered": offered, "verdict": VERDICTS[verdict], "how": how}


def refusal_words(reason: str) -> str:
    """Why a question is refused, as the core says it, with wrong answers called so."""
    return reason.replace("clean distractor", "clean wrong answer")


def advice_words(advice: Advice) -> str:
    """One advice as a sentence with what to do about it."""
    return _WORDS[advice.kind](*advice.about)


def _other_form(usual: str, example: str, count: str, total: str) -> str:
    values = {"count": count, "total": total, "example": example, "usual": usual}
    if not usual:
        return _("%(count)s of %(total)s neighbours begin otherwise, as in “%(example)s”. Use their form.") % values
    if usual == "-ing":
        return _("%(count)s of %(total)s neighbours begin with a word in -ing, as in “%(example)s”.") % values
    return _("%(count)s of %(total)s neighbours begin with “%(usual)s”, as in “%(example)s”. Use their form.") % values


def _blanked(words: str) -> str:
    said = _("Shown as a blank in the question, since it gives the answer away: %s. Say it in other words.")
    return said % words


def _name_of_another(name: str, term: str, code: str) -> str:
    values = {"name": name, "term": term, "code": code}
    said = _("“%(name)s” is also a name of “%(term)s” (%(code)s), so neither is offered beside the other.")
    return said % values


def _example_of_another(example: str, term: str, code: str) -> str:
    values = {"example": example, "term": term, "code": code}
    return _("“%(example)s” is an example of “%(term)s” (%(code)s) too, so it is not asked by itself.") % values


def _never_and_always(text: str) -> str:
    return _("“%s” is also an accepted answer, so it is accepted. Take it out of one of the two lists.") % text


def _no_examples() -> str:
    return _("Most of its neighbours have examples, and the section asks for them.")


def _nothing_asked() -> str:
    return _("Nothing is asked of this fact: its section has no question for what is filled in.")


def _three_choices() -> str:
    return _("Only three answer choices: no set of three wrong answers keeps all rules.")


def _long_label(words: str) -> str:
    said = ngettext("%s word on an answer choice", "%s words on an answer choice", int(words)) % words
    return _("%s: give a short label that stands beside the others.") % said


def _no_caution_source() -> str:
    return _("Say where the caution comes from.")


def _no_locator(placed: str, total: str) -> str:
    values = {"placed": placed, "total": total}
    return _("Say where the source has it: %(placed)s of %(total)s neighbours do.") % values


_WORDS: Mapping[Kind, Callable[..., str]] = {
    Kind.OTHER_FORM: _other_form,
    Kind.BLANKED: _blanked,
    Kind.NAME_OF_ANOTHER: _name_of_another,
    Kind.EXAMPLE_OF_ANOTHER: _example_of_another,
    Kind.NEVER_AND_ALWAYS: _never_and_always,
    Kind.NO_EXAMPLES: _no_examples,
    Kind.NOTHING_ASKED: _nothing_asked,
    Kind.THREE_CHOICES: _three_choices,
    Kind.LONG_LABEL: _long_label,
    Kind.NO_CAUTION_SOURCE: _no_caution_source,
    Kind.NO_LOCATOR: _no_locator,
}
