"""Which entry of a log binds which kept row: one line a kind. What a row says goes into its entry as a digest.

A digest names the columns it covers, so that a table may get another column later and older entries still hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from agreements.models import (
    Absence,
    Agreement,
    AwayPlan,
    AwaySheet,
    AwayTold,
    CalledOff,
    CopyRecord,
    CrisisCheck,
    CrisisResource,
    Document,
    EndedSooner,
    Ending,
    EndingPage,
    LargePrint,
    Look,
    Looked,
    Party,
    Raised,
    Recall,
    RecallAnswer,
    Retirement,
    SeenInk,
    Signature,
    Tightening,
    Version,
    Withdrawal,
)
from agreements.models.fields import EncryptedBytesField
from agreements.rules.digest import sha256
from agreements.rules.signing import ADDED, role_of

ROW, ROWS = "row", "rows"
READ_IN = "crisis resources read in"  # one entry that binds many rows


@dataclass(frozen=True)
class Bound:
    """The row that came of an entry: of `model`, found by its column `by`, which is the entry's subject.

    `way` leads from the row to its agreement; "" is the practice's log. `more` are rows of its own that belong to it,
    as "name.column". `every`: each row of this model came of such an entry, so that one without an entry is a fault;
    `among` narrows which. A row that may change says what its newest entry says, of this kind or one of `until`; `says`
    is what the kind itself means.
    """

    model: type[Model]
    way: str = ""
    by: str = "id"
    more: tuple[str, ...] = ()
    every: bool = True
    among: dict[str, Any] = field(default_factory=dict)
    until: tuple[str, ...] = ()
    says: dict[str, Any] = field(default_factory=dict)


_PERSON: dict[str, Any] = {
    "among": {"role__in": ADDED},  # the client and the therapist of older logs have no entry
    "until": ("takes part", "renamed", "takes part no longer"),
}
BOUND: dict[str, Bound] = {
    "agreement started": Bound(Agreement, "id", by="drafts", every=False),
    "takes part": Bound(Party, "agreement", **_PERSON, says={"gone": False}),
    "renamed": Bound(Party, "agreement", every=False, **_PERSON),
    "takes part no longer": Bound(Party, "agreement", every=False, **_PERSON, says={"gone": True}),
    "frozen": Bound(Version, "agreement", more=("carried.resource_id",)),
    "looked at both texts": Bound(Looked, "draft__agreement", every=False),
    "signed": Bound(Signature, "version__agreement"),
    "ink seen": Bound(SeenInk, "signature__version__agreement"),
    "sealed": Bound(Document, "agreement"),
    "large print sealed": Bound(LargePrint, "document__agreement"),
    "copy given": Bound(CopyRecord, "document__agreement"),
    "texting stopped": Bound(Ending, "agreement"),
    "texting stopped sooner": Bound(EndedSooner, "ending__agreement"),
    "ending page filled": Bound(EndingPage, "ending__agreement"),
    "tightening announced": Bound(Tightening, "agreement"),
    "time away announced": Bound(Absence),
    "time away called off": Bound(CalledOff),
    "time away told": Bound(AwayTold, "agreement"),
    "time away gone through": Bound(AwayPlan, "agreement"),
    "away sheet printed": Bound(AwaySheet, "agreement"),
    "texting raised": Bound(Raised, "agreement"),
    "looked at again": Bound(Look, "draft__agreement"),
    "recall answered": Bound(RecallAnswer, "agreement"),
    "crisis resource published": Bound(CrisisResource, every=False),
    "crisis resource checked": Bound(CrisisCheck),
    "crisis resource withdrawn": Bound(Withdrawal, by="resource_id"),
    "recall": Bound(Recall),
    "edition retired": Bound(Retirement, by="edition_id"),
}
ALSO_CALLED = {"timestamp": "timestamp_status"}  # in entries


def of(kind: str, subject: UUID) -> dict[str, Any]:
    """What an entry of this kind keeps of the row with this id: {"row": its digest and its columns}, or nothing.

    The row is read as it is stored, for that is what will be compared. Raises DoesNotExist.
    """
    bound = BOUND.get(kind)
    if bound is None:
        return {}
    row = stored(bound.model._default_manager.all(), bound, subject)
    names = [*columns(bound.model), *bound.more]
    return {ROW: {"of": names, "sha256": fingerprint(row, names)}}


def of_resources(rows: Iterable[CrisisResource]) -> dict[str, Any]:
    """What the entry of a reading in keeps of the crisis resources it binds: {"rows": their columns, digests by id}."""
    names = columns(CrisisResource)
    return {ROWS: {"of": names, "sha256": {str(row.pk): fingerprint(row, names) for row in rows}}}


def stored(rows: QuerySet[Model], bound: Bound, subject: UUID) -> Model:
    """The one of these rows that came of the entry with this subject, without a file's bytes. Raises DoesNotExist."""
    return rows.defer(*_files(bound.model)).get(**{bound.by: subject})


def columns(model: type[Model]) -> list[str]:
    """The columns of a table but for a file's bytes, whose SHA-256 stands beside them."""
    return sorted({field.attname for field in model._meta.local_concrete_fields} - set(_files(model)))


def fingerprint(row: Model, names: list[str]) -> str:
    """The SHA-256 of what a row says in these columns. Raises FieldKeyUnavailable."""
    return sha256({name: _value(row, name) for name in names})


def differs(row: Model, details: dict[str, Any]) -> bool:
    """Whether the row is not what its entry says: by digest, and in each thing that the entry names as it does.

    Raises FieldKeyUnavailable.
    """
    there = set(columns(type(row)))
    named = {ALSO_CALLED.get(name, name): value for name, value in details.items()}
    if "role" in named:  # an entry names the person, "guardian-2"
        named["role"] = role_of(named["role"]).value
    if any(_value(row, name) != named[name] for name in there & set(named)):
        return True
    kept = details.get(ROW)
    return kept is not None and (
        not {name.split(".")[0] for name in kept["of"]} <= {*there, *_related(row)}
        or fingerprint(row, kept["of"]) != kept["sha256"]
    )


def _related(row: Model) -> list[str]:
    return [str(relation.get_accessor_name()) for relation in row._meta.related_objects]


def _files(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields if isinstance(field, EncryptedBytesField)]


def _value(row: Model, name: str) -> Any:
    own, _dot, column = name.partition(".")
    if column:
        return sorted(str(value) for value in getattr(row, own).values_list(column, flat=True))
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
