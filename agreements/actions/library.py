"""Verbs of the clause library: read an edition in, publish it, retire it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from agreements.actions import audit
from agreements.actions.refusals import NotNow
from agreements.models import (
    Clause,
    ClauseText,
    Edition,
    Family,
    Option,
    OptionText,
    Practice,
    Retirement,
    User,
)


@transaction.atomic
def read_in(*, data: dict[str, Any], by: User | None, now: datetime) -> Edition:
    """A draft edition from the file form of fixtures/library/; the edition it already is when it was read before."""
    family, _ = Family.objects.get_or_create(key=data["family"]["key"], defaults={"name": data["family"]["name"]})
    facts = data["edition"]
    if known := Edition.objects.filter(family=family, number=facts["number"]).first():
        return known
    edition = Edition.objects.create(
        family=family,
        number=facts["number"],
        read_by=facts["read_by"],
        update_rule=facts["update_rule"],
        funding=facts["funding"],
    )
    for row in data["clauses"]:
        _read_clause(edition, row)
    audit.record(chain=Practice.objects.get(), kind="edition read in", by=by, now=now, subject=edition.pk)
    return edition


def _read_clause(edition: Edition, row: dict[str, Any]) -> None:
    facts = {field: row[field] for field in ("order", "key", "topic", "kind", "mode", "asked")}
    clause = Clause.objects.create(edition=edition, suggested=row.get("suggested"), **facts)
    ClauseText.objects.bulk_create(
        ClauseText(
            clause=clause,
            language=language,
            heading=text["heading"],
            question=text.get("question", ""),
            hint=text.get("hint", ""),
            words=text["words"],
        )
        for language, text in row["texts"].items()
    )
    for entry in row.get("options", []):
        option = Option.objects.create(
            clause=clause, order=entry["order"], key=entry["key"], meaning=entry.get("meaning", {})
        )
        OptionText.objects.bulk_create(
            OptionText(
                option=option,
                language=language,
                label=text["label"],
                consequence=text.get("consequence", ""),
                words=text.get("words", ""),
            )
            for language, text in entry["texts"].items()
        )


@transaction.atomic
def publish(*, edition: Edition, by: User | None, now: datetime) -> Edition:
    """From now on the edition never changes. Publishing a published edition does nothing."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.published_at is not None:
        return edition
    if not edition.clauses.exists():
        raise NotNow("This edition has no clauses yet.")
    edition.published_at = now
    edition.save(update_fields=["published_at"])
    audit.record(chain=Practice.objects.get(), kind="edition published", by=by, now=now, subject=edition.pk)
    return edition


@transaction.atomic
def retire(*, edition: Edition, by: User, now: datetime) -> Retirement:
    """No new agreement starts from this edition; agreements made with it keep it."""
    if edition.published_at is None:
        raise NotNow("Only a published edition can be retired.")
    retirement, made = Retirement.objects.get_or_create(edition=edition, defaults={"at": now, "by": by})
    if made:
        audit.record(chain=Practice.objects.get(), kind="edition retired", by=by, now=now, subject=edition.pk)
    return retirement
