"""What is typed as a reader sees it: nothing invisible, and no word in letters that only look alike."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

WORD = re.compile(r"[^\W\d_]+")
UNSEEN = frozenset({"\u034f", *map(chr, range(0xFE00, 0xFE10))})  # joiners and selectors that are marks, not formats
ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")  # scripts with letters that look Latin


def seen(text: str) -> str:
    """Compatibility forms, less the characters that nobody sees."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf" and char not in UNSEEN)


def mixed_fault(text: str) -> str:
    """What to say of a word that mixes Latin letters with some that look like them, or nothing."""
    for word in WORD.findall("".join(char for char in text if unicodedata.category(char) != "Cf")):
        if not word.isascii() and _scripts(word) & {"LATIN"} and _scripts(word) & {*ALIKE}:
            return _("This word mixes letters of two scripts: “%(word)s”. Please type it anew.") % {"word": word}
    return ""


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(char, "").split(" ")[0] for char in word}
