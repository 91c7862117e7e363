"""Crisis resources of a place, as the pure rules take them, and when each was last checked. Never writes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from agreements.models import Client, CrisisCheck, CrisisResource, Practice
from agreements.rules.crisis import BoxFacts, CallTimes, Resource
from agreements.rules.safety import Check
from agreements.rules.vocabulary import CallDays, CallHours, CheckedHow, Contact, Voice


def current(country: str, area: str = "") -> QuerySet[CrisisResource]:
    """Published rows without a successor, for a country and, where given, an area in it (H18)."""
    return CrisisResource.objects.filter(
        Q(area="") | Q(area=area), country=country, published_at__isnull=False, successor=None
    ).order_by("country", "area", "key")


def plain(rows: Sequence[CrisisResource]) -> tuple[Resource, ...]:
    """The rows as rules/crisis.py reads them."""
    return tuple(
        Resource.from_json({name: getattr(row, name) for name in Resource.__dataclass_fields__}) for row in rows
    )


def checks(rows: Sequence[CrisisResource]) -> dict[str, Check]:
    """Key → the newest check of each row; a real one comes before what a demo did not check (H17)."""
    newest: dict[str, Check] = {}
    made = CrisisCheck.objects.filter(resource__in=rows).select_related("resource").order_by("checked_on")
    for check in sorted(made, key=lambda each: (each.how != CheckedHow.DEMO, each.checked_on)):
        newest[check.resource.key] = Check(check.checked_on, CheckedHow(check.how))
    return newest


def places() -> list[tuple[str, str]]:
    """Where a client can be: "US" or "GB.ENG" with the name of the place, from the rows there are (H18)."""
    rows = CrisisResource.objects.filter(published_at__isnull=False, successor=None).order_by("place", "area")
    found = {place_key(row.country, row.area): row.place for row in rows}
    return sorted(found.items(), key=lambda item: item[1])


def place_key(country: str, area: str) -> str:
    """One text for a country and an area in it."""
    return f"{country}.{area}" if area else country


def place_name(country: str, area: str) -> str:
    """The name of a place in words."""
    return dict(places()).get(place_key(country, area), country)


def box_facts(*, practice: Practice, client: Client, therapist: str) -> BoxFacts:
    """What the crisis box needs to know, from the practice's settings and the client's own answers.

    Call hours that a client would read on another clock say whose time they are.
    """
    apart = practice.call_hours == CallHours.THESE and client.zone != practice.zone
    return BoxFacts(
        therapist=therapist,
        phone=practice.phone,
        calls=CallTimes(
            mode=CallHours(practice.call_hours),
            days=CallDays(practice.call_days) if practice.call_days else None,
            start=practice.call_from,
            end=practice.call_until,
            zone=practice.zone if apart else "",
        ),
        voice=Voice(client.voice),
        contact=Contact(client.contact),
        registered=client.registered,
        country=client.country,
        area=client.area,
        contact_person=client.contact_person,
    )
