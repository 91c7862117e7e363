"""Each log has a mark of its head; logs that are there get theirs as they stand."""

from django.db import migrations, models

import agreements.models.fields
from agreements.models import triggers


def mark(apps, schema_editor):
    heads, events = (apps.get_model("agreements", name) for name in ("LogHead", "AuditEvent"))
    for chain, sequence in events.objects.values_list("chain").annotate(last=models.Max("sequence")).order_by("chain"):
        digest = events.objects.values_list("digest", flat=True).get(chain=chain, sequence=sequence)
        heads.objects.create(chain=chain, mark={"chain": str(chain), "sequence": sequence, "digest": digest})


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0012_how_it_was"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("chain", models.UUIDField(primary_key=True, serialize=False)),
                ("mark", agreements.models.fields.EncryptedJSONField(context="log_head.mark")),
            ],
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RunPython(keep, lift),
    ]
