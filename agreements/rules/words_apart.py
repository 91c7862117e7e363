"""Two texts about the same thing beside each other: what one of the two says and the other does not."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.translation import gettext as _


def sentence(mine: str, theirs: str, *, client: str, therapist: str) -> str:
    """ "Maya added: “and on Sundays”." for two texts that are not the same; both stand on the page in full.

    Where less than half of the shorter one is shared, or only marks differ, it says no more than that they differ.
    """
    ours, others = mine.split(), theirs.split()
    only_mine, only_theirs, shared = _apart(ours, others)
    added = [(client, only_mine), (therapist, only_theirs)]
    lines = [_("%(name)s added: %(words)s.") % {"name": name, "words": _quoted(runs)} for name, runs in added if runs]
    if not (lines and shared) or 2 * shared < min(len(ours), len(others)):
        return _("Your words are not the same yet.")
    return " ".join(lines)


def _apart(mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str], int]:
    """The runs of words that only one has, for each, and how many words the two share."""
    bare = SequenceMatcher(None, [_bare(word) for word in mine], [_bare(word) for word in theirs], autojunk=False)
    only: tuple[list[str], list[str]] = ([], [])
    shared = 0
    for tag, start, end, there, until in bare.get_opcodes():
        if tag == "equal":
            shared += end - start
            continue
        for runs, words in zip(only, (mine[start:end], theirs[there:until]), strict=True):
            if run := " ".join(words).strip(" .,;:"):
                runs.append(run)
    return only[0], only[1], shared


def _bare(word: str) -> str:
    """A word as it is compared: case and the marks around it make no difference."""
    letters = "".join(char for char in word if not unicodedata.category(char).startswith("P"))
    return letters.casefold() or word


def _quoted(runs: Sequence[str]) -> str:
    return ", ".join(_("“%(words)s”") % {"words": run} for run in runs)
