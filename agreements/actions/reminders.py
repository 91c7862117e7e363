"""Tell people that a day has come: at least once, never by two programs at a time, and with no name in it.

A row is planned, claimed under a lease, and delivered; what was delivered plans the next. A program that dies in
between leaves a lease that lapses; the mail then goes again with the same Message-ID. What falls due is in
reads/due.py, what a mail says in mail.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agreements.actions import mail
from agreements.models import AbsenceTask, Agreement, Client, LastPass, Practice, Reminder, ReminderState, Review, User
from agreements.models.fields import FieldKeyUnavailable
from agreements.models.reminder import OPEN
from agreements.reads import due, ends
from agreements.rules import dates

LEASE = timedelta(minutes=5)
PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
MAX_ATTEMPTS = len(PAUSES) + 1
READ_AHEAD = 50


def plan(*, now: datetime) -> None:
    """Make the first reminder of everything whose day has come or comes within a day; set unsent ones to today's zones.

    Nothing is planned for what is settled. `now` is UTC.
    """
    practice_zone = _practice_zone()
    _follow_zones(practice_zone)
    for kind in due.KINDS.values():
        Reminder.objects.bulk_create(_first_ones(kind, now, practice_zone), batch_size=1_000, ignore_conflicts=True)


def note_pass(*, now: datetime) -> None:
    """Write down that a program went through what is due at `now` (UTC)."""
    LastPass.objects.update_or_create(pk=1, defaults={"at": now})


def claims(*, clock: Callable[[], datetime]) -> Iterator[Reminder]:
    """What is due and nobody holds, the earliest first, each held for the caller from its turn until its lease ends.

    Due means: its moment has come and it is not sent yet, so an outage is made up for. `clock` gives the time (UTC).
    Some are read ahead; one conditional UPDATE decides, which finds a row only as it was read. `attempts` tells one
    holder from the next.
    """
    while ahead := _ready(ReminderState.WAITING, clock()) or _ready(ReminderState.SENDING, clock()):
        yield from (reminder for reminder in ahead if _claim(reminder, clock()))


def deliver(reminder: Reminder, *, now: datetime) -> Reminder:
    """Send a reminder that the caller claimed, and return its row as it stands afterwards.

    Looks again whether it is still wanted; if not, it is cancelled. A failure is kept with its reason and tried again
    after a pause, five times in all; then a person has to look, and what repeats goes on in a fortnight. Never call
    this inside a transaction: the mail cannot be taken back, and no lock may wait for a mail server.
    """
    mine = Reminder.objects.filter(
        pk=reminder.pk, state=ReminderState.SENDING, attempts=reminder.attempts, due_at=reminder.due_at
    )
    try:
        if message := _message(mine, reminder, now):
            mail.send(message)
            _sent(reminder, now)
            return reminder
        mine.update(state=ReminderState.CANCELLED, lease_until=None)
    except FieldKeyUnavailable:
        _put_off(mine, reminder, _("The address is kept locked, and its key is not here."), now)
    except mail.NotSent as error:
        _put_off(mine, reminder, str(error), now)
    reminder.refresh_from_db()
    return reminder


def cancel(*, subjects: Iterable[UUID] = (), wish: UUID | None = None) -> int:
    """Call off every unsent reminder of these things, or of a client's wish; how many. For the transaction that
    settles them: a newer paper, an ending, a day that moved. One that is going out this moment is not stopped."""
    which = Q(wish=wish) if wish else Q(subject__in=list(subjects))
    return Reminder.objects.filter(which, state__in=[*OPEN, ReminderState.FAILED]).update(
        state=ReminderState.CANCELLED, lease_until=None
    )


def settle(*, agreement: Agreement, before: int) -> int:
    """Call off the reminders of this agreement's looks at versions older than number `before`."""
    looks = Review.objects.filter(version__agreement=agreement, version__number__lt=before)
    return cancel(subjects=looks.values_list("pk", flat=True))


