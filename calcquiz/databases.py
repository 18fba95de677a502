"""CALCQUIZ_DATABASE_URL to Django's DATABASES entry, with the options that measuring showed to matter."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
}


def from_url(url: str) -> dict[str, Any]:
    """`sqlite:///relative.sqlite3`, `sqlite:////absolute.sqlite3` or `postgres://user:password@host:port/name?sslmode=require`.

    What follows `?` becomes a connection option of PostgreSQL.
    """
    parts = urlsplit(url)
    makers = {"sqlite": _sqlite, "postgres": _postgres, "postgresql": _postgres}
    if parts.scheme not in makers:
        raise ImproperlyConfigured("CALCQUIZ_DATABASE_URL should begin with sqlite:/// or postgres://.")
    return {"CONN_MAX_AGE": None, **makers[parts.scheme](parts)}


def _sqlite(parts: SplitResult) -> dict[str, Any]:
    if parts.netloc or len(parts.path) < 2:
        raise ImproperlyConfigured("CALCQUIZ_DATABASE_URL names no file: sqlite:/// is followed by its path.")
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(unquote(parts.path[1:])), "OPTIONS": SQLITE_OPTIONS}


def _postgres(parts: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
