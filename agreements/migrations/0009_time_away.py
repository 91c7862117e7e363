"""Time away with what holds then for each agreement; an ending that lies ahead, its page, and a term that gets stricter."""

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
        ("agreements", "0008_reminders"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.AddField(
            model_name="absence",
            name="at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="absence",
            name="cover",
            field=models.CharField(
                choices=[("person", "A colleague"), ("lines", "The crisis lines alone")], default="lines", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="cover_name",
            field=agreements.models.fields.EncryptedTextField(context="absence.cover_name", null=True),
        ),
        migrations.AddField(
            model_name="absence",
            name="cover_phone",
            field=agreements.models.fields.EncryptedTextField(context="absence.cover_phone", null=True),
        ),
        migrations.AddField(
            model_name="absence",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="agreements.absence",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="sudden",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="ending",
            name="how",
            field=models.CharField(
                blank=True, choices=[("said", "Said it"), ("texted", "Texted it")], default="", max_length=10
            ),
        ),
        migrations.CreateModel(
            name="AwayPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "texting",
                    models.CharField(
                        choices=[
                            ("none", "No texts"),
                            ("one", "One text half-way, on a set day"),
                            ("slower", "Texts go on, with slower answers"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        choices=[
                            ("card", "A handwritten card"),
                            ("keepsake", "Something of ours, handed over before"),
                            ("none", "Nothing this time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("as_agreed", models.BooleanField()),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        choices=[("mailed", "By post"), ("sealed", "Handed over before, closed")],
                        max_length=10,
                    ),
                ),
                ("mailer", agreements.models.fields.EncryptedTextField(context="away_plan.mailer", default="")),
                ("instead", agreements.models.fields.EncryptedTextField(context="away_plan.instead", default="")),
                (
                    "knows",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing", "Nothing"),
                            ("name", "My name, and that I may call"),
                            ("steps", "My name and what helps me"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before_on", models.DateField(null=True)),
                ("after_on", models.DateField(null=True)),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="agreements.absence"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AwaySheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="agreements.absence"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AwayTold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="agreements.absence"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalledOff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "absence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="called_off", to="agreements.absence"
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
        migrations.CreateModel(
            name="EndedSooner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "by_role",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("partner", "Partner"),
                            ("guardian", "Guardian"),
                            ("covering", "Covering therapist"),
                            ("therapist", "Therapist"),
                            ("interpreter", "Interpreter"),
                            ("helper", "Helper"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "how",
                    models.CharField(blank=True, choices=[("said", "Said it"), ("texted", "Texted it")], max_length=10),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "Safety"),
                            ("illness", "Illness"),
                            ("closing", "The practice closes"),
                            ("cannot", "I cannot go on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "ending",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sooner", to="agreements.ending"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EndingPage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("instead", agreements.models.fields.EncryptedTextField(context="ending_page.instead")),
                ("taper", agreements.models.fields.EncryptedTextField(context="ending_page.taper", default="")),
                ("last_text_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="agreements.ending"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Tightening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("clause_key", models.CharField(max_length=40)),
                ("from_on", models.DateField()),
                ("without_notice", models.BooleanField(default=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "Safety"),
                            ("illness", "Illness"),
                            ("closing", "The practice closes"),
                            ("cannot", "I cannot go on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tightenings",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("write", "Write the card"),
                            ("give", "Give it to the one who mails it"),
                            ("hand", "Hand it over"),
                            ("mail", "The card goes into the post, to the address called safe"),
                            ("text", "Send the one text"),
                            ("reread", "Look at it together: how was it?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(db_index=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="agreements.absence"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="away_tasks",
                        to="agreements.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("absence", "agreement", "kind"), name="one_away_task_a_kind")
                ],
            },
        ),
        migrations.RunPython(keep, lift),
    ]
