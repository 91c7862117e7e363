"""What can be printed: bundled letters, installed ones, pictures by their names; what cannot is named."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from agreements.actions import pdf_glyphs
from agreements.actions.pdf_glyphs import missing_glyphs, spelled
from agreements.actions.pdf_reading import RenderRefused
from agreements.actions.refusals import NotNow
from tests.conftest import INSTALLED
from tests.papers import freshly, named, on_paper, sheets
from tests.records import a_record


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Maya 🌻", "Maya [sunflower]"),
        ("❤️ = got it", "[red heart] = got it"),
        ("🇫🇷🇨🇦", "[flag FR][flag CA]"),
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


def test_marks_that_nobody_sees_are_no_missing_letters() -> None:
    assert missing_glyphs("Ma\u200bya \u200eR.\u00ad \ufeff علی\u200cرضا \u034f") == []


@pytest.mark.parametrize("unseen", ["\ufff9", "\u206a", "\U0001bca0", "\U000e0041"])
def test_what_nobody_sees_and_no_letter_needs_is_not_printed(unseen: str) -> None:
    assert missing_glyphs(f"Maya{unseen} R.") == [unseen]


@pytest.mark.parametrize(
    "name",
    [
        "Zo\u0308e\u0301",
        "\u1ec6\u0323",
        "\u05d1\u05b7\u05bc",
        "\u0915\u094d\u0937\u094d\u092e\u093f",
        "Z" + 4 * "\u0301",
    ],
)
def test_a_letter_has_the_marks_that_writings_put_on_it(name: str) -> None:
    assert missing_glyphs(name) == []


def test_a_pile_of_marks_would_run_across_other_lines() -> None:
    assert missing_glyphs("Z" + 60 * "\u0301" + "o R.") == ["\u0301"]


@pytest.mark.parametrize(
    ("told", "known", "unknown"),
    [
        ("20-7e 4e00-4e05 4e03-4e08 1f600 ", "一\u4e05\u4e08😀", "\u4dff\u4e09😁"),
        ("4e00 ", "一", "丁"),
        ("", "", "一a"),
    ],
)
def test_fontconfig_is_asked_once_for_all_characters(monkeypatch, told: str, known: str, unknown: str) -> None:
    asked = []

    def run(command: list[str], **_how: object) -> object:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, told.encode())

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda _name: "fc-list")
    pdf_glyphs._installed.cache_clear()
    try:
        assert [INSTALLED[0](char) for char in known + unknown] == [True] * len(known) + [False] * len(unknown)
    finally:
        pdf_glyphs._installed.cache_clear()
    assert len(asked) == 1


def test_fonts_that_are_gone_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_glyphs._bundled.cache_clear()
    monkeypatch.setattr(pdf_glyphs, "FONTS", {"bundled:gone": "No Such Font"})
    with pytest.raises(NotNow, match="The fonts of the papers are missing .* python3 manage.py setup"):
        missing_glyphs("Maya")
    with pytest.raises(RenderRefused, match="The fonts of the papers are missing"):
        freshly(a_record())


def test_no_font_is_asked_for_what_no_font_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "_is_installed", lambda char: char == "字")
    assert missing_glyphs("字\ue000\U0010fffd") == ["\ue000", "\U0010fffd"]
