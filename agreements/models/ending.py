"""Texting stopped or ended, or about to get less. The signed text stays as it was."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from agreements.models.fields import EncryptedTextField
from agreements.rules.vocabulary import StoppedHow, StopReason


class Ending(models.Model):
    """Who stops or ends texting, by key (rules/signing.py), and since which local day. Only a therapist needs a reason
    (H14, H21).

    `at` is when it was announced; until `effective_on` the agreement is in force. `how`: the client said or texted it.
    `planned` is an ending both chose; otherwise it is a stop. `without_notice` is recorded with its reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.PROTECT, related_name="ending")
    by_role = models.CharField(max_length=12)
    planned = models.BooleanField(default=False)
    without_notice = models.BooleanField(default=False)
    reason = EncryptedTextField(context="ending.reason", default="")
    how = models.CharField(max_length=10, choices=StoppedHow, blank=True, default="")
    effective_on = models.DateField()
    at = models.DateTimeField()

    @property
    def day(self) -> date:
        """The local day from which nobody texts: the one announced, or a sooner one."""
        return self.sooner.on if hasattr(self, "sooner") else self.effective_on


class EndedSooner(models.Model):
    """A stop was announced, and before its day somebody stopped at once, by key; the therapist with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ending = models.OneToOneField(Ending, on_delete=models.PROTECT, related_name="sooner")
    by_role = models.CharField(max_length=12)
    how = models.CharField(max_length=10, choices=StoppedHow, blank=True)
    reason = models.CharField(max_length=10, choices=StopReason, blank=True)
    on = models.DateField()
    at = models.DateTimeField()


class EndingPage(models.Model):
    """The ending page as it was filled; the newest counts. `last_text_on` is the local day of the last text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="pages")
    instead = EncryptedTextField(context="ending_page.instead")
    taper = EncryptedTextField(context="ending_page.taper", default="")
    last_text_on = models.DateField()
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Tightening(models.Model):
    """The therapist said that a term gets stricter from a local day on. The two decide it in their next round (H21)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="tightenings")
    clause_key = models.CharField(max_length=40)
    from_on = models.DateField()
    without_notice = models.BooleanField(default=False)
    reason = models.CharField(max_length=10, choices=StopReason, blank=True)
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
