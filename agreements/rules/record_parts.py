"""Small parts of the record: what holds until a term is decided, and what a term said in the version before."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.rules.vocabulary import Answer


@dataclass(frozen=True)
class InterimRecord:
    """What holds until an open term is decided."""

    value: Answer
    words: str


@dataclass(frozen=True)
class WasRecord:
    """What a term said in the version before this one; `words` are empty where they are not said again."""

    heading: str
    words: str
