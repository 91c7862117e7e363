"""Which of two positions on one term is the stricter: the one that leaves less room for texts."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.rules.night import length
from agreements.rules.topics import Away, Frequency, Meaning, Purpose, QuietHours, ReplyWindow
from agreements.rules.vocabulary import Role

WEIGHED = frozenset({"purpose", "often", "window", "night", "away"})
TIMES_ONLY = 0.5  # less than any one use that is more than a time or a date


def stricter(client: Meaning, therapist: Meaning) -> Role | None:
    """Whose position is the stricter: fewer texts, a longer wait, longer quiet hours, less while away, fewer uses.

    None when they are equally strict, of different topics, or of a topic without strictness. The stricter one's own
    reason stands beside it (moments.md, "The five answers").
    """
    mine, theirs = _room_for_texts(client), _room_for_texts(therapist)
    if type(client) is not type(therapist) or mine is None or theirs is None:
        return None
    if isinstance(client, Purpose) and isinstance(therapist, Purpose) and not _nested(client, therapist):
        return None
    if mine == theirs:
        return None
    return Role.CLIENT if mine < theirs else Role.THERAPIST


def may_be_stricter(mine: Meaning, others: Iterable[Meaning]) -> bool:
    """Whether somebody could want more than `mine`: one of the other answers leaves more room for texts."""
    return any(stricter(other, mine) is Role.THERAPIST for other in others)


def _room_for_texts(meaning: Meaning) -> float | None:
    """How much texting a position leaves room for; the smaller is the stricter. None: not a matter of strictness."""
    match meaning:
        case Frequency(most=most):
            return float("inf") if most is None else most
        case ReplyWindow(working_days=days, outer_days=outer):
            return float("-inf") if days is None else -(days + outer / 100)
        case QuietHours() as quiet:
            return -length(quiet)
        case Away(texting=texting):
            return ("none", "one", "slower").index(texting)
        case Purpose(texting=texting, uses=uses):
            return (TIMES_ONLY if _only_times(meaning) else len(uses)) if texting else 0
        case _:
            return None


def _nested(one: Purpose, other: Purpose) -> bool:
    """Whether one's uses are among the other's; no texting is among any, and times and dates alone are the least."""
    if _only_times(one) or _only_times(other):
        return True
    first, second = (set(purpose.uses) if purpose.texting else set[str]() for purpose in (one, other))
    return first <= second or second <= first


def _only_times(meaning: Meaning) -> bool:
    return isinstance(meaning, Purpose) and set(meaning.uses) == {"times"}
