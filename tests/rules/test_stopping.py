"""Since when texting may stop: a notice of sessions in days, and the weeks in which it gets less."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import stopping
from agreements.rules.topics import Ending
from tests.rules.rehearsed import days

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@given(days, st.integers(1, 20))
def test_h21_a_notice_is_never_over_on_the_day_it_is_given(said_on: date, sessions: int) -> None:
    over = stopping.notice_over(said_on, sessions)
    assert (said_on < over, over - said_on) == (True, sessions * WEEK)


def test_a_session_a_week_is_counted() -> None:
    assert stopping.notice_over(TODAY, 2) == date(2026, 12, 7)


@pytest.mark.parametrize(("weeks", "steps"), [(0, 0), (1, 0), (2, 1), (4, 3), (9, 4)])
def test_less_each_week_has_its_days_before_the_last_one(weeks: int, steps: int) -> None:
    found = stopping.taper(Ending("taper"), TODAY, TODAY + weeks * WEEK)
    assert found == tuple(TODAY + week * WEEK for week in range(1, steps + 1))


@pytest.mark.parametrize("manner", [None, Ending("date"), Ending("pause"), Ending("session")])
def test_other_ways_to_end_have_none(manner: Ending | None) -> None:
    assert stopping.taper(manner, TODAY, TODAY + 9 * WEEK) == ()
