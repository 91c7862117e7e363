"""What would go out until a day, as a person counts it out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from agreements.actions import reminders
from agreements.models import Absence, AbsenceTask, Ending, Reminder, Review, User
from agreements.reads import year_ahead
from agreements.rules.vocabulary import Role
from tests.review_rows import a_practice, a_review, a_sealed_version, a_therapist, claim_one
from tests.wishing import a_wish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 21, 16, tzinfo=UTC)
TODAY = date(2026, 12, 21)


@pytest.fixture
def therapist() -> User:
    a_practice()
    return a_therapist()


def listed(last: date | None, names: dict[Review, str]) -> list[str]:
    known = {review.pk: name for review, name in names.items()}
    return [f"{each.on:%d %b} {each.kind} {known[each.subject]}" for each in year_ahead.until(last, now=NOW)]


def test_six_weeks_by_hand(therapist: User) -> None:
    late, today, later, asked, stopped, replaced = (
        a_review(TODAY + timedelta(days=days), therapist=therapist) for days in (-3, 0, 20, 10, 5, 5)
    )
    a_wish(asked.version.agreement)
    a_sealed_version(replaced.version.agreement, number=2)
    Ending.objects.create(agreement=stopped.version.agreement, by_role=Role.CLIENT, effective_on=TODAY, at=NOW)
    names = {late: "late", today: "today", later: "later", asked: "asked", stopped: "stopped", replaced: "replaced"}
    assert sorted(listed(None, names)) == ["21 Dec review late", "21 Dec review today"]
    assert set(listed(date(2027, 2, 1), names)) == {
        "21 Dec review late", "01 Jan review late", "15 Jan review late", "29 Jan review late",
        "21 Dec review today", "04 Jan review today", "18 Jan review today", "01 Feb review today",
        "10 Jan review later", "24 Jan review later",
        "31 Dec review asked", "14 Jan review asked", "28 Jan review asked", "30 Dec own-date asked",
    }  # fmt: skip
    assert [each.on for each in year_ahead.until(date(2027, 2, 1), now=NOW)] == sorted(
        each.on for each in year_ahead.until(date(2027, 2, 1), now=NOW)
    )
    assert not Reminder.objects.exists()


def test_what_was_sent_is_not_listed_again_and_its_next_is(therapist: User) -> None:
    review = a_review(TODAY - timedelta(days=3), therapist=therapist)
    reminders.plan(now=NOW)
    claimed = claim_one(now=NOW)
    assert claimed is not None
    assert reminders.deliver(claimed, now=NOW).state == "sent"
    assert listed(None, {review: "it"}) == []
    assert listed(TODAY + timedelta(days=28), {review: "it"}) == ["01 Jan review it", "15 Jan review it"]


def one_pass(now: datetime) -> list[tuple[date, str, UUID]]:
    """What a pass sends."""
    reminders.plan(now=now)
    sent = []
    for claimed in reminders.claims(clock=lambda: now):
        row = reminders.deliver(claimed, now=now)
        if row.state != "cancelled":
            sent.append((now.date(), row.kind, row.subject))
    return sorted(sent)


@pytest.mark.parametrize("passes", [[], [0, 1, 2], [5, 44]])
def test_it_lists_what_a_hundred_days_of_passes_then_send(therapist: User, passes: list[int]) -> None:
    for days in (-40, 0, 3, 40, 99):
        a_review(TODAY + timedelta(days=days), therapist=therapist)
    agreement = Review.objects.get(due_on=TODAY + timedelta(days=40)).version.agreement
    a_wish(agreement)
    away = Absence.objects.create(therapist=therapist, starts_on=TODAY, ends_on=TODAY)
    for kind, days in (("write", -1), ("give", 2), ("mail", 60), ("reread", 90)):
        due_on = TODAY + timedelta(days=days)
        AbsenceTask.objects.create(absence=away, agreement=agreement, kind=kind, due_on=due_on)
    ending = {"by_role": Role.THERAPIST, "effective_on": TODAY + timedelta(days=80), "at": NOW}
    Ending.objects.create(agreement=agreement, **ending)
    for day in passes:
        one_pass(NOW + timedelta(days=day))
    first = passes[-1] + 1 if passes else 0
    expected, sent = year_ahead.until(TODAY + timedelta(days=100), now=NOW + timedelta(days=first)), []
    for day in range(first, 101):
        now = NOW + timedelta(days=day)
        today = [(each.on, each.kind, each.subject) for each in year_ahead.until(None, now=now)]
        sent += one_pass(now)
        assert today == [each for each in sent if each[0] == now.date()]
    assert sent == [(each.on, each.kind, each.subject) for each in expected]
    assert {kind for _day, kind, _subject in sent} >= {"review", "away-task"}


def test_what_failed_for_good_is_left_out(therapist: User) -> None:
    a_review(TODAY, therapist=therapist)
    reminders.plan(now=NOW)
    Reminder.objects.update(state="failed")
    assert year_ahead.until(TODAY + timedelta(days=60), now=NOW) == []


def test_nobody_is_told_of_a_date_that_is_past(therapist: User) -> None:
    past, today = (a_review(TODAY - timedelta(days=days), therapist=therapist) for days in (1, 0))
    for review in (past, today):
        a_wish(review.version.agreement)
    kinds = [(each.kind, each.subject) for each in year_ahead.until(None, now=NOW) if each.kind == "own-date"]
    assert kinds == [("own-date", today.pk)]
