"""The environment decides; production is the default."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from calcquiz import environment, settings

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "a-key-of-a-test-" * 4
SHOW = """import json; from calcquiz import settings as s; print(json.dumps([
    s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0]))"""


def settings_under(**variables):
    """DEBUG and what follows https, as a fresh process sees them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CALCQUIZ_")}
    done = subprocess.run([sys.executable, "-c", SHOW], cwd=ROOT, env=kept | variables, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_production_is_secure_unless_told_otherwise():
    assert settings_under(CALCQUIZ_SECRET_KEY=KEY) == [False, True, True, True, True]
    assert settings_under(CALCQUIZ_SECRET_KEY=KEY, CALCQUIZ_HTTPS="0") == [False, False, False, False, False]


def test_development_is_plain_http():
    assert settings_under(CALCQUIZ_SECRET_KEY=KEY, CALCQUIZ_DEBUG="1") == [True, False, False, False, False]


def test_there_is_no_start_without_a_key(monkeypatch, tmp_path):
    monkeypatch.delenv("CALCQUIZ_SECRET_KEY")
    monkeypatch.setattr(environment, "VAR_DIR", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="Set CALCQUIZ_SECRET_KEY"):
        environment.secret_key()


def test_the_key_of_the_checkout_serves_where_none_is_set(monkeypatch, tmp_path):
    monkeypatch.delenv("CALCQUIZ_SECRET_KEY")
    monkeypatch.setattr(environment, "VAR_DIR", tmp_path)
    (tmp_path / "secret-key").write_text("its own\n")
    assert environment.secret_key() == "its own"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("True", True), ("off", False), ("0", False), ("", True)])
def test_a_flag_reads_the_usual_words(monkeypatch, value, expected):
    monkeypatch.setenv("CALCQUIZ_X", value)
    assert environment.flag("CALCQUIZ_X", default=True) is expected


def test_a_flag_refuses_other_words(monkeypatch):
    monkeypatch.setenv("CALCQUIZ_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="CALCQUIZ_X should be 1 or 0"):
        environment.flag("CALCQUIZ_X", default=True)


def test_names_stand_between_commas(monkeypatch):
    monkeypatch.setenv("CALCQUIZ_X", "a.example, b.example,")
    assert environment.names("CALCQUIZ_X", "") == ["a.example", "b.example"]


def test_every_variable_is_documented():
    code = "".join(path.read_text() for path in (ROOT / "calcquiz").glob("*.py"))
    assert set(re.findall(r"CALCQUIZ_[A-Z_]+", code)) == set(
        re.findall(r"^(CALCQUIZ_[A-Z_]+) ", settings.__doc__, re.M)
    )


@pytest.mark.parametrize("value", ["https://quiz.example", "https://quiz.example/", "http://127.0.0.1:8001"])
def test_the_address_of_the_site_ends_without_a_stroke(value):
    assert environment.site_url(value) == value.rstrip("/")


@pytest.mark.parametrize("value", ["quiz.example", "ftp://quiz.example", "https://", "https://quiz.example/quiz?a=1"])
def test_what_is_no_address_of_a_site_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="CALCQUIZ_URL should be such as"):
        environment.site_url(value)


@pytest.mark.parametrize(("value", "expected"), [("2", 2), ("0", 0), ("", 1)])
def test_a_number_is_whole(monkeypatch, value, expected):
    monkeypatch.setenv("CALCQUIZ_X", value)
    assert environment.number("CALCQUIZ_X", 1) == expected


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "²"])
def test_other_numbers_are_refused(monkeypatch, value):
    monkeypatch.setenv("CALCQUIZ_X", value)
    with pytest.raises(ImproperlyConfigured, match="CALCQUIZ_X should be a whole number"):
        environment.number("CALCQUIZ_X", 1)


def test_a_choice_is_one_of_the_words(monkeypatch):
    monkeypatch.setenv("CALCQUIZ_X", "Open")
    assert environment.choice("CALCQUIZ_X", "closed", ("open", "closed")) == "open"
    monkeypatch.setenv("CALCQUIZ_X", "ajar")
    with pytest.raises(ImproperlyConfigured, match="one of open, closed"):
        environment.choice("CALCQUIZ_X", "closed", ("open", "closed"))


def test_domains_without_a_mail_server_are_refused_since_nothing_checks_them():
    with pytest.raises(subprocess.CalledProcessError) as failed:
        settings_under(CALCQUIZ_SECRET_KEY=KEY, CALCQUIZ_SIGN_UP="domains", CALCQUIZ_SIGN_UP_DOMAINS="x.org")
    assert b"proves nothing" in failed.value.stderr
    ready = {
        "CALCQUIZ_SIGN_UP": "domains",
        "CALCQUIZ_SIGN_UP_DOMAINS": "x.org",
        "CALCQUIZ_EMAIL_URL": "smtp://localhost",
    }
    assert settings_under(CALCQUIZ_SECRET_KEY=KEY, **ready)
