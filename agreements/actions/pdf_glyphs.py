"""Which characters a paper can show: those of the bundled fonts, those of fonts installed beside us, emoji by name.

A paper never shows a box in place of a letter: what has no glyph is found when it is typed, and refuses sealing.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from functools import cache, lru_cache

import fontpkg

from agreements.rules.plain_values import unprintable

FONTS = {"bundled:noto-sans": "Noto Sans", "bundled:rubik": "Rubik"}
NAMES = {"❤": "red heart"}  # Unicode calls it a heavy black one
JOINER, PICTURE = "\u200d", "\ufe0f"


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text`, each once, that cannot be printed: no font here has them, or no record may."""
    missing = {char for char in unicodedata.normalize("NFC", text) if not (_is_known(char) or _has_a_name(char))}
    return sorted(missing | set(unprintable(text)))


def spelled(text: str) -> str:
    """`text` as it is printed: a picture character without a glyph on this machine is written as its name."""
    if text.isascii() or not any(_has_a_name(char) and not _is_known(char) for char in text):
        return text
    words = ""
    for char in text:
        if _is_known(char) or not _has_a_name(char):
            words += char
        elif unicodedata.category(char) != "Sk":  # the colour of a skin is left out
            words += f"[{NAMES.get(char) or unicodedata.name(char).lower()}]"
    return words.replace(f"]{PICTURE}", "]").replace(f"]{JOINER}", "] ")


def _is_known(char: str) -> bool:
    return char == "\n" or _is_mark(char) or ord(char) in _bundled() or _is_installed(char)


def _is_mark(char: str) -> bool:
    """Whether it says how its neighbours look and is nothing to see itself."""
    return unicodedata.category(char) == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F


def _has_a_name(char: str) -> bool:
    """Whether it is a picture, such as an emoji."""
    return unicodedata.category(char) in {"So", "Sk"} and ord(char) >= 0x2190 and unicodedata.name(char, "") != ""


@lru_cache(maxsize=1)
def _bundled() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for name in FONTS.values():
        with TTFont(fontpkg.path(name), lazy=True) as font:
            known |= set(font.getBestCmap())
    return frozenset(known)


@cache
def _is_installed(char: str) -> bool:
    """Whether a font on this machine has it. Fontconfig is asked, as Pango does when it looks for a letter."""
    if not char.isprintable() or unicodedata.category(char) == "Co" or not (program := shutil.which("fc-list")):
        return False
    asked = [program, f":charset={ord(char):x}", "file"]
    answer = subprocess.run(asked, capture_output=True, check=False, timeout=20)
    return bool(answer.stdout.strip())
