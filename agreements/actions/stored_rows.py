"""Every row of this installation as plain values, and back into another database, on either engine.

Encrypted columns are copied as they are stored, unopened. Sessions stay behind. Permissions and content types are
named instead of copied, because each database numbers them anew.
"""

from __future__ import annotations

import base64
from collections.abc import Container, Iterator
from datetime import date, datetime, time
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.db.models import ExpressionWrapper, F, Field, ForeignKey, Model, TextField

from agreements.models import Edition
from agreements.models.fields import EncryptedField

LEFT_OUT = ("sessions.session", "contenttypes.contenttype", "auth.permission")
NAMED = (ContentType, Permission)
BATCH = 100
Row = dict[str, Any]


class UnknownName(Exception):
    """A row points to a permission or content type that is not here."""


def tables() -> dict[str, type[Model]]:
    """Label → model, in the order of taking in. Editions last: without their row their clauses are not yet kept."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return {model._meta.label_lower: model for model in sorted(found, key=lambda model: model is Edition)}


def columns() -> dict[str, set[str]]:
    """What a row of each table consists of."""
    return {label: {field.attname for field in model._meta.local_concrete_fields} for label, model in tables().items()}


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {label: model._base_manager.count() for label, model in tables().items()}


def anything() -> bool:
    """Whether any table, as far as there are tables, has a row."""
    present = set(connection.introspection.table_names())
    return any(model._meta.db_table in present and model._base_manager.exists() for model in tables().values())


def every_row(*, of: Container[str] | None = None) -> Iterator[tuple[str, Row]]:
    """(label, row) for all rows, table by table; `of` these labels only, where it is given."""
    for label, model in tables().items():
        if of is not None and label not in of:
            continue
        to_name = [field for field in model._meta.local_concrete_fields if _is_named(field)]
        named = _names() if to_name else {}
        for row in _stored(model):
            for field in to_name:
                row[field.attname] = named.get((field.related_model, row[field.attname]))
            yield label, row


def plain(value: object) -> str:
    """What JSON does not know, as text that `take_in` reads back without loss."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no plain form for a {type(value).__name__}")


def take_in(rows: Iterator[tuple[str, Row]]) -> None:
    """Insert what `every_row` gave, in its order; call it in a transaction. Raises UnknownName or DatabaseError."""
    models, filled = tables(), []
    for label, of_one_table in groupby(rows, key=lambda pair: pair[0]):
        fields = models[label]._meta.local_concrete_fields
        names = _names() if any(map(_is_named, fields)) else {}
        named = {(model, *name): pk for (model, pk), name in names.items()}
        filled.append(models[label])
        values = ([_column(field, row[field.attname], named) for field in fields] for _label, row in of_one_table)
        with connection.cursor() as cursor:
            while batch := list(islice(values, BATCH)):
                cursor.executemany(_insert(models[label]), batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)


def _stored(model: type[Model]) -> Iterator[Row]:
    """The rows by column. An encrypted column is read as the text that it is."""
    fields = model._meta.local_concrete_fields
    clear = [field.attname for field in fields if not isinstance(field, EncryptedField)]
    locked = [field.attname for field in fields if isinstance(field, EncryptedField)]
    stored = {f"stored_{name}": ExpressionWrapper(F(name), output_field=TextField()) for name in locked}
    for row in model._base_manager.order_by("pk").values(*clear, **stored).iterator(chunk_size=BATCH):
        yield {name.removeprefix("stored_"): value for name, value in row.items()}


def _insert(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in model._meta.local_concrete_fields]
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"


def _column(field: Field[Any, Any], value: Any, named: dict[Any, Any]) -> Any:
    """The value as the database driver takes it."""
    if isinstance(field, EncryptedField):
        return value
    if value is not None and _is_named(field):
        try:
            value = named[field.related_model, *value]
        except KeyError:
            raise UnknownName(".".join(value)) from None
    return field.get_db_prep_save(field.to_python(value), connection)


def _names() -> dict[tuple[Any, Any], list[str]]:
    rows: list[ContentType | Permission] = [*ContentType._base_manager.all()]
    rows += Permission._base_manager.select_related("content_type")
    return {(type(row), row.pk): list(row.natural_key()) for row in rows}


def _is_named(field: Field[Any, Any]) -> bool:
    return isinstance(field, ForeignKey) and field.related_model in NAMED
