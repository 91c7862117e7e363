"""What the shapes of a PDF say when they are copied, searched or read aloud, where a line runs from right to left.

A PDF notes for each shape the characters it stands for. Readers turn a line around character by character: where lam
and alef are one shape that stands for two, they come out as alef and lam, and a "no" is gone. Unicode has one character
for such a shape, which means the two in their order, and is turned around whole. WeasyPrint notes of points that stand
below and within one Hebrew letter all of them for the first and nothing for the others; the font says which is which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import normalize

from agreements.actions.pdf_packing import at

ENTRY = re.compile(rb"<(\w{4})> <(\w*)>")
JOINED = range(0xFEFC, 0xFB4F, -1)  # Arabic letters as they are drawn, those that stand alone last
HEBREW = frozenset(map(chr, (*range(0x0591, 0x05F5), *range(0xFB1D, 0xFB50))))


def say_letters(pdf: Any) -> None:
    """One character for each shape that Unicode or the font has one for."""
    for font in [each for each in pdf.objects if isinstance(each, dict) and "DescendantFonts" in each]:
        entries, in_font = at(pdf, font["ToUnicode"]).stream, None
        for place, entry in enumerate(entries):
            if not (found := ENTRY.fullmatch(entry)) or len(found[2]) == 4:
                continue
            text = bytes.fromhex(found[2].decode()).decode("utf-16-be")
            if not (said := _joined().get(text)) and HEBREW.issuperset(text):
                in_font = _hebrew(pdf, font, entries) if in_font is None else in_font
                said = in_font.get(int(found[1], 16))
            if said:
                entries[place] = b"<%s> <%04x>" % (found[1], ord(said))


@cache
def _joined() -> Mapping[str, str]:
    """The one character that means these letters; vowel signs, which Unicode has with a space below them, are none."""
    forms = {normalize("NFKC", char): char for char in map(chr, JOINED)}
    return {text: char for text, char in forms.items() if len(text) > 1 and text.isalpha()}


def _hebrew(pdf: Any, font: Any, entries: Sequence[bytes]) -> Mapping[int, str]:
    """The Hebrew characters of an embedded font by the number of their shape; none where nothing in Hebrew stands."""
    from fontTools.ttLib import TTFont

    (below,) = font["DescendantFonts"]
    file = at(pdf, at(pdf, below)["FontDescriptor"]).get("FontFile2")
    if file is None or not any(b" <05" in entry for entry in entries):
        return {}
    (content,) = at(pdf, file).stream
    with TTFont(BytesIO(content), lazy=True) as embedded:
        letters = embedded.getBestCmap() if "cmap" in embedded else {}
        return {embedded.getGlyphID(name): chr(char) for char, name in letters.items() if chr(char) in HEBREW}
