"""What tests of several actions ask for."""

from collections.abc import Callable
from itertools import count

import pytest

from agreements.actions import pdf, pdf_signature

DRAWN = count()  # for the whole process: a paper that was built once and put back is none of a later test


@pytest.fixture
def quick_seal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Sealing without drawing: for tests of what happens around the PDF. Returns how many were drawn."""
    made: list[int] = []

    def render(sealed: object, marks: object) -> bytes:
        made.append(next(DRAWN))
        return b"%%PDF-1.7 drawing %d" % made[-1]

    monkeypatch.setattr(pdf, "render", render)
    monkeypatch.setattr(pdf_signature, "seal", lambda content, now: content)
    return lambda: len(made)
