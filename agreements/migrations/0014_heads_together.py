"""The mark of the practice's log says what those of the other logs say together."""

from functools import reduce
from operator import xor

from django.db import migrations

from agreements.rules.digest import sha256


def say(apps, schema_editor):
    heads, practices = (apps.get_model("agreements", name).objects for name in ("LogHead", "Practice"))
    for head in heads.filter(chain__in=practices.values("pk")):
        others = (int(sha256(mark), 16) for mark in heads.exclude(pk=head.pk).values_list("mark", flat=True))
        head.mark = {**head.mark, "others": f"{reduce(xor, others, 0):064x}"}
        head.save(update_fields=["mark"])


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0013_heads"),
    ]

    operations = [
        migrations.RunPython(say, migrations.RunPython.noop),
    ]
