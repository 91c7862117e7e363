"""Crisis resources of a place, as the pure rules take them, and when each was last checked. Never writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from agreements.models import Client, CrisisCheck, CrisisResource, Practice
from agreements.rules.crisis import BoxFacts, CallTimes, Resource, split_place
from agreements.rules.safety import Check
from agreements.rules.vocabulary import CallDays, CallHours, CheckedHow, Contact, Voice

Place = tuple[str, str]  # a country and an area in it, or ""


def holding() -> QuerySet[CrisisResource]:
    """The rows that hold now: published, not withdrawn, and not replaced by a published successor.

    A successor that is still a draft replaces nothing: until it is published the old row is the one to give.
    """
    return (
        CrisisResource.objects.filter(published_at__isnull=False, withdrawal=None)
        .exclude(successor__published_at__isnull=False)
        .order_by("country", "area", "key")
    )


def current(places: Iterable[Place]) -> QuerySet[CrisisResource]:
    """The rows that hold now in these places: the country's, and the area's where one is named (H18)."""
    rows = holding()
    wanted = [Q(country=country) & (Q(area="") | Q(area=area)) for country, area in sorted(set(places))]
    return rows.filter(reduce(or_, wanted)) if wanted else rows.none()


def places_of(client: Client) -> list[Place]:
    """Where the client lives, then where else they are at times."""
    home = (client.country, client.area)
    return [home, *(place for key in client.travels_to if (place := split_place(key)) != home)]


def plain(rows: Sequence[CrisisResource]) -> tuple[Resource, ...]:
    """The rows as rules/crisis.py reads them. A keyword that nobody confirmed is left out: it is not printed."""
    return tuple(
        Resource.from_json(
            {name: getattr(row, name) for name in Resource.__dataclass_fields__}
            | ({} if row.keyword_confirmed else {"text_keyword": ""})
        )
        for row in rows
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
    found = {place_key(row.country, row.area): row.place for row in holding()}
    return sorted(found.items(), key=lambda item: item[1])


def place_key(country: str, area: str) -> str:
    """One text for a country and an area in it."""
    return f"{country}.{area}" if area else country


def place_name(country: str, area: str) -> str:
    """The name of a place in words."""
    return dict(places()).get(place_key(country, area), country)


def box_facts(*, practice: Practice, client: Client, therapist: str, language: str) -> BoxFacts:
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
        travels_to=tuple(client.travels_to),
        language=language,
    )
