"""Many agreements at once, as the database holds them: sealing each for real would take days.

The rows are copies of one agreement's, made by the database itself.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Model

from agreements.models import Agreement, Client, Document, Draft, Review, User, Version
from tests import review_rows
from tests.review_rows import MADE

COUNTED = "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {number}) SELECT n FROM s)"
WITHOUT = "(SELECT {columns} FROM {table} o WHERE NOT EXISTS (SELECT 1 FROM {its} i WHERE i.{by} = o.id))"


def agreements_with_a_look(number: int, *, on: date, therapist: User, clients: bool = False) -> None:
    """So many kept agreements whose look is due on a day; all of one client, or each of a client of its own."""
    like = review_rows.a_sealed_version(review_rows.an_agreement(therapist), review_on=on)
    review = Review.objects.create(version=like, due_on=on, created_at=MADE)
    agreement, draft, document = like.agreement, like.draft, Document.objects.get(version=like)
    if clients:
        facts = {each.attname: getattr(agreement.client, each.attname) for each in Client._meta.fields}
        del facts["id"]
        theirs = [Client(**{**facts, "name": f"Client {each}", "called": f"C{each}"}) for each in range(number - 1)]
        Client.objects.bulk_create(theirs)
        _copy(agreement, _without(Client, Agreement, "client_id"), client_id="s.id")
    else:
        _copy(agreement, COUNTED.format(number=number - 1))
    _copy(draft, _without(Agreement, Draft, "agreement_id"), agreement_id="s.id")
    owner = {"agreement_id": "s.agreement_id"}
    _copy(like, _without(Draft, Version, "draft_id", "agreement_id"), draft_id="s.id", digest=_word(), **owner)
    _copy(
        document, _without(Version, Document, "version_id", "agreement_id"), version_id="s.id", sha256=_word(), **owner
    )
    _copy(review, _without(Version, Review, "version_id"), version_id="s.id")


def _without(model: type[Model], its: type[Model], by: str, *also: str) -> str:
    """Rows of `model` that have none of `its` yet."""
    columns = ", ".join(["o.id", *(f"o.{column}" for column in also)])
    return WITHOUT.format(columns=columns, table=model._meta.db_table, its=its._meta.db_table, by=by)


def _copy(like: Model, source: str, **changed: str) -> None:
    """A row like this one for each row of the source, with an id of its own and these columns as given."""
    table, key = like._meta.db_table, like._meta.get_field("id")
    given = {
        "id": "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))",
        **changed,
    }
    columns = [field.column for field in like._meta.local_concrete_fields]
    values = ", ".join(given.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, {source} s WHERE t.id = %s"
        cursor.execute(statement, [key.get_db_prep_value(like.pk, connection)])


def _word() -> str:
    if connection.vendor == "postgresql":
        return "md5(random()::text) || md5(random()::text)"
    return "lower(hex(randomblob(32)))"
