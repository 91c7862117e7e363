"""Who is told that a day comes up, by which mail, and from where a calendar program reads the days."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q, TextChoices

from agreements.models.fields import EncryptedTextField


class ReminderState(TextChoices):
    """Where one reminder stands. "Sending" is held under a lease."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Via(TextChoices):
    """How a reminder travels."""

    EMAIL = "email"


OPEN = (ReminderState.WAITING, ReminderState.SENDING)


class SecretAddress(models.Model):
    """Something that whoever knows a long random word may open without signing in. The word is kept locked, and found
    by its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True


class Wish(SecretAddress):
    """The client asked for a reminder before the day of the look, by e-mail, to where it is safe to write (H19).

    It holds until somebody stops it: the client by one tap in the mail, or the two in the room.
    """

    token = EncryptedTextField(context="wish.token")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="wishes")
    email = EncryptedTextField(context="wish.email")
    asked_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(stopped_at=None), name="one_wish_for_reminders_at_a_time"
            )
        ]


class CalendarFeed(SecretAddress):
    """An address from which a therapist's calendar program reads all of their days, until it is taken back."""

    token = EncryptedTextField(context="calendar_feed.token")
    therapist = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="calendar_feeds")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist"], condition=Q(revoked_at=None), name="one_calendar_feed_a_therapist"
            )
        ]


class Reminder(models.Model):
    """One mail to one person about one occurrence of something that falls due. Claimed by a conditional update.

    `kind` and `subject` name the thing (reads/due.py), `sequence` which of its days: it rises with each move. The
    mail goes out on the local day `due_on` of `zone` (IANA), which is the moment `due_at` (UTC). `occurrence` is 1
    for the first reminder of that day, 2 for the second.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    sequence = models.PositiveIntegerField(default=0)
    occurrence = models.PositiveIntegerField(default=1)
    via = models.CharField(max_length=10, choices=Via, default=Via.EMAIL)
    recipient = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True, related_name="reminders")
    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, null=True, related_name="reminders")
    due_on = models.DateField()
    zone = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "sequence", "occurrence", "via", to],
                condition=Q(**{f"{to}__isnull": False}),
                name=f"one_reminder_an_occurrence_and_{to}",
            )
            for to in ("recipient", "wish")
        ] + [
            models.CheckConstraint(
                condition=Q(recipient=None, wish__isnull=False) | Q(recipient__isnull=False, wish=None),
                name="a_reminder_goes_to_one_person",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at", "id"], name="reminders_by_their_turn")]


class LastPass(models.Model):
    """When a program last went through what is due: the one row that says whether reminders go out at all."""

    at = models.DateTimeField()
