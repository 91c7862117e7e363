"""A round may hold a review: what each says of the terms, what is asked openly, and that the two looked."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agreements.models.fields
from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0009_time_away"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AddField(
            model_name="draft",
            name="review",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="agreements.review"
            ),
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("next_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="look", to="agreements.draft"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="agreements.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpenlyAsked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("texting", agreements.models.fields.EncryptedTextField(context="openly_asked.texting", default="")),
                ("hurt", agreements.models.fields.EncryptedTextField(context="openly_asked.hurt", default="")),
                (
                    "hurt_words",
                    agreements.models.fields.EncryptedTextField(context="openly_asked.hurt_words", default=""),
                ),
                ("missing", agreements.models.fields.EncryptedTextField(context="openly_asked.missing", default="")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openly_asked", to="agreements.draft"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openly_asked", to="agreements.party"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "party"), name="one_set_of_answers_a_party")],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("says", agreements.models.fields.EncryptedTextField(context="verdict.says")),
                ("filled", models.BooleanField(default=False)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="agreements.party"
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="agreements.term"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("term", "party"), name="one_verdict_a_party")],
            },
        ),
        migrations.RunPython(keep, lift),
    ]
