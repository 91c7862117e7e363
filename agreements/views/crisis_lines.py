"""The crisis lines the practice uses, checked by a person: never in front of a client."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agreements.actions import crisis
from agreements.forms.keyed import KeyedForm, key_of
from agreements.models import CrisisResource, Practice
from agreements.reads import lines
from agreements.views.access import SignedIn


@require_GET
def crisis_lines(request: SignedIn) -> HttpResponse:
    """Digits and source of each line for the places where this therapist's clients are, and when it was checked."""
    practice = Practice.objects.get()
    today = timezone.now().astimezone(ZoneInfo(practice.zone)).date()
    context = {"lines": [(line, KeyedForm()) for line in lines.for_therapist(request.user, practice, today)]}
    return render(request, "agreements/desk/crisis_lines.html", context)


@require_POST
def checked(request: SignedIn, resource_id: UUID) -> HttpResponse:
    """I called, I texted, or I read their page."""
    resource = get_object_or_404(CrisisResource, pk=resource_id, published_at__isnull=False)
    how = request.POST.get("how", "")
    if how not in resource.ways_to_check:
        raise Http404
    now = timezone.now()
    today = now.astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    crisis.check(resource=resource, how=how, by=request.user, today=today, now=now, form_key=key_of(request.POST))
    return redirect("crisis_lines")
