"""Local calendar dates, no clock and no zone: when the two look again, a day's name. And when a session began."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from agreements.rules.topics import ReviewRhythm

PAUSE = timedelta(hours=3)  # a longer one ends a session


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
    """ "Monday, November 30", in the active language."""
    months = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    facts = {"weekday": weekday_name(day), "month": months[day.month - 1], "day": day.day}
    return _("%(weekday)s, %(month)s %(day)d") % facts
