"""A message before it is sent: to whom it goes, how it will look, whom no e-mail reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Cohort, User
from quizzes.selectors.teaching.mails import subject_of, text_of
from quizzes.selectors.teaching.recipients import Recipient


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page shows above the button; `meant` are all, `by_mail` and `without` its two parts."""

    sends_mail: bool
    sentence: str
    button: str
    replies: str
    subject: str
    text: str
    meant: Sequence[Recipient]
    by_mail: Sequence[Recipient]
    without: Sequence[Recipient]


def preview(user: User, cohort: Cohort, meant: Sequence[Recipient], subject: str, body: str) -> Preview:
    """The preview; no query."""
    by_mail, without = [one for one in meant if not one.no_mail], [one for one in meant if one.no_mail]
    return Preview(
        sends_mail=settings.SENDS_MAIL,
        sentence=_sentence(len(by_mail)),
        button=_button(len(by_mail), len(meant)),
        replies=_replies(user),
        subject=subject_of(subject, cohort.name),
        text=text_of(body, user, cohort.name).strip(),
        meant=meant,
        by_mail=by_mail,
        without=without,
    )


def _sentence(by_mail: int) -> str:
    if not by_mail:
        return _("Nobody gets an e-mail. Those below find the message on the site, under Messages.")
    words = ngettext(
        "It goes by e-mail to %d student.",
        "It goes by e-mail to %d students, to each in an e-mail of their own that shows nobody else's address.",
        by_mail,
    )
    return words % by_mail


def _button(by_mail: int, every: int) -> str:
    if not by_mail:
        return ngettext("Put it on the site for %d student", "Put it on the site for %d students", every) % every
    return ngettext("Send it to %d student", "Send it to %d students", every) % every


def _replies(user: User) -> str:
    if user.email:
        return _("Replies go to you, at %s, which the students see.") % user.email
    return _("You have no e-mail address here, so replies do not reach you.")
