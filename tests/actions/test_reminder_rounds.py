"""Reminders over time: they repeat until the two looked, follow a moved day, outlive outages, and end with what settles them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agreements.actions import endings, reminders, reviews
from agreements.models import Client, Draft, Edition, Reminder, Review, User, Wish
from agreements.reads import year_ahead
from agreements.rules.vocabulary import Contact, Role
from tests import builders
from tests.actions.test_reminders import one_pass
from tests.review_rows import a_practice, a_review, a_sealed_version, a_therapist, claim_one
from tests.smtp import Behaviour, MailServer, mail_server
from tests.wishing import ADDRESS, a_wish

DAY = date(2026, 12, 21)
NOW = datetime(2026, 12, 21, 14, tzinfo=UTC)
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


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


def states() -> list[tuple[int, int, str]]:
    """Sequence, occurrence and state of every reminder."""
    return list(Reminder.objects.order_by("sequence", "occurrence").values_list("sequence", "occurrence", "state"))


def bodies(server: MailServer) -> list[str]:
    """The first line of each mail."""
    found = [message.get_body(("plain",)) for message in server.received]
    return [part.get_content().splitlines()[0] for part in found if part]


def test_it_repeats_every_two_weeks_and_says_which_it_is(review: Review, server: MailServer) -> None:
    told = [(now - NOW).days for day in range(60) for now in [NOW + day * DAYS] if one_pass(now)]
    assert told == [0, 14, 28, 42, 56]
    assert bodies(server) == [
        "1 review is due.",
        "1 review is due. This is the second reminder.",
        "1 review is due. This is the third reminder.",
        "1 review is due. This is reminder number 4.",
        "1 review is due. This is reminder number 5.",
    ]
    assert len({message["Message-ID"] for message in server.received}) == 5


def test_weeks_of_outage_are_made_up_once_and_then_the_rhythm_goes_on(review: Review, server: MailServer) -> None:
    assert one_pass(NOW + 35 * DAYS) == ["sent"]
    told = [day for day in range(36, 80) if one_pass(NOW + day * DAYS)]
    assert told == [42, 56, 70]
    assert bodies(server)[:2] == ["1 review is due.", "1 review is due. This is the second reminder."]


def test_a_day_that_was_moved_calls_the_old_one_off_and_brings_its_own(review: Review, server: MailServer) -> None:
    assert one_pass(NOW) == ["sent"]
    with transaction.atomic():
        Review.objects.update(due_on=DAY + 30 * DAYS, sequence=1)
        assert reminders.cancel(subjects=[review.pk]) == 1
    assert [day for day in range(60) if one_pass(NOW + day * DAYS)] == [30, 44, 58]
    assert states()[:3] == [(0, 1, "sent"), (0, 2, "cancelled"), (1, 1, "sent")]


def test_a_day_that_was_moved_and_moved_back_is_told_again(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW - 1 * DAYS)
    for sequence, day in ((1, DAY + 7 * DAYS), (2, DAY)):
        Review.objects.update(due_on=day, sequence=sequence)
        reminders.cancel(subjects=[review.pk])
    assert one_pass(NOW) == ["sent"]
    assert states() == [(0, 1, "cancelled"), (2, 1, "sent"), (2, 2, "waiting")]


def test_a_move_between_claim_and_sending_sends_nothing(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW)
    held = claim_one(now=NOW)
    assert held is not None
    Review.objects.update(due_on=DAY + 30 * DAYS, sequence=1)
    assert reminders.deliver(held, now=NOW).state == "cancelled"
    assert server.received == []


def test_what_settles_it_calls_off_what_waits_in_the_same_transaction(review: Review, server: MailServer) -> None:
    one_pass(NOW)
    agreement, by = review.version.agreement, review.version.agreement.therapist
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=DAY, by=by, now=NOW + HOURS)
        assert states() == [(0, 1, "sent"), (0, 2, "cancelled")]
        raise ZeroDivisionError
    assert states() == [(0, 1, "sent"), (0, 2, "waiting")]
    agreement.refresh_from_db()
    endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=DAY, by=by, now=NOW + HOURS)
    assert states() == [(0, 1, "sent"), (0, 2, "cancelled")]
    assert one_pass(NOW + 14 * DAYS) == []


def test_only_looks_at_older_papers_are_called_off(review: Review) -> None:
    reminders.plan(now=NOW)
    newer = a_sealed_version(review.version.agreement, number=2)
    Review.objects.create(version=newer, due_on=DAY, created_at=NOW)
    reminders.plan(now=NOW)
    assert reminders.settle(agreement=review.version.agreement, before=2) == 1
    waiting = Reminder.objects.get(state="waiting")
    assert waiting.subject == newer.review.pk


def test_a_mail_server_that_is_down_for_a_day_loses_nothing(review: Review, server: MailServer, settings: Any) -> None:
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for hour in range(24):
        assert set(one_pass(NOW + hour * HOURS)) <= {"waiting"}
    settings.EMAIL_PORT = there
    came = [state for hour in range(24, 33) for state in one_pass(NOW + hour * HOURS)]
    assert (came, len(server.received)) == (["sent"], 1)


def test_a_greylisted_mail_goes_ten_minutes_later(review: Review, server: MailServer) -> None:
    server.behave(Behaviour.GREYLIST)
    assert one_pass(NOW) == ["waiting"]
    assert one_pass(NOW + timedelta(minutes=10)) == ["sent"]


def test_an_address_that_bounces_fails_and_goes_when_a_person_tries_again(
    review: Review, therapist: User, server: MailServer
) -> None:
    server.behave(*[Behaviour.REFUSE] * 5)
    for hour in range(40):
        one_pass(NOW + hour * HOURS)
    assert states() == [(0, 1, "failed"), (0, 2, "waiting")]
    assert one_pass(NOW + 3 * DAYS) == [], "a person decides"
    assert reminders.try_again(by=a_therapist("kim", "kim@clinic.test"), now=NOW) == 0
    assert reminders.try_again(by=therapist, now=NOW) == 1
    assert one_pass(NOW + 4 * DAYS) == ["sent"]
    assert states() == [(0, 1, "sent"), (0, 2, "waiting")]


def test_a_review_that_nobody_could_be_told_of_comes_again_in_a_fortnight(
    review: Review, therapist: User, server: MailServer
) -> None:
    server.behave(*[Behaviour.REFUSE] * 5)
    for hour in range(40):
        one_pass(NOW + hour * HOURS)
    assert [(each.on, each.kind) for each in year_ahead.until(DAY + 30 * DAYS, now=NOW + 3 * DAYS)] == [
        (DAY + 14 * DAYS, "review"), (DAY + 28 * DAYS, "review"),
    ]  # fmt: skip
    assert reminders.due.unsent_of(therapist, NOW.date()).count() == 1
    assert one_pass(NOW + 14 * DAYS) == ["sent"]
    assert bodies(server) == ["1 review is due. This is the second reminder."]
    assert states() == [(0, 1, "cancelled"), (0, 2, "sent"), (0, 3, "waiting")]
    assert reminders.due.unsent_of(therapist, NOW.date()).count() == 0


def test_what_failed_and_is_settled_is_nobody_s_task_any_more(review: Review, therapist: User) -> None:
    reminders.plan(now=NOW)
    Reminder.objects.update(state="failed")
    assert reminders.due.unsent_of(therapist, NOW.date()).count() == 1
    a_sealed_version(review.version.agreement, number=2)
    assert reminders.due.unsent_of(therapist, NOW.date()).count() == 0
    assert reminders.try_again(by=therapist, now=NOW) == 0


def test_a_clock_that_jumps_ahead_gives_a_held_row_to_nobody_twice(review: Review, server: MailServer) -> None:
    reminders.plan(now=NOW)
    slow = claim_one(now=NOW)
    quick = claim_one(now=NOW + 9 * DAYS)
    assert slow and quick
    assert reminders.deliver(quick, now=NOW).state == "sent"
    assert reminders.deliver(slow, now=NOW).state == "sent"
    assert len(server.received) == 1
    assert Reminder.objects.get(occurrence=2).due_on == DAY + 14 * DAYS


def test_a_clock_that_jumps_back_repeats_nothing_and_loses_nothing(therapist: User, server: MailServer) -> None:
    sent, waiting = a_review(DAY, therapist=therapist), a_review(DAY + 2 * DAYS, therapist=therapist)
    assert one_pass(NOW) == ["sent"]
    for back in (1, 30, 400):
        assert one_pass(NOW - back * DAYS) == []
    assert one_pass(NOW + 2 * DAYS) == ["sent"]
    told = Reminder.objects.filter(state="sent").order_by("due_on").values_list("subject", flat=True)
    assert list(told) == [sent.pk, waiting.pk]


def test_the_client_is_told_once_the_day_before_at_nine_by_their_own_clock(review: Review, server: MailServer) -> None:
    Client.objects.update(zone="Asia/Tokyo")
    wish = a_wish(review.version.agreement)
    their_nine = datetime(2026, 12, 20, 0, tzinfo=UTC)
    assert one_pass(their_nine - HOURS) == []
    assert one_pass(their_nine) == ["sent"]
    assert server.recipients == [ADDRESS]
    row = Reminder.objects.get(kind="own-date")
    assert (row.wish, row.recipient, row.zone, row.due_on) == (wish, None, "Asia/Tokyo", DAY - DAYS)
    assert set(Reminder.objects.filter(kind="own-date").values_list("state", flat=True)) == {"sent"}
    later = [state for day in range(1, 30) for state in one_pass(their_nine + day * DAYS)]
    assert (later.count("sent"), server.recipients.count(ADDRESS)) == (2, 1)


def test_a_client_who_moves_is_told_by_the_new_clock(review: Review) -> None:
    a_wish(review.version.agreement)
    reminders.plan(now=NOW - 2 * DAYS)
    Client.objects.update(zone="Pacific/Kiritimati")
    reminders.plan(now=NOW - 2 * DAYS)
    row = Reminder.objects.get(kind="own-date")
    assert (row.zone, row.due_at) == ("Pacific/Kiritimati", datetime(2026, 12, 19, 19, tzinfo=UTC))


@pytest.mark.parametrize(
    "change",
    [
        lambda wish: Wish.objects.update(stopped_at=NOW),
        lambda wish: Client.objects.update(contact=Contact.NONE),
        lambda wish: a_sealed_version(wish.agreement, number=2),
    ],
    ids=["stopped", "h19 not to be contacted", "replaced"],
)
def test_h19_nothing_goes_to_a_client_who_no_longer_wants_it(review: Review, server: MailServer, change: Any) -> None:
    wish = a_wish(review.version.agreement)
    now = NOW - DAYS
    reminders.plan(now=now)
    held = claim_one(now=now)
    assert held is not None and held.wish_id == wish.pk
    change(wish)
    assert reminders.deliver(held, now=now).state == "cancelled"
    reminders.plan(now=now)
    assert server.received == []


def test_the_database_lets_a_reminder_have_one_reader(review: Review, therapist: User) -> None:
    facts = {"kind": "review", "subject": review.pk, "due_on": DAY, "zone": "UTC", "due_at": NOW}
    for readers in ({}, {"recipient": therapist, "wish": a_wish(review.version.agreement)}):
        with pytest.raises(IntegrityError, match="a_reminder_goes_to_one_person"), transaction.atomic():
            Reminder.objects.create(**facts, **readers)


@pytest.mark.django_db
def test_a_newer_paper_that_is_sealed_calls_off_what_waits_for_the_older(quick_seal: Any) -> None:
    document = builders.a_sealed_document()
    review = document.version.review
    reminders.plan(now=NOW)
    assert [row.subject for row in Reminder.objects.filter(state="waiting")] == [review.pk]
    builders.a_sealed_document(client=document.agreement.client, now=NOW)
    assert set(Reminder.objects.filter(subject=review.pk).values_list("state", flat=True)) == {"cancelled"}


def test_reminders_before_an_announced_end_go_out_and_none_from_its_day_on(therapist: User, server: MailServer) -> None:
    before, on_it = (a_review(DAY + days * DAYS, therapist=therapist) for days in (0, 20))
    for review in (before, on_it):
        facts = {"agreement": review.version.agreement, "by": therapist, "now": NOW - DAYS}
        endings.stop(by_role=Role.THERAPIST, effective_on=DAY + 20 * DAYS, planned=True, **facts)
    assert [day for day in range(60) if "sent" in one_pass(NOW + day * DAYS)] == [0, 14]


def test_both_move_an_overdue_day_and_what_waits_for_the_old_one_is_off(review: Review, therapist: User) -> None:
    late = NOW + 20 * DAYS
    reminders.plan(now=late)
    agreement = review.version.agreement
    Edition.objects.update(published_at=NOW)
    draft = Draft.objects.create(
        agreement=agreement, edition=review.version.draft.edition, number=2, started_at=late, review=review
    )  # fmt: skip
    moved = reviews.move(draft=draft, due_on=DAY + 50 * DAYS, by=therapist, now=late)
    assert (moved.due_on, moved.sequence, states()) == (DAY + 50 * DAYS, 1, [(0, 1, "cancelled")])
    reminders.plan(now=NOW + 50 * DAYS)
    assert states() == [(0, 1, "cancelled"), (1, 1, "waiting")]
