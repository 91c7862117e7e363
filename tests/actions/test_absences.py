"""Time away: two days in order, and a crisis line that holds, for while nobody answers there is only the line (H23)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from agreements.actions import absences, crisis
from agreements.actions.refusals import NotNow, Refused, Unreadable
from agreements.models import Absence, AuditEvent, CrisisResource, Practice
from agreements.rules.away_words import Cover
from agreements.rules.vocabulary import CheckedHow
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def practice() -> Practice:
    return builders.a_practice()


def announce(first: date | None = TODAY, last: date | None = TODAY) -> Absence:
    therapist = builders.a_therapist()
    return absences.announce(
        therapist=therapist, starts_on=first, ends_on=last, cover=Cover.LINES, by=therapist, now=NOW
    )


def test_time_away_is_kept_with_both_its_days() -> None:
    announce()
    announce(TODAY + DAY, TODAY + 14 * DAY)
    days = [(TODAY, TODAY), (TODAY + DAY, TODAY + 14 * DAY)]
    assert list(Absence.objects.order_by("ends_on").values_list("starts_on", "ends_on")) == days
    assert AuditEvent.objects.filter(kind="time away announced").count() == 2


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(TODAY, TODAY - DAY, "ends_on"), (None, TODAY, "starts_on"), (TODAY, None, "ends_on"), (None, None, "starts_on")],
)
def test_h23_time_away_has_two_days_in_order(first: date | None, last: date | None, field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        announce(first, last)
    assert (refused.value.field, Absence.objects.count()) == (field, 0)


def refused_on(day: date) -> bool:
    try:
        announce(day, day)
    except Refused as refused:
        assert isinstance(refused, NotNow)
        return True
    return False


def test_h23_time_away_needs_a_line_whose_check_counts_to_its_last_day(practice: Practice) -> None:
    assert refused_on(date(2027, 11, 24))
    with pytest.raises(NotNow):
        announce(date(2027, 11, 20), date(2027, 11, 24))
    assert not refused_on(date(2027, 11, 23))
    Practice.objects.update(country="FR")
    assert not refused_on(TODAY)
    Practice.objects.update(country="ZZ")
    assert refused_on(TODAY + DAY)


@pytest.mark.parametrize(("like", "enough"), [("us-911", False), ("us-988", True)])
def test_h23_an_emergency_number_alone_is_no_line(like: str, enough: bool) -> None:
    row = CrisisResource.objects.get(key=like)
    row.pk, row.key, row.country = uuid4(), "zz-1", "ZZ"
    row.save(force_insert=True)
    crisis.check(resource=row, how=CheckedHow.CALLED, by=None, today=TODAY, now=NOW)
    Practice.objects.update(country="ZZ")
    assert refused_on(TODAY) is not enough


def test_h23_a_line_that_a_demo_did_not_check_holds_only_in_a_demo() -> None:
    row = CrisisResource.objects.get(key="us-988")
    row.pk, row.key, row.country = uuid4(), "zz-1", "ZZ"
    row.save(force_insert=True)
    Practice.objects.update(country="ZZ", demo=True)
    crisis.check(resource=row, how=CheckedHow.DEMO, by=None, today=TODAY, now=NOW)
    assert not refused_on(TODAY)
    Practice.objects.update(demo=False)
    assert refused_on(TODAY + DAY)
