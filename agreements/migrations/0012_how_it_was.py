"""Who stopped is told by key; a task may be called off or not done; how a time away was is asked in the review."""

from django.db import migrations, models

import agreements.models.fields
from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0011_insert_or_replace"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AlterField(model_name="ending", name="by_role", field=models.CharField(max_length=12)),
        migrations.AlterField(model_name="endedsooner", name="by_role", field=models.CharField(max_length=12)),
        migrations.AddField(model_name="absencetask", name="called_off_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="absencetask", name="not_done_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="openlyasked",
            name="away_words",
            field=agreements.models.fields.EncryptedTextField(context="openly_asked.away_words", null=True),
        ),
        migrations.RunPython(keep, lift),
    ]
