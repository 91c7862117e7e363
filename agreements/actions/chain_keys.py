"""Every id in its one spelling. SQLite keeps ids as text: a row whose id is another's in capitals or with hyphens is
one more row to it, and the same to all that reads it: it would pass for the one of which the log speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model, UUIDField

AS_KEPT = "typeof({0}) = 'text' AND length({0}) = 32 AND {0} NOT GLOB '*[^0-9a-f]*'"


def spelled_otherwise() -> Iterator[str]:
    """The tables with an id that is not spelled as ids are kept; none where the database has a type for ids."""
    if connection.features.has_native_uuid_field:
        return
    for model in apps.get_app_config("agreements").get_models(include_auto_created=True):
        if ids := [field for field in model._meta.local_concrete_fields if _is_id(field)]:
            with connection.cursor() as cursor:
                cursor.execute(_first_otherwise(model, ids))
                if cursor.fetchone():
                    yield model._meta.db_table


def _is_id(field: Any) -> bool:
    while field.is_relation:
        field = field.target_field
    return isinstance(field, UUIDField)


def _first_otherwise(model: type[Model], ids: list[Field[Any, Any]]) -> str:
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in ids]
    wrong = [f"({name} IS NOT NULL AND NOT ({AS_KEPT.format(name)}))" for name in names]
    return f"SELECT 1 FROM {quote(model._meta.db_table)} WHERE {' OR '.join(wrong)} LIMIT 1"  # noqa: S608
