"""The clause library: families, their numbered editions, clauses and options. A published edition never changes."""

from __future__ import annotations

import uuid

from django.db import models

from agreements.rules.vocabulary import AskedOn, ClauseKind, ClauseMode, Hearing


class Family(models.Model):
    """A line of editions, such as "Texting, adult outpatient". Keys keep their meaning within a family.

    Once an edition of it is published it never changes (triggers): papers and pages name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=140)
    about = models.CharField(max_length=140, blank=True, help_text="For whom it is, in a few words.")

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One numbered edition: a draft until `published_at`, immutable afterwards (triggers).

    `hearing` says how those with an older edition hear of it; `talk_before` is a local day, set for "talk" only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    read_by = models.CharField(max_length=140, help_text="A clinician's name and date, or: nobody yet.")
    update_rule = models.CharField(max_length=240)
    funding = models.CharField(max_length=240)
    hearing = models.CharField(max_length=10, choices=Hearing, default=Hearing.REVIEW, editable=False)
    talk_before = models.DateField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey("agreements.User", on_delete=models.PROTECT, null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "number"], name="one_edition_a_number")]
        ordering = ["family", "number"]

    def __str__(self) -> str:
        return f"{self.family} {self.number}"


class Retirement(models.Model):
    """A published edition is no longer offered for new agreements. Its own row: the edition never changes."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="retirement")
    at = models.DateTimeField()
    by = models.ForeignKey("agreements.User", on_delete=models.PROTECT)


class Clause(models.Model):
    """One clause of an edition. At most one clause a topic; free clauses carry none.

    `suggested` is a proposal the two may take in one tap (JSON of an Answer), never for the five required answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    topic = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=ClauseKind)
    mode = models.CharField(max_length=10, choices=ClauseMode)
    asked = models.CharField(max_length=10, choices=AskedOn)
    suggested = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_clause_a_key"),
            models.UniqueConstraint(
                fields=["edition", "topic"], condition=~models.Q(topic=""), name="one_clause_a_topic"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ClauseText(models.Model):
    """A clause's words in one language: limited Markdown with [[placeholders]], never a template."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    heading = models.CharField(max_length=140)
    question = models.CharField(max_length=240, blank=True)
    hint = models.TextField(blank=True)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "language"], name="one_clause_text_a_language")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.language}"


class Option(models.Model):
    """One choice of a clause; `meaning` is what a topic's parser in rules/topics.py reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    meaning = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["clause", "key"], name="one_option_a_key")]

    def __str__(self) -> str:
        return self.key


class OptionText(models.Model):
    """An option's words in one language: the button, its consequence line, and what the paper says."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    label = models.CharField(max_length=140)
    consequence = models.CharField(max_length=240, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "language"], name="one_option_text_a_language")]

    def __str__(self) -> str:
        return self.label
