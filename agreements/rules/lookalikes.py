"""What is typed as a reader sees it: nothing invisible, and no word in letters that only look alike."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

WORD = re.compile(r"[^\W\d_]+")
UNSEEN = frozenset({"\u034f", *map(chr, range(0xFE00, 0xFE10))})  # joiners and selectors that are marks, not formats
ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")  # scripts with letters that look Latin
LATIN = str.maketrans(
    "авсеԁһіјкӏмнорԛѕтуԝхԍ" "αβεγικνορτυχω" "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ" "øłđðħı",
    "abcedhijklmhopqstywxg" "abeyikvoptuxw" "abcdefghijklmnoprstuvwyz" "olddhi",
)  # fmt: skip
DIGIT = str.maketrans("013457$@", "oieastsa")
MASKED = re.compile(r"(?<=[a-z])[013457$@]+(?=[a-z])")
PARTED = re.compile(r"(?<=[a-z])[-.*_|·]+(?=[a-z])")
SPACED = re.compile(r"(?<!\w)(?:[a-z] ){3,}[a-z](?!\w)")
IN_A_WORD = re.compile(r"[A-Za-z]+[0-9]+[A-Za-z]+")


def seen(text: str) -> str:
    """Compatibility forms, less the characters that nobody sees."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf" and char not in UNSEEN)


def bare(text: str) -> str:
    """Lower-case text without accents, and with a Latin letter for each that looks like one."""
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFD", text.translate(LATIN))
    return "".join(char for char in parted if not unicodedata.combining(char)).translate(LATIN)


def unmasked(text: str) -> str:
    """Plain text with letters for the digits inside words and nothing between the letters of one."""
    spelled = MASKED.sub(lambda found: found.group().translate(DIGIT), text)
    spelled = SPACED.sub(lambda found: found.group().replace(" ", ""), spelled)
    return PARTED.sub("", spelled)


def mixed_fault(text: str) -> str:
    """What to say of a word that mixes Latin letters with some that look like them, or nothing."""
    for word in WORD.findall("".join(char for char in text if unicodedata.category(char) != "Cf")):
        if not word.isascii() and _scripts(word) & {"LATIN"} and _scripts(word) & {*ALIKE}:
            return _("This word mixes letters of two scripts: “%(word)s”. Please type it anew.") % {"word": word}
    return ""


def strange_fault(text: str) -> str:
    """What to say of a word that no plain English text holds, or nothing: other letters, digits among the letters."""
    if fault := mixed_fault(text):
        return fault
    for word in WORD.findall(text):
        if not word.isascii() and (_scripts(word) & {*ALIKE} or "SMALL CAPITAL" in _names(word)):
            return _("This word is not in plain letters: “%(word)s”. Please type it anew.") % {"word": word}
    if found := IN_A_WORD.search(text):
        return _("Please write “%(word)s” without digits inside the word.") % {"word": found.group()}
    return ""


def _names(word: str) -> str:
    return " ".join(unicodedata.name(char, "") for char in word)


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(char, "").split(" ")[0] for char in word}
