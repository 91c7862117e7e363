"""A trigger that is gone, switched off or made otherwise is named, on the engine in use."""

from __future__ import annotations

import pytest
from django.db import connection

from agreements import checks
from agreements.models import AuditEvent, triggers
from tests.models.rows import sql

pytestmark = pytest.mark.django_db


def test_a_trigger_that_is_gone_or_says_something_else_is_named() -> None:
    assert triggers.missing(connection) == []
    table = AuditEvent._meta.db_table
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    for event in ("delete", "update"):
        sql(f"DROP TRIGGER {table}_keep_{event}{on}")
    if connection.vendor == "sqlite":
        sql(f"CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table} WHEN 1 = 0 BEGIN SELECT 1; END")
    [found] = checks.triggers_are_there(None, databases=["default"])
    assert found.msg == f"Triggers are missing or were changed: {table}_keep_delete, {table}_keep_update."
    assert checks.triggers_are_there(None, databases=None) == []


KEPT = "agreements_auditevent_keep_delete"
MADE_OTHERWISE = {
    "on another table": "BEFORE DELETE ON agreements_draft FOR EACH ROW EXECUTE FUNCTION {kept}()",
    "in another schema": "BEFORE DELETE ON elsewhere.agreements_auditevent FOR EACH ROW EXECUTE FUNCTION {kept}()",
    "for another event": "BEFORE INSERT ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION {kept}()",
    "afterwards": "AFTER DELETE ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION {kept}()",
    "once a statement": "BEFORE DELETE ON agreements_auditevent FOR EACH STATEMENT EXECUTE FUNCTION {kept}()",
    "under a condition": "BEFORE DELETE ON agreements_auditevent FOR EACH ROW WHEN (false) EXECUTE FUNCTION {kept}()",
    "with an argument": "BEFORE DELETE ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION {kept}('x')",
    "with a function of another name": "BEFORE DELETE ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION other()",
    "with a function of another schema": (
        "BEFORE DELETE ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION elsewhere.{kept}()"
    ),
}  # fmt: skip
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps a trigger's whole text")


@ON_POSTGRESQL
@pytest.mark.parametrize("how", MADE_OTHERWISE)
def test_a_trigger_of_the_right_name_made_otherwise_is_named(how: str) -> None:
    says_no = f"() RETURNS trigger LANGUAGE plpgsql AS $${source(KEPT)}$$"
    sql("CREATE SCHEMA elsewhere")
    sql("CREATE TABLE elsewhere.agreements_auditevent (LIKE agreements_auditevent)")
    for name in ("other", f"elsewhere.{KEPT}"):
        sql(f"CREATE FUNCTION {name}{says_no}")
    sql(f"DROP TRIGGER {KEPT} ON agreements_auditevent")
    sql(f"CREATE TRIGGER {KEPT} {MADE_OTHERWISE[how].format(kept=KEPT)}")
    assert triggers.missing(connection) == [KEPT]


@ON_POSTGRESQL
def test_a_trigger_for_some_columns_only_is_named() -> None:
    kept = "agreements_auditevent_keep_update"
    sql(f"DROP TRIGGER {kept} ON agreements_auditevent")
    sql(f"CREATE TRIGGER {kept} BEFORE UPDATE OF at ON agreements_auditevent FOR EACH ROW EXECUTE FUNCTION {kept}()")
    assert triggers.missing(connection) == [kept]


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "change",
    [
        f"CREATE OR REPLACE FUNCTION {KEPT}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        f"ALTER FUNCTION {KEPT}() SET search_path = elsewhere",
        f"ALTER TABLE agreements_auditevent DISABLE TRIGGER {KEPT}",
        f"ALTER TABLE agreements_auditevent ENABLE REPLICA TRIGGER {KEPT}",
    ],
)
def test_a_trigger_that_was_switched_off_or_does_something_else_is_named(change: str) -> None:
    sql(change)
    assert triggers.missing(connection) == [KEPT]


@ON_POSTGRESQL
def test_a_namesake_on_another_table_hides_no_trigger_that_is_there() -> None:
    sql(f"CREATE TRIGGER {KEPT} BEFORE DELETE ON agreements_draft FOR EACH ROW EXECUTE FUNCTION {KEPT}()")
    assert triggers.missing(connection) == []


def source(function: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [function])
        return str(cursor.fetchone()[0])
