"""Since when texting may stop: the client at once, the therapist after the agreed notice (H21). Local dates."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.rules.dates import add_weeks
from agreements.rules.topics import Ending

LONGEST = timedelta(days=366)  # how far ahead a stop may be announced
TAPER_WEEKS = 4


def notice_over(said_on: date, sessions: int) -> date:
    """The first day after a notice of so many sessions, with a session a week. Before it is without the notice."""
    return add_weeks(said_on, sessions)


def taper(manner: Ending | None, said_on: date, last_on: date) -> tuple[date, ...]:
    """The days on which texting gets less, where the two agreed "less each week, for a month"; the last one excluded.

    A week apart from `said_on`, as many as fit before `last_on`, four at most.
    """
    if manner is None or manner.manner != "taper":
        return ()
    days = (add_weeks(said_on, week) for week in range(1, TAPER_WEEKS + 1))
    return tuple(day for day in days if day < last_on)
