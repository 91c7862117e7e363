"""Published, sealed and audit rows stay as they are, whoever asks: the ORM or plain SQL, on the engine in use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from agreements.models import (
    AuditEvent,
    Clause,
    ClauseText,
    CrisisResource,
    Document,
    Edition,
    Family,
    Option,
    OptionText,
    SealAttempt,
    Version,
    triggers,
)
from agreements.models.fields import EncryptedField
from tests import review_rows
from tests.models import rows
from tests.models.rows import sql
from tests.review_rows import MADE

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> dict[type[models.Model], models.Model]:
    return rows.one_of_each()


def refused(event: str, attempt: Callable[[], object]) -> None:
    """The database itself says no to `attempt`, in our words."""
    with pytest.raises(IntegrityError, match=rf"a kept row cannot be changed \({event}\)"), transaction.atomic():
        attempt()


def clear_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_fields if not isinstance(field, EncryptedField)]


def another(value: Any, field: models.Field) -> Any:
    """A value of the field's own type that differs from `value`."""
    if isinstance(field, models.ForeignKey):
        return another(value, field.target_field)
    if isinstance(field, models.JSONField):
        return {"another": "value"}
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.DateTimeField):
        return (value or MADE) + timedelta(days=1)
    if isinstance(field, models.DateField):
        return (value or MADE.date()) + timedelta(days=1)
    if isinstance(field, models.BooleanField):
        return not value
    return (value or 0) + 7 if isinstance(field, models.IntegerField) else "~"


def in_sql(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def test_every_table_that_promises_it_has_its_triggers() -> None:
    look = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(look)
        found = {name for (name,) in cursor.fetchall()}
    expected = {
        f"{model._meta.db_table}_keep_{event}" for model in rows.NEVER_REWRITTEN for event in ("update", "delete")
    }
    no_new = rows.PARTS if connection.vendor == "postgresql" else rows.NEVER_REWRITTEN
    assert found == expected | {f"{model._meta.db_table}_keep_insert" for model in no_new}


def test_only_these_tables_of_a_version_may_change_at_all() -> None:
    around = {"Version", "CarriedResource", "Signature", "Document", "LargePrint", "SealAttempt", "CopyRecord"}
    kept_names = {*triggers.ALWAYS, *triggers.ONCE_PUBLISHED}
    assert around - kept_names == {SealAttempt.__name__}
    assert kept_names == {model.__name__ for model in rows.NEVER_REWRITTEN}


@pytest.mark.parametrize("model", rows.NEVER_REWRITTEN, ids=lambda model: model.__name__)
def test_no_clear_column_of_a_kept_row_changes(model: type[models.Model], kept: dict) -> None:
    row = kept[model]
    for field in clear_fields(model):
        new = another(getattr(row, field.attname), field)
        statement = f"UPDATE {model._meta.db_table} SET {connection.ops.quote_name(field.column)} = %s"
        refused("update", lambda s=statement, f=field, n=new: sql(s, in_sql(f, n)))
        if not field.primary_key:
            changed = model.objects.filter(pk=row.pk)
            refused("update", lambda c=changed, f=field, n=new: c.update(**{f.attname: n}))
        if field.null and getattr(row, field.attname) is not None:
            refused("update", lambda f=field: sql(f"UPDATE {model._meta.db_table} SET {f.column} = NULL"))


@pytest.mark.parametrize("model", rows.NEVER_REWRITTEN, ids=lambda model: model.__name__)
def test_a_kept_row_is_never_deleted(model: type[models.Model], kept: dict) -> None:
    table = model._meta.db_table
    refused(
        "delete",
        lambda: sql(f"DELETE FROM {table} WHERE {model._meta.pk.column} = %s", in_sql(model._meta.pk, kept[model].pk)),
    )
    refused("delete", lambda: model.objects.filter(pk=kept[model].pk)._raw_delete("default"))
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        kept[model].delete()
    assert model.objects.filter(pk=kept[model].pk).count() == 1


@pytest.mark.parametrize("model", rows.NEVER_REWRITTEN, ids=lambda model: model.__name__)
def test_ciphertext_may_be_locked_again_with_a_new_key(model: type[models.Model], kept: dict) -> None:
    row = model.objects.filter(pk=kept[model].pk)
    for field in (field for field in model._meta.local_fields if isinstance(field, EncryptedField)):
        clear, before = getattr(kept[model], field.attname), stored(kept[model], field)
        assert row.update(**{field.attname: clear}) == 1
        assert stored(kept[model], field) != before or clear is None
        assert getattr(row.get(), field.attname) == clear


ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE is SQLite's own")


@ON_SQLITE
@pytest.mark.parametrize("model", rows.NEVER_REWRITTEN, ids=lambda model: model.__name__)
def test_no_row_takes_the_place_of_a_kept_one(model: type[models.Model], kept: dict) -> None:
    table = model._meta.db_table
    names = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_fields)
    key = kept[model]._meta.pk
    before = stored(kept[model], model._meta.local_fields[-1])
    refused("insert", lambda: sql(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"))
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key and getattr(kept[model], field.attname) is not None:
            new = in_sql(key, another(kept[model].pk, key))
            others = names.replace(connection.ops.quote_name(key.column), "%s", 1)
            statement = f"INSERT OR REPLACE INTO {table} ({names}) SELECT {others} FROM {table}"
            refused("insert", lambda s=statement, n=new: sql(s, n))
    assert (model.objects.filter(pk=kept[model].pk).count(), stored(kept[model], model._meta.local_fields[-1])) == (
        1,
        before,
    )


@ON_SQLITE
def test_no_draft_takes_the_place_of_what_is_published() -> None:
    review_rows.a_practice()
    published, draft = rows.an_edition(number=1, published=True), rows.an_edition(number=2, published=False)
    change = "UPDATE OR REPLACE agreements_edition SET {} = %s WHERE id = %s"
    refused("update", lambda: sql(change.format("id"), published.pk.hex, draft.pk.hex))
    refused("update", lambda: sql(change.format("number"), published.number, draft.pk.hex))
    sql(change.format("number"), 3, draft.pk.hex)
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 3]


def stored(row: models.Model, field: models.Field) -> str:
    key = row._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {connection.ops.quote_name(field.column)} FROM {row._meta.db_table} WHERE {key.column} = %s",
            [in_sql(key, row.pk)],
        )
        return cursor.fetchone()[0]


