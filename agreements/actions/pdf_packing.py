"""A PDF before it is written, made smaller without changing what it shows: fonts of this machine, and doubles.

WeasyPrint keeps a place for each of the sixty thousand letters of a Chinese, Japanese or Korean font, of which a paper
has a hundred, with tables for setting text that a page already set has no use for. An emoji that stands in two weights
comes along as two pictures, and any picture in sixteen million colours, whatever it has.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from struct import pack as packed
from typing import Any

from agreements.actions.pdf_fonts import outlines

RGB = 2  # as a PNG says it
BLACK_AND_WHITE = [(0, 0, 0), (255, 255, 255)]


def pack(pdf: Any) -> None:
    """Store it in less space: all that is read from it stays as it was."""
    _outlines_alone(pdf)
    _once(pdf, _pictures(pdf))
    for picture in _pictures(pdf):
        _by_its_colours(picture)


def at(pdf: Any, reference: bytes) -> Any:
    """The object that a reference leads to."""
    return pdf.objects[int(reference.split()[0])]


def leave_out(pdf: Any, objects: Sequence[Any]) -> None:
    """What nothing refers to any more goes, and what stands behind it moves up; the pages stand before all of it."""
    gone = {each.number for each in objects}
    pdf.objects = [each for each in pdf.objects if each.number not in gone]
    moved = {}
    for number, each in enumerate(pdf.objects):
        before, each.number = each.reference, number
        moved[before] = each.reference
    for each in pdf.objects:
        _point(getattr(each, "extra", each), moved)


def _point(holder: Any, moved: dict[bytes, bytes]) -> None:
    """Every reference in `holder` to where it leads now."""
    if not isinstance(holder, dict | list):
        return
    for place, each in holder.items() if isinstance(holder, dict) else enumerate(holder):
        if isinstance(each, bytes):
            holder[place] = moved.get(each, each)
        else:
            _point(each, moved)


def _outlines_alone(pdf: Any) -> None:
    """Of each OpenType font only what draws the letters that stand here, each under the number it had."""
    fonts = [each for each in pdf.objects if isinstance(each, dict) and each.get("Subtype") == "/CIDFontType0"]
    letters: dict[bytes, set[int]] = {}
    for font in fonts:
        del font["CIDToGIDMap"]  # for the other kind of font: this one says itself which outline has which number
        file = at(pdf, font["FontDescriptor"])["FontFile3"]
        for first, widths in zip(font["W"][::2], font["W"][1::2], strict=True):
            letters.setdefault(file, set()).update(range(first, first + len(widths)))
    for file, wanted in letters.items():
        font = at(pdf, file)
        (content,) = font.stream
        if alone := outlines(content, wanted):
            font.stream, font.extra["Subtype"] = [alone], "/CIDFontType0C"


def _pictures(pdf: Any) -> list[Any]:
    return [each for each in pdf.objects if getattr(each, "extra", {}).get("Subtype") == "/Image"]


def _by_its_colours(picture: Any) -> None:
    """In black and white what is so, and colours by their place in a list where there are few: each point as it was."""
    import pydyf  # type: ignore[import-untyped]

    image = _read(picture)
    colours = image and image.getcolors(256)
    if not colours:
        return
    listed = sorted(colour for _times, colour in colours)
    if listed == BLACK_AND_WHITE:
        points = image.convert("1", dither=0).tobytes()
        changes: dict[str, Any] = {"ColorSpace": "/DeviceGray", "BitsPerComponent": 1}
    else:
        place = {colour: number for number, colour in enumerate(listed)}
        parts = image.tobytes()
        points = bytes(map(place.__getitem__, zip(parts[::3], parts[1::3], parts[2::3], strict=True)))
        said = f"<{bytes(part for colour in listed for part in colour).hex()}>"
        changes = {"ColorSpace": pydyf.Array(["/Indexed", "/DeviceRGB", len(listed) - 1, said])}
    picture.stream = [zlib.compress(points, level=9)]
    picture.extra |= changes
    del picture.extra["DecodeParms"]


def _read(picture: Any) -> Any:
    """A picture as WeasyPrint keeps it, which is the inside of a PNG; None for another kind."""
    from PIL import Image

    told = picture.extra
    if told.get("Filter") != "/FlateDecode" or told["ColorSpace"] != "/DeviceRGB":
        return None
    (content,) = picture.stream
    head = packed(">IIBBBBB", told["Width"], told["Height"], 8, RGB, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", getattr(content, "data", content)), (b"IEND", b""))
    whole = [packed(">I", len(part)) + name + part + packed(">I", zlib.crc32(name + part)) for name, part in parts]
    return Image.open(BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(whole)))


def _once(pdf: Any, pictures: list[Any]) -> None:
    """What is drawn from a picture that is there already is drawn from the first; masks before what they are for."""
    first: dict[bytes, Any] = {}
    instead: dict[bytes, bytes] = {}
    for each in sorted(pictures, key=lambda picture: "SMask" in picture.extra):
        if mask := each.extra.get("SMask"):
            each.extra["SMask"] = instead.get(mask, mask)
        if (known := first.setdefault(each.data, each)) is not each:
            instead[each.reference] = known.reference
    for drawn in [each["XObject"] for each in pdf.objects if isinstance(each, dict) and "XObject" in each]:
        drawn.update({name: instead.get(picture, picture) for name, picture in drawn.items()})
    leave_out(pdf, [each for each in pictures if each.reference in instead])
