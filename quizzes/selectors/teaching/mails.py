"""The e-mail that a copy of a message is sent as: to one person, with nobody else's address in it but the sender's."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models import Message, MessageCopy, User
from quizzes.selectors.people.reminders import reminders_path
from quizzes.selectors.teaching.people import person_name


def mail_of(copy: MessageCopy) -> EmailMessage:
    """The e-mail, not sent. A line break in its head makes Django refuse it when it is sent (a ValueError)."""
    match copy.message.kind:
        case Message.Kind.REMINDER:
            return _reminder(copy)
        case Message.Kind.NOTICE:
            return _notice(copy)
        case _:
            return _message(copy)


def subject_of(subject: str, class_name: str) -> str:
    """What stands above a message in the students' mail programs."""
    return f"[{class_name}] {subject}"


def text_of(body: str, sender: User | None, class_name: str) -> str:
    """What stands in it: the words written, and where they come from."""
    about = {
        "body": body,
        "sender": _sender_name(sender),
        "class_name": class_name,
        "url": absolute(reverse("own-messages")),
    }
    return render_to_string("teaching/email/message.txt", about)


def absolute(path: str) -> str:
    """The address of a page of this site as it can be followed from an e-mail."""
    return f"{settings.SITE_URL}{path}"


def _message(copy: MessageCopy) -> EmailMessage:
    message = copy.message
    sender, class_name = message.sender, message.cohort.name if message.cohort else ""
    site_address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject_of(message.subject, " ".join(class_name.split())),
        text_of(message.body, sender, class_name),
        formataddr((_("%s via calcquiz") % " ".join(_sender_name(sender).split()), site_address)),
        [copy.address],
        reply_to=[sender.email] if sender and sender.email else None,
    )


def _reminder(copy: MessageCopy) -> EmailMessage:
    off = absolute(reminders_path(copy.user_id))
    headers: dict[str, Any] = {
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string("teaching/email/reminder.txt", {"body": copy.message.body, "off": off})
    return EmailMessage(copy.message.subject, text, settings.DEFAULT_FROM_EMAIL, [copy.address], headers=headers)


def _notice(copy: MessageCopy) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    about = (settings.DEFAULT_FROM_EMAIL, [copy.address])
    return EmailMessage(f"[calcquiz] {copy.message.subject}", copy.message.body, *about, headers=headers)


def _sender_name(sender: User | None) -> str:
    return person_name(sender) if sender else _("An instructor")
