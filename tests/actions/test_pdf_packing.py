"""A PDF in less space: what is read from it stays byte for byte what it was."""

from __future__ import annotations

import zlib
from io import BytesIO

import pydyf
import pytest
from pypdf import PdfReader

from agreements.actions.pdf_packing import pack
from tests.papers import on_paper
from tests.records import a_record

PLACES = b"OTTO" + b"".join(place.to_bytes(2, "big") for place in range(60_000))


def written(pdf: pydyf.PDF) -> PdfReader:
    content = BytesIO()
    pdf.write(content, version=b"1.7", compress=True)
    return PdfReader(content)


@pytest.mark.parametrize("more", range(6))
def test_a_font_with_a_place_for_every_letter_is_small_and_reads_as_it_was(more: int) -> None:
    font, pdf = PLACES + b"\0" * more, pydyf.PDF()
    pdf.add_object(pydyf.Stream([font], {"Subtype": "/OpenType"}, compress=True))
    pack(pdf)
    stored = written(pdf).get_object(3)
    assert stored.get_data().rstrip(b"\0") == font.rstrip(b"\0")
    assert 0 <= len(stored.get_data()) - len(font) < 6
    assert len(stored._data) * 20 < len(zlib.compress(font))


def test_a_font_that_gets_no_smaller_is_left_alone() -> None:
    pdf, text = pydyf.PDF(), b"letters and letters " * 90
    pdf.add_object(pydyf.Stream([text], {"Subtype": "/OpenType"}, compress=True))
    pack(pdf)
    assert pdf.objects[3].stream == [text]


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
    drawn = written(pdf).get_object(9)["/XObject"]
    assert [drawn.raw_get(name).idnum for name in ("/a", "/b", "/c")] == [3, 3, 7]
    assert [drawn[name]["/SMask"].get_data() for name in ("/a", "/b", "/c")] == [b"round", b"round", b"square"]
    assert not written(pdf).get_object(5) and not written(pdf).get_object(6)


def test_the_fonts_that_come_along_are_not_touched() -> None:
    fonts = [page["/Resources"]["/Font"] for page in PdfReader(BytesIO(on_paper(a_record()))).pages]
    kinds = {key for each in fonts for font in each.values() for key in font["/DescendantFonts"][0]["/FontDescriptor"]}
    assert "/FontFile2" in kinds and "/FontFile3" not in kinds
