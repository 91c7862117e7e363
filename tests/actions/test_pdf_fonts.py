"""The two weights of the bundled fonts: cut once, the letters those of the variable font at that weight."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from agreements.actions import pdf_fonts
from agreements.actions.pdf_glyphs import bundled_fonts

LETTERS = "aßŁệΩЖקع9"


def opened(font: bytes) -> TTFont:
    return TTFont(BytesIO(font))


def outline(glyphs: object, name: str) -> list[tuple[float, float]]:
    pen = RecordingPen()
    glyphs[name].draw(pen)
    return [point for _kind, points in pen.value for point in points if isinstance(point, tuple)]


@pytest.mark.parametrize("address", pdf_fonts.FACES)
def test_a_face_is_the_variable_font_at_its_weight(address: str) -> None:
    whole, weight = pdf_fonts.FACES[address]
    variable, still = opened(bundled_fonts()[whole]), opened(pdf_fonts.face(address))
    assert "fvar" not in still
    assert still["OS/2"].usWeightClass == weight
    names, cut_names = variable.getBestCmap(), still.getBestCmap()
    assert set(names) == set(cut_names)
    at_weight, cut = variable.getGlyphSet(location={"wght": weight}), still.getGlyphSet()
    for letter in [ord(each) for each in LETTERS if ord(each) in names]:
        assert abs(cut[cut_names[letter]].width - at_weight[names[letter]].width) <= 1, letter
        drawn, wanted = outline(cut, cut_names[letter]), outline(at_weight, names[letter])
        assert len(drawn) == len(wanted)
        assert (
            max(abs(a - b) for one, two in zip(drawn, wanted, strict=True) for a, b in zip(one, two, strict=True)) <= 1
        )


def test_a_face_is_cut_once_in_a_process() -> None:
    assert pdf_fonts.face("bundled:rubik-700") is pdf_fonts.face("bundled:rubik-700")


def test_where_harfbuzz_is_too_old_another_library_cuts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise OSError(name)

    font = bundled_fonts()["bundled:rubik"]
    by_harfbuzz = opened(pdf_fonts._by_harfbuzz(font, {"wght": 700.0}))
    monkeypatch.setattr(pdf_fonts, "_library", gone)
    monkeypatch.setattr(pdf_fonts, "_by_fonttools", lambda font, axes: repr(axes).encode())
    pdf_fonts._at_weight.cache_clear()
    assert pdf_fonts.face("bundled:rubik-700") == b"{'wght': 700.0, 'wdth': 100.0}"
    pdf_fonts._at_weight.cache_clear()
    assert by_harfbuzz["maxp"].numGlyphs == opened(font)["maxp"].numGlyphs
