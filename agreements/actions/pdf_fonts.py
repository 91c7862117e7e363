"""The bundled fonts in the two weights that papers are set in, cut once in a process from the variable ones that come
along: WeasyPrint would do it for every paper anew, and it is a third of all its work.

HarfBuzz does it, which WeasyPrint needs anyway; where it is too old for that (before 6.0), fontTools takes its time.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Set
from functools import lru_cache
from io import BytesIO
from typing import Any

from agreements.actions.pdf_glyphs import FONTS, bundled_fonts

WEIGHTS = (400, 700)
FACES = {f"{address}-{weight}": (address, weight) for address in FONTS for weight in WEIGHTS}
AXES = {"wdth": 100.0}  # beside the weight
FIRST_TABLES = 500  # bytes at the start of a font that name its tables
READ_ONLY, EVERYTHING = 1, (6, 7)  # hb_memory_mode_t; the sets of layout features and of scripts
NO_HINTS = 0x01
KEEP = 0x02 | 0x10 | 0x20 | 0x40  # ids of letters, that outlines overlap, unknown tables, the shape of what is missing
NAMES = ("lib{}.so.0", "lib{}.0.dylib")  # on Linux and with Homebrew


def face(address: str) -> bytes:
    """The font a style sheet asks for by one of FACES. Raises FontsGone."""
    font, weight = FACES[address]
    return _at_weight(bundled_fonts()[font], weight)


@lru_cache(maxsize=len(FACES))
def _at_weight(font: bytes, weight: int) -> bytes:
    axes = {"wght": float(weight), **AXES}
    try:
        return _by_harfbuzz(font, axes)
    except (OSError, AttributeError, ValueError):
        return _by_fonttools(font, axes)


def outlines(font: bytes, letters: Set[int]) -> bytes | None:
    """What draws these letters of an OpenType font (CFF), and nothing else; each keeps its number. None for a font that
    does not number its letters, and where HarfBuzz is not there or does not do it: the paper is larger then.
    """
    from fontTools.ttLib import TTFont

    def these(harfbuzz: Any, subset: Any, wanted: Any, _source: Any) -> None:
        into = ctypes.c_void_p(subset.hb_subset_input_glyph_set(wanted))
        for letter in letters:
            harfbuzz.hb_set_add(into, letter)
        subset.hb_subset_input_set_flags(wanted, NO_HINTS)

    try:
        left = _cut(font, these)
    except (OSError, AttributeError, ValueError):
        return None
    with TTFont(BytesIO(left), lazy=True) as few:
        if "CFF " not in few or not hasattr(few["CFF "].cff.topDictIndex[0], "ROS"):
            return None
        numbered = {f"cid{letter:05}" for letter in letters} <= set(few.getGlyphOrder())
        return bytes(few.reader["CFF "]) if numbered else None


def _by_harfbuzz(font: bytes, axes: dict[str, float]) -> bytes:
    """All letters of `font` at this place of its axes. Raises OSError, AttributeError or ValueError where HarfBuzz is
    not there or too old, or does not do it.
    """

    def all_of_it(harfbuzz: Any, subset: Any, wanted: Any, source: Any) -> None:
        subset.hb_subset_input_pin_axis_location.argtypes = (
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_uint32,
            ctypes.c_float,
        )
        for every in (
            subset.hb_subset_input_unicode_set(wanted),
            subset.hb_subset_input_glyph_set(wanted),
            *(subset.hb_subset_input_set(wanted, kind) for kind in EVERYTHING),
        ):
            harfbuzz.hb_set_clear(ctypes.c_void_p(every))
            harfbuzz.hb_set_invert(ctypes.c_void_p(every))
        subset.hb_subset_input_set_flags(wanted, KEEP)
        for axis, value in axes.items():
            subset.hb_subset_input_pin_axis_location(wanted, source, int.from_bytes(axis.encode(), "big"), value)

    still = _cut(font, all_of_it)
    if b"fvar" in still[:FIRST_TABLES]:
        raise ValueError("HarfBuzz left it variable")
    return still


def _cut(font: bytes, choose: Callable[[Any, Any, Any, Any], None]) -> bytes:
    """What HarfBuzz makes of `font`; `choose` tells it what is wanted. Raises OSError, AttributeError or ValueError."""
    harfbuzz, subset = _library("harfbuzz"), _library("harfbuzz-subset")
    blob = _kept(harfbuzz.hb_blob_create(font, len(font), READ_ONLY, None, None))
    source = _kept(harfbuzz.hb_face_create(blob, 0))
    wanted = _kept(subset.hb_subset_input_create_or_fail())
    choose(harfbuzz, subset, wanted, source)
    made = _kept(subset.hb_subset_or_fail(source, wanted))
    content = _kept(harfbuzz.hb_face_reference_blob(made))
    size = ctypes.c_uint()
    start = harfbuzz.hb_blob_get_data(content, ctypes.byref(size))
    result = ctypes.string_at(start, size.value)
    for free, each in (
        (harfbuzz.hb_blob_destroy, content), (harfbuzz.hb_face_destroy, made), (subset.hb_subset_input_destroy, wanted),
        (harfbuzz.hb_face_destroy, source), (harfbuzz.hb_blob_destroy, blob),
    ):  # fmt: skip
        free(each)
    return result


def _library(name: str) -> Any:
    """The shared library of that name. Raises OSError where there is none."""
    library = ctypes.CDLL(NAMES[sys.platform == "darwin"].format(name))
    for function in (
        "hb_blob_create", "hb_face_create", "hb_face_reference_blob", "hb_blob_get_data",
        "hb_subset_input_create_or_fail", "hb_subset_input_unicode_set", "hb_subset_input_glyph_set",
        "hb_subset_input_set", "hb_subset_or_fail",
    ):  # fmt: skip
        if hasattr(library, function):
            getattr(library, function).restype = ctypes.c_void_p
    return library


def _kept(pointer: int | None) -> ctypes.c_void_p:
    if not pointer:
        raise ValueError("HarfBuzz gave nothing")
    return ctypes.c_void_p(pointer)


def _by_fonttools(font: bytes, axes: dict[str, float]) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    made = BytesIO()
    with TTFont(BytesIO(font)) as variable:
        there = {axis.axisTag for axis in variable["fvar"].axes}
        still = instantiateVariableFont(variable, {axis: axes[axis] for axis in there & set(axes)}, inplace=True)
        still.save(made)
    return made.getvalue()
