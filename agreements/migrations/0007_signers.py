"""More people than the two: who takes part and who must sign, the facts under a signature, ink that somebody saw."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agreements.models.fields
import agreements.models.version
from agreements.models import triggers


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


def keep(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_document_kinds"),
    ]

    operations = [
        migrations.RunPython(lift, keep),
        migrations.CreateModel(
            name="SeenInk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("witness", agreements.models.fields.EncryptedTextField(context="seen_ink.witness")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="client",
            name="comes_of_age",
            field=agreements.models.fields.EncryptedTextField(context="client.comes_of_age", null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="gone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="party",
            name="known",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "Known in person"),
                    ("document", "Showed a document with a photo"),
                    ("introduced", "Introduced by the client, in the room"),
                    ("signed_in", "Signed in to this program"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="party",
            name="signs",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="signature",
            name="agreed",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="signature",
            name="intent",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="signature",
            name="known",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "Known in person"),
                    ("document", "Showed a document with a photo"),
                    ("introduced", "Introduced by the client, in the room"),
                    ("signed_in", "Signed in to this program"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="name",
            field=agreements.models.fields.EncryptedTextField(context="signature.name", null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="signers",
            field=models.JSONField(default=agreements.models.version.the_two),
        ),
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
                    ("guardian", "Page for guardians"),
                    ("none", "No copy for now"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="by_role",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="party",
            name="role",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="raised",
            name="by_role",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="signature",
            name="role",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="term",
            name="interim_of",
            field=models.CharField(
                blank=True,
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
        migrations.AlterField(
            model_name="term",
            name="why_of",
            field=models.CharField(
                blank=True,
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
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("agreement", "role", "number"), name="one_number_a_role"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ["interpreter", "helper"]), _negated=True), ("signs", False), _connector="OR"
                ),
                name="helpers_sign_nothing",
            ),
        ),
        migrations.AddField(
            model_name="seenink",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seenink",
            name="signature",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="seen_ink", to="agreements.signature"
            ),
        ),
        migrations.RunPython(keep, lift),
    ]
