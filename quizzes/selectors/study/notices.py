"""What the session tells a student once, above the next page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import ReviewLog
from quizzes.selectors.content.decks import CardPlace, DeckContent
from quizzes.selectors.study.contrasts import compare_url, contrast_url, refused
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.wording import due_notice


class NoticeKind(StrEnum):
    """How a notice is meant, named as Django's messages name their levels."""

    INFORMATION = "info"
    SUCCESS = "success"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence or two, and where to go from there, if anywhere; `said` is for those who hear the page, not shown."""

    text: str = ""
    url: str = ""
    link: str = ""
    said: str = ""
    kind: NoticeKind = NoticeKind.INFORMATION

    def on_page(self) -> dict[str, Any]:
        """The fields of a page that print it."""
        return {
            "notice": self.text,
            "notice_kind": self.kind.value,
            "notice_url": self.url,
            "notice_link": self.link,
            "said": self.said,
        }


def done(text: str, url: str = "", link: str = "") -> Notice:
    """That what was asked for has happened."""
    return Notice(text, url, link, kind=NoticeKind.SUCCESS)


def warning(text: str) -> Notice:
    """That what was asked for has not happened, or not as the page said."""
    return Notice(text, kind=NoticeKind.WARNING)


def notice_after(desk: Desk, row: ReviewLog) -> Notice:
    """What to say after an answer, from the log alone: that the card is a leech, or that its interval is new.

    After a choice among two that counted, where the two stand side by side.
    """
    leech = row.detail.get("leech")
    content = desk.contents.get(row.detail.get("deck", 0))
    place = content.cards.get(row.card_id or 0) if content else None
    if leech and content is not None and place is not None:
        return _leech_notice(content, place, *leech)
    other = row.detail.get("contrast", "")
    if content is not None and place is not None and other in content.names and row.source != "practice":
        url = compare_url(content.slug, place.spec.code, other)
        said = _("It counted as a choice among two.")
        if row.detail.get("given"):
            said = _("Your instructor asked which is which. It counted as a choice among two.")
        return Notice(said, url, _("See what sets them apart"))
    return Notice(due_notice(row.due_reason))


def notice_of_mark(desk: Desk, card_id: int, mark: str) -> Notice:
    """What to say of a card set aside, since another one stands in its place; flags are said to who cannot see them."""
    if mark == "bury":
        return done(_("That card is put off until tomorrow."))
    if mark in ("flag", "unflag"):
        return Notice(said=_("Flagged.") if mark == "flag" else _("No longer flagged."))
    if mark != "suspend":
        return Notice()
    said = _("That card is suspended: it does not come again until you bring it back.")
    for content in desk.contents.values():
        if card_id in content.cards:
            page = reverse("browse-fact", args=[content.slug, content.cards[card_id].spec.code])
            return done(said, f"{page}#card-{card_id}", _("The page of its fact"))
    return done(said)


def _leech_notice(content: DeckContent, place: CardPlace, lapses: int, taken_for: str) -> Notice:
    code = place.spec.code
    term = content.names[code][0]
    missed = ngettext("You have missed “%(term)s” once.", "You have missed “%(term)s” %(times)d times.", lapses)
    text = missed % {"term": term, "times": lapses}
    if taken_for not in content.names:
        url = reverse("browse-fact", args=[content.slug, code])
        return Notice(f"{text} {_('Reading it up may help more than asking again.')}", url, _("Read the fact"))
    other = content.names[taken_for][0]
    confused = _("Most often you take it for “%(other)s”.") % {"other": other}
    if refused(content, place, taken_for):
        return Notice(f"{text} {confused}", compare_url(content.slug, code, taken_for), _("See what sets them apart"))
    url = contrast_url(content.slug, code, taken_for, place.id)
    return Notice(f"{text} {confused}", url, _("Practise which is which"))
