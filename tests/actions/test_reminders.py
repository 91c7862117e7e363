"""A reminder goes out when its day has come: not twice, not lost, and not when it is no longer wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions import reminders
from agreements.models import Ending, Practice, Reminder, ReminderState, Review, User
from agreements.rules.vocabulary import Role
from tests.builders import a_sealed_agreement
from tests.review_rows import MADE, a_practice, a_review, a_sealed_version, a_therapist, claim_one
from tests.smtp import Behaviour, MailServer, mail_server

DAY = date(2026, 12, 21)
NOW = datetime(2026, 12, 21, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def therapist(db: None) -> User:
    a_practice()
    return a_therapist()


@pytest.fixture
def review(therapist: User) -> Review:
    return a_review(DAY, therapist=therapist)


def one_pass(now: datetime) -> list[str]:
    """What `send_reminders` does; the state of each reminder it held."""
    reminders.plan(now=now)
    return [reminders.deliver(claimed, now=now).state for claimed in reminders.claims(clock=lambda: now)]


def stop(review: Review) -> None:
    Ending.objects.create(agreement=review.version.agreement, by_role=Role.CLIENT, effective_on=DAY, at=NOW)


def test_a_due_review_is_told_once(review: Review, therapist: User, server: MailServer) -> None:
    assert one_pass(NOW) == ["sent"]
    row = Reminder.objects.get(state="sent")
    assert (row.kind, row.subject, row.occurrence) == ("review", review.pk, 1)
    assert (row.recipient, row.due_on, row.sent_at, row.attempts) == (therapist, DAY, NOW, 1)
    assert (row.lease_until, row.failure) == (None, "")
    assert one_pass(NOW + timedelta(days=1)) == []
    assert server.recipients == [therapist.email]
    assert server.received[0]["Message-ID"] == f"<reminder-{row.pk}@between-sessions>"


def test_the_day_the_two_agreed_on_brings_the_mail(db: None, server: MailServer) -> None:
    agreement = a_sealed_agreement(now=MADE)
    assert one_pass(NOW - timedelta(days=1)) == []
    assert one_pass(NOW) == ["sent"]
    assert server.recipients == [agreement.therapist.email]
    known = {agreement.client.name, agreement.client.called, agreement.therapist.called, "text"}
    assert not [word for word in known if word in server.received[0].as_string().replace("text/", "")]


def test_it_goes_out_at_nine_by_the_practice_s_own_clock(review: Review, server: MailServer) -> None:
    assert one_pass(NOW - timedelta(days=3)) == []
    assert not Reminder.objects.exists()
    assert one_pass(NOW - MINUTE) == []
    assert Reminder.objects.get().due_at == NOW
    assert one_pass(NOW) == ["sent"]


def test_a_move_to_another_zone_changes_what_is_not_sent_and_nothing_else(therapist: User, server: MailServer) -> None:
    sent, waiting = (a_review(DAY + timedelta(days=days), therapist=therapist) for days in (0, 1))
    assert one_pass(NOW) == ["sent"]
    reminders.plan(now=NOW)
    before = Reminder.objects.get(subject=sent.pk, occurrence=1)
    Practice.objects.update(zone="Pacific/Auckland")
    reminders.plan(now=NOW)
    after = Reminder.objects.get(pk=before.pk)
    assert (after.due_at, after.zone) == (before.due_at, "America/New_York")
    row = Reminder.objects.get(subject=waiting.pk)
    assert (row.due_on, row.zone) == (DAY + timedelta(days=1), "Pacific/Auckland")
    assert row.due_at == datetime(2026, 12, 21, 20, tzinfo=UTC)
    assert one_pass(row.due_at) == ["sent"]


def test_a_day_that_was_put_off_while_somebody_looked_is_not_claimed(review: Review, monkeypatch: Any) -> None:
    reminders.plan(now=NOW)
    ready = reminders._ready

    def overtaken(*asked: Any) -> Any:
        found = ready(*asked)
        Reminder.objects.update(due_at=NOW + MINUTE)
        return found

    monkeypatch.setattr(reminders, "_ready", overtaken)
    assert claim_one(now=NOW) is None


def test_weeks_without_a_pass_are_made_up_once(therapist: User, server: MailServer) -> None:
    days = [DAY, DAY - timedelta(days=20), DAY + timedelta(days=1)]
    made = [a_review(day, therapist=therapist) for day in days]
    reminders.plan(now=NOW)
    reminders.plan(now=NOW)
    assert one_pass(NOW) == ["sent", "sent"]
    firsts = Reminder.objects.filter(occurrence=1, state="sent").order_by("due_on")
    assert [row.subject for row in firsts] == [made[1].pk, made[0].pk]
    assert len(server.received) == 2


def test_what_was_overtaken_is_not_planned(therapist: User) -> None:
    stopped, replaced = a_review(DAY, therapist=therapist), a_review(DAY, therapist=therapist)
    stop(stopped)
    a_sealed_version(replaced.version.agreement, number=2)
    reminders.plan(now=NOW)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("overtake", [stop, lambda review: a_sealed_version(review.version.agreement, number=2)])
def test_overtaken_between_claim_and_delivery(review: Review, server: MailServer, overtake: Any) -> None:
    reminders.plan(now=NOW)
    claimed = claim_one(now=NOW)
    assert claimed is not None
    overtake(review)
    assert reminders.deliver(claimed, now=NOW).state == "cancelled"
    assert (server.received, claim_one(now=NOW + reminders.LEASE)) == ([], None)


def test_cancelled_between_claim_and_delivery(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW)
    claimed = claim_one(now=NOW)
    assert claimed is not None
    Reminder.objects.update(state=ReminderState.CANCELLED, lease_until=None)
    assert reminders.deliver(claimed, now=NOW).state == "cancelled"
    assert server.received == []


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_nobody_to_tell_is_a_failure_with_a_reason(
    review: Review, therapist: User, server: MailServer, change: dict[str, Any]
) -> None:
    User.objects.update(**change)
    assert one_pass(NOW) == ["waiting"]
    assert Reminder.objects.get().failure == "There is no e-mail address, or the account is switched off."
    User.objects.update(email="new@clinic.test", is_active=True)
    assert one_pass(NOW + 10 * MINUTE) == ["sent"]
    assert server.recipients == ["new@clinic.test"]


def test_five_attempts_with_growing_pauses_then_a_person_decides(review: Review, server: MailServer) -> None:
    server.behave(*[Behaviour.GREYLIST] * 9)
    now = NOW
    for pause in reminders.PAUSES:
        assert one_pass(now) == ["waiting"]
        assert one_pass(now + pause - MINUTE) == []
        now += pause
    assert now - NOW > timedelta(days=1), "a mail server may be down for a day"
    assert one_pass(now) == ["failed"]
    row = Reminder.objects.get(occurrence=1)
    assert (row.attempts, row.failure) == (5, "The mail server refused the address (451).")
    assert one_pass(now + timedelta(days=7)) == []
    assert len(server.next) == 4


@pytest.mark.parametrize("behaviour", [Behaviour.DROP, Behaviour.KEEP_AND_DROP, Behaviour.REFUSE])
def test_a_later_attempt_sends_the_same_message(review: Review, server: MailServer, behaviour: Behaviour) -> None:
    server.behave(behaviour)
    assert one_pass(NOW) == ["waiting"]
    assert one_pass(NOW + 10 * MINUTE) == ["sent"]
    assert Reminder.objects.get(state="sent").failure == ""
    assert len(server.received) == (2 if behaviour is Behaviour.KEEP_AND_DROP else 1)
    assert len({message["Message-ID"] for message in server.received}) == 1


def test_one_bad_address_stops_nobody_else(therapist: User, server: MailServer) -> None:
    a_review(DAY - timedelta(days=1), therapist=therapist)
    a_review(DAY, therapist=a_therapist("kim", "kim@clinic.test"))
    server.behave(Behaviour.REFUSE)
    assert one_pass(NOW) == ["waiting", "sent"]


def test_a_program_that_died_after_its_claim_is_made_up_for(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW)
    assert claim_one(now=NOW) is not None
    assert claim_one(now=NOW + reminders.LEASE - MINUTE) is None
    assert one_pass(NOW + reminders.LEASE) == ["sent"]
    assert Reminder.objects.get(state="sent").attempts == 2


def test_a_program_that_dies_each_time_gives_up_in_the_end(review: Review) -> None:
    reminders.plan(now=NOW)
    for number in range(reminders.MAX_ATTEMPTS):
        assert claim_one(now=NOW + number * reminders.LEASE) is not None
    assert claim_one(now=NOW + timedelta(days=1)) is None
    row = Reminder.objects.get(occurrence=1)
    assert (row.state, row.failure) == ("failed", "The program stopped while it was sending.")
    assert Reminder.objects.get(occurrence=2).due_on == DAY + timedelta(days=14)


def test_a_holder_whose_lease_ran_out_leaves_the_row_to_the_next(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW)
    slow, quick = claim_one(now=NOW), claim_one(now=NOW + reminders.LEASE)
    assert slow is not None and quick is not None
    assert reminders.deliver(slow, now=NOW + reminders.LEASE).state == "sending"
    assert server.received == []
    assert reminders.deliver(quick, now=NOW + reminders.LEASE).state == "sent"
    assert reminders.deliver(slow, now=NOW + reminders.LEASE).state == "sent"
    assert len(server.received) == 1


@pytest.mark.parametrize("reviews", [1, 3])
def test_each_reminder_costs_the_same_few_queries(therapist: User, server: MailServer, reviews: int) -> None:
    for _ in range(reviews):
        a_review(DAY, therapist=therapist)
    with CaptureQueriesContext(connection) as queries:
        one_pass(NOW)
    assert len(queries) == 9 + 7 * reviews


@pytest.mark.django_db(transaction=True)
def test_programs_at_once_never_claim_the_same_row() -> None:
    a_practice()
    for _ in range(8):
        a_review(DAY, therapist=User.objects.first() or a_therapist())
    reminders.plan(now=NOW)
    start, claimed = Barrier(4), []

    def claim_all() -> None:
        start.wait()
        try:
            claimed.extend(row.pk for row in reminders.claims(clock=lambda: NOW))
        finally:
            connection.close()

    programs = [Thread(target=claim_all) for _ in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert sorted(claimed) == sorted(Reminder.objects.values_list("pk", flat=True))
    assert set(Reminder.objects.values_list("state", "attempts")) == {("sending", 1)}


class Watching(BaseEmailBackend):
    """Notes whether a transaction was open when the mail went."""

    seen: list[bool] = []

    def send_messages(self, messages: Any) -> int:
        self.seen.append(connection.in_atomic_block)
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_server_is_asked(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    a_practice()
    a_review(DAY, therapist=a_therapist())
    assert one_pass(NOW) == ["sent"]
    assert Watching.seen == [False]
