"""Who works with the product: the practice, its staff, its clients. The parties of an agreement are in party.py."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models

from agreements.models.fields import EncryptedJSONField, EncryptedTextField
from agreements.rules.vocabulary import CallDays, CallHours, Channel, Contact, Paper, Voice


class User(AbstractUser):
    """Somebody who signs in: a therapist, a template editor, an administrator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField(context="user.name", default="", help_text="As it stands on the agreement.")
    called = EncryptedTextField(context="user.called", default="", help_text="As the two say it in the room.")
    text_number = EncryptedTextField(context="user.text_number", default="")
    sees_clients = models.BooleanField(
        default=True, help_text="Works with clients. Off for somebody who only keeps the library."
    )


class Practice(models.Model):
    """The one practice of this installation. `zone` is an IANA name; call hours are local to it (H3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=140)
    phone = models.CharField(max_length=40)
    call_hours = models.CharField(max_length=10, choices=CallHours)
    call_days = models.CharField(max_length=10, choices=CallDays, blank=True)
    call_from = models.TimeField(null=True, blank=True)
    call_until = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    paper = models.CharField(max_length=10, choices=Paper)
    language = models.CharField(max_length=12, default="en")
    demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_hours_are_complete",
                condition=~models.Q(call_hours=CallHours.THESE)
                | models.Q(call_from__isnull=False, call_until__isnull=False) & ~models.Q(call_days=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class KeyCheck(models.Model):
    """A known value under the installation's key: proof that the key files belong to this database."""

    value = EncryptedTextField(context="keycheck.value")


class Client(models.Model):
    """A person in therapy: only what an agreement needs. Never registered in the admin.

    `country` and `area` say where the client is, for crisis resources (H18), `travels_to` where else they are at
    times ("CA", "GB.ENG"); `voice` is their own answer (H16); `contact` is how they may be reached first (H19);
    `comes_of_age`, for a young person, is that day in ISO form, else None.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="clients")
    name = EncryptedTextField(context="client.name")
    called = EncryptedTextField(context="client.called")
    zone = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    area = models.CharField(max_length=10, blank=True)
    travels_to = models.JSONField(default=list)
    voice = models.CharField(max_length=10, choices=Voice)
    contact = models.CharField(max_length=10, choices=Contact)
    registered = models.BooleanField(default=False)
    contact_person = EncryptedTextField(context="client.contact_person", default="")
    comes_of_age = EncryptedTextField(context="client.comes_of_age", null=True)
    language = models.CharField(max_length=12, default="en")
    paper = models.CharField(max_length=10, choices=Paper)
    created_at = models.DateTimeField()

    @property
    def of_age_on(self) -> date | None:
        """The day a young person comes of age, where it was written down."""
        return date.fromisoformat(self.comes_of_age) if self.comes_of_age else None


class UsualAnswer(models.Model):
    """A therapist's usual position on one clause of a family, set once. The limit is never kept here."""

    therapist = models.ForeignKey(User, on_delete=models.CASCADE, related_name="usual_answers")
    family = models.ForeignKey("agreements.Family", on_delete=models.PROTECT)
    clause_key = models.CharField(max_length=40)
    value = EncryptedJSONField(context="usual.value")
    reason = EncryptedTextField(context="usual.reason", default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["therapist", "family", "clause_key"], name="one_usual_answer_a_clause"),
            models.CheckConstraint(name="no_usual_limit", condition=~models.Q(clause_key="limit")),
        ]


class UsualChannel(models.Model):
    """Where this therapist usually reads messages."""

    therapist = models.OneToOneField(User, on_delete=models.CASCADE, related_name="usual_channel")
    channel = models.CharField(max_length=12, choices=Channel)
