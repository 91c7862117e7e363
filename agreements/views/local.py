"""Pages of the desk, whose moments are shown as days of a place."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def in_zone(
    zone: str, request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page with each moment by the clock of `zone` (IANA): a day begins at midnight there."""
    with timezone.override(ZoneInfo(zone)):
        return render(request, f"agreements/{template}", context, status=status)
