"""One round of negotiation: its terms, what each party wants, what the two decided, and how far they came."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedJSONField, EncryptedTextField
from agreements.rules.vocabulary import Channel, Outcome, Role, TermState


class Draft(models.Model):
    """One round. `rev` rises with every change of what would be printed; a signature counts for one `rev` only.

    `outcome` is what the two are heading for; `together` means that they go through the client's questions aloud, one
    by one; `set_aside_at` marks a round that was laid down for good. `review` is what a round of an agreement in force
    holds: its terms begin as they were signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="drafts")
    edition = models.ForeignKey("agreements.Edition", on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    review = models.ForeignKey("agreements.Review", on_delete=models.PROTECT, null=True, related_name="rounds")
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.TEXTING)
    channel = models.CharField(max_length=12, choices=Channel, blank=True)
    text_number = EncryptedTextField(context="draft.text_number", default="")
    together = models.BooleanField(default=False)
    rev = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_draft_a_number")]


class StepTaken(models.Model):
    """The two finished a page of the journey (rules/steps.py). The next visit opens at the first one missing."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps_taken")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "step"], name="one_row_a_step")]


class Term(models.Model):
    """What the two decided on one clause. Open terms carry an interim answer and the day they are looked at again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="terms")
    clause = models.ForeignKey("agreements.Clause", on_delete=models.PROTECT, related_name="terms")
    state = models.CharField(max_length=10, choices=TermState, default=TermState.UNDECIDED)
    value = EncryptedJSONField(context="term.value", null=True)
    interim = EncryptedJSONField(context="term.interim", null=True)
    interim_of = models.CharField(max_length=12, choices=Role, blank=True)
    why = EncryptedTextField(context="term.why", default="")
    why_of = models.CharField(max_length=12, choices=Role, blank=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "clause"], name="one_term_a_clause")]


class Position(models.Model):
    """What one party wants for one term, and, if they say so, why. Changed only in its owner's turn.

    The client's rows for their turn are there from the start, empty with `rev` 0. `form_key` is the last save's.
    `compared`: the two have seen each other’s answers, or the round is over; from then on a change is logged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="positions")
    party = models.ForeignKey("agreements.Party", on_delete=models.PROTECT, related_name="positions")
    value = EncryptedJSONField(context="position.value")
    reason = EncryptedTextField(context="position.reason", default="")
    rev = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(null=True, unique=True)
    compared = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "party"], name="one_position_a_party")]


class Looked(models.Model):
    """The two looked at a sentence of theirs beside the crisis box and keep it: the rule asks no more (H7).

    It counts for that very sentence; another one is asked about again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="looked")
    rule = models.CharField(max_length=4)
    sentence = EncryptedTextField(context="looked.sentence")
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
