"""How each of a therapist's clients is named in a list: hidden, by initials, in full. Never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Client
from agreements.rules.shown_names import Naming, folded, initials


def labels(
    clients: Sequence[tuple[Client, datetime | None]],
    naming: Naming,
    *,
    zone: str,
    today: date,
    numbers: Mapping[UUID, int] | None = None,
) -> list[str]:
    """A name for each client, in the order given. With each stands the time (UTC) since when an agreement is kept.

    A client's number counts from the first one the therapist ever added, so it stays; days are local to `zone`. Two
    with the same initials are told apart by it. `numbers` is needed where `clients` are not all.
    """
    if numbers is None:
        in_order = sorted((client for client, _since in clients), key=lambda client: (client.created_at, client.pk))
        numbers = {client.pk: number for number, client in enumerate(in_order, start=1)}
    if naming is Naming.FULL:
        return [_in_full(client) for client, _since in clients]
    hidden = [_hidden(client, since, numbers[client.pk], ZoneInfo(zone), today) for client, since in clients]
    if naming is Naming.HIDDEN:
        return hidden
    short = [initials(client.name) for client, _since in clients]
    alike = Counter(map(folded, short))
    alone = _("%(initials)s, client %(number)s")
    return [
        name if alike[folded(name)] == 1 else alone % {"initials": name, "number": numbers[client.pk]}
        for name, (client, _since) in zip(short, clients, strict=True)
    ]


def _in_full(client: Client) -> str:
    name: str = client.name
    if folded(client.called) in folded(name):
        return name
    return _("%(name)s (%(called)s)") % {"name": client.name, "called": client.called}


def _hidden(client: Client, since: datetime | None, number: int, zone: ZoneInfo, today: date) -> str:
    words = _("Client %(number)s, agreement since %(day)s") if since else _("Client %(number)s, here since %(day)s")
    day = (since or client.created_at).astimezone(zone).date()
    return words % {"number": number, "day": date_format(day, "j F" if day.year == today.year else "j F Y")}
