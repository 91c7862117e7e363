"""The ground under every test: no network, triggers that survive a flush, programs that may be missing.

Where tests keep their files, keys and database is in environment.py; what they build is in builders.py.
"""

import gc
import ipaddress
import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase
from django.utils.translation import get_language

from agreements.models import triggers
from tests import tools

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")
INSTALLED: list[Any] = []  # how fontconfig is asked, for the tests of that
LONG = ("browser", "commands", "journeys")  # folders
MUCH = 1_000_000  # objects
TRIAL: list[Any] = []  # the trial of a paper, for the tests of it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, those of many quick tests last: so both workers end at the same time."""
    items.sort(key=lambda item: (*(name not in item.path.parts for name in LONG), "rules" in item.path.parts))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@needs(…)`: without its programs a test has nothing to say."""
    for mark in item.iter_markers("needs"):
        tools.stop_without(mark.args)


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """No test reaches out: a connection to anywhere but this machine is refused before it is tried."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        yield


def guarded(connect: Any) -> Any:
    """`connect` that lets only this machine through."""

    def connect_here(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return connect_here


def is_loopback(host: str) -> bool:
    """localhost, 127.0.0.0/8 or ::1; no other name is looked up."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="module")
def garbage_waits_for_the_end_of_a_file() -> Iterator[None]:
    """Looking for it again and again among all that is loaded takes a fifth of the time; so it waits until it is much."""
    gc.disable()
    yield
    if gc.get_count()[0] > MUCH:
        gc.enable()
        gc.collect()
        gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def passwords_are_quick() -> Iterator[None]:
    """The same hashing, made slow on purpose elsewhere: people sign in in hundreds of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2**4)
        yield


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers() -> Iterator[None]:
    """A transactional test ends by emptying every table, which our append-only triggers rightly refuse to SQLite."""
    flush, empty = TransactionTestCase._fixture_teardown, sqlite3.connect(":memory:", check_same_thread=False)

    def teardown(self: TransactionTestCase) -> None:
        connection.ensure_connection()
        if not empty.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            triggers.drop(connection)
            flush(self)
            triggers.create(connection)
            connection.connection.backup(empty)
        empty.backup(connection.connection)

    with pytest.MonkeyPatch.context() as patch, closing(empty):
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown if connection.vendor == "sqlite" else truncate)
        yield


def truncate(self: TransactionTestCase) -> None:
    """On PostgreSQL no trigger hears of it. What names the models stays: Django would write the same again."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    tables -= {ContentType._meta.db_table, Permission._meta.db_table}
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


@pytest.fixture(autouse=True, scope="session")
def only_bundled_fonts() -> Iterator[None]:
    """Which letters can be printed does not depend on this machine; tests of installed fonts ask fontconfig again."""
    from agreements.actions import pdf_glyphs

    with pytest.MonkeyPatch.context() as patch:
        INSTALLED.append(pdf_glyphs._is_installed)
        patch.setattr(pdf_glyphs, "_is_installed", lambda char: False)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_paper_before_the_first_signature() -> Iterator[None]:
    """Drawing every paper twice would take minutes; tests of that trial (tests/actions/test_trial.py) draw it."""
    from agreements.actions import sealing

    with pytest.MonkeyPatch.context() as patch:
        TRIAL.append(sealing._try_on_paper)
        patch.setattr(sealing, "_try_on_paper", lambda draft, now: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def what_the_rules_say_is_remembered() -> Iterator[None]:
    """Most tests lint the same clauses of the starter library; the same words have the same remarks each time."""
    from agreements.reads import library
    from agreements.rules import lint_typing

    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((library, "lint"), (lint_typing, "of_clause")):
            patch.setattr(place, name, remembered(getattr(place, name)))
        yield


def remembered(rule: Any) -> Any:
    """A pure function of plain values that thinks once about each."""
    known: dict[str, Any] = {}

    def recall(*values: Any) -> Any:
        key = json.dumps([get_language(), *values], sort_keys=True)
        if key not in known:
            known[key] = rule(*values)
        return known[key]

    return recall
