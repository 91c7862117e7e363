"""What anybody may ask about a paper without signing in. Never writes."""

from __future__ import annotations

from django.conf import settings

from agreements.rules.digest import code_in_address


def address(digest: str) -> str | None:
    """Where a version with this digest can be asked about, for its QR; None where no public address is set."""
    return f"{settings.PUBLIC_ADDRESS}/v/{code_in_address(digest)}" if settings.PUBLIC_ADDRESS else None
