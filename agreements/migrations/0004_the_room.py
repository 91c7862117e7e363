"""A round may be gone through together; and either of the two may want to look at their texting again."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agreements.models import triggers


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_library_and_recall"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="together",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Raised",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "by_role",
                    models.CharField(choices=[("client", "Client"), ("therapist", "Therapist")], max_length=12),
                ),
                (
                    "amount",
                    models.CharField(
                        choices=[("much", "Too much"), ("little", "Too little"), ("other", "Something else")],
                        max_length=10,
                    ),
                ),
                ("clause_key", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="raised", to="agreements.agreement"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
