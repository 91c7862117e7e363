"""Texting stopped or ended. The signed text stays as it was."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedTextField
from agreements.rules.vocabulary import Role


class Ending(models.Model):
    """Who stopped or ended texting, on which local day. The client needs no reason (H14, H21).

    `planned` is an ending both chose; otherwise it is a stop. `without_notice` is recorded with its reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.PROTECT, related_name="ending")
    by_role = models.CharField(max_length=12, choices=Role)
    planned = models.BooleanField(default=False)
    without_notice = models.BooleanField(default=False)
    reason = EncryptedTextField(context="ending.reason", default="")
    effective_on = models.DateField()
    at = models.DateTimeField()
