"""On SQLite no row takes the place of a kept one: the triggers are made anew."""

from django.db import migrations

from agreements.models import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0010_review")]

    operations = [migrations.RunPython(create, create)]
