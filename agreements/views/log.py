"""How the two got there: the therapist's own page, never shown in the room."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.models import Practice
from agreements.reads.log import rounds
from agreements.views.access import SignedIn, client_for


@require_GET
def log(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Every round with one client, a line for each event: who wanted what, what was decided, who recorded it, when."""
    found = client_for(request, client_id)
    context = {"client": found, "rounds": rounds(found)}
    with timezone.override(ZoneInfo(Practice.objects.get().zone)):
        return render(request, "agreements/desk/log.html", context)
