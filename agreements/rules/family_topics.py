"""Topics only some families ask about: coaching after self-harm, and a young person's guardian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from agreements.rules.option_meaning import Meaning, Meanings, one_of, only, whole

LONGEST_REST = 48  # hours
FAMILY_ONLY = ("coaching", "guardian")


@dataclass(frozen=True)
class Coaching(Meaning):
    """Hours that skills coaching rests after self-harm; None: it does not rest. Its exceptions are printed (H24)."""

    hours: int | None

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "hours")
        return cls(None if meaning["hours"] is None else whole(meaning, "hours", 1, LONGEST_REST))


@dataclass(frozen=True)
class GuardianSees(Meaning):
    """What of the texts a guardian sees: nothing, times and dates, or everything. The young person is told (H20)."""

    sees: str

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(one_of(only(meanings, words, "sees"), "sees", "none", "times", "all"))
