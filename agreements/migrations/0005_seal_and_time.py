"""A document says whether a time authority stamped its seal; a version names its log's head and is found by its digest."""

from django.db import migrations, models

from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_the_room"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AddField(
            model_name="document",
            name="stamped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="timestamp_status",
            field=models.CharField(
                choices=[
                    ("none", "no trusted time is set up"),
                    ("stamped", "trusted time"),
                    ("unavailable", "no trusted time could be had"),
                ],
                default="none",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="log_entries",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="version",
            name="log_head",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["digest"], name="version_by_digest"),
        ),
        migrations.RunPython(keep, lift),
    ]
