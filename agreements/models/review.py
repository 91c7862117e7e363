"""When the agreement comes back. Who is told of it is in reminder.py."""

from __future__ import annotations

import uuid

from django.db import models

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
