"""Who an agreement is between."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedTextField
from agreements.rules.vocabulary import Role


class Party(models.Model):
    """A person who takes part in an agreement and signs for themself (H15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=Role)
    name = EncryptedTextField(context="party.name")
    called = EncryptedTextField(context="party.called")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "role"],
                condition=models.Q(role__in=[Role.CLIENT, Role.THERAPIST]),
                name="one_client_and_one_therapist",
            )
        ]
