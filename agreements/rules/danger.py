"""What may be said about danger: a few shapes, and nothing else beside a text, a wait, an answer, money or a "but".

No list of bad sentences is ever whole. So this reads the other way round: a sentence that speaks of danger is let be
when, less what may always be said ("use the box", "do not text", "call the line", "crisis steps never cost"), nothing
is left that leads elsewhere; and what stands beside it may not lead elsewhere either. What an edition says is printed
for everybody and read strictly: there the therapist, a session or a day lead elsewhere too. Words: danger_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agreements.rules.danger_words import ABOUT, AWAY, AWAY_IN_PRINT, FINE, NO_DANGER, OF_BOTH, PRIVATE
from agreements.rules.phrasing import plain, readings, words

HARMLESS = words(NO_DANGER)
SPEAKS, NOT_OURS, BOTH = words(ABOUT), words(PRIVATE), words(OF_BOTH)
LEADS, LEADS_IN_PRINT = words(AWAY), words(f"{AWAY}|{AWAY_IN_PRINT}")
SAID = tuple(words(each) for each in FINE)
BACK = re.compile(
    r"(?:but|before|unless|except|first|until then|meanwhile|otherwise|instead|or|only|failing that|else"
    r"|(?:if|when|should|until) (?:not|that|it|this|nobody|no one|they|the (?:line|box|number)))\b"
)
GONE = " \x00 "
TURNED = words(
    r"(?:not|never|no|nor|\w+n't|only|refrain\w*|avoid\w*|instead of|rather than|than|without|not to|to not)"
    r"(?: (?:to|from|of|the|a|any|even))*"
)


@dataclass(frozen=True)
class _Read:
    """A sentence as the rules see it: does it speak of danger, is it one of the allowed shapes, does it lead away."""

    danger: bool
    fine: bool
    away: bool


def contradictions(thoughts: Sequence[str], *, printed: bool = False) -> list[str]:
    """The sentences of one thought after another that speak of danger in no allowed shape and lead elsewhere.

    Each stands with its neighbour where only the two together do. `printed`: it is the wording of an edition; all that
    stands with it is its neighbour, and one that leads nowhere needs one beside it that leads to the box.
    """
    if not any(map(speaks, thoughts)):
        return []
    read = [_read(each, printed) for each in thoughts]
    found = []
    for index, (thought, own) in enumerate(zip(thoughts, read, strict=True)):
        if own.danger and index + 1 < len(thoughts) and _takes_back(thoughts[index + 1], printed):
            found.append(f"{thought} {thoughts[index + 1]}")
        if not own.danger or own.fine:
            continue
        beside = range(len(thoughts)) if printed else (index - 1, index + 1)
        others = [other for other in beside if 0 <= other < len(thoughts) and other != index and read[other].away]
        if own.away or (printed and not any(speaks(other) and _read(other, printed).fine for other in thoughts)):
            found.append(thought)
        elif others:
            first, last = sorted((index, min(others, key=lambda other: (other < index, abs(other - index)))))
            found.append(f"{thoughts[first]} {thoughts[last]}")
    return found


@lru_cache(maxsize=4096)
def speaks(sentence: str) -> bool:
    """Whether a sentence speaks of danger, in plain sight or with its words hidden."""
    return any(map(_speaks, readings(sentence)))


def is_fine(sentence: str) -> bool:
    """Whether a sentence that speaks of danger is one of the shapes that always may stand."""
    return speaks(sentence) and _read(sentence, False).fine


def without_harmless(sentence: str) -> str:
    """The sentence less words for danger that are none, or as it stands where it holds none."""
    said = plain(sentence)
    rest = HARMLESS.sub(";", said)
    return sentence if rest == said else rest


def _takes_back(sentence: str, printed: bool) -> bool:
    """Whether what follows a sentence about danger leads away from it again: "Before that, text us."."""
    return _read(sentence, printed).away and any(BACK.match(said) for said in readings(sentence))


@lru_cache(maxsize=4096)
def _read(sentence: str, printed: bool) -> _Read:
    """A sentence that hides words is read both ways, and the worse one counts."""
    each = [_one(said, printed) for said in readings(sentence)]
    danger = [one for one in each if one.danger]
    return _Read(bool(danger), all(one.fine for one in danger or each), any(one.away for one in danger or each))


def _one(said: str, printed: bool) -> _Read:
    rest = said
    for pattern in SAID:
        rest = pattern.sub(GONE, rest)
    leads = (LEADS_IN_PRINT if printed else LEADS).search(rest) is not None
    away = leads or any(re.match(r"\s*\x00", rest[found.end() :]) for found in TURNED.finditer(rest))
    return _Read(_speaks(said), rest != said and not away, away)


def _speaks(said: str) -> bool:
    said = HARMLESS.sub(GONE, said)
    return SPEAKS.search(said) is not None or (NOT_OURS.search(said) is not None and BOTH.search(said) is None)
