"""Database triggers that keep published, sealed and audit rows as they are, on both engines.

DELETE is refused, and so is any UPDATE of a clear column; ciphertext may be rewritten, so that keys can be rotated
(the digest binds the content). On SQLite a row that would take the place of a kept one is refused as well: INSERT OR
REPLACE deletes without a word to any trigger. A migration that alters one of these tables ends with `create`, since
SQLite rebuilds tables without their triggers.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import UniqueConstraint

from agreements.models.fields import EncryptedField

ALWAYS = (
    "Absence", "AuditEvent", "AwayPlan", "AwaySheet", "AwayTold", "CalledOff", "CarriedResource", "CopyRecord",
    "CrisisCheck", "Document", "EndedSooner", "Ending", "EndingPage", "LargePrint", "LogHead", "Look", "Looked",
    "Raised", "Recall", "RecallAnswer", "Retirement", "SeenInk", "Signature", "Tightening", "Version", "Withdrawal",
)  # fmt: skip
ONCE_PUBLISHED = {
    "Family": (
        "EXISTS (SELECT 1 FROM agreements_edition e WHERE e.family_id = {row}.id AND e.published_at IS NOT NULL)"
    ),
    "Edition": "{row}.published_at IS NOT NULL",
    "CrisisResource": "{row}.published_at IS NOT NULL",
    "Clause": (
        "EXISTS (SELECT 1 FROM agreements_edition e WHERE e.id = {row}.edition_id AND e.published_at IS NOT NULL)"
    ),
    "ClauseText": (
        "EXISTS (SELECT 1 FROM agreements_clause c JOIN agreements_edition e ON e.id = c.edition_id"
        " WHERE c.id = {row}.clause_id AND e.published_at IS NOT NULL)"
    ),
    "Option": (
        "EXISTS (SELECT 1 FROM agreements_clause c JOIN agreements_edition e ON e.id = c.edition_id"
        " WHERE c.id = {row}.clause_id AND e.published_at IS NOT NULL)"
    ),
    "OptionText": (
        "EXISTS (SELECT 1 FROM agreements_option o JOIN agreements_clause c ON c.id = o.clause_id"
        " JOIN agreements_edition e ON e.id = c.edition_id"
        " WHERE o.id = {row}.option_id AND e.published_at IS NOT NULL)"
    ),
}
PARTS_OF_AN_EDITION = ("Clause", "ClauseText", "Option", "OptionText")


def create(connection: Any) -> None:
    """Make every trigger anew on `connection`, for the tables there are: a later migration brings its own."""
    drop(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def drop(connection: Any) -> None:
    """Remove every trigger; for test flushes on SQLite and for migrations that rebuild a table."""
    with connection.cursor() as cursor:
        for name in _kept(connection):
            table = _table(name)
            for event in ("update", "delete", "insert"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{event}{on}")


def missing(connection: Any) -> list[str]:
    """The triggers that are not there, or not as `create` makes them, by name."""
    there = _there(connection)
    return sorted(name for name, text in _expected(connection).items() if text not in there)


def _expected(connection: Any) -> dict[str, tuple[str, ...]]:
    """Trigger → what the database keeps of it: its whole text, and on PostgreSQL what its function does."""
    made = _statements(connection)
    if connection.vendor == "postgresql":
        pairs = zip(made[1::2], made[::2], strict=True)
        return {text.split()[2]: (text, function.split("$$")[1]) for text, function in pairs}
    return {each.split()[2]: (each,) for each in made}


def _there(connection: Any) -> set[tuple[str, ...]]:
    """PostgreSQL writes a trigger out as `create` does, its table and function without a schema where both are those
    that our statements reach."""
    look = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        look = (
            "SELECT pg_get_triggerdef(t.oid, true), p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " JOIN pg_language l ON l.oid = p.prolang"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
            " AND l.lanname = 'plpgsql' AND p.proconfig IS NULL"
        )
    with connection.cursor() as cursor:
        cursor.execute(look)
        return set(cursor.fetchall())


def _kept(connection: Any) -> list[str]:
    """The models of kept rows whose tables are there."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return [name for name in (*ALWAYS, *ONCE_PUBLISHED) if _table(name) in tables]


def _table(name: str) -> str:
    return apps.get_app_config("agreements").get_model(name)._meta.db_table


def _clear_columns(connection: Any, name: str) -> list[str]:
    model = apps.get_app_config("agreements").get_model(name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} WHERE 1 = 0")
        columns = {column[0] for column in cursor.description}
    encrypted = {field.column for field in model._meta.local_fields if isinstance(field, EncryptedField)}
    return sorted(columns - encrypted)


def _statements(connection: Any) -> list[str]:
    made = []
    for name in _kept(connection):
        table, frozen = _table(name), ONCE_PUBLISHED.get(name, "1 = 1")
        changed = " OR ".join(_differs(connection, column) for column in _clear_columns(connection, name))
        when = {"update": f"({changed}) AND {frozen.format(row='OLD')}", "delete": frozen.format(row="OLD")}
        if name in PARTS_OF_AN_EDITION:
            joins = frozen.format(row="NEW")
            when["insert"] = joins
            when["update"] = f"({changed}) AND ({frozen.format(row='OLD')} OR {joins})"
        if connection.vendor == "sqlite":
            when["insert"] = " OR ".join(
                [*filter(None, [when.get("insert")]), _takes_a_place(connection, name, frozen)]
            )
            if name in ONCE_PUBLISHED:  # there UPDATE OR REPLACE of a draft would do the same
                when["update"] += " OR " + _takes_a_place(connection, name, frozen, "o.rowid <> OLD.rowid")
        for event, condition in when.items():
            made += _trigger(connection.vendor, table, event, condition)
    return made


def _takes_a_place(connection: Any, name: str, frozen: str, other: str = "1 = 1") -> str:
    """Whether a kept row has the key of the new one, or anything else that only one row may have."""
    model = apps.get_app_config("agreements").get_model(name)
    constraints = [
        each for each in model._meta.constraints if isinstance(each, UniqueConstraint) and not each.condition
    ]
    ones = [[field.column] for field in model._meta.local_fields if field.unique]
    ones += [[model._meta.get_field(field).column for field in each.fields] for each in constraints if each.fields]
    there = set(_clear_columns(connection, name))
    same = [" AND ".join(f"o.{each} = NEW.{each}" for each in columns) for columns in ones if there.issuperset(columns)]
    alike = " OR ".join(f"({each})" for each in same)
    return f"EXISTS (SELECT 1 FROM {_table(name)} o WHERE ({alike}) AND {other} AND {frozen.format(row='o')})"


def _differs(connection: Any, column: str) -> str:
    quoted = connection.ops.quote_name(column)
    operator = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return f"OLD.{quoted} {operator} NEW.{quoted}"


def _trigger(vendor: str, table: str, event: str, condition: str) -> list[str]:
    name, refusal = f"{table}_keep_{event}", f"{table}: a kept row cannot be changed ({event})"
    if vendor != "postgresql":
        return [
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        ]
    row = "OLD" if event == "delete" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {row}; END $$"
    )
    return [function, f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"]
