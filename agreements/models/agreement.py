"""The agreement that lasts, whatever its versions say."""

from __future__ import annotations

import uuid

from django.db import models


class Agreement(models.Model):
    """One client's agreement with one therapist. Its state is computed from its rows (rules/states.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("agreements.Client", on_delete=models.PROTECT, related_name="agreements")
    therapist = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="agreements")
    language = models.CharField(max_length=12)
    created_at = models.DateTimeField()
