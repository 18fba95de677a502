"""What an operator writes in CALCQUIZ_DATABASE_URL."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from calcquiz.databases import from_url


def test_sqlite_takes_a_relative_and_an_absolute_path():
    assert from_url("sqlite:///var/a%20deck.sqlite3")["NAME"] == Path("var/a deck.sqlite3")
    assert from_url("sqlite:////srv/deck.sqlite3")["NAME"] == Path("/srv/deck.sqlite3")


def test_postgres_takes_all_parts_and_options():
    database = from_url("postgres://ada:p%40ss@db.example:5433/quiz?sslmode=require")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ada",
        "p@ss",
        "db.example",
        "5433",
        "quiz",
    ]
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_postgres_on_its_own_socket_needs_only_a_name():
    assert from_url("postgresql:///quiz")["HOST"] == ""


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite://", "sqlite:///", "sqlite://host/file"])
def test_another_url_is_refused_with_its_reason(url):
    with pytest.raises(ImproperlyConfigured, match="CALCQUIZ_DATABASE_URL"):
        from_url(url)


def test_connections_are_kept():
    assert from_url("sqlite:///x")["CONN_MAX_AGE"] is None
    assert from_url("postgres://host/name")["CONN_MAX_AGE"] is None


@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_and_begins_with_the_lock(settings):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
        assert connection.transaction_mode == "IMMEDIATE"
    else:
        assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
