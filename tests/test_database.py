"""The tests run on the database that was asked for, set up as the product runs it."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    assert connection.vendor == os.environ.get("REQUIRE_VENDOR", "sqlite")


@pytest.mark.django_db
def test_it_is_set_up_as_in_use() -> None:
    """SQLite is a file in WAL mode with foreign keys checked; PostgreSQL speaks UTF-8."""
    asked = {"sqlite": "SELECT * FROM pragma_journal_mode, pragma_foreign_keys", "postgresql": "SHOW server_encoding"}
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        assert cursor.fetchone() == {"sqlite": ("wal", 1), "postgresql": ("UTF8",)}[connection.vendor]
