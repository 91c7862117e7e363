"""What happened, in order. Append-only and hash-chained; one chain per agreement, one for the practice.

A chain cannot tell that its end is missing; the mark of its head does.
"""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedJSONField


class AuditEvent(models.Model):
    """One link. `digest` covers the chain, its place, the time, who, what, the nonce, and the link before.

    `chain` is the id of the agreement or of the practice. `form_key` makes a double post one event. `subject` is the
    id of the row that came of it. `details` is encrypted: it may hold before and after.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.UUIDField()
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    details = EncryptedJSONField(context="audit.details")
    nonce = models.CharField(max_length=32)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_event_a_place")]
        ordering = ["chain", "sequence"]


class LogHead(models.Model):
    """Where a chain ends: `mark` holds its id, the number and the digest of its newest event, and opens with the keys
    only. It moves with every event and is never deleted.
    """

    chain = models.UUIDField(primary_key=True)
    mark = EncryptedJSONField(context="log_head.mark")
