"""The base of all topics, and strict reading of the small JSON object that tells the code what an option means.

Every fault is a ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar, Self

from agreements.rules.vocabulary import ClauseKind

Meanings = Sequence[Mapping[str, Any]]


class Meaning:
    """What one term means. `kinds` are the clause kinds in which it can be asked."""

    kinds: ClassVar[frozenset[ClauseKind]] = frozenset({ClauseKind.CHOOSE})

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        """The meaning of the chosen options, in their order, and of the free words. Raises ValueError."""
        raise NotImplementedError


@dataclass(frozen=True)
class OwnWords(Meaning):
    """A term that is only the pair's own words."""

    kinds = frozenset({ClauseKind.WORDS})
    words: str

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        if meanings or not words.strip():
            raise ValueError("the answer is a text and no option")
        return cls(words.strip())


def exact(meaning: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The meaning, once it has these keys and no others."""
    if not isinstance(meaning, Mapping) or set(meaning) != set(keys):
        raise ValueError(f"a meaning here has exactly: {', '.join(keys)}")
    return meaning


def only(meanings: Meanings, words: str, *keys: str) -> Mapping[str, Any]:
    """The meaning of the one option that answers a clause without free words."""
    if len(meanings) != 1 or words.strip():
        raise ValueError("the answer is exactly one option and no words")
    return exact(meanings[0], *keys)


def each(meanings: Meanings, words: str, key: str) -> tuple[str, ...]:
    """The value of `key` in every chosen option, in order; at least one option, no free words."""
    if not meanings or words.strip():
        raise ValueError("the answer is one or more options and no words")
    values = [exact(meaning, key)[key] for meaning in meanings]
    if any(not isinstance(value, str) or not value for value in values):
        raise ValueError(f"{key} is a word")
    return tuple(values)


def whole(meaning: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    value = meaning[key]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{key} is a whole number from {least} to {most}")
    return int(value)


def one_of(meaning: Mapping[str, Any], key: str, *allowed: str) -> str:
    """One of the words that the code knows."""
    value = meaning[key]
    if value not in allowed:
        raise ValueError(f"{key} is one of: {', '.join(allowed)}")
    return str(value)


def clock(meaning: Mapping[str, Any], key: str) -> time:
    """A time of day, written as 21:00."""
    value = meaning[key]
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        raise ValueError(f"{key} is a time of day such as 21:00")
    return time.fromisoformat(value)
