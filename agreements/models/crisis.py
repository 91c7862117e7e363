"""Crisis resources as dated rows. A published row never changes; a correction is a successor (H17)."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.rules.vocabulary import CheckedHow, ResourceKind


class CrisisResource(models.Model):
    """One service as it is dialled in one country. Every number is the text to dial, exactly.

    `hours` is "24/7" or words; only "24/7" rows count as a line (H4). `as_of` is what the source page said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=40, help_text="Stays the same from one row to its successor.")
    country = models.CharField(max_length=2)
    area = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=80)
    service = models.CharField(max_length=140)
    kind = models.CharField(max_length=10, choices=ResourceKind)
    call = models.CharField(max_length=40, blank=True)
    text_to = models.CharField(max_length=40, blank=True)
    text_keyword = models.CharField(max_length=40, blank=True)
    keyword_confirmed = models.BooleanField(
        default=False,
        help_text="Two sources name this word, or somebody texted it and got an answer. Only then is it printed.",
    )
    text_app = models.CharField(max_length=40, blank=True)
    chat = models.CharField(max_length=140, blank=True)
    non_voice = models.CharField(max_length=240, blank=True)
    non_voice_needs_registering = models.BooleanField(default=False)
    hours = models.CharField(max_length=80)
    languages = models.JSONField(default=list)
    as_of = models.CharField(max_length=20, blank=True)
    read_from = models.CharField(max_length=240, blank=True)
    note = models.TextField(blank=True)
    pair_with = models.CharField(max_length=40, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor", editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["country", "area", "key"]

    def __str__(self) -> str:
        return f"{self.service} ({self.place})"

    @property
    def ways_to_check(self) -> tuple[CheckedHow, ...]:
        """How somebody can make sure of it. Nobody makes a test call, or sends a test text, to an emergency number."""
        if self.kind == ResourceKind.EMERGENCY:
            return (CheckedHow.READ,)
        ways = ((CheckedHow.CALLED, self.call), (CheckedHow.TEXTED, self.text_to), (CheckedHow.READ, "always"))
        return tuple(how for how, there in ways if there)


class CrisisCheck(models.Model):
    """Somebody made sure that a row works: who, how, on which local day. Valid for twelve months (H17)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(CrisisResource, on_delete=models.PROTECT, related_name="checks")
    how = models.CharField(max_length=10, choices=CheckedHow)
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True)
    checked_on = models.DateField()


class Withdrawal(models.Model):
    """A published row is no longer given to anybody, and nothing takes its place. The row itself never changes."""

    resource = models.OneToOneField(CrisisResource, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
