"""Texting stops, or gets less. The client says so and it is so; no reason, no second question."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.actions import endings, pdf, pdf_closing
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.stopping import EndingPageForm, StopForm, TightenForm
from agreements.models import Practice
from agreements.reads import agreed, closing, raised, who
from agreements.rules import stopping
from agreements.views.access import SignedIn, agreement_for, data_of, posted
from agreements.views.prints import given


@require_http_methods(["GET", "POST"])
def stop(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Record who stopped, and since when. The signed text stays as it was; the crisis steps stay in force."""
    agreement = agreement_for(request, agreement_id)
    called = who.may_stop(agreement)
    today = timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    form = StopForm(data_of(request), **called, initial={"effective_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            endings.stop(agreement=agreement, **form.facts(), **posted(request))
            return redirect("ending_page", agreement.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    sessions = agreed.sessions_of_notice(agreement)
    context = {"form": form, "called": called, "agreed": agreed.notice(agreement), "sessions": sessions}
    context["notice_over"] = stopping.notice_over(today, sessions)
    return render(request, "agreements/desk/stop.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def ending_page(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """What takes the place of texting, how it gets less, the last text. It may be filled again."""
    agreement = agreement_for(request, agreement_id)
    found = closing.closing(agreement, now=timezone.now())
    if found is None:
        raise Http404
    form = EndingPageForm(data_of(request), initial=_filled(found))
    if request.method == "POST" and form.is_valid():
        try:
            endings.fill(ending=agreement.ending, **form.facts(), **posted(request))
            return redirect("client", agreement.client_id)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {"form": form, "closing": found, "agreement": agreement}
    return render(request, "agreements/desk/ending.html", context, status=422 if form.is_bound else 200)


def _filled(found: closing.Closing) -> dict[str, Any]:
    """What stands on the ending page already; before that, the days on which texting gets less, as the two agreed."""
    if page := found.page:
        return {name: getattr(page, name) for name in ("instead", "taper", "last_text_on")}
    days = ", ".join(date_format(each, "j F Y") for each in found.taper)
    return {"taper": _("Less from week to week: %(days)s.") % {"days": days} if days else "", "last_text_on": found.on}


@require_http_methods(["GET", "POST"])
def tighter(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """The therapist said that a term gets stricter. Nothing changes by itself: the two decide it together."""
    agreement = agreement_for(request, agreement_id)
    signed, sessions = agreed.last_signed(agreement), agreed.sessions_of_notice(agreement)
    if signed is None:
        raise Http404
    today = timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    terms = raised.headings(signed.draft.edition, agreement.language)
    form = TightenForm(data_of(request), terms=terms, initial={"from_on": stopping.notice_over(today, sessions)})
    if request.method == "POST" and form.is_valid():
        try:
            endings.tighten(agreement=agreement, **form.facts(stopping.notice_over(today, sessions)), **posted(request))
            return redirect("client", agreement.client_id)
        except Unreadable as error:
            form.add_error(error.field, str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    context = {"form": form, "client": agreement.client, "agreed": agreed.notice(agreement)}
    return render(request, "agreements/desk/tighter.html", context, status=422 if form.is_bound else 200)


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
