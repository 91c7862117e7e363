"""Tell the therapist that a review is due: at least once, never by two programs at a time, and with no name in it.

A row is planned, claimed under a lease, and delivered. A program that dies in between leaves a lease that lapses; the
mail then goes again with the same Message-ID. What the mail says is in mail.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agreements.actions import mail, reviews
from agreements.models import Document, Practice, Reminder, ReminderState, Review

LEASE = timedelta(minutes=5)
PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
MAX_ATTEMPTS = len(PAUSES) + 1

AnyRow = TypeVar("AnyRow", bound=Model)


def plan(*, now: datetime) -> None:
    """Make the missing reminders to the therapist for reviews due on or before the practice's local day.

    Reviews of an agreement that ended, or of a version that was replaced, get none. `now` is UTC.
    """
    _plan(_local_day(now))


def pending(*, on: date | None = None, now: datetime) -> list[Reminder]:
    """What would go out if nothing were sent until the local day `on` (today if not given); earliest first.

    The rows are made the way a real pass makes them, and taken back: none of them is kept. `now` is UTC.
    """
    on = on or _local_day(now)
    with transaction.atomic():
        reviews.schedule_missing(now=now)
        _plan(on)
        waiting = Reminder.objects.filter(state__in=[ReminderState.WAITING, ReminderState.SENDING], due_on__lte=on)
        rows = list(_still_wanted(waiting, "review__").order_by("due_on", "pk"))
        transaction.set_rollback(True)
    return rows


def claim_one(*, now: datetime) -> Reminder | None:
    """The earliest reminder that is due and that nobody holds, held for the caller until its lease ends; or None.

    Due means on or before the practice's local day and not sent yet, so an outage is made up for. `now` is UTC. One
    conditional UPDATE decides; `attempts` tells one holder from the next.
    """
    due = Reminder.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=now),
        state__in=[ReminderState.WAITING, ReminderState.SENDING],
        due_on__lte=_local_day(now),
    ).order_by("due_on", "pk")
    while reminder := due.first():
        same = due.filter(pk=reminder.pk, attempts=reminder.attempts)
        if reminder.attempts >= MAX_ATTEMPTS:
            reason = _("The program stopped while it was sending.")
            same.update(state=ReminderState.FAILED, lease_until=None, failure=reason)
        elif same.update(state=ReminderState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1):
            reminder.attempts += 1
            return reminder
    return None


def deliver(reminder: Reminder, *, now: datetime) -> Reminder:
    """Send a reminder that the caller claimed, and return its row as it stands afterwards.

    Looks again whether it is still wanted; if not, it is cancelled. A failure is kept with its reason and tried again
    after a pause, five times in all; then a person has to look. Never call this inside a transaction: the mail cannot
    be taken back, and no lock may wait for a mail server.
    """
    mine = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.SENDING, attempts=reminder.attempts)
    wanted = _still_wanted(mine, "review__").values_list("recipient__email", "recipient__is_active").first()
    if wanted is None:
        mine.update(state=ReminderState.CANCELLED, lease_until=None)
    else:
        try:
            _send(reminder, *wanted)
        except mail.NotSent as error:
            _put_off(mine, reminder.attempts, str(error), now)
        else:  # the mail is out, whoever holds the row by now
            sent = Reminder.objects.filter(pk=reminder.pk)
            sent.update(state=ReminderState.SENT, sent_at=now, lease_until=None, failure="")
    reminder.refresh_from_db()
    return reminder


def _local_day(now: datetime) -> date:
    return now.astimezone(ZoneInfo(Practice.objects.values_list("zone", flat=True).get())).date()


def _plan(day: date) -> None:
    due = _still_wanted(Review.objects.filter(due_on__lte=day, reminders=None), "")
    rows = due.values_list("pk", "due_on", "version__agreement__therapist")
    Reminder.objects.bulk_create(
        [Reminder(review_id=pk, due_on=due_on, recipient_id=therapist) for pk, due_on, therapist in rows],
        ignore_conflicts=True,
    )


def _still_wanted(rows: QuerySet[AnyRow], review: str) -> QuerySet[AnyRow]:
    newer = Document.objects.filter(
        agreement=OuterRef(f"{review}version__agreement"), number__gt=OuterRef(f"{review}version__number")
    )
    return rows.filter(~Exists(newer), **{f"{review}version__agreement__ending": None})


def _send(reminder: Reminder, address: str, active: bool) -> None:
    if not (address and active):
        raise mail.NotSent(_("The therapist has no e-mail address here, or may no longer sign in."))
    language = Practice.objects.values_list("language", flat=True).get()
    mail.review_due(to=address, message_id=f"reminder-{reminder.pk}@between-sessions", language=language)


def _put_off(mine: QuerySet[Reminder], attempts: int, reason: str, now: datetime) -> None:
    if attempts >= MAX_ATTEMPTS:
        mine.update(state=ReminderState.FAILED, lease_until=None, failure=reason)
    else:
        mine.update(state=ReminderState.WAITING, lease_until=now + PAUSES[attempts - 1], failure=reason)
