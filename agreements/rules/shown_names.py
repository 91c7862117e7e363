"""How a therapist's own list names clients on a screen that somebody else may see, and how a client is found there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

WHOLE_LETTERS = str.maketrans("øłđðħı", "olddhi")  # letters that have no accent to take away
MOST_INITIALS = 3
UNSEEN = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


class Naming(TextChoices):
    """How clients are named where several of them stand together."""

    HIDDEN = "hidden", _("Hidden")
    INITIALS = "initials", _("Initials")
    FULL = "full", _("Full names")


def without_unseen(name: str) -> str:
    """A name less the marks that nobody sees and nobody types, as they come along from an address book.

    Those that join or part letters stay: they change how a name is written.
    """
    return "".join(char for char in name if char not in UNSEEN)


def initials(name: str) -> str:
    """ "Maya R." → "M.R.", at most three; signs that belong to a letter stay with it. A name without letters is "…"."""
    found = [first for word in unicodedata.normalize("NFC", name).split() if (first := _first_letter(word))]
    return "".join(f"{letter}." for letter in found[:MOST_INITIALS]) or "…"


def folded(text: str) -> str:
    """Text as it is compared: without case, accents, and spaces at its ends (NFC after that)."""
    parted = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in parted if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare.translate(WHOLE_LETTERS)).strip()


def matches(sought: str, names: Iterable[str]) -> bool:
    """Whether every word of `sought` stands somewhere in `names`. Nothing sought matches everybody."""
    known = [folded(name) for name in names]
    return all(any(word in name for name in known) for word in folded(sought).split())


def _first_letter(word: str) -> str:
    return "".join(_letter_with_signs(word)).upper()


def _letter_with_signs(word: str) -> Iterator[str]:
    begun = False
    for char in word:
        if begun and not unicodedata.category(char).startswith("M"):
            return
        if begun or char.isalpha():
            begun = True
            yield char
