"""Every test here sees the builders’ day on the clock; what is slow to make is made once for a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from agreements.models import Document, Draft
from agreements.rules.steps import Step
from tests import builders
from tests.doors import on_the_day

__all__ = ["on_the_day"]


@pytest.fixture(scope="module")
def house(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """A practice with its library for all tests of a module; what each test adds is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        builders.a_practice()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sealed(house: None) -> Document:
    """A sealed agreement of Maya and Dr Lee."""
    return builders.a_sealed_document()


@pytest.fixture(scope="module")
def to_read(house: None) -> Draft:
    """A draft of another client of Dr Lee, every page before the reading page done."""
    return builders.a_draft(until=Step.READ, client=builders.a_client(name="Noor B.", called="Noor"))
