"""The crisis lines a therapist's clients need, with their last check. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agreements.models import Client, CrisisResource, Practice, User
from agreements.reads import resources
from agreements.rules.safety import Check, expires_on

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One row, its newest check, and whether that check still holds on the day asked."""

    row: CrisisResource
    check: Check | None
    expires: date | None
    holds: bool

    def is_due(self, today: date) -> bool:
        """Whether it was never checked, or its check ends within 30 days."""
        return self.expires is None or self.expires - SOON <= today


def for_therapist(therapist: User, practice: Practice, today: date) -> list[Line]:
    """Rows for the practice's country and for every place where a client of this therapist is, at home or at times."""
    clients = Client.objects.filter(therapist=therapist).only("country", "area", "travels_to")
    places = {place for client in clients for place in resources.places_of(client)}
    rows = resources.current({(practice.country, ""), *places}).order_by("country", "area", "kind", "key")
    return _lines(list(rows), today)


def for_client(client: Client, today: date) -> list[Line]:
    """Rows for the places of one client, as a paper for them would carry."""
    return _lines(list(resources.current(resources.places_of(client))), today)


def of_country(country: str, today: date) -> list[Line]:
    """The rows of a country as a whole."""
    return _lines(list(resources.current([(country, "")])), today)


def holding(today: date) -> list[Line]:
    """Every row in use, wherever anybody is."""
    return _lines(list(resources.holding()), today)


def to_check(places: Iterable[resources.Place], today: date) -> list[Line]:
    """Rows of these places that were never checked or whose check ends within 30 days (H17)."""
    return [line for line in _lines(list(resources.current(places)), today) if line.is_due(today)]


def _lines(rows: list[CrisisResource], today: date) -> list[Line]:
    checks = resources.checks(rows)
    return [_line(row, checks.get(row.key), today) for row in rows]


def _line(row: CrisisResource, check: Check | None, today: date) -> Line:
    expires = expires_on(check) if check else None
    return Line(row, check, expires, expires is not None and expires >= today)
