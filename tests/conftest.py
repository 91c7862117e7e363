"""The ground under every test: no network, triggers that survive a flush, programs that may be missing.

Where tests keep their files, keys and database is in environment.py; what they build is in builders.py.
"""

import gc
import ipaddress
import json
import os
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests import tools

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


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
    """Looking for it again and again among all that is loaded takes a fifth of the time."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers() -> Iterator[None]:
    """A transactional test ends by emptying every table, which our append-only triggers rightly refuse."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        from agreements.models import triggers

        triggers.drop(connection)
        try:
            flush(self)
        finally:
            triggers.create(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True, scope="session")
def an_edition_is_read_by_the_rules_once() -> Iterator[None]:
    """The starter library is published anew in most tests; the same edition has the same remarks each time."""
    from agreements.reads import library

    rules, known = library.lint, {}

    def lint(edition: dict[str, Any], language: str) -> Any:
        key = json.dumps([edition, language], sort_keys=True)
        if key not in known:
            known[key] = rules(edition, language)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "lint", lint)
        yield
