"""What the two say when they look at their agreement again, and that they looked. Reviews themselves: review.py."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.models.fields import EncryptedTextField


class Verdict(models.Model):
    """What one of them says of one term since it was signed (vocabulary.Works).

    Everybody else's page is made without it until all have said. `filled`: it came of "All others are working".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey("agreements.Term", on_delete=models.CASCADE, related_name="verdicts")
    party = models.ForeignKey("agreements.Party", on_delete=models.PROTECT, related_name="verdicts")
    says = EncryptedTextField(context="verdict.says")
    filled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "party"], name="one_verdict_a_party")]


class OpenlyAsked(models.Model):
    """What one of them answered to what is asked openly each time they look again.

    `texting` is from the therapist whether they can do it without strain (vocabulary.Load), from all others too much,
    too little or right (vocabulary.Enough). `hurt`: whether a text or a silence hurt or puzzled them, and words.
    `away_words`: how a time away was that is over since they last looked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey("agreements.Draft", on_delete=models.CASCADE, related_name="openly_asked")
    party = models.ForeignKey("agreements.Party", on_delete=models.PROTECT, related_name="openly_asked")
    texting = EncryptedTextField(context="openly_asked.texting", default="")
    hurt = EncryptedTextField(context="openly_asked.hurt", default="")
    hurt_words = EncryptedTextField(context="openly_asked.hurt_words", default="")
    missing = EncryptedTextField(context="openly_asked.missing", default="")
    away_words = EncryptedTextField(context="openly_asked.away_words", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "party"], name="one_set_of_answers_a_party")]


class Look(models.Model):
    """The two looked at a version again on the local day `held_on` and kept it as it is; next time on `next_on`.

    No new version and no new PDF came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("agreements.Review", on_delete=models.PROTECT, related_name="looks")
    draft = models.OneToOneField("agreements.Draft", on_delete=models.PROTECT, related_name="look")
    held_on = models.DateField()
    next_on = models.DateField()
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
