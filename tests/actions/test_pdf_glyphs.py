"""What can be printed: bundled letters, installed ones, pictures by their names; what cannot is named."""

from __future__ import annotations

import pytest

from agreements.actions import pdf_glyphs
from agreements.actions.pdf_glyphs import missing_glyphs, spelled
from tests.papers import named, on_paper, sheets


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Maya 🌻", "Maya [sunflower]"),
        ("❤️ = got it", "[red heart] = got it"),
        ("👩🏽‍💻", "[woman] [personal computer]"),
        ("5 % ± © · Zoë", "5 % ± © · Zoë"),
    ],
)
def test_a_picture_without_a_glyph_is_printed_by_its_name(typed: str, printed: str) -> None:
    assert missing_glyphs(typed) == []
    assert spelled(typed) == printed


def test_a_name_with_a_picture_is_printed_and_kept_as_typed() -> None:
    pages = sheets(on_paper(named("Maya 🌻 R.", "Dr J. Lee", "Maya 🌻")))
    assert "Between Maya [sunflower] R. and Dr J. Lee." in pages[0]
    assert "🌻" not in "".join(pages)


def test_no_font_is_asked_for_what_no_font_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "_is_installed", lambda char: char == "字")
    assert missing_glyphs("字\ue000\U0010fffd") == ["\ue000", "\U0010fffd"]
