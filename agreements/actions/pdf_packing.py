"""A PDF before it is written, made smaller without changing what it holds: fonts of this machine, and pictures twice.

WeasyPrint keeps a place for each of the sixty thousand letters of a Chinese, Japanese or Korean font, of which a paper
has a hundred: a list of numbers that grow by one, which nothing makes small but the filter that PNG has for such rows.
An emoji that stands in two weights comes along as two pictures.
"""

from __future__ import annotations

import zlib
from typing import Any

UP = 2  # of a PNG row: each byte is told by how far it is from the one above
ROW = 6  # bytes: the places of letters are listed in two or in three


def pack(pdf: Any) -> None:
    """Store it in less space: all that is read from it stays as it was."""
    for font in [each for each in pdf.objects if _subtype(each) == "/OpenType"]:
        _in_rows(font)
    _once(pdf, [each for each in pdf.objects if _subtype(each) == "/Image"])


def _subtype(each: Any) -> Any:
    return getattr(each, "extra", {}).get("Subtype")


def _in_rows(font: Any) -> None:
    import pydyf  # type: ignore[import-untyped]

    (content,) = font.stream
    packed = zlib.compress(_rows(content), level=9)
    if len(packed) < len(zlib.compress(content, level=9)):
        font.stream, font.compress = [packed], False
        how = pydyf.Dictionary({"Predictor": 10 + UP, "Columns": ROW})
        font.extra |= {"Filter": "/FlateDecode", "DecodeParms": how}


def _rows(content: bytes) -> bytes:
    """The rows of a PNG; the last is filled up with nothing, which a font may end in."""
    whole = content + bytes(-len(content) % ROW)
    apart = bytes((now - above) & 0xFF for now, above in zip(whole, bytes(ROW) + whole, strict=False))
    return b"".join(bytes([UP]) + apart[at : at + ROW] for at in range(0, len(apart), ROW))


def _once(pdf: Any, pictures: list[Any]) -> None:
    """What is drawn from a picture that is there already is drawn from the first; masks before what they are for."""
    import pydyf

    first: dict[bytes, Any] = {}
    instead: dict[bytes, bytes] = {}
    for each in sorted(pictures, key=lambda picture: "SMask" in picture.extra):
        if mask := each.extra.get("SMask"):
            each.extra["SMask"] = instead.get(mask, mask)
        if (known := first.setdefault(each.data, each)) is not each:
            instead[each.reference] = known.reference
            gap = pdf.objects[each.number] = pydyf.Dictionary()
            gap.number = each.number
    for drawn in [each["XObject"] for each in pdf.objects if isinstance(each, dict) and "XObject" in each]:
        drawn.update({name: instead.get(picture, picture) for name, picture in drawn.items()})
