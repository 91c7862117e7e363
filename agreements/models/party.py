"""Who an agreement is between."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedTextField
from agreements.rules.signing import key_of, number_of, role_of
from agreements.rules.vocabulary import Known, Role


def whose(key: str) -> dict[str, str | int]:
    """Conditions for rows that belong to the person with this key. Raises ValueError."""
    return {"party__role": role_of(key).value, "party__number": number_of(key)}


class Party(models.Model):
    """A person who takes part in an agreement. Whoever `signs` signs for themself (H15); others are named on the paper.

    `number` counts within a role and is never given twice; `known` is how the therapist knows them; who takes part no
    longer is `gone` and stays for what they signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=Role)
    name = EncryptedTextField(context="party.name")
    called = EncryptedTextField(context="party.called")
    number = models.PositiveSmallIntegerField(default=1)
    signs = models.BooleanField(default=True)
    known = models.CharField(max_length=12, choices=Known, blank=True)
    gone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "role"],
                condition=models.Q(role__in=[Role.CLIENT, Role.THERAPIST]),
                name="one_client_and_one_therapist",
            ),
            models.UniqueConstraint(fields=["agreement", "role", "number"], name="one_number_a_role"),
            models.CheckConstraint(
                name="helpers_sign_nothing",
                condition=~models.Q(role__in=[Role.INTERPRETER, Role.HELPER]) | models.Q(signs=False),
            ),
        ]

    @property
    def key(self) -> str:
        """How the person is told apart within the agreement; no name."""
        return key_of(self.role, self.number)