def end(*, agreement: Agreement, on: date | None) -> int:
    """Call off the reminders of what lies on the local day `on` or later, since nobody texts from then on; None: of
    everything, that day has come."""
    looks, tasks = Review.objects.filter(version__agreement=agreement), AbsenceTask.objects.filter(agreement=agreement)
    if on is not None:
        looks, tasks = looks.filter(due_on__gte=on), tasks.filter(due_on__gte=on)
    return cancel(subjects=[*looks.values_list("pk", flat=True), *tasks.values_list("pk", flat=True)])


def allow_again(*, client: Client) -> None:
    """A client may be written to again: what was called off on its day because nobody might waits anew. Whether it
    still comes in time is asked when it is sent."""
    called_off = Reminder.objects.filter(wish__agreement__client=client, state=ReminderState.CANCELLED)
    called_off.update(state=ReminderState.WAITING, attempts=0)


@transaction.atomic
def try_again(*, by: User, now: datetime) -> int:
    """What failed and concerns this therapist is sent anew, with five attempts more; how many. The pass sends it.

    Of one thing only the last reminder that is due: what came before it has nothing left to say.
    """
    failed = due.unsent_of(by, ends.local_day(now)).filter(state=ReminderState.FAILED)
    same = {name: OuterRef(name) for name in ("kind", "subject", "sequence")}
    to_them = Q(recipient=OuterRef("recipient")) | Q(wish=OuterRef("wish"))
    later = Reminder.objects.filter(to_them, **same, occurrence__gt=OuterRef("occurrence"), due_at__lte=now)
    failed.filter(Exists(later)).update(state=ReminderState.CANCELLED)
    return failed.update(state=ReminderState.WAITING, attempts=0, lease_until=None, failure="")


def _practice_zone() -> str:
    return str(Practice.objects.values_list("zone", flat=True).get())


def _follow_zones(practice_zone: str) -> None:
    """Somebody moved, or the practice did: what is not sent yet goes out on the same day of the new calendar."""
    zone = Coalesce(F("wish__agreement__client__zone"), Value(practice_zone))
    for row in Reminder.objects.filter(state=ReminderState.WAITING).annotate(now_in=zone).exclude(zone=F("now_in")):
        moved = Reminder.objects.filter(pk=row.pk, state=ReminderState.WAITING)
        moved.update(zone=row.now_in, due_at=dates.falls_due(row.due_on, ZoneInfo(row.now_in)))


def _first_ones(kind: due.Kind, now: datetime, practice_zone: str) -> list[Reminder]:
    told = Reminder.objects.filter(
        kind=kind.name, subject=OuterRef("subject"), sequence=OuterRef("sequence"), **{kind.to: OuterRef("to")}
    )
    soon = kind.open().filter(~Exists(told), day__lte=dates.last_local_day(now) + kind.before)
    return [
        _row(kind, thing, thing["zone"] or practice_zone)
        for thing in soon
        if now.astimezone(ZoneInfo(thing["zone"] or practice_zone)).date() <= kind.last_on(thing)
    ]


def _row(kind: due.Kind, thing: dict[str, Any], zone: str) -> Reminder:
    due_on = kind.first_on(thing["day"])
    return Reminder(
        kind=kind.name, subject=thing["subject"], sequence=thing["sequence"], due_on=due_on, zone=zone,
        due_at=dates.falls_due(due_on, ZoneInfo(zone)), **{f"{kind.to}_id": thing["to"]},
    )  # fmt: skip


def _ready(state: ReminderState, now: datetime) -> list[Reminder]:
    """The earliest of this state that are due and that nobody holds; found by their index."""
    due_now = Reminder.objects.filter(state=state, due_at__lte=now)
    return list(due_now.exclude(lease_until__gt=now).order_by("due_at", "pk")[:READ_AHEAD])


