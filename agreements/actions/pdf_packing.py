"""A PDF before it is written, made smaller without changing what it shows: fonts of this machine, and doubles.

WeasyPrint keeps a place for each of the sixty thousand letters of a Chinese, Japanese or Korean font, of which a paper
has a hundred, with tables for setting text that a page already set has no use for. An emoji that stands in two weights
comes along as two pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.actions.pdf_fonts import outlines


def pack(pdf: Any) -> None:
    """Store it in less space: all that is read from it stays as it was."""
    _outlines_alone(pdf)
    _once(pdf, [each for each in pdf.objects if getattr(each, "extra", {}).get("Subtype") == "/Image"])


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
