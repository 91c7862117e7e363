"""A number that papers carry no longer holds: what changed, and whether each person who carries it was told."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.rules.vocabulary import Told


class Recall(models.Model):
    """One crisis row that got a successor or was withdrawn, or one phone number the practice gave up. At most one of
    `resource` and `phone` is set. Who is concerned is asked, never stored (reads/recalls.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(
        "agreements.CrisisResource", on_delete=models.PROTECT, null=True, related_name="recalls"
    )
    phone = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="recall_of_a_row_or_a_phone",
                condition=models.Q(resource__isnull=False, phone="")
                | models.Q(resource__isnull=True) & ~models.Q(phone=""),
            )
        ]


class RecallAnswer(models.Model):
    """What the therapist did about one recall for one agreement: handed over, told, or could not reach; the newest
    counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="answers")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="recall_answers")
    how = models.CharField(max_length=10, choices=Told)
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