def test_locking_again_cannot_hide_a_change_of_a_clear_column(kept: dict) -> None:
    refused("update", lambda: Version.objects.update(snapshot={}, number=9))


@pytest.mark.parametrize("model", rows.PARTS, ids=lambda model: model.__name__)
def test_a_published_edition_takes_no_new_part(model: type[models.Model]) -> None:
    review_rows.a_practice()
    part = rows.parts_of(rows.an_edition(published=True))[model]
    part.pk = uuid4() if isinstance(part.pk, UUID) else None
    for name in ("key", "language"):
        if hasattr(part, name):
            setattr(part, name, "new")
    part._state.adding = True
    refused("insert", part.save)


def test_h17_a_family_changes_until_an_edition_of_it_is_published() -> None:
    review_rows.a_practice()
    edition = rows.an_edition(published=False)
    assert Family.objects.update(name="Other", about="For us.", key="other") == 1
    Edition.objects.update(published_at=MADE)
    for change in ({"name": "Call us"}, {"about": "Always there."}, {"key": "new"}):
        refused("update", lambda change=change: Family.objects.filter(pk=edition.family_id).update(**change))
    refused("delete", lambda: sql("DELETE FROM agreements_family"))


@pytest.mark.parametrize("model", rows.PARTS, ids=lambda model: model.__name__)
def test_a_part_of_a_draft_cannot_be_moved_into_a_published_edition(model: type[models.Model]) -> None:
    review_rows.a_practice()
    published = rows.parts_of(rows.an_edition(number=1, published=True))
    draft = rows.parts_of(rows.an_edition(number=2, published=False))
    owner = {Clause: "edition_id", ClauseText: "clause_id", Option: "clause_id", OptionText: "option_id"}[model]
    new = getattr(published[model], owner)
    others = {"key": "moved"} if hasattr(draft[model], "key") else {"language": "xx"}
    refused("update", lambda: model.objects.filter(pk=draft[model].pk).update(**{owner: new}, **others))


def test_a_draft_edition_is_written_changed_and_thrown_away() -> None:
    review_rows.a_practice()
    edition = rows.an_edition(published=False)
    parts = rows.parts_of(edition)
    assert Edition.objects.update(read_by="Dr Q., 2026") == 1
    assert Clause.objects.update(key="other") == 1
    assert ClauseText.objects.update(heading="Other") == 1
    assert Option.objects.update(meaning={"b": 2}) == 1
    assert OptionText.objects.update(label="No") == 1
    Option.objects.create(clause=parts[Clause], order=2, key="no")
    parts[OptionText].delete()
    edition.delete()
    assert [model.objects.count() for model in (Edition, *rows.PARTS)] == [0, 0, 0, 0, 0]


def test_a_draft_crisis_row_is_changed_until_it_is_published() -> None:
    row = CrisisResource.objects.create(**rows.LINE)
    CrisisResource.objects.update(call="989")
    CrisisResource.objects.update(published_at=MADE)
    refused("update", lambda: CrisisResource.objects.update(call="990"))
    refused("update", lambda: CrisisResource.objects.update(published_at=None))
    row.refresh_from_db()
    assert row.call == "989"


def test_the_attempt_to_seal_is_the_row_that_changes(kept: dict) -> None:
    attempt = SealAttempt.objects.create(version=kept[Version], leased_until=MADE)
    SealAttempt.objects.update(reason="The disk is full.", attempts=2)
    attempt.delete()
    assert SealAttempt.objects.count() == 0


def test_triggers_are_made_anew_and_only_once(kept: dict) -> None:
    triggers.create(connection)
    refused("delete", lambda: sql("DELETE FROM agreements_auditevent"))
    triggers.drop(connection)
    assert AuditEvent.objects.all()._raw_delete("default") > 0
    triggers.create(connection)
    refused("update", lambda: Document.objects.update(size=1))
