"""One client's page: standing, versions, the open round and how long it has waited. Never writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agreements.models import Client
from agreements.reads import home, lines, recalls
from agreements.rules.vocabulary import Outcome


def page(client: Client, *, now: datetime) -> dict[str, Any]:
    """The context of the client page at `now` (UTC)."""
    seen = home.one(client, now)
    today = now.astimezone(ZoneInfo(client.zone)).date()
    versions = (
        [
            version
            for version in seen.agreement.versions.select_related("document", "review").order_by("-number")
            if hasattr(version, "document")
        ]
        if seen.agreement
        else []
    )
    return {
        "client": client,
        "unchecked": [line for line in lines.for_client(client, today) if not line.holds],
        "seen": seen,
        "recalls": [each for each in recalls.of_clients([client]) if not each.is_done],
        "versions": versions,
        "texting": seen.newest is not None and seen.newest.outcome == Outcome.TEXTING,
    }
