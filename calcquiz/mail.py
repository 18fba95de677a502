"""CALCQUIZ_EMAIL_URL to what Django wants to know of a mail server."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

RELAY_PORT, SUBMISSION_PORT, TLS_PORT = 25, 587, 465


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed in. `tls` encrypts from the start, `starttls` soon after."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


def from_url(url: str) -> MailServer | None:
    """`smtp://user:password@host:port` or `smtps://...`; None for an empty address.

    A user name and password never travel in the clear: `smtp` with them begins to encrypt before it signs in. Without
    them, as for a relay on the same machine, it does not encrypt. Raises ImproperlyConfigured.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("CALCQUIZ_EMAIL_URL should be smtp://USER:PASSWORD@HOST:PORT or smtps://...")
    tls, starttls = parts.scheme == "smtps", parts.scheme == "smtp" and bool(parts.username)
    port = parts.port or (TLS_PORT if tls else SUBMISSION_PORT if starttls else RELAY_PORT)
    return MailServer(
        unquote(parts.hostname), port, unquote(parts.username or ""), unquote(parts.password or ""), tls, starttls
    )
