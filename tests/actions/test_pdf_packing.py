"""A PDF in less space: what is drawn and read from it stays what it was."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pydyf
import pytest
from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from PIL import Image
from pypdf import PdfReader

from agreements.actions import pdf_fonts
from agreements.actions.pdf_packing import leave_out, pack
from tests.papers import on_paper
from tests.records import a_record

LETTERS = 2_000


def a_font(*, numbered: bool) -> bytes:
    """An OpenType font whose letters are squares of their own size, by number as in Chinese fonts, or by name."""
    order = [".notdef", *(f"{'cid' if numbered else 'letter'}{number:05}" for number in range(1, LETTERS))]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x4E00 + number: name for number, name in enumerate(order) if number})
    builder.setupCFF("Squares", {}, {name: _square(number) for number, name in enumerate(order)}, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    if numbered:
        _by_number(builder.font["CFF "].cff)
    made = BytesIO()
    builder.save(made)
    return made.getvalue()


def _square(size: int) -> Any:
    pen = T2CharStringPen(1000, None)
    pen.moveTo((0, 0))
    for corner in ((size, 0), (size, size), (0, size)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.getCharString()


def _by_number(cff: CFFFontSet) -> None:
    """The same letters as a font for them without names has them."""
    top = cff.topDictIndex[0]
    part = FontDict()
    part.Private = top.Private
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), LETTERS
    top.FDArray, top.FDSelect = FDArrayIndex(), FDSelect()
    top.FDArray.append(part)
    top.FDSelect.format, top.FDSelect.gidArray = 3, [0] * LETTERS
    del top.Private


def with_font(font: bytes) -> pydyf.PDF:
    """Two weights that share a file, as WeasyPrint writes them: each says how wide the letters are that it draws."""
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([font], pydyf.Dictionary({"Subtype": "/OpenType"}), compress=True))
    for widths in ([7, [1000, 1000], 1500, [1000]], [900, [1000]]):
        pdf.add_object(pydyf.Dictionary({"FontFile3": b"3 0 R"}))
        told = {"Subtype": "/CIDFontType0", "CIDToGIDMap": "/Identity", "W": pydyf.Array(widths)}
        pdf.add_object(pydyf.Dictionary({**told, "FontDescriptor": pdf.objects[-1].reference}))
    return pdf


def written(pdf: pydyf.PDF) -> PdfReader:
    content = BytesIO()
    pdf.write(content, version=b"1.7", compress=True)
    return PdfReader(content)


def test_of_a_font_with_a_place_for_every_letter_only_those_come_along_that_stand_there() -> None:
    font = a_font(numbered=True)
    pdf = with_font(font)
    pack(pdf)
    stored = written(pdf).get_object(3)
    assert stored["/Subtype"] == "/CIDFontType0C"
    assert [key for each in pdf.objects if isinstance(each, dict) for key in each if key == "CIDToGIDMap"] == []
    few = CFFFontSet()
    few.decompile(BytesIO(stored.get_data()), None)
    assert few[0].charset == [".notdef", "cid00007", "cid00008", "cid00900", "cid01500"]
    for number in (7, 8, 900, 1500):
        pen = RecordingPen()
        few[0].CharStrings[f"cid{number:05}"].draw(pen)
        assert pen.value[1] == ("lineTo", ((number, 0),))
    assert len(stored.get_data()) * 20 < len(font)


@pytest.mark.parametrize("missing", ["numbers", "HarfBuzz"])
def test_a_font_without_numbers_is_left_alone_and_every_font_where_harfbuzz_is_too_old(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    if missing == "HarfBuzz":
        monkeypatch.setattr(pdf_fonts, "_library", lambda _name: object())
    font = a_font(numbered=missing != "numbers")
    pdf = with_font(font)
    pack(pdf)
    assert pdf.objects[3].stream == [font]
    assert pdf.objects[3].extra == {"Subtype": "/OpenType"}


def test_what_goes_leaves_no_gap_and_every_reference_leads_where_it_led() -> None:
    pdf = pydyf.PDF()
    for name in ("a", "gone", "b", "gone too", "c"):
        pdf.add_object(pydyf.Dictionary({"Name": pydyf.String(name)}))
    a, gone, b, gone_too, c = pdf.objects[3:]
    a["Next"], b["Kids"], c["Up"] = c.reference, pydyf.Array([a.reference, pydyf.Dictionary({"To": c.reference})]), 5
    pdf.add_object(pydyf.Stream([b"drawn"], {"From": b.reference}))
    leave_out(pdf, [gone, gone_too])
    seen = written(pdf)
    assert [seen.get_object(number).get("/Name") for number in range(3, 7)] == ["a", "b", "c", None]
    assert seen.get_object(3)["/Next"]["/Name"] == "c"
    assert [seen.get_object(4)["/Kids"][0]["/Name"], seen.get_object(4)["/Kids"][1]["/To"]["/Name"]] == ["a", "c"]
    assert seen.get_object(6)["/From"]["/Name"] == "b"
    assert seen.get_object(5)["/Up"] == 5


def test_a_picture_in_two_weights_comes_along_once_and_each_mask_stays_with_its_own() -> None:
    pdf = pydyf.PDF()
    image = {"Type": "/XObject", "Subtype": "/Image"}
    for colours, mask in ((b"sun", b"round"), (b"sun", b"round"), (b"sun", b"square")):
        drawn, behind = pydyf.Stream([colours], dict(image)), pydyf.Stream([mask], dict(image))
        pdf.add_object(drawn)
        pdf.add_object(behind)
        drawn.extra["SMask"] = behind.reference
    pdf.add_object(pydyf.Dictionary({"XObject": pydyf.Dictionary({"a": b"3 0 R", "b": b"5 0 R", "c": b"7 0 R"})}))
    pack(pdf)
    drawn = written(pdf).get_object(7)["/XObject"]
    assert [drawn.raw_get(name).idnum for name in ("/a", "/b", "/c")] == [3, 3, 5]
    assert [drawn[name]["/SMask"].get_data() for name in ("/a", "/b", "/c")] == [b"round", b"round", b"square"]


@pytest.mark.parametrize("colours", [2, 3, 256, 257])
def test_a_picture_of_few_colours_is_stored_by_them_and_shows_the_same_points(colours: int) -> None:
    """White and black as a square has them, an emoji of up to 256 colours, and one of more, which stays as it is."""
    from weasyprint.images import RasterImage

    points = [(0, 0, 0), *((255, number % 256, number // 256) for number in range(1, colours - 1)), (255, 255, 255)]
    shown = Image.new("1" if colours == 2 else "RGB", (61, 43))
    shown.putdata([points[at % colours][0] if colours == 2 else points[at % colours] for at in range(61 * 43)])
    pdf = pydyf.PDF()
    stored = RasterImage(shown, "id", b"").get_x_object(interpolate=False, dpi_ratio=1)
    pdf.add_object(stored)
    before = len(stored.data)
    pack(pdf)
    assert written(pdf).get_object(3).decode_as_image().convert(shown.mode).tobytes() == shown.tobytes()
    assert ("DecodeParms" in stored.extra) == (colours == 257) == (len(stored.data) == before)


def test_the_fonts_that_come_along_are_not_touched() -> None:
    fonts = [page["/Resources"]["/Font"] for page in PdfReader(BytesIO(on_paper(a_record()))).pages]
    kinds = {key for each in fonts for font in each.values() for key in font["/DescendantFonts"][0]["/FontDescriptor"]}
    assert "/FontFile2" in kinds and "/FontFile3" not in kinds
