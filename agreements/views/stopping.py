"""Texting stops. The client says so and it is so; no reason, no second question."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agreements.actions import endings, pdf, pdf_closing
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.people import StopForm
from agreements.models import Practice
from agreements.reads import agreed, closing
from agreements.views.access import SignedIn, agreement_for, data_of, posted
from agreements.views.prints import given


@require_http_methods(["GET", "POST"])
def stop(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Record who stopped, and since when. The signed text stays as it was; the crisis steps stay in force."""
    agreement = agreement_for(request, agreement_id)
    called = {party.role: party.called for party in agreement.parties.all()}
    today = timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    form = StopForm(data_of(request), **called, initial={"effective_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            endings.stop(agreement=agreement, **form.facts(), **posted(request))
            return redirect("client", agreement.client_id)
        except Unreadable as error:
            form.add_error(error.field, str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    context = {"form": form, "called": called, "agreed": agreed.notice(agreement)}
    return render(request, "agreements/desk/stop.html", context, status=422 if form.is_bound else 200)


@require_GET
def ended(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """The page that says that texting has ended, with the crisis steps first and their card. Made now, kept nowhere."""
    agreement = agreement_for(request, agreement_id)
    found = closing.closing(agreement, now=timezone.now())
    if found is None:
        raise Http404
    try:
        return given(pdf_closing.ended(found), "application/pdf", "texting-ended.pdf")
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("client", agreement.client_id)
