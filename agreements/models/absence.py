"""The therapist's time away, and what holds then for each agreement it falls into."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedTextField
from agreements.rules.away_words import AwayTask, AwayTexting, Cover, Hold, Knows, Post


class Absence(models.Model):
    """The practice's local days, both inclusive, on which the therapist is away (H23), and who covers.

    `sudden`: it began before anybody could be told. New days are a new row that `replaces` this one; its tasks move to
    the new row and keep their id. `at` is when it was entered (UTC).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    sudden = models.BooleanField(default=False)
    cover = models.CharField(max_length=10, choices=Cover, default=Cover.LINES)
    cover_name = EncryptedTextField(context="absence.cover_name", null=True)
    cover_phone = EncryptedTextField(context="absence.cover_phone", null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]


class CalledOff(models.Model):
    """The therapist is not away after all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField(Absence, on_delete=models.PROTECT, related_name="called_off")
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class OfAnAgreement(models.Model):
    """A dated row about one absence and one agreement; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="%(class)ss")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at"]


class AwayTold(OfAnAgreement):
    """The client was told of the time away on this local day."""

    on = models.DateField()


class AwayPlan(OfAnAgreement):
    """What the two went through before the time away.

    `texting` and `hold` say what holds this time, `as_agreed` whether that is what their agreement says. `post` is how
    a card comes, `mailer` who mails it: they see a name, so the client was asked. `instead` is what helps meanwhile, in
    the two's own words. Session days are local.
    """

    texting = models.CharField(max_length=10, choices=AwayTexting)
    hold = models.CharField(max_length=10, choices=Hold)
    as_agreed = models.BooleanField()
    post = models.CharField(max_length=10, choices=Post, blank=True)
    mailer = EncryptedTextField(context="away_plan.mailer", default="")
    instead = EncryptedTextField(context="away_plan.instead", default="")
    knows = models.CharField(max_length=10, choices=Knows, blank=True)
    before_on = models.DateField(null=True)
    after_on = models.DateField(null=True)


class AwaySheet(OfAnAgreement):
    """The away sheet was printed, as the therapist said: never inferred from a download."""


class AbsenceTask(models.Model):
    """Something to do around a time away on a local day. It moves with the absence; `sequence` rises when it does.

    What is no longer wanted is called off and keeps its id, so that calendars hear of it. `not_done_at`: its day went
    by without it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="tasks")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="away_tasks")
    kind = models.CharField(max_length=10, choices=AwayTask)
    due_on = models.DateField(db_index=True)
    done_at = models.DateTimeField(null=True)
    not_done_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "kind"]
        constraints = [models.UniqueConstraint(fields=["absence", "agreement", "kind"], name="one_away_task_a_kind")]
