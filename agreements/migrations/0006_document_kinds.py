"""The large print of a document is sealed and kept as well; a copy that is given may be it, or the cards."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import agreements.models.fields
from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_seal_and_time"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AlterField(
            model_name="copyrecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("printed", "Printed"),
                    ("saved", "Saved"),
                    ("large", "Large print"),
                    ("cards", "Cards"),
                    ("photo", "Photographed"),
                    ("none", "No copy for now"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="LargePrint",
            fields=[
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveIntegerField()),
                ("tools", models.JSONField()),
                ("sealed_at", models.DateTimeField()),
                (
                    "timestamp_status",
                    models.CharField(
                        choices=[
                            ("none", "no trusted time is set up"),
                            ("stamped", "trusted time"),
                            ("unavailable", "no trusted time could be had"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("stamped_at", models.DateTimeField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("content", agreements.models.fields.EncryptedBytesField(context="large_print.content")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="large_print",
                        to="agreements.document",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(keep, lift),
    ]
