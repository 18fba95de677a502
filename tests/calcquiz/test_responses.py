"""Headers that every response carries, and the health check."""

import pytest
from django.db import DatabaseError, connection

from calcquiz.csp import CSP, build_policy


def test_the_policy_lists_directives_and_sources():
    policy = build_policy({"default-src": [CSP.SELF], "img-src": [CSP.SELF, CSP.DATA]})
    assert policy == "default-src 'self'; img-src 'self' data:"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/no-such-page"])
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_health_needs_no_sign_in(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_health_tells_of_a_database_that_does_not_answer(client, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_health_takes_no_post(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_plain_http_is_sent_to_https_but_for_the_health_check(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").headers["Location"] == "https://testserver/"
    assert client.get("/healthz").status_code == 200
