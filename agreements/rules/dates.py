"""Local calendar dates: when the two look again, when who is told of it, a day's name. And when a session began.

No clock is read here, and a zone only where a local day becomes a moment.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from agreements.rules.topics import ReviewRhythm

PAUSE = timedelta(hours=3)  # a longer one ends a session
MORNING = time(9)  # when a reminder goes out: after breakfast
REPEATED = timedelta(weeks=2)
APART = timedelta(weeks=1)  # two reminders of one thing, at the least: after an outage too


def add_weeks(day: date, weeks: int) -> date:
    """The same weekday, `weeks` later."""
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; where that month is too short, its last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def first_review(made_on: date, rhythm: ReviewRhythm) -> date:
    """The day of the first look at an agreement made on `made_on` (five-3)."""
    return add_weeks(made_on, rhythm.first_weeks)


def next_review(looked_on: date, rhythm: ReviewRhythm) -> date:
    """The day of the look after the one held on `looked_on`."""
    return add_months(looked_on, rhythm.then_months)


def by_coming_of_age(look_on: date | None, of_age_on: date | None, *, after: date) -> date | None:
    """The day of the look that was agreed, or the day on which a young person comes of age, whichever comes first.

    A coming of age that was past on `after`, when the two last looked, makes no look due. None: no look was agreed.
    """
    if look_on is None or of_age_on is None or of_age_on <= after:
        return look_on
    return min(look_on, of_age_on)


def is_due(review_on: date | None, today: date) -> bool:
    """Whether it is time to look again; it stays so until the two have looked. None: no look was agreed."""
    return review_on is not None and review_on <= today


def repeat_after(day: date, told_on: date) -> date:
    """The day of the next reminder: some whole fortnights after `day`, and a week or more after `told_on`.

    What an outage left out is not made up for one by one.
    """
    fortnights = max(1, -(-(told_on + APART - day) // REPEATED))
    return day + fortnights * REPEATED


def repeats(day: date, told_on: date, until: date) -> Iterator[date]:
    """The days of all further reminders up to `until`, if each goes out on its day."""
    while (day := repeat_after(day, told_on)) <= until:
        yield day
        told_on = day


def falls_due(day: date, zone: tzinfo) -> datetime:
    """The moment (UTC) of nine in the morning on a local day.

    An hour that a clock change leaves out is the one after it, of one that comes twice it is the first; a day that a
    zone skipped is the next.
    """
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def last_local_day(now: datetime) -> date:
    """The latest date that stands on any calendar on earth at `now`: 14 hours ahead of UTC."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def notice_date(day: date, *, weeks: int = 0, sessions: int = 0, days_between: int = 7) -> date:
    """The latest day on which notice of something on `day` is given: so many weeks, or sessions, before it.

    Sessions are `days_between` days apart.
    """
    return day - timedelta(weeks=weeks, days=sessions * days_between)


def session_began(now: datetime, steps: Iterable[datetime]) -> datetime:
    """When the session that goes on at `now` began: the first of its `steps`, no two more than PAUSE apart (H17)."""
    began = now
    for at in sorted(steps, reverse=True):
        if began - at > PAUSE:
            break
        began = min(began, at)
    return began


def weekday_name(day: date) -> str:
    """ "Monday", in the active language."""
    days = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return days[day.weekday()]


def day_name(day: date) -> str:
    """ "Monday, 30 November", in the active language."""
    months = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    facts = {"weekday": weekday_name(day), "month": months[day.month - 1], "day": day.day}
    return _("%(weekday)s, %(day)d %(month)s") % facts
