"""When the agreement comes back, and who is told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import TextChoices

from agreements.rules.vocabulary import Amount, Role


class Review(models.Model):
    """The two look at a version again on the local day they agreed. Held when a newer version or a look is recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.OneToOneField("agreements.Version", on_delete=models.PROTECT, related_name="review")
    due_on = models.DateField(db_index=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()


class Raised(models.Model):
    """One of the two wants to look at their texting: it is too much or too little. Nothing is sent; it comes first in
    their next round. `clause_key` is the term it is about, or "" for the whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="raised")
    by_role = models.CharField(max_length=12, choices=Role)
    amount = models.CharField(max_length=10, choices=Amount)
    clause_key = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReminderState(TextChoices):
    """Where one reminder stands. "Sending" is held under a lease."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Reminder(models.Model):
    """One mail to one person about one occurrence of a review. Claimed by a conditional update."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reminders")
    occurrence = models.PositiveIntegerField(default=1)
    recipient = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "occurrence", "recipient"], name="one_reminder_an_occurrence_and_recipient"
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"])]