def _claim(reminder: Reminder, now: datetime) -> bool:
    seen = {name: getattr(reminder, name) for name in ("pk", "state", "attempts", "due_at")}
    same = Reminder.objects.filter(**seen)
    if reminder.attempts >= MAX_ATTEMPTS:
        _give_up(same, reminder, _("The program stopped while it was sending."), now)
        return False
    reminder.attempts += 1
    return bool(same.update(state=ReminderState.SENDING, lease_until=now + LEASE, attempts=reminder.attempts))


def _message(mine: QuerySet[Reminder], reminder: Reminder, now: datetime) -> mail.Message | None:
    """What to send, or None when the reminder is no longer the caller's or no longer wanted. Raises
    FieldKeyUnavailable."""
    kind = due.KINDS[reminder.kind]
    found = kind.still(reminder) if mine.exists() else None
    if found is None or now.astimezone(ZoneInfo(reminder.zone)).date() > kind.last_on(found):
        return None
    return mail.Message(
        name=kind.mail,
        to=found["address"],
        message_id=f"reminder-{reminder.pk}@between-sessions",
        language=found["language"],
        day=found["day"],
        occurrence=reminder.occurrence,
        stop=found["stop"],
    )


@transaction.atomic
def _sent(reminder: Reminder, now: datetime) -> None:
    """The mail is out, whoever holds the row by now. The next one waits from then on."""
    state = {"state": ReminderState.SENT, "sent_at": now, "lease_until": None, "failure": ""}
    to_come = [*OPEN, ReminderState.FAILED]
    open_still = Reminder.objects.filter(pk=reminder.pk, state__in=to_come).update(**state)
    if not open_still:
        Reminder.objects.filter(pk=reminder.pk, state=ReminderState.CANCELLED).update(**state)
    for name, value in state.items():
        setattr(reminder, name, value)
    if open_still:
        _overtake(reminder)
        _plan_next(reminder, now)


def _overtake(reminder: Reminder) -> None:
    """Of one thing only the last reminder counts: an earlier one that failed has nothing left to say."""
    if reminder.occurrence > 1:
        same = {name: getattr(reminder, name) for name in ("kind", "subject", "sequence", "recipient_id", "wish_id")}
        failed = Reminder.objects.filter(**same, occurrence__lt=reminder.occurrence, state=ReminderState.FAILED)
        failed.update(state=ReminderState.CANCELLED)


def _plan_next(reminder: Reminder, now: datetime) -> None:
    """What repeats goes out again, some fortnights after its day, whether this one arrived or not."""
    if not due.KINDS[reminder.kind].repeats:
        return
    due_on = dates.repeat_after(reminder.due_on, now.astimezone(ZoneInfo(reminder.zone)).date())
    following = Reminder(
        kind=reminder.kind, subject=reminder.subject, sequence=reminder.sequence, occurrence=reminder.occurrence + 1,
        recipient_id=reminder.recipient_id, wish_id=reminder.wish_id, due_on=due_on, zone=reminder.zone,
        due_at=dates.falls_due(due_on, ZoneInfo(reminder.zone)),
    )  # fmt: skip
    Reminder.objects.bulk_create([following], ignore_conflicts=True)


def _put_off(mine: QuerySet[Reminder], reminder: Reminder, reason: str, now: datetime) -> None:
    if reminder.attempts >= MAX_ATTEMPTS:
        _give_up(mine, reminder, reason, now)
    else:
        mine.update(state=ReminderState.WAITING, lease_until=now + PAUSES[reminder.attempts - 1], failure=reason)


@transaction.atomic
def _give_up(mine: QuerySet[Reminder], reminder: Reminder, reason: str, now: datetime) -> None:
    """After the last attempt a person has to look; nobody may, so the next one is planned all the same."""
    if mine.update(state=ReminderState.FAILED, lease_until=None, failure=reason):
        _overtake(reminder)
        _plan_next(reminder, now)
