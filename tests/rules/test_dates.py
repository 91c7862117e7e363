"""Days of the next look: weeks keep the weekday, months keep the day or take the month's last."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import dates
from agreements.rules.dates import session_began
from agreements.rules.topics import ReviewRhythm

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@given(day=days, weeks=st.integers(0, 60))
def test_weeks_keep_the_weekday(day: date, weeks: int) -> None:
    later = dates.add_weeks(day, weeks)
    assert (later.weekday(), (later - day).days) == (day.weekday(), 7 * weeks)


@given(day=days, months=st.integers(0, 60))
def test_months_keep_the_day_or_clamp_to_the_last(day: date, months: int) -> None:
    later = dates.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(day=days, months=st.integers(0, 60))
def test_more_months_are_later(day: date, months: int) -> None:
    assert dates.add_months(day, months) < dates.add_months(day, months + 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_by_example(day: date, months: int, expected: date) -> None:
    assert dates.add_months(day, months) == expected


def test_the_first_look_comes_after_weeks_and_the_next_after_months() -> None:
    rhythm = ReviewRhythm(first_weeks=4, then_months=3)
    first = dates.first_review(date(2026, 11, 23), rhythm)
    assert (first, dates.next_review(first, rhythm)) == (date(2026, 12, 21), date(2027, 3, 21))


@given(day=days, away=st.integers(-400, 400))
def test_it_is_time_from_the_day_itself_and_stays_time(day: date, away: int) -> None:
    assert dates.is_due(day, day + timedelta(days=away)) is (away >= 0)


def test_without_a_look_nothing_is_due() -> None:
    assert dates.is_due(None, date(2026, 11, 23)) is False


def test_h17_a_session_began_with_its_first_page() -> None:
    now = datetime(2026, 11, 24, 0, 40, tzinfo=UTC)
    hours = [timedelta(hours=each) for each in (0.2, 1, 3.5, 6.5, 9.6)]
    assert session_began(now, []) == now
    assert session_began(now, [now - each for each in hours]) == now - timedelta(hours=6.5)
    assert session_began(now, [now - timedelta(days=7), now - timedelta(minutes=50)]) == now - timedelta(minutes=50)
    assert session_began(now, [now - timedelta(hours=3, seconds=1)]) == now
    assert session_began(now, [now + timedelta(minutes=1)]) == now
