"""What was frozen, signed and sealed. Append-only, but for the attempt to seal."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField
from agreements.rules.steps import SIGNERS
from agreements.rules.vocabulary import CopyGiven, Known, Outcome, Role, SignatureKind, TrustedTime


def the_two() -> list[str]:
    """Who must sign where nobody else was added."""
    return [role.value for role in SIGNERS]


class Version(models.Model):
    """Exactly what the paper shows, frozen when the two go to sign. It counts while `draft_rev == draft.rev`.

    `digest` is the SHA-256 of the canonical JSON of `snapshot`; `replaces` the predecessor's digest; `phone` the
    practice's number as printed, so that who carries it can be found. `log_entries` and `log_head` say where the
    agreement's log stood: the paper prints it. `signers` are the keys of those who must sign, as they were then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="versions")
    draft = models.ForeignKey("agreements.Draft", on_delete=models.PROTECT, related_name="versions")
    draft_rev = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    snapshot = EncryptedJSONField(context="version.snapshot")
    digest = models.CharField(max_length=64)
    replaces = models.CharField(max_length=64, blank=True)
    review_on = models.DateField(null=True)
    phone = models.CharField(max_length=40, blank=True, db_index=True)
    frozen_at = models.DateTimeField()
    log_entries = models.PositiveIntegerField(default=0)
    log_head = models.CharField(max_length=64, blank=True)
    signers = models.JSONField(default=the_two)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="version_by_digest")]
        ordering = ["frozen_at"]
        get_latest_by = "frozen_at"


class CarriedResource(models.Model):
    """A version's paper carries this crisis row: answers who must hear when a number changes."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="carried")
    resource = models.ForeignKey("agreements.CrisisResource", on_delete=models.PROTECT, related_name="carried_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "resource"], name="one_row_a_resource")]


class Signature(models.Model):
    """One person's own mark under one version (H15). `at` is UTC; `zone` the practice's, as printed.

    `digest` is what stood on the screen they signed, `name` theirs as the paper has it. `intent` and `agreed` are the
    sentences beside the button: what they mean by it, and that they sign on a screen ("" by hand). `known` is how the
    therapist, who recorded it, knows them. Rows from before these facts were kept have none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey("agreements.Party", on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=12, choices=Role)
    kind = models.CharField(max_length=10, choices=SignatureKind)
    strokes = EncryptedJSONField(context="signature.strokes", null=True)
    typed = EncryptedTextField(context="signature.typed", default="")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    name = EncryptedTextField(context="signature.name", null=True)
    intent = models.TextField(default="")
    agreed = models.TextField(default="")
    known = models.CharField(max_length=12, choices=Known, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="one_signature_a_party")]


class SeenInk(models.Model):
    """Somebody saw a person sign the printed paper by hand: their name, and when it was written down (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="seen_ink")
    witness = EncryptedTextField(context="seen_ink.witness")
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SealedFile(models.Model):
    """A sealed PDF, once and for all: stored encrypted, never rendered again. `sha256` is of the clear bytes.

    `sealed_at` is this machine's clock; `stamped_at` the time authority's word, where there is one.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    tools = models.JSONField()
    sealed_at = models.DateTimeField()
    timestamp_status = models.CharField(max_length=12, choices=TrustedTime, default=TrustedTime.NONE)
    stamped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Document(SealedFile):
    """The paper of a version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="document")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    content = EncryptedBytesField(context="document.content")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_document_a_number")]


class LargePrint(SealedFile):
    """The same words and signatures in large letters, sealed as well: it proves itself to whoever needs it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="large_print")
    content = EncryptedBytesField(context="large_print.content")


class SealAttempt(models.Model):
    """Somebody is sealing this version until `leased_until`; `reason` says why the last try did not end well."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="attempt")
    leased_until = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True)


class CopyRecord(models.Model):
    """What the client took home, as the two said: a recorded choice, never inferred from a download."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=10, choices=CopyGiven)
    at = models.DateTimeField()
