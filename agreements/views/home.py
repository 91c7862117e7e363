"""The therapist's first page: what needs them, and their clients."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.models import Practice
from agreements.reads import home as homes
from agreements.views.access import SignedIn


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """Groups are shown only when something stands in them."""
    now = timezone.now()
    practice = Practice.objects.first()
    if practice is None:
        return render(request, "agreements/desk/no_practice.html", status=503)
    seen = homes.clients(request.user, now)
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    return render(
        request, "agreements/desk/home.html", {"clients": seen, "needs": homes.needs_you(seen, today), "today": today}
    )


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")
