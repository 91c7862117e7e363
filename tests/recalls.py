"""A crisis number changes, and papers carry the old one: what tests of the recall share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from agreements.actions import crisis, documents
from agreements.models import CrisisResource
from agreements.rules.vocabulary import CheckedHow
from tests.builders import NOW


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody opens the papers any bytes will do."""
    monkeypatch.setattr(documents.pdf, "render", lambda sealed, marks: b"%PDF")
    monkeypatch.setattr(documents.pdf_signature, "seal", lambda pdf, now: b"%PDF " + uuid4().bytes)


def row(key: str) -> CrisisResource:
    """The row of this key that holds now."""
    return crisis.resources.holding().get(key=key)


def draft_of(key: str, **changes: Any) -> CrisisResource:
    """A draft that will take the place of the row of this key; what changes was read somewhere."""
    draft = crisis.correct(resource=row(key), by=None, now=NOW)
    source = {"read_from": "their own page", "as_of": "2026-11"} if changes else {}
    for field, value in {**source, **changes}.items():
        setattr(draft, field, value)
    return crisis.write(resource=draft, by=None, now=NOW)


def published(draft: CrisisResource, now: Any = NOW) -> CrisisResource:
    """The draft, published as called on the day."""
    return crisis.publish(resource=draft, how=CheckedHow.CALLED, by=None, today=now.date(), now=now)


def changed(key: str = "us-988", now: Any = NOW, **changes: Any) -> CrisisResource:
    """The row of this key says something else from now on."""
    return published(draft_of(key, **(changes or {"call": "989"})), now)


def withdrawn(key: str) -> None:
    """The row of this key is given to nobody any more."""
    crisis.withdraw(resource=row(key), by=None, now=NOW)
