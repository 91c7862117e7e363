"""Editions say how people hear of them; a number that no longer holds is found on every paper that carries it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agreements.models.fields
from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def fill(apps, schema_editor):
    """What older papers print: the practice's number, and the keywords that shipped confirmed."""
    for version in apps.get_model("agreements", "Version").objects.iterator():
        version.phone = version.snapshot["practice"]["phone"]
        version.save(update_fields=["phone"])
    rows = apps.get_model("agreements", "CrisisResource").objects
    rows.exclude(text_keyword="").exclude(published_at=None).update(keyword_confirmed=True)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_kept_rows"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AddField(
            model_name="client",
            name="travels_to",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="crisisresource",
            name="keyword_confirmed",
            field=models.BooleanField(
                default=False,
                help_text="Two sources name this word, or somebody texted it and got an answer. Only then is it printed.",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="hearing",
            field=models.CharField(
                choices=[
                    ("review", "At their next review"),
                    ("talk", "We talk about it before a date"),
                    ("new", "In new agreements only"),
                ],
                default="review",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="published_by",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="talk_before",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="family",
            name="about",
            field=models.CharField(blank=True, help_text="For whom it is, in a few words.", max_length=140),
        ),
        migrations.AddField(
            model_name="user",
            name="sees_clients",
            field=models.BooleanField(
                default=True, help_text="Works with clients. Off for somebody who only keeps the library."
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="phone",
            field=models.CharField(blank=True, db_index=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="crisisresource",
            name="kind",
            field=models.CharField(
                choices=[
                    ("emergency", "Emergency number"),
                    ("suicide", "Suicide line"),
                    ("general", "Crisis line"),
                    ("youth", "Line for young people"),
                    ("local", "Local line: an extra, never instead"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Looked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=4)),
                ("sentence", agreements.models.fields.EncryptedTextField(context="looked.sentence")),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looked", to="agreements.draft"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="agreements.crisisresource",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="RecallAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("handed", "New card handed over"),
                            ("told", "Told"),
                            ("unreached", "Could not reach"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall_answers",
                        to="agreements.agreement",
                    ),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="agreements.recall"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="agreements.crisisresource",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="recall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone", ""), ("resource__isnull", False)),
                    models.Q(("resource__isnull", True), models.Q(("phone", ""), _negated=True)),
                    _connector="OR",
                ),
                name="recall_of_a_row_or_a_phone",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(keep, lift),
    ]
