"""The client and the therapist of an agreement. Its log binds their names: from the first round on, and as they change.

Who they are never changes; the entry that a round began binds that (bound_rows.py).
"""

from __future__ import annotations

from datetime import datetime

from agreements.actions import audit
from agreements.models import Agreement, AuditEvent, Client, Party, User
from agreements.rules.vocabulary import Role

KIND = "takes part"


def name(agreement: Agreement, client: Client, therapist: User) -> None:
    """Their rows, for a new agreement, with the names they have now."""
    for role, person in ((Role.CLIENT, client), (Role.THERAPIST, therapist)):
        Party.objects.create(agreement=agreement, role=role, name=person.name, called=person.called)


def tell(agreement: Agreement, *, by: User, now: datetime) -> None:
    """The log says once of each that they take part; in an agreement of older days from its next round on."""
    two = agreement.parties.filter(role__in=[Role.CLIENT, Role.THERAPIST])
    if not AuditEvent.objects.filter(chain=agreement.pk, kind=KIND, subject__in=two.values("pk")).exists():
        for party in two.order_by("role"):
            _log(party, KIND, by=by, now=now)


def rename(client: Client, *, by: User, now: datetime) -> None:
    """The client is called so from now on in all their agreements. Call under the locks of their logs."""
    for party in Party.objects.filter(agreement__client=client, role=Role.CLIENT).select_related("agreement"):
        if (party.name, party.called) != (client.name, client.called):
            party.name, party.called = client.name, client.called
            party.save(update_fields=["name", "called"])
            _log(party, "renamed", by=by, now=now)


def _log(party: Party, kind: str, *, by: User, now: datetime) -> None:
    """One event with no name in it."""
    audit.append(chain=party.agreement, kind=kind, by=by, now=now, subject=party.pk, details={"role": party.key})
