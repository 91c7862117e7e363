"""Quiet hours of two people beside each other: what they share and what only one has. Hours in the practice's zone."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext as _

from agreements.rules.topics import QuietHours
from agreements.rules.wording import listed

DAY = 24 * 60
NOON = 12 * 60


def length(quiet: QuietHours) -> int:
    """Minutes of quiet in a day."""
    return len(_minutes(quiet))


def covers(quiet: QuietHours, at: time) -> bool:
    """Whether a text at that time falls into the quiet hours."""
    return at.hour * 60 + at.minute in _minutes(quiet)


def overlap_sentence(client_hours: QuietHours, therapist_hours: QuietHours, *, client: str, therapist: str) -> str:
    """ "You both have 10 pm to 7 am. Maya also has 9 pm to 10 pm." for two different answers."""
    mine, theirs = _minutes(client_hours), _minutes(therapist_hours)
    if mine == theirs:
        return _("You both have %(hours)s. You send at different times after.") % {"hours": _hours(mine)}
    if not mine & theirs:
        return " ".join(_has(name, minutes) for name, minutes in ((client, mine), (therapist, theirs)))
    extras = ((client, mine - theirs), (therapist, theirs - mine))
    also = [
        _("%(name)s also has %(hours)s.") % {"name": name, "hours": _hours(extra)} for name, extra in extras if extra
    ]
    return " ".join([_("You both have %(hours)s.") % {"hours": _hours(mine & theirs)}, *also])


def _has(name: str, minutes: set[int]) -> str:
    if not minutes:
        return _("%(name)s has no quiet hours.") % {"name": name}
    return _("%(name)s has %(hours)s.") % {"name": name, "hours": _hours(minutes)}


def _minutes(quiet: QuietHours) -> set[int]:
    if quiet.start is None or quiet.end is None:
        return set()
    start, end = (at.hour * 60 + at.minute for at in (quiet.start, quiet.end))
    return {minute % DAY for minute in range(start, end if end > start else end + DAY)}


def _hours(minutes: set[int]) -> str:
    """The unbroken stretches, from noon onwards."""
    starts = sorted((m for m in minutes if (m - 1) % DAY not in minutes), key=lambda m: (m - NOON) % DAY)
    ends = [next(m for m in range(start + 1, start + DAY + 1) if m % DAY not in minutes) for start in starts]
    return listed(
        [
            _("%(start)s to %(end)s") % {"start": _clock(start), "end": _clock(end)}
            for start, end in zip(starts, ends, strict=True)
        ]
    )


def _clock(minute: int) -> str:
    """A language with a 24-hour clock uses %(hour24)s in its translation."""
    hour, rest = divmod(minute % DAY, 60)
    after = f":{rest:02}" if rest else ""
    facts = {"hour": f"{hour % 12 or 12}{after}", "hour24": f"{hour}{after}"}
    return (_("%(hour)s pm") if hour >= 12 else _("%(hour)s am")) % facts
