"""The tests run on the database that was asked for, set up as the product runs it."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    assert connection.vendor == os.environ.get("REQUIRE_VENDOR", "sqlite")


@pytest.mark.django_db
@pytest.mark.skipif(os.environ.get("REQUIRE_VENDOR", "sqlite") != "sqlite", reason="only SQLite has a journal mode")
def test_sqlite_is_a_file_in_wal_mode() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
