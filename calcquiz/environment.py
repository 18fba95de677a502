"""Readers of environment variables, so that settings only name them."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def flag(name: str, *, default: bool) -> bool:
    """True or False from 1/0, true/false, yes/no or on/off; `default` where the variable is not set or empty."""
    value = os.environ.get(name, "").lower()
    if value and value not in FLAGS:
        raise ImproperlyConfigured(f"{name} should be 1 or 0, not {value!r}.")
    return FLAGS.get(value, default)


def text(name: str, default: str) -> str:
    """The variable's value; `default` where it is not set or empty."""
    return os.environ.get(name) or default


def names(name: str, default: str) -> list[str]:
    """The values between commas."""
    return [value.strip() for value in text(name, default).split(",") if value.strip()]


def number(name: str, default: int) -> int:
    """A whole number of 0 or more; `default` where the variable is not set or empty."""
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} should be a whole number, not {value!r}.")
    return int(value)


def choice(name: str, default: str, allowed: Sequence[str]) -> str:
    """One of the words that are allowed; `default` where the variable is not set or empty."""
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} should be one of {', '.join(allowed)}, not {value!r}.")
    return value


def site_url(value: str) -> str:
    """The address of the site without a stroke at its end: http:// or https:// and a host, and nothing after it."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"CALCQUIZ_URL should be such as https://quiz.example.org, not {value!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def secret_key() -> str:
    """CALCQUIZ_SECRET_KEY, or this checkout's own key, which `make run` and `make test` keep in var/secret-key."""
    own = VAR_DIR / "secret-key"
    key = os.environ.get("CALCQUIZ_SECRET_KEY") or (own.read_text().strip() if own.exists() else "")
    if not key:
        raise ImproperlyConfigured(
            "calcquiz has no secret key. Set CALCQUIZ_SECRET_KEY to at least 50 random characters and keep it: "
            "sessions and signed pages depend on it. (On your own computer `make run` makes one.)"
        )
    return key
