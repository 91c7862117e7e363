"""Every test here sees the builders’ day on the clock; the practice is made once for a module."""

from __future__ import annotations

import uuid

import pytest
import time_machine

from agreements.actions import documents
from tests.doors import on_the_day
from tests.looking_again import DUE
from tests.views.conftest import house

__all__ = ["house", "on_the_day"]


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody opens the paper, any bytes will do."""
    monkeypatch.setattr(documents.pdf, "render", lambda sealed, marks: b"%PDF")
    monkeypatch.setattr(documents.pdf_signature, "seal", lambda pdf, now: b"%PDF " + uuid.uuid4().bytes)


@pytest.fixture
def due(on_the_day: time_machine.Traveller) -> None:
    """The day on which the two agreed to look again, eight weeks after the first signature."""
    on_the_day.move_to(DUE)
