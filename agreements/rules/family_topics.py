"""What only some families have: topics (coaching after self-harm, a young person's guardian), and more who sign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from agreements.rules.option_meaning import Meaning, Meanings, one_of, only, whole
from agreements.rules.vocabulary import Role

LONGEST_REST = 48  # hours
FAMILY_ONLY = ("coaching", "guardian")
COUPLES = ("couple-one-thread",)  # families whose client is two people, by key


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


def signers(family: str, topics: Collection[str]) -> tuple[Role, ...]:
    """Who may have to sign where nobody was named yet, in the order of the paper: a family of this key and topics.

    A young person has room for two guardians.
    """
    partners = (Role.PARTNER,) if family in COUPLES else ()
    guardians = (Role.GUARDIAN, Role.GUARDIAN) if "guardian" in topics else ()
    return (Role.CLIENT, *partners, *guardians, Role.THERAPIST)
