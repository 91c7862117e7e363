"""The therapist's first page: what needs them, and their clients. Nobody is named there more openly than they chose."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import reminders
from agreements.actions.keys import KeyProblem
from agreements.actions.pdf_glyphs import FontsGone, bundled_fonts
from agreements.actions.pdf_signature import SealRefused, self_test
from agreements.forms.people import FindForm
from agreements.models import Practice
from agreements.reads import first_page, mailing
from agreements.rules.shown_names import Naming
from agreements.views import naming
from agreements.views.access import SignedIn, data_of
from agreements.views.local import in_zone

LOG = logging.getLogger(__name__)
TRIED_AGAIN = 10  # seconds


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """Groups are shown only when something stands in them."""
    return _home(request, FindForm())


@sensitive_post_parameters("sought")
@require_http_methods(["GET", "POST"])
def find(request: SignedIn) -> HttpResponse:
    """The same page with the clients whose name was typed. Names are never part of an address and never logged."""
    if request.method != "POST":
        return redirect("home")
    return _home(request, FindForm(data_of(request)))


@require_http_methods(["GET", "POST"])
def show_names(request: SignedIn) -> HttpResponse:
    """Hidden, initials or full names, for this browser until they sign out."""
    if (wanted := request.POST.get("names")) in Naming:
        naming.choose(request, Naming(wanted))
    return redirect("home")


def _home(request: SignedIn, form: FindForm) -> HttpResponse:
    now, shown = timezone.now(), naming.chosen(request)
    practice = Practice.objects.first()
    if practice is None:
        return render(request, "agreements/desk/no_practice.html", status=503)
    first = first_page.of(request.user, now, shown)
    context: dict[str, Any] = {"form": form, "needs": first.needs, "number": first.number, "clients": first.listed}
    context["mailing"] = mailing.of(request.user, first.labels, now, zone=practice.zone)
    if sought := form.is_valid() and form.cleaned_data["sought"]:
        context |= {"clients": first_page.find(request.user, sought, now, shown), "sought": sought}
    context |= {"shown": shown, "namings": Naming}
    return in_zone(practice.zone, request, "desk/home.html", context, 422 if form.errors else 200)


@require_GET
def clients(request: SignedIn) -> HttpResponse:
    """All clients, some at a time."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    seen, pages = first_page.page(request.user, number, timezone.now(), naming.chosen(request))
    context = {"clients": seen, "page": min(max(1, number), pages), "pages": range(1, pages + 1)}
    return render(request, "agreements/desk/clients.html", context)


@require_POST
def send_again(request: SignedIn) -> HttpResponse:
    """What could not be sent is tried anew."""
    if reminders.try_again(by=request.user, now=timezone.now()):
        messages.success(request, _("It will be tried again the next time reminders go out."))
    return redirect("home")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, the fonts are there and a trial seal holds, else 503. Why not: in the log only."""
    try:
        Practice.objects.exists()
        _try_the_seal(str(settings.KEY_DIR), int(time.monotonic() // TRIED_AGAIN))
    except (DatabaseError, KeyProblem, SealRefused, FontsGone) as problem:
        LOG.error("Not ready: %s", problem)
        return HttpResponse("not ready", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@lru_cache(maxsize=1)
def _try_the_seal(_folder: str, _tick: int) -> None:
    """Once in some seconds at most, however often anybody asks."""
    bundled_fonts()
    self_test(timezone.now())
