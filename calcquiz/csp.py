"""Content Security Policy with the names of Django 6, to be replaced by Django's own module there."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class CSP(StrEnum):
    """Source expressions."""

    SELF = "'self'"
    NONE = "'none'"
    DATA = "data:"


def build_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """The header's value."""
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


class ContentSecurityPolicyMiddleware:
    """Sends settings.SECURE_CSP with every response that has no policy of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
