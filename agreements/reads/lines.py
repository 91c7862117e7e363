"""The crisis lines a therapist's clients need, with their last check. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agreements.models import Client, CrisisResource, Practice, User
from agreements.reads import resources
from agreements.rules.safety import Check, expires_on


@dataclass(frozen=True)
class Line:
    """One row, its newest check, and whether that check still holds on the day asked."""

    row: CrisisResource
    check: Check | None
    expires: date | None
    holds: bool


def for_therapist(therapist: User, practice: Practice, today: date) -> list[Line]:
    """Rows for the practice's country and for every place where a client of this therapist is."""
    places = set(Client.objects.filter(therapist=therapist).values_list("country", "area"))
    countries = {practice.country, *(country for country, _area in places)}
    rows = [
        row
        for row in CrisisResource.objects.filter(
            country__in=countries, published_at__isnull=False, successor=None
        ).order_by("country", "area", "kind", "key")
        if not row.area or (row.country, row.area) in places
    ]
    return _lines(rows, today)


def for_place(country: str, area: str, today: date) -> list[Line]:
    """Rows for one place, as a paper for a client there would carry them."""
    return _lines(list(resources.current(country, area)), today)


def _lines(rows: list[CrisisResource], today: date) -> list[Line]:
    checks = resources.checks(rows)
    return [_line(row, checks.get(row.key), today) for row in rows]


def _line(row: CrisisResource, check: Check | None, today: date) -> Line:
    expires = expires_on(check) if check else None
    return Line(row, check, expires, expires is not None and expires >= today)
