"""Which characters a paper can show: those of the bundled fonts, those of fonts installed beside us, emoji by name.

A paper never shows a box in place of a letter: what has no glyph is found when it is typed, and refuses sealing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from io import BytesIO

import fontpkg
from django.utils.translation import gettext as _

from agreements.actions.refusals import NotNow
from agreements.rules.plain_values import unprintable

FONTS = {"bundled:noto-sans": "Noto Sans", "bundled:rubik": "Rubik"}
NAMES = {"❤": "red heart"}  # Unicode calls it a heavy black one
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
JOINER, PICTURE = "\u200d", "\ufe0f"
UNSEEN = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
MARKS_ON_A_LETTER = 4  # the most that any writing puts on one; a pile of them would run across other lines


class FontsGone(NotNow):
    """The bundled fonts are not where they should be; nothing can be printed until they are."""


def bundled_fonts() -> dict[str, bytes]:
    """The fonts that come along, by the address under which a style sheet asks for them. Raises FontsGone."""
    try:
        return {address: fontpkg.path(name).read_bytes() for address, name in FONTS.items()}
    except (LookupError, OSError) as error:
        words = _("The fonts of the papers are missing (%(why)s). Type: python3 manage.py setup")
        raise FontsGone(words % {"why": error}) from error


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text`, each once, that cannot be printed: no font here has them, no record may, or they are
    piled up on one letter."""
    text = unicodedata.normalize("NFC", text)
    missing = {char for char in set(text) if _hides(char) or not (_is_known(char) or _has_a_name(char))}
    return sorted(missing | set(unprintable(text)) | _piled(text))


def _hides(char: str) -> bool:
    """Whether nobody would know that it is in a name, and no letter needs it."""
    return unicodedata.category(char) == "Cf" and char not in UNSEEN


def _piled(text: str) -> set[str]:
    """Marks that stand on a letter which has its fill of them."""
    found, height = set[str](), 0
    marks = {char for char in set(text) if unicodedata.category(char) in {"Mn", "Me"} and not is_mark(char)}
    for char in text if marks else "":
        height = height + 1 if char in marks else 0
        if height > MARKS_ON_A_LETTER:
            found.add(char)
    return found


def spelled(text: str) -> str:
    """`text` as it is printed: a picture character without a glyph on this machine is written as its name."""
    if text.isascii() or not any(_has_a_name(char) and not _is_known(char) for char in text):
        return text
    words = ""
    for char in FLAG.sub(_flag, text):
        if _is_known(char) or not _has_a_name(char):
            words += char
        elif unicodedata.category(char) != "Sk":  # the colour of a skin is left out
            words += f"[{NAMES.get(char) or unicodedata.name(char).lower()}]"
    return words.replace(f"]{PICTURE}", "]").replace(f"]{JOINER}", "] ")


def _is_known(char: str) -> bool:
    return char == "\n" or is_mark(char) or ord(char) in _bundled() or _is_installed(char)


def _flag(found: re.Match[str]) -> str:
    """A flag without a glyph by the letters of its country."""
    letters = "".join(chr(ord(char) - ord("\U0001f1e6") + ord("A")) for char in found[0])
    return found[0] if _is_known(found[0][0]) else f"[flag {letters}]"


def is_mark(char: str) -> bool:
    """Whether it says how its neighbours look, or where a line may break, and is nothing to see itself."""
    return unicodedata.category(char) == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F or char == "\u034f"


def _has_a_name(char: str) -> bool:
    """Whether it is a picture, such as an emoji."""
    return unicodedata.category(char) in {"So", "Sk"} and ord(char) >= 0x2190 and unicodedata.name(char, "") != ""


@lru_cache(maxsize=1)
def _bundled() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for content in bundled_fonts().values():
        with TTFont(BytesIO(content), lazy=True) as font:
            known |= set(font.getBestCmap())
    return frozenset(known)


def _is_installed(char: str) -> bool:
    """Whether a font on this machine has it."""
    if not char.isprintable() or unicodedata.category(char) == "Co":
        return False
    starts, ends = _installed()
    place = bisect_right(starts, ord(char)) - 1
    return place >= 0 and ord(char) <= ends[place]


@cache
def _installed() -> tuple[list[int], list[int]]:
    """The first and the last of each row of characters that fonts beside us have. Fontconfig is asked, as Pango does
    when it looks for a letter; once in a process.
    """
    if not (program := shutil.which("fc-list")):
        return [], []
    answer = subprocess.run([program, "--format", "%{charset} "], capture_output=True, check=False, timeout=20)
    rows = sorted({tuple(int(end, 16) for end in row.split("-")) for row in answer.stdout.decode("ascii").split()})
    starts, ends = [0], [-1]
    for row in rows:
        if row[-1] > ends[-1]:
            starts.append(max(row[0], ends[-1] + 1))
            ends.append(row[-1])
    return starts, ends
