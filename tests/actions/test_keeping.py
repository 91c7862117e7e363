"""What leaves the building says nothing (H19), and what was signed stays as it is while a draft may go (H21, H27)."""

import pytest
from django.apps import apps
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from agreements.actions import calendar, mail
from agreements.models import Agreement, Document, Draft, Signature, StepTaken, Term, Version
from agreements.rules.steps import Step
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TELLING = ("maya", "lee", "elm street", "555", "therap", "client", "suicid", "crisis", "text", "counsel", "practice")


def test_h19_nothing_that_leaves_names_anybody_or_anything_clinical(quick_seal: None) -> None:
    document = builders.a_sealed_document()
    assert {"Maya R.", "Dr J. Lee"} == {party.name for party in document.agreement.parties.all()}
    facts = {"to": "away@home.test", "message_id": "reminder-1@between-sessions", "language": "en", "day": NOW.date()}
    mail.send(mail.Message(name="review_due", occurrence=2, **facts))
    mail.send(mail.Message(name="own_date", stop="a-word", **facts))
    entry = calendar.look_event(document.agreement, now=NOW).decode()
    said_by_mail = [
        said
        for message in outbox.outbox
        for said in (message.subject, message.body, message.alternatives[0].content.replace("text/html", ""))
    ]
    assert len(said_by_mail) == 6
    for said in (*said_by_mail, entry):
        assert [word for word in TELLING if word in said.lower()] == []


def test_h19_nothing_goes_by_post_for_no_address_is_kept() -> None:
    kept = {field.name for model in apps.get_app_config("agreements").get_models() for field in model._meta.fields}
    assert "contact" in kept
    assert [name for name in kept if any(word in name for word in ("street", "postal", "postcode", "zip"))] == []
    assert [name for name in kept if "address" in name] == []


@pytest.mark.parametrize(("model", "column"), [(Version, "digest"), (Signature, "digest"), (Document, "sha256")])
def test_h21_a_signed_text_never_changes(model: type, column: str, quick_seal: None) -> None:
    builders.a_sealed_document()
    before = list(model.objects.order_by("pk").values())
    ways = [
        lambda: model.objects.update(**{column: "0" * 64}),
        lambda: sql(f"UPDATE {model._meta.db_table} SET {column} = '{'0' * 64}'"),
    ]
    for way in ways:
        with pytest.raises(IntegrityError), transaction.atomic():
            way()
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", [Version, Signature, Document], ids=lambda model: model.__name__)
def test_h27_what_is_signed_is_never_deleted_and_a_draft_may_be(model: type, quick_seal: None) -> None:
    builders.a_sealed_document()
    row = model.objects.first()
    ways = [
        row.delete,
        lambda: model.objects.all()._raw_delete("default"),
        lambda: sql(f"DELETE FROM {model._meta.db_table}"),
        Agreement.objects.get().delete,
        Draft.objects.get().delete,
    ]
    for way in ways:
        with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
            way()
    assert model.objects.filter(pk=row.pk).exists()
    draft = builders.a_draft(until=Step.READ, client=builders.a_client(name="Noor B.", called="Noor"))
    draft.delete()
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert [each.__name__ for each in (Term, StepTaken) if each.objects.filter(draft=draft.pk).exists()] == []


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
