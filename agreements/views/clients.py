"""A client: added, changed, looked at. The page's main button says what is next."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import drafting, people
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.people import ClientForm
from agreements.models import Edition, Practice
from agreements.reads import client as client_page
from agreements.reads import resources
from agreements.views.access import SignedIn, client_for, data_of, posted


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Only what an agreement needs."""
    practice = Practice.objects.get()
    initial = {"zone": practice.zone, "paper": practice.paper}
    form = ClientForm(data_of(request), places=resources.places(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = people.add_client(language=practice.language, **form.values(), **posted(request))
            return redirect("client", added.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    return render(request, "agreements/desk/client_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, client_id: UUID) -> HttpResponse:
    """New facts. What was signed keeps its own copy."""
    client = client_for(request, client_id)
    initial = {name: getattr(client, name) for name in ClientForm.base_fields if hasattr(client, name)}
    initial["place"] = resources.place_key(client.country, client.area)
    form = ClientForm(data_of(request), places=resources.places(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_client(client=client, by=request.user, now=timezone.now(), **form.values())
            return redirect("client", client.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {"form": form, "client": client}
    return render(request, "agreements/desk/client_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def client(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Where the two stand, what is next, and what was kept."""
    found = client_for(request, client_id)
    context = {"form": KeyedForm(), **client_page.page(found, now=timezone.now())}
    with timezone.override(ZoneInfo(found.zone)):
        return render(request, "agreements/desk/client.html", context)


@require_POST
def start(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Begin a round, or go on with the one that is open."""
    found = client_for(request, client_id)
    edition = (
        Edition.objects.filter(published_at__isnull=False, retirement=None).order_by("family__key", "-number").first()
    )
    if edition is None:
        return redirect("client", found.pk)
    draft = drafting.start(client=found, edition=edition, **posted(request))
    return redirect("room", draft.pk)
