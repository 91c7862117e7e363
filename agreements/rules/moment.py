"""When a text is sent: the client's calendar and clock, and what the practice's say at the same moment.

Everything is counted where the practice is: quiet hours (H6), working days, days away (H23). No clock is read here. A
local time that a clock change leaves out is the time that comes after it; one that comes twice is both of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

from agreements.rules import night
from agreements.rules.topics import QuietHours

DAY = timedelta(days=1)
SATURDAY, WEEK = 5, 7
NOON, EVENING, MORNING = time(12), time(21), time(8)
LONGEST = 366  # calendar days: further off no day is named

Stretch = tuple[date, date]


class Clocks(Enum):
    """What a change of the client's clocks does to a local time."""

    USUAL = "as on other days"
    SKIPPED = "left out"
    TWICE = "comes twice"


@dataclass(frozen=True)
class Around:
    """The client's zone, the practice's, and the practice's local days on which the therapist is away, inclusive."""

    client: tzinfo
    practice: tzinfo
    away: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Moment:
    """One moment. `local` is the client's clock (None: no time was given), `day` the practice's date.

    `clock`: what the practice's clock says then, empty without a time. `chosen`: a day that the two picked, on which
    absences count; else a day like any other. `elsewhere`: the two clocks differ.
    """

    day: date
    local: time | None
    clock: tuple[time, ...]
    chosen: bool
    elsewhere: bool
    clocks: Clocks
    away: tuple[Stretch, ...]

    def is_quiet(self, quiet: QuietHours) -> bool:
        """Whether it lies in the quiet hours; of a time that comes twice, either may."""
        return any(night.covers(quiet, at) for at in self.clock)

    def read_from(self, quiet: QuietHours | None) -> date:
        """The practice's day from which an answer is counted: a text of the night counts from the next morning."""
        at = self.clock[-1] if self.clock else NOON
        if quiet is not None and self.is_quiet(quiet):
            assert quiet.send_after is not None
            return self.day if at < quiet.send_after else self.day + DAY
        return self.day + DAY if at >= EVENING else self.day

    def last_day_away(self, day: date) -> date | None:
        """The last day of the time away that `day` lies in, or None. Absences that touch are one."""
        last = None
        while ends := [end for start, end in self.away if start <= day <= end]:
            last = max(ends)
            if last == date.max:
                break
            day = last + DAY
        return last

    def is_away_between(self, first: date, last: date) -> bool:
        """Whether a day away lies between the two."""
        return any(start < last and end > first for start, end in self.away)

    def counted(self, start: date, days: int, *, weekends: bool) -> date | None:
        """The day on which `days` days that count have gone by since `start`; 0: the first that counts, from `start`.

        Days away never count, Saturday and Sunday only with `weekends`. None: there is no such day within a year.
        """
        left = days
        for later in range(LONGEST):
            day = start + later * DAY
            if (later == 0 and days) or (day.weekday() >= SATURDAY and not weekends) or self._is_away(day):
                continue
            left -= 1
            if left <= 0:
                return day
        return None

    def _is_away(self, day: date) -> bool:
        return any(start <= day <= end for start, end in self.away)


def chosen(day: date, at: time | None, around: Around) -> Moment:
    """A moment that the two picked by the client's calendar and clock. Raises OverflowError in years 1 and 9999."""
    local = datetime.combine(day, at or NOON, around.client)
    clocks = _clocks(local)
    readings = [local, local.replace(fold=1)] if clocks is Clocks.TWICE else [local]
    moments = [reading.astimezone(UTC) for reading in readings]
    there = [moment.astimezone(around.practice) for moment in moments]
    here = moments[-1].astimezone(around.client)
    return Moment(
        day=there[-1].date(),
        local=None if at is None else here.time(),
        clock=() if at is None else tuple(reading.time() for reading in there),
        chosen=True,
        elsewhere=here.utcoffset() != there[-1].utcoffset(),
        clocks=Clocks.USUAL if at is None else clocks,
        away=around.away,
    )


def like_any_other(weekday: int | None, at: time | None, around: Around, today: date) -> Moment:
    """A weekday (0 is Monday, None: any) and a time by the client's clock, as it goes this week, with nobody away."""
    ahead = 0 if weekday is None else (weekday - today.weekday()) % WEEK
    found = chosen(today + ahead * DAY, at, around)
    return Moment(found.day, found.local, found.clock, False, found.elsewhere, Clocks.USUAL, ())


def _clocks(local: datetime) -> Clocks:
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return Clocks.USUAL
    again = local.astimezone(UTC).astimezone(local.tzinfo)
    return Clocks.TWICE if again.replace(tzinfo=None) == local.replace(tzinfo=None) else Clocks.SKIPPED
