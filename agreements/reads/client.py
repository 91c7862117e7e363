"""One client's page: standing, versions, the open round and how long it has waited. Never writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agreements.models import Client
from agreements.reads import home
from agreements.rules.vocabulary import Outcome


def page(client: Client, *, now: datetime) -> dict[str, Any]:
    """The context of the client page at `now` (UTC)."""
    seen = home.one(client, now)
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
        "seen": seen,
        "versions": versions,
        "texting": seen.newest is not None and seen.newest.outcome == Outcome.TEXTING,
    }
