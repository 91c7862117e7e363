"""Local days become moments, in every zone there is; reminders repeat without nagging; what lies before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import dates

days = st.dates(min_value=date(2026, 1, 1), max_value=date(2040, 12, 31))
ZONES = sorted(available_timezones())
zones = st.sampled_from(ZONES).map(ZoneInfo)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@cache
def changes(zone: ZoneInfo) -> list[date]:
    """The days from 2026 to 2040 on which the clocks of a zone change."""
    first, found = datetime(2025, 12, 31, tzinfo=UTC), []
    weeks = [(first + n * WEEK, (first + n * WEEK).astimezone(zone).utcoffset()) for n in range(15 * 53)]
    for (begins, before), (_ends, after) in pairwise(weeks):
        if before != after:
            days = [begins + n * DAY for n in range(8)]
            found += [day.date() for day in days if day.astimezone(zone).utcoffset() != before][:1]
    return found


def comes_at_nine(day: date, zone: ZoneInfo) -> None:
    moment = dates.falls_due(day, zone)
    local = moment.astimezone(zone)
    assert moment.utcoffset() == timedelta()
    assert (local.date(), local.time()) == (day, time(9))
    assert moment.date() <= day + DAY and dates.last_local_day(moment) >= day


@given(day=days, zone=zones)
def test_it_is_nine_on_that_very_day_in_every_zone(day: date, zone: ZoneInfo) -> None:
    comes_at_nine(day, zone)


@pytest.mark.parametrize("part", range(8))
def test_it_is_nine_too_wherever_and_whenever_clocks_change(part: int) -> None:
    for name in ZONES[part::8]:
        zone = ZoneInfo(name)
        for change in changes(zone):
            for day in (change - DAY, change, change + DAY):
                comes_at_nine(day, zone)


@given(day=days, zone=zones, later=st.integers(1, 60))
def test_a_later_day_is_a_later_moment(day: date, zone: ZoneInfo, later: int) -> None:
    assert dates.falls_due(day, zone) < dates.falls_due(day + later * DAY, zone)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        (date(2026, 3, 8), time(2, 30), "America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # left out
        (date(2026, 11, 1), time(1, 30), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # twice
        (date(2026, 3, 29), time(2), "Antarctica/Troll", datetime(2026, 3, 29, 2, tzinfo=UTC)),  # two hours left out
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),  # half
        (date(2011, 12, 30), time(9), "Pacific/Apia", datetime(2011, 12, 30, 19, tzinfo=UTC)),  # a day left out
    ],
)
def test_an_hour_that_there_is_not_is_the_one_after_it(
    day: date, hour: time, zone: str, expected: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "MORNING", hour)
    assert dates.falls_due(day, ZoneInfo(zone)) == expected


@given(day=days, zone=zones, at=st.times())
def test_whatever_the_hour_it_is_one_that_exists_and_no_earlier(day: date, zone: ZoneInfo, at: time) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "MORNING", at)
        moment = dates.falls_due(day, zone)
    local = moment.astimezone(zone)
    assert local.astimezone(UTC) == moment
    assert timedelta() <= local.replace(tzinfo=None) - datetime.combine(day, at) <= timedelta(hours=2)


@given(day=days, at=st.times(), zone=zones)
def test_nobody_s_calendar_is_further_than_the_last_local_day(day: date, at: time, zone: ZoneInfo) -> None:
    now = datetime.combine(day, at, UTC)
    assert now.astimezone(zone).date() <= dates.last_local_day(now) <= now.date() + DAY


@given(day=days, late=st.integers(-400, 400))
def test_the_next_reminder_keeps_the_fortnights_and_a_week_apart(day: date, late: int) -> None:
    told_on = day + late * DAY
    following = dates.repeat_after(day, told_on)
    assert following > day and (following - day) % dates.REPEATED == timedelta()
    assert following - told_on >= WEEK
    assert following - dates.REPEATED <= max(day, told_on + WEEK - DAY), "no fortnight is left out without need"


@given(day=days, length=st.integers(0, 400))
def test_who_is_told_on_time_hears_every_two_weeks(day: date, length: int) -> None:
    until = day + length * DAY
    assert list(dates.repeats(day, day, until)) == [day + n * 14 * DAY for n in range(1, length // 14 + 1)]


def test_after_five_weeks_of_silence_one_mail_and_then_the_rhythm() -> None:
    day = date(2026, 12, 21)
    assert dates.repeat_after(day, day + 35 * DAY) == day + 42 * DAY
    assert dates.repeat_after(day, day + 36 * DAY) == day + 56 * DAY
    assert dates.repeat_after(day, day - 3 * DAY) == day + 14 * DAY, "a clock that ran ahead"


@given(day=days, weeks=st.integers(0, 12), sessions=st.integers(0, 12), apart=st.integers(1, 28))
def test_notice_comes_so_many_weeks_or_sessions_before(day: date, weeks: int, sessions: int, apart: int) -> None:
    assert dates.notice_date(day, weeks=weeks) == day - weeks * WEEK
    assert dates.notice_date(day, sessions=sessions, days_between=apart) == day - sessions * apart * DAY
    assert dates.notice_date(day, sessions=sessions) == dates.notice_date(day, weeks=sessions)
