"""The therapist's days in their own calendar program: an address that nobody can guess, and that can be taken back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from agreements.actions import calendar, wishes
from agreements.models import Practice
from agreements.reads import dated
from agreements.views.access import SignedIn

CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """Their address, or how to make one."""
    feed = wishes.feed_of(request.user)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[feed.token])) if feed else ""
    context = {"feed": feed, "address": address, "is_local": not settings.PUBLIC_ADDRESS}
    return render(request, "agreements/desk/calendar.html", context)


@require_POST
def make(request: SignedIn) -> HttpResponse:
    """Make the address, or show the one there is."""
    wishes.make_feed(by=request.user, now=timezone.now())
    return redirect("calendar")


@require_POST
def take_back(request: SignedIn) -> HttpResponse:
    """From now on the address leads nowhere."""
    wishes.revoke_feed(by=request.user, now=timezone.now())
    return redirect("calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads, now and then. Nobody is named, nothing is written."""
    found, practice, now = wishes.open_feed(token), Practice.objects.first(), timezone.now()
    if found is None or practice is None:
        raise Http404
    with translation.override(practice.language):
        entries = dated.of(found.therapist, today=now.astimezone(ZoneInfo(practice.zone)).date())
        content = calendar.file(entries, now=now)
    headers = {"Content-Disposition": 'attachment; filename="days.ics"', "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(content, content_type=CALENDAR, headers=headers)
