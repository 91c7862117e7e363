"""What could not be sent: one mail for one thing when it is tried again, and one bad row stops nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from agreements.actions import people, reminders
from agreements.models import Client, Reminder, Review, User
from agreements.rules.vocabulary import Contact
from tests.actions.test_reminders import one_pass, review, server, therapist
from tests.review_rows import a_review, a_therapist, claim_one
from tests.smtp import Behaviour, MailServer
from tests.wishing import ADDRESS, a_wish

__all__ = ["review", "server", "therapist"]
DAY = date(2026, 12, 21)
NOW = datetime(2026, 12, 21, 14, tzinfo=UTC)
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


def states() -> list[tuple[int, str]]:
    return list(Reminder.objects.order_by("occurrence").values_list("occurrence", "state"))


def in_vain(first: datetime) -> None:
    """All five attempts, the first at `first`."""
    now = first
    for pause in (timedelta(), *reminders.PAUSES):
        now += pause
        one_pass(now)


def test_of_one_review_only_the_last_reminder_that_failed_is_a_task_and_goes_again(
    review: Review, therapist: User, server: MailServer
) -> None:
    server.behave(*[Behaviour.REFUSE] * 15)
    for fortnight in range(3):
        in_vain(NOW + 14 * fortnight * DAYS)
    assert states() == [(1, "cancelled"), (2, "cancelled"), (3, "failed"), (4, "waiting")]
    now = NOW + 31 * DAYS
    assert reminders.due.unsent_of(therapist, now.date()).count() == 1
    assert reminders.try_again(by=therapist, now=now) == 1
    assert one_pass(now) == ["sent"]
    assert len(server.received) == 1


def test_tried_again_while_the_next_one_is_due_it_is_that_one_that_goes(
    review: Review, therapist: User, server: MailServer
) -> None:
    other = a_review(DAY, therapist=a_therapist("kim", "kim@clinic.test"))
    server.behave(*[Behaviour.REFUSE] * 12)
    in_vain(NOW)
    now = NOW + 14 * DAYS
    assert one_pass(now) == ["waiting", "waiting"]
    assert reminders.try_again(by=therapist, now=now) == 0
    told = Reminder.objects.filter(subject=review.pk).order_by("occurrence")
    assert [row.state for row in told] == ["cancelled", "waiting"]
    assert Reminder.objects.get(subject=other.pk, occurrence=1).state == "failed"
    assert one_pass(now + HOURS) == ["sent", "sent"]
    assert len(server.received) == 2


def test_an_address_that_does_not_open_is_a_failure_with_a_reason_and_stops_nobody(
    therapist: User, server: MailServer
) -> None:
    wish = a_wish(a_review(DAY, therapist=therapist).version.agreement)
    a_review(DAY - DAYS, therapist=therapist)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_wish SET email = 'not a locked text'")
    assert sorted(one_pass(NOW - DAYS)) == ["sent", "waiting"]
    assert Reminder.objects.get(wish=wish).failure == "The address is kept locked, and its key is not here."
    assert server.recipients == [therapist.email]


def test_h19_a_client_who_may_be_written_to_again_the_same_day_is_told(review: Review, server: MailServer) -> None:
    a_wish(review.version.agreement)
    client, by, now = Client.objects.get(), review.version.agreement.therapist, NOW - DAYS
    reminders.plan(now=now)
    held = claim_one(now=now)
    assert held is not None
    people.change_client(client=client, by=by, now=now, contact=Contact.NONE)
    assert reminders.deliver(held, now=now).state == "cancelled"
    assert one_pass(now) == []
    people.change_client(client=client, by=by, now=now, contact=Contact.CALL)
    assert one_pass(now + HOURS) == ["sent"]
    assert server.recipients == [ADDRESS]


def test_h19_once_the_day_is_over_nobody_is_told_of_it(review: Review, server: MailServer) -> None:
    a_wish(review.version.agreement)
    client, by, now = Client.objects.get(), review.version.agreement.therapist, NOW - DAYS
    reminders.plan(now=now)
    people.change_client(client=client, by=by, now=now, contact=Contact.NONE)
    assert one_pass(now) == ["cancelled"]
    people.change_client(client=client, by=by, now=now + 2 * DAYS, contact=Contact.CALL)
    assert sorted(one_pass(now + 2 * DAYS)) == ["cancelled", "sent"]
    assert ADDRESS not in server.recipients
