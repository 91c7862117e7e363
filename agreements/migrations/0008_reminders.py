"""Reminders of anything that falls due, to therapists and to clients who asked; a calendar address; the last pass."""

import uuid
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agreements.models.fields
from agreements.rules import dates


def about_reviews(apps, schema_editor):
    """The reminders there are concern reviews, in the practice's zone."""
    practice = apps.get_model("agreements", "Practice").objects.first()
    zone = practice.zone if practice else "UTC"
    for row in apps.get_model("agreements", "Reminder").objects.select_related("review"):
        row.kind, row.subject, row.sequence, row.zone = "review", row.review_id, row.review.sequence, zone
        row.due_at = dates.falls_due(row.due_on, ZoneInfo(zone))
        row.save(update_fields=["kind", "subject", "sequence", "zone", "due_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0007_signers"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("token", agreements.models.fields.EncryptedTextField(context="calendar_feed.token")),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("therapist",),
                        name="one_calendar_feed_a_therapist",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("token", agreements.models.fields.EncryptedTextField(context="wish.token")),
                ("email", agreements.models.fields.EncryptedTextField(context="wish.email")),
                ("asked_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="agreements.agreement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at", None)),
                        fields=("agreement",),
                        name="one_wish_for_reminders_at_a_time",
                    )
                ],
            },
        ),
        migrations.AddField("reminder", "kind", models.CharField(max_length=20, default="review")),
        migrations.AddField("reminder", "subject", models.UUIDField(null=True)),
        migrations.AddField("reminder", "sequence", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "reminder", "via", models.CharField(choices=[("email", "Email")], default="email", max_length=10)
        ),
        migrations.AddField(
            "reminder",
            "wish",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="agreements.wish"
            ),
        ),
        migrations.AddField("reminder", "zone", models.CharField(default="UTC", max_length=60)),
        migrations.AddField("reminder", "due_at", models.DateTimeField(null=True)),
        migrations.RunPython(about_reviews, migrations.RunPython.noop),
        migrations.RemoveConstraint("reminder", "one_reminder_an_occurrence_and_recipient"),
        migrations.RemoveIndex("reminder", "agreements__state_286046_idx"),
        migrations.RemoveField("reminder", "review"),
        migrations.AlterField("reminder", "due_at", models.DateTimeField()),
        migrations.AlterField("reminder", "kind", models.CharField(max_length=20)),
        migrations.AlterField("reminder", "subject", models.UUIDField()),
        migrations.AlterField("reminder", "zone", models.CharField(max_length=60)),
        migrations.AlterField(
            "reminder",
            "recipient",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("reminder", models.Index(fields=["state", "due_at", "id"], name="reminders_by_their_turn")),
        *(
            migrations.AddConstraint(
                "reminder",
                models.UniqueConstraint(
                    condition=models.Q((f"{to}__isnull", False)),
                    fields=("subject", "kind", "sequence", "occurrence", "via", to),
                    name=f"one_reminder_an_occurrence_and_{to}",
                ),
            )
            for to in ("recipient", "wish")
        ),
        migrations.AddConstraint(
            "reminder",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recipient", None), ("wish__isnull", False)),
                    models.Q(("recipient__isnull", False), ("wish", None)),
                    _connector="OR",
                ),
                name="a_reminder_goes_to_one_person",
            ),
        ),
    ]
