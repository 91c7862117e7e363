"""A moment: the client's clock and the practice's calendar, quiet hours over midnight, days away, clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import moment
from agreements.rules.moment import Around, Clocks, Moment, Stretch
from agreements.rules.topics import QuietHours
from tests.rules.rehearsed import HERE, LONDON, NEW_YORK, SYDNEY, TODAY, absences, days, moments

LOS_ANGELES, LORD_HOWE, APIA = (ZoneInfo(key) for key in ("America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Apia"))
NIGHT = QuietHours(time(21), time(8), time(9))
SIESTA = QuietHours(time(13), time(15), time(15, 30))
FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)


def at(
    day: date, hour: int | None, client: ZoneInfo = NEW_YORK, *away: Stretch, practice: ZoneInfo = NEW_YORK
) -> Moment:
    return moment.chosen(day, None if hour is None else time(hour), Around(client, practice, away))


def test_the_practice_s_day_and_clock_count() -> None:
    found = at(FRIDAY, 23, LOS_ANGELES)
    assert (found.day, found.clock, found.local, found.elsewhere) == (SATURDAY, (time(2),), time(23), True)
    assert (at(FRIDAY, 23).day, at(FRIDAY, 23).elsewhere) == (FRIDAY, False)
    assert at(SATURDAY, 9, SYDNEY).day == FRIDAY


def test_without_a_time_it_is_the_middle_of_the_client_s_day_and_never_quiet() -> None:
    found = at(SATURDAY, None, SYDNEY)
    assert (found.day, found.clock, found.local, found.is_quiet(NIGHT)) == (FRIDAY, (), None, False)


@pytest.mark.parametrize(
    ("hour", "client", "quiet"),
    [(21, NEW_YORK, True), (7, NEW_YORK, True), (8, NEW_YORK, False), (20, NEW_YORK, False), (0, NEW_YORK, True)]
    + [(20, LOS_ANGELES, True), (18, LOS_ANGELES, True), (5, LOS_ANGELES, False), (12, LONDON, True), (13, LONDON, False)],
)  # fmt: skip
def test_quiet_hours_go_over_midnight_in_the_practice_s_zone(hour: int, client: ZoneInfo, quiet: bool) -> None:
    assert at(FRIDAY, hour, client).is_quiet(NIGHT) is quiet


@pytest.mark.parametrize(
    ("hour", "quiet", "day"),
    [(23, NIGHT, SATURDAY), (4, NIGHT, FRIDAY), (12, NIGHT, FRIDAY), (14, SIESTA, FRIDAY)]
    + [(22, SIESTA, SATURDAY), (22, None, SATURDAY), (20, None, FRIDAY), (None, NIGHT, FRIDAY)],
)
def test_a_text_of_the_night_counts_from_the_next_morning(
    hour: int | None, quiet: QuietHours | None, day: date
) -> None:
    assert at(FRIDAY, hour).read_from(quiet) == day


@pytest.mark.parametrize(
    ("start", "number", "weekends", "away", "day"),
    [
        (FRIDAY, 1, False, (), date(2026, 11, 30)),
        (FRIDAY, 1, True, (), SATURDAY),
        (SATURDAY, 0, False, (), date(2026, 11, 30)),
        (SATURDAY, 0, True, (), SATURDAY),
        (FRIDAY, 1, False, ((date(2026, 11, 30), date(2026, 12, 4)),), date(2026, 12, 7)),
        (FRIDAY, 0, True, ((FRIDAY, FRIDAY),), SATURDAY),
        (FRIDAY, 2, False, ((SUNDAY, date(2026, 12, 1)), (date(2026, 12, 3), date(2026, 12, 3))), date(2026, 12, 4)),
        (FRIDAY, 1, False, ((SATURDAY, date.max),), None),
    ],
)
def test_days_away_and_weekends_do_not_count(
    start: date, number: int, weekends: bool, away: tuple[Stretch, ...], day: date | None
) -> None:
    assert at(FRIDAY, 12, NEW_YORK, *away).counted(start, number, weekends=weekends) == day


def test_absences_that_touch_or_overlap_are_one_time_away() -> None:
    first, second, third = ((FRIDAY, SATURDAY), (SUNDAY, SUNDAY), (SATURDAY, date(2026, 12, 2)))
    found = at(FRIDAY, 12, NEW_YORK, second, first, third)
    assert found.last_day_away(FRIDAY) == date(2026, 12, 2)
    assert found.last_day_away(date(2026, 12, 3)) is None
    assert at(FRIDAY, 12, NEW_YORK, (FRIDAY, date.max)).last_day_away(FRIDAY) == date.max


@pytest.mark.parametrize(
    ("client", "day", "local", "clocks", "clock"),
    [
        (NEW_YORK, date(2027, 3, 14), time(2, 30), Clocks.SKIPPED, (time(3, 30),)),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), Clocks.TWICE, (time(1, 30), time(1, 30))),
        (LONDON, date(2026, 10, 25), time(1, 30), Clocks.TWICE, (time(20, 30), time(21, 30))),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), Clocks.SKIPPED, (time(11, 45),)),
        (LONDON, date(2026, 3, 8), time(7), Clocks.USUAL, (time(3),)),
    ],
)
def test_clocks_that_change(client: ZoneInfo, day: date, local: time, clocks: Clocks, clock: tuple[time, ...]) -> None:
    found = moment.chosen(day, local, Around(client, NEW_YORK))
    assert (found.clocks, found.clock) == (clocks, clock)


def test_of_a_time_that_comes_twice_either_may_be_quiet_and_the_later_day_counts() -> None:
    found = moment.chosen(date(2026, 10, 25), time(1, 30), Around(LONDON, NEW_YORK))
    first, second = QuietHours(time(20), time(21), time(21)), QuietHours(time(21), time(22), time(22))
    assert [found.is_quiet(hours) for hours in (first, second, SIESTA)] == [True, True, False]
    assert found.read_from(NIGHT) == date(2026, 10, 25)


def test_the_time_that_a_skipped_one_becomes_is_not_another_clock() -> None:
    found = moment.chosen(date(2027, 3, 14), time(2, 30), HERE)
    assert (found.local, found.elsewhere) == (time(3, 30), False)


def test_a_day_like_any_other_is_the_next_of_its_name_with_nobody_away() -> None:
    away = ((TODAY, date(2027, 1, 1)),)
    found = moment.like_any_other(5, time(23), Around(NEW_YORK, NEW_YORK, away), TODAY)
    assert (found.day, found.away, found.chosen) == (SATURDAY, (), False)
    assert moment.like_any_other(None, None, HERE, TODAY).day == TODAY
    assert moment.like_any_other(0, None, HERE, TODAY).day == TODAY
    twice = moment.like_any_other(6, time(1, 30), HERE, date(2026, 11, 1))
    assert (twice.day, twice.clocks) == (date(2026, 11, 1), Clocks.USUAL)


def test_a_day_that_a_zone_left_out_is_the_one_after_it() -> None:
    assert moment.chosen(date(2011, 12, 30), time(12), Around(APIA, APIA)).day == date(2011, 12, 31)


@given(days, st.times(), st.timezones(), st.timezones())
def test_the_practice_s_clock_is_the_same_moment(day: date, local: time, client: ZoneInfo, practice: ZoneInfo) -> None:
    found = moment.chosen(day, local, Around(client, practice))
    there = {
        reading.astimezone(UTC).astimezone(practice)
        for reading in (datetime.combine(day, local, client), datetime.combine(day, local, client).replace(fold=1))
    }
    assert {(each.date(), each.time()) for each in there} >= {(found.day, found.clock[-1])}
    assert {each.time() for each in there} >= set(found.clock)


@given(moments(), days, st.integers(0, 14), st.booleans())
def test_exactly_so_many_days_that_count_go_by(found: Moment, start: date, number: int, weekends: bool) -> None:
    def counts(day: date) -> bool:
        away = any(first <= day <= last for first, last in found.away)
        return not away and (weekends or day.weekday() < 5)

    end = found.counted(start, number, weekends=weekends)
    gone = [start + timedelta(days=ahead) for ahead in range(1 if number else 0, 366)]
    expected = [day for day in gone if counts(day)][max(number, 1) - 1 :][:1]
    assert ([] if end is None else [end]) == expected


@given(days, absences)
def test_the_last_day_away_is_followed_by_a_day_that_is_not(day: date, away: list[Stretch]) -> None:
    found = moment.chosen(day, None, Around(NEW_YORK, NEW_YORK, tuple(away)))
    last = found.last_day_away(day)
    assert (last is not None) == any(start <= day <= end for start, end in away)
    if last is not None:
        assert last >= day
        assert [one for one in away if one[0] <= last + timedelta(days=1) <= one[1]] == []
